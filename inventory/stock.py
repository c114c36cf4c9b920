"""The counters: taking, giving back, and telling the catalogue when a word changes."""

from collections.abc import Callable, Mapping

from catalog.actions import set_availability
from core import clock, limits
from core.events import publish
from inventory.events import StockLow
from inventory.models import Stock
from inventory.types import Availability, SoldOut
from inventory.words import availability

Levels = Mapping[int, limits.Level]

# The one guarded write that everything depends on. The race test puts a careless one in its place
# to show that the race is real.
RESERVE: Callable[[type[Stock], Mapping[int, int]], Levels] = limits.take


def take(wants: Mapping[int, int]) -> None:
    """Reserve units; the last statement of a transaction, unless a word changes."""
    try:
        levels = RESERVE(Stock, wants)
    except limits.NotEnough as refused:
        raise SoldOut(variants=list(refused.short)) from refused
    tell_catalog(levels, {pk: -quantity for pk, quantity in wants.items()})


def give_back(quantities: Mapping[int, int]) -> None:
    """Units are not reserved any more."""
    tell_catalog(limits.give_back(Stock, quantities), quantities)


def hand_over(quantities: Mapping[int, int]) -> None:
    """Reserved units left the house: what is available stays the same."""
    limits.consume(Stock, quantities)


def tell_catalog(levels: Levels, changes: Mapping[int, int]) -> None:
    """Write the word down to the catalogue where these changes of availability crossed a mark."""
    crossed: dict[int, Availability] = {}
    for pk, level in levels.items():
        before = availability(level.available - changes[pk], level.mark)
        after = availability(level.available, level.mark)
        if before == after:
            continue
        crossed[pk] = after
        if before == "in_stock":
            publish(StockLow(variant_id=pk, available=level.available, at=clock.now().isoformat()))
    if crossed:
        set_availability(levels=crossed)
