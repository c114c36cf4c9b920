"""The counters: taking, giving back, and telling the catalogue when a word changes."""

from collections.abc import Callable, Mapping

from catalog.actions import set_availability
from core import limits
from core.events import publish
from inventory.events import StockLow
from inventory.models import Stock
from inventory.types import Availability, SoldOut
from inventory.words import availability

# The one guarded write that everything depends on. The race test puts a careless one in its place
# to show that the race is real.
RESERVE: Callable[[type[Stock], Mapping[int, int]], None] = limits.take


def take(wants: Mapping[int, int]) -> None:
    """Reserve units; the last write of a transaction, unless a word changes."""
    try:
        RESERVE(Stock, wants)
    except limits.NotEnough as refused:
        raise SoldOut(variants=list(refused.short)) from refused
    tell_catalog({pk: -quantity for pk, quantity in wants.items()})


def give_back(quantities: Mapping[int, int]) -> None:
    """Units are not reserved any more."""
    limits.give_back(Stock, quantities)
    tell_catalog(quantities)


def hand_over(quantities: Mapping[int, int]) -> None:
    """Reserved units left the house: what is available stays the same."""
    limits.consume(Stock, quantities)


def tell_catalog(changes: Mapping[int, int]) -> None:
    """Write the word down to the catalogue where these changes of availability crossed a mark.

    The counters were changed, and so locked, by this transaction: what is read here is exact.
    """
    crossed: dict[int, Availability] = {}
    rows = Stock.objects.filter(pk__in=changes).values_list("pk", "on_hand", "reserved")
    for pk, on_hand, reserved in rows:
        free = on_hand - reserved
        before, after = availability(free - changes[pk]), availability(free)
        if before == after:
            continue
        crossed[pk] = after
        if before == "in_stock":
            publish(StockLow(variant_id=pk, available=free))
    if crossed:
        set_availability(levels=crossed)
