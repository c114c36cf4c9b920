"""What comes in and what is written off."""

from collections.abc import Mapping

from django.db import transaction

from core import clock, limits
from inventory.models import Stock, StockMovement
from inventory.stock import tell_catalog
from inventory.types import BadQuantity, NotEnoughStock

MOST = 1_000_000


@transaction.atomic
def receive(*, variant_id: int, quantity: int, actor_id: int | None, reason: str = "") -> None:
    """Count units in. The first time makes the variant's counter.

    Raises BadQuantity.
    """
    _book({variant_id: _checked(quantity)}, actor_id, reason)


@transaction.atomic
def write_off(*, variant_id: int, quantity: int, actor_id: int | None, reason: str = "") -> None:
    """Count units out that were lost or broken; never ones that are reserved.

    Raises BadQuantity, NotEnoughStock.
    """
    _book({variant_id: -_checked(quantity)}, actor_id, reason)


@transaction.atomic
def adjust(*, changes: Mapping[int, int], actor_id: int | None, reason: str = "") -> None:
    """Receive and write off units of several variants at once, all of them or none.

    Primary key of the variant -> units that came in, or that are gone where it is below zero.
    Costs about as many statements as one variant does, and the catalogue hears of it once.
    Raises BadQuantity, NotEnoughStock.
    """
    wanted = {pk: change for pk, change in changes.items() if change != 0}
    for change in wanted.values():
        _checked(change if change > 0 else -change)
    if wanted:
        _book(wanted, actor_id, reason)


def _checked(quantity: int) -> int:
    if isinstance(quantity, bool) or not 1 <= quantity <= MOST:
        raise BadQuantity
    return quantity


def _book(changes: Mapping[int, int], actor_id: int | None, reason: str) -> None:
    # In key order, so that two who change the same counters cannot wait for each other.
    ordered = dict(sorted(changes.items()))
    come = {pk: change for pk, change in ordered.items() if change > 0}
    gone = {pk: -change for pk, change in ordered.items() if change < 0}
    if come:
        # The first count makes the row, whoever else counts at the same time.
        Stock.objects.bulk_create([Stock(variant_id=pk) for pk in come], ignore_conflicts=True)
    if come and gone:
        rows = Stock.objects.select_for_update().filter(pk__in=ordered).order_by("pk")
        list(rows.values_list("pk"))
    try:
        levels = limits.add(Stock, come) | limits.remove(Stock, gone)
    except limits.NotEnough as refused:
        raise NotEnoughStock from refused
    StockMovement.objects.bulk_create(
        StockMovement(
            stock_id=pk,
            kind=StockMovement.Kind.RECEIVED if change > 0 else StockMovement.Kind.WRITTEN_OFF,
            quantity=change,
            actor_id=actor_id,
            reason=reason[:200],
            at=clock.now(),
        )
        for pk, change in ordered.items()
    )
    tell_catalog(levels, ordered)
