"""Ending reservations: handed over, or back on the shelf, wholly or in part."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from core import clock
from inventory import stock
from inventory.models import Reservation, StockMovement
from inventory.states import OPEN, ReservationState, may_move, state_after
from inventory.types import BadQuantity, NotReserved


@transaction.atomic
def release(*, reference: str) -> None:
    """Give back everything that the reference still holds. Repeating it changes nothing."""
    end_all(_open_rows(reference))


@transaction.atomic
def release_part(*, reference: str, quantities: Mapping[int, int]) -> None:
    """Give back some units (primary key of variant -> quantity). Raises NotReserved."""
    for row, quantity in _parts(reference, quantities):
        row.released += quantity
        _settle(row)
    stock.give_back(dict(sorted(quantities.items())))


@transaction.atomic
def consume(*, reference: str, quantities: Mapping[int, int]) -> None:
    """Hand over committed units (primary key of variant -> quantity): they leave the house.

    Raises NotReserved when the reference does not hold that many, or they are not committed.
    """
    parts = _parts(reference, quantities)
    if any(row.state != ReservationState.COMMITTED for row, _ in parts):
        raise NotReserved
    for row, quantity in parts:
        row.consumed += quantity
        _settle(row)
    StockMovement.objects.bulk_create(
        StockMovement(
            stock_id=pk,
            kind=StockMovement.Kind.SOLD,
            quantity=-quantity,
            reference=reference,
            at=clock.now(),
        )
        for pk, quantity in quantities.items()
    )
    stock.hand_over(dict(sorted(quantities.items())))


def end_all(rows: Iterable[Reservation]) -> None:
    """Give back what these locked rows hold; they all belong to one reference."""
    back: dict[int, int] = {}
    for row in rows:
        back[row.stock_id] = row.open
        row.released += row.open
        _settle(row)
    if back:
        stock.give_back(back)


def _open_rows(reference: str) -> list[Reservation]:
    """The reference's open reservations, locked in the order of their counters."""
    return list(
        Reservation.objects.select_for_update()
        .filter(reference=reference, state__in=OPEN)
        .order_by("stock_id")
    )


def _parts(reference: str, quantities: Mapping[int, int]) -> list[tuple[Reservation, int]]:
    if not quantities or any(isinstance(n, bool) or n < 1 for n in quantities.values()):
        raise BadQuantity
    rows = {row.stock_id: row for row in _open_rows(reference)}
    if any(pk not in rows or rows[pk].open < n for pk, n in quantities.items()):
        raise NotReserved
    return [(rows[pk], n) for pk, n in sorted(quantities.items())]


def _settle(row: Reservation) -> None:
    old = ReservationState(row.state)
    new = state_after(
        committed=old == ReservationState.COMMITTED, consumed=row.consumed, still_open=row.open
    )
    if new != old and not may_move(old, new):
        raise NotReserved
    row.state = new
    if new != ReservationState.HELD:
        row.expires_at = None
    row.updated_at = clock.now()
    row.save(update_fields=["consumed", "released", "state", "expires_at", "updated_at"])
