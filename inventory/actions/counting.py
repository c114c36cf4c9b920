"""What comes in and what is written off."""

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
    _change(variant_id, quantity, StockMovement.Kind.RECEIVED, actor_id, reason)


@transaction.atomic
def write_off(*, variant_id: int, quantity: int, actor_id: int | None, reason: str = "") -> None:
    """Count units out that were lost or broken; never ones that are reserved.

    Raises BadQuantity, NotEnoughStock.
    """
    _change(variant_id, quantity, StockMovement.Kind.WRITTEN_OFF, actor_id, reason)


def _change(
    variant_id: int, quantity: int, kind: StockMovement.Kind, actor_id: int | None, reason: str
) -> None:
    if isinstance(quantity, bool) or not 1 <= quantity <= MOST:
        raise BadQuantity
    received = kind == StockMovement.Kind.RECEIVED
    signed = quantity if received else -quantity
    if received:
        # The first count makes the row, whoever else counts at the same time.
        Stock.objects.bulk_create([Stock(variant_id=variant_id)], ignore_conflicts=True)
    try:
        change = limits.add if received else limits.remove
        levels = change(Stock, {variant_id: quantity})
    except limits.NotEnough as refused:
        raise NotEnoughStock from refused
    StockMovement.objects.create(
        stock_id=variant_id,
        kind=kind,
        quantity=signed,
        actor_id=actor_id,
        reason=reason[:200],
        at=clock.now(),
    )
    tell_catalog(levels, {variant_id: signed})
