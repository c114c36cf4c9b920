"""What comes in and what is written off."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from catalog.actions import set_availability
from core import clock, limits
from inventory import log
from inventory.models import Stock, StockMovement
from inventory.stock import tell_catalog
from inventory.types import BadQuantity, MovementKind, NotEnoughStock
from inventory.words import MOST_LOW_AT, availability

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
def take_back(*, variant_id: int, quantity: int, actor_id: int | None, reason: str = "") -> None:
    """Count units in that a buyer sent back and that can be sold again. Raises BadQuantity."""
    _book({variant_id: _checked(quantity)}, actor_id, reason, kind=MovementKind.RETURNED)


@transaction.atomic
def adjust(
    *,
    changes: Mapping[int, int],
    actor_id: int | None,
    reason: str = "",
    kind: MovementKind | None = None,
    reference: str = "",
) -> None:
    """Change the counts of several variants at once, all of them or none.

    Primary key of the variant -> units that came in, or that are gone where it is below zero.
    Without a `kind` that is received or written off; `reference` names what it belongs to. Costs
    about as many statements as one variant does, and the catalogue hears of it once. Raises
    BadQuantity (also for a direction that the kind does not have), NotEnoughStock.
    """
    wanted = {pk: change for pk, change in changes.items() if change != 0}
    for change in wanted.values():
        _checked(change if change > 0 else -change)
        if kind is not None and not _goes(kind, change):
            raise BadQuantity
    if wanted:
        _book(wanted, actor_id, reason, kind=kind, reference=reference)


@transaction.atomic
def count(
    *, counts: Mapping[int, int], actor_id: int | None, reason: str = "", reference: str = ""
) -> None:
    """Say how many units lie on the shelf (primary key of the variant -> counted units).

    What was counted right changes nothing. Raises BadQuantity, NotEnoughStock when fewer were
    counted than are promised.
    """
    for counted in counts.values():
        if isinstance(counted, bool) or not 0 <= counted <= MOST:
            raise BadQuantity
    _make_rows(counts)
    rows = Stock.objects.select_for_update().filter(pk__in=counts).order_by("pk")
    known = dict(rows.values_list("pk", "on_hand"))
    changes = {pk: counts[pk] - known[pk] for pk in known if counts[pk] != known[pk]}
    if changes:
        _book(changes, actor_id, reason, kind=MovementKind.COUNTED, reference=reference)


@transaction.atomic
def set_low_mark(*, variant_id: int, low_at: int, actor_id: int | None) -> None:
    """At how many available units the variant counts as low; 0 for never. Raises BadQuantity.

    Cards follow at once; only a count that falls to the mark later is told.
    """
    if isinstance(low_at, bool) or not 0 <= low_at <= MOST_LOW_AT:
        raise BadQuantity
    _make_rows([variant_id])
    row = Stock.objects.select_for_update().get(pk=variant_id)
    if row.low_at == low_at:
        return
    row.low_at = low_at
    row.save(update_fields=["low_at", "updated_at"])
    log.record([variant_id], log.MARKED, actor_id=actor_id, detail=str(low_at))
    set_availability(levels={variant_id: availability(row.available, low_at)})


def _goes(kind: MovementKind, change: int) -> bool:
    match kind:
        case MovementKind.COUNTED:
            return True
        case MovementKind.RECEIVED | MovementKind.RETURNED:
            return change > 0
        case _:
            return change < 0


def _checked(quantity: int) -> int:
    if isinstance(quantity, bool) or not 1 <= quantity <= MOST:
        raise BadQuantity
    return quantity


def _make_rows(pks: Iterable[int]) -> None:
    """The first count makes the row, whoever else counts at the same time."""
    Stock.objects.bulk_create([Stock(variant_id=pk) for pk in pks], ignore_conflicts=True)


def _book(
    changes: Mapping[int, int],
    actor_id: int | None,
    reason: str,
    *,
    kind: MovementKind | None = None,
    reference: str = "",
) -> None:
    # In key order, so that two who change the same counters cannot wait for each other.
    ordered = dict(sorted(changes.items()))
    come = {pk: change for pk, change in ordered.items() if change > 0}
    gone = {pk: -change for pk, change in ordered.items() if change < 0}
    if come:
        _make_rows(come)
    if come and gone:
        rows = Stock.objects.select_for_update().filter(pk__in=ordered).order_by("pk")
        list(rows.values_list("pk"))
    try:
        levels = limits.add(Stock, come) | limits.remove(Stock, gone)
    except limits.NotEnough as refused:
        raise NotEnoughStock(variants=list(refused.short)) from refused
    StockMovement.objects.bulk_create(
        StockMovement(
            stock_id=pk,
            kind=kind or (MovementKind.RECEIVED if change > 0 else MovementKind.WRITTEN_OFF),
            quantity=change,
            reference=reference,
            actor_id=actor_id,
            reason=reason[:200],
            at=clock.now(),
        )
        for pk, change in ordered.items()
    )
    log.record(list(ordered), log.COUNTED, actor_id=actor_id, detail=reason)
    tell_catalog(levels, ordered)
