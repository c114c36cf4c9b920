"""Keeping units for a reference: hold, extend, commit, and letting holds run out."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from core import clock
from core.events import publish
from inventory import stock
from inventory.actions.ending import end_all
from inventory.events import HoldExpired
from inventory.models import Reservation
from inventory.states import ReservationState
from inventory.types import BadQuantity, HoldLost, ReservationDiffers, SoldOut

# Reads without a lock, refuses early and writes the reservations in one statement; whether the
# units are really there is decided by the conditional update that follows it.
_HOLD = """
INSERT INTO inventory_reservation
    (reference, stock_id, quantity, consumed, released, state, expires_at, created_at, updated_at)
SELECT %(reference)s, stock.variant_id, want.quantity, 0, 0, 'held', %(until)s, %(now)s, %(now)s
FROM unnest(%(pks)s::bigint[], %(quantities)s::int[]) AS want(pk, quantity)
JOIN inventory_stock stock ON stock.variant_id = want.pk
WHERE stock.on_hand - stock.reserved >= want.quantity
    AND NOT EXISTS (
        SELECT FROM inventory_reservation
        WHERE reference = %(reference)s AND state <> 'released'
    )
ORDER BY want.pk
ON CONFLICT (reference, stock_id) DO UPDATE
    SET state = 'held', quantity = excluded.quantity, consumed = 0, released = 0,
        expires_at = excluded.expires_at, updated_at = excluded.updated_at
    WHERE inventory_reservation.state = 'released' AND inventory_reservation.consumed = 0
RETURNING stock_id
"""


@transaction.atomic
def reserve(*, reference: str, wants: Mapping[int, int], until: datetime | None) -> None:
    """Keep units (primary key of variant -> quantity) for a reference, all of them or none.

    Call it last in a transaction: it ends with the contended update, in two statements. The same
    reference with the same wants changes nothing; one that was released may reserve again.
    `until` is when the hold runs out (None: never by itself).
    Raises SoldOut, ReservationDiffers, BadQuantity.
    """
    if not wants or any(isinstance(n, bool) or not 1 <= n <= 1_000_000 for n in wants.values()):
        raise BadQuantity
    ordered = dict(sorted(wants.items()))
    written = _hold(reference, ordered, until)
    if len(written) == len(ordered):
        stock.take(ordered)
    else:
        _explain(reference, ordered, set(written))


def _hold(reference: str, wants: dict[int, int], until: datetime | None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLD,
            {
                "reference": reference,
                "until": until,
                "now": clock.now(),
                "pks": list(wants),
                "quantities": list(wants.values()),
            },
        )
        return [pk for (pk,) in cursor.fetchall()]


def _explain(reference: str, wants: dict[int, int], written: set[int]) -> None:
    """Not every row was written: a repeat of what is already held, or not enough."""
    rows = Reservation.objects.filter(reference=reference).exclude(stock__in=written)
    held = dict(rows.exclude(state=ReservationState.RELEASED).values_list("stock_id", "quantity"))
    if not held:
        raise SoldOut(variants=[pk for pk in wants if pk not in written])
    if held != wants:
        raise ReservationDiffers


@transaction.atomic
def extend(*, reference: str, until: datetime) -> None:
    """Let a hold run out later; never earlier. Raises HoldLost when nothing is held any more."""
    held = Reservation.objects.filter(reference=reference, state=ReservationState.HELD)
    if not held.exists():
        raise HoldLost
    held.filter(expires_at__lt=until).update(expires_at=until, updated_at=clock.now())


@transaction.atomic
def commit(*, reference: str) -> None:
    """Promise what is held, for good: it was paid for. Repeating it changes nothing.

    A hold that ran out but was not swept yet still counts. Raises HoldLost.
    """
    held = Reservation.objects.filter(reference=reference, state=ReservationState.HELD)
    if held.update(state=ReservationState.COMMITTED, expires_at=None, updated_at=clock.now()):
        return
    kept = Reservation.objects.filter(reference=reference).exclude(state=ReservationState.RELEASED)
    if not kept.exists():
        raise HoldLost


def expire_holds(*, limit: int = 200) -> int:
    """Give back holds that ran out, each reference in a transaction of its own.

    Several sweepers may run at once: what another one works on is passed over. Answers how many
    references were released.
    """
    due = (
        Reservation.objects.filter(state=ReservationState.HELD, expires_at__lte=clock.now())
        .order_by("expires_at")
        .values_list("reference", flat=True)[:limit]
    )
    return sum(_expire(reference) for reference in dict.fromkeys(due))


@transaction.atomic
def _expire(reference: str) -> bool:
    rows = list(
        Reservation.objects.select_for_update(skip_locked=True)
        .filter(reference=reference, state=ReservationState.HELD, expires_at__lte=clock.now())
        .order_by("stock_id")
    )
    if not rows:
        return False  # paid, extended or swept by another in the meantime
    held = Reservation.objects.filter(reference=reference, state=ReservationState.HELD)
    if held.count() != len(rows):
        return False  # somebody works on the rest, perhaps paying: all of it or nothing
    publish(HoldExpired(reference=reference))
    end_all(rows)
    return True
