"""Reads of inventory."""

from collections.abc import Collection, Sequence
from itertools import accumulate

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from core.finding import each_word
from inventory.models import Reservation, Stock, StockMovement
from inventory.states import OPEN
from inventory.types import Movement, Movements, ReservationStateName, StockLevel

PAGE_SIZE = 30


def available(*, variant_pks: Collection[int]) -> dict[int, int]:
    """Units free to buy, one query, without a lock: good for refusing early, never for promising.

    Every variant asked for is in the answer; one that was never counted has 0.
    """
    rows = Stock.objects.filter(pk__in=variant_pks).values_list("pk", "on_hand", "reserved")
    free = {pk: on_hand - reserved for pk, on_hand, reserved in rows}
    return {pk: free.get(pk, 0) for pk in variant_pks}


def stock_levels(*, variant_pks: Collection[int]) -> dict[int, StockLevel]:
    """Counted and reserved units of each variant that was ever counted; one query."""
    rows = Stock.objects.filter(pk__in=variant_pks)
    return {
        pk: StockLevel(variant_id=pk, on_hand=on_hand, reserved=reserved, low_at=low_at)
        for pk, on_hand, reserved, low_at in rows.values_list("pk", "on_hand", "reserved", "low_at")
    }


def movements(
    *,
    variant_id: int,
    cursor: str | None = None,
    kind: str = "",
    text: str = "",
    size: int = PAGE_SIZE,
) -> Movements:
    """What changed the count of a variant (primary key), newest first; `kind` is a MovementKind,
    words of the reason or the order narrow it. Two queries, one where nothing is found.

    Callers check whose variant it is.
    """
    every = StockMovement.objects.filter(stock_id=variant_id)
    rows = every.filter(each_word(text, "reason__icontains", "reference__icontains"))
    if kind:
        rows = rows.filter(kind=kind)
    if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(pk__lt=int(cursor))
    found = list(rows.order_by("-id")[: size + 1])
    shown = found[:size]
    counts = _counts_after(every, keys=[one.pk for one in reversed(shown)]) if shown else {}
    return Movements(
        rows=[
            Movement(
                kind=one.kind,
                quantity=one.quantity,
                after=counts[one.pk],
                reference=one.reference,
                reason=one.reason,
                actor_id=one.actor_id,
                at=one.at,
            )
            for one in shown
        ],
        next=str(shown[-1].pk) if len(found) > size else None,
    )


def _counts_after(every: QuerySet[StockMovement], *, keys: Sequence[int]) -> dict[int, int]:
    """What was on the shelf after each of these movements, oldest first. One query.

    Any number of others may lie between two of them: those are added up where they are.
    """
    ends = Value([key + 1 for key in keys], output_field=ArrayField(BigIntegerField()))
    stretch = Func(F("pk"), ends, function="width_bucket", output_field=IntegerField())
    rows = every.filter(pk__lte=keys[-1]).annotate(stretch=stretch).values("stretch")
    units = dict(rows.annotate(units=Sum("quantity")).values_list("stretch", "units"))
    return dict(zip(keys, accumulate(units[number] for number in range(len(keys))), strict=True))


def reservation_state(*, reference: str) -> ReservationStateName | None:
    """How the reference stands; None when it never reserved anything.

    While anything is held or committed that is the answer; then consumed, then released.
    """
    states = set(
        Reservation.objects.filter(reference=reference).values_list("state", flat=True).distinct()
    )
    order: tuple[ReservationStateName, ...] = ("held", "committed", "consumed", "released")
    return next((state for state in order if state in states), None)


def stock_imbalances() -> list[int]:
    """Variants whose counters disagree with their reservations or movements; empty is right."""
    open_units = (
        Reservation.objects.filter(stock=OuterRef("pk"), state__in=OPEN)
        .values("stock")
        .annotate(units=Sum(F("quantity") - F("consumed") - F("released")))
        .values("units")
    )
    moved = (
        StockMovement.objects.filter(stock=OuterRef("pk"))
        .values("stock")
        .annotate(units=Sum("quantity"))
        .values("units")
    )
    wrong = Stock.objects.annotate(
        promised=Coalesce(Subquery(open_units), 0), counted=Coalesce(Subquery(moved), 0)
    ).filter(~Q(reserved=F("promised")) | ~Q(on_hand=F("counted")))
    return list(wrong.order_by("pk").values_list("pk", flat=True))
