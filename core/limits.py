"""Everything limited goes through here: stock, coupon uses, budgets, slots.

A row says how many there are and how many of them are spoken for. The statement that takes is
conditional, so that two buyers of the last one cannot both succeed, and a CHECK stands behind it.
Call `take` as the **last** statement of the transaction: the row is then locked only for the
commit (measured: almost twice the checkouts of taking first, and three times those of a row lock).
Several rows are locked in primary-key order, so that two bags cannot wait for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict

MAX_QUANTITY = 2**31 - 1


class Limited(models.Model):
    """`on_hand` counted, `reserved` promised; the difference is available.

    A subclass with a Meta of its own inherits from `Limited.Meta` and, when it has further
    constraints, starts with `*Limited.Meta.constraints`.
    """

    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)

    # A column that is read along with the counts, so that it costs no statement of its own.
    mark_column: ClassVar[str] = ""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="%(app_label)s_%(class)s_within_limit",
            )
        ]

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class NotEnough(Conflict):
    """Fewer are available than were wanted; nothing was taken.

    `short` names every row that falls short with what is left of it; `pk`, `wanted` and
    `available` are those of the first.
    """

    code = "not_enough"
    message = _("There are not enough left.")

    def __init__(self, *, short: Mapping[Any, int], wants: Mapping[Any, int]) -> None:
        self.short = dict(short)
        self.pk, self.available = next(iter(sorted(self.short.items())))
        self.wanted = wants[self.pk]
        super().__init__(pk=self.pk, wanted=self.wanted, available=self.available)


class LimitBroken(AssertionError):
    """More was given back or used up than had been taken: a mistake in our own code."""


@dataclass(frozen=True)
class Level:
    """A row's counts after a change, and what stands in its `mark_column`."""

    on_hand: int
    reserved: int
    mark: int = 0

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


def take(model: type[Limited], wants: Mapping[Any, int]) -> dict[Any, Level]:
    """Reserve all of `wants` (primary key to quantity) or, with NotEnough, none of it.

    Like all of these it answers with the counts after the change.
    """
    return _change(model, wants, reserved=1)


def give_back(model: type[Limited], amounts: Mapping[Any, int]) -> dict[Any, Level]:
    """Undo a `take`."""
    return _change(model, amounts, reserved=-1)


def consume(model: type[Limited], amounts: Mapping[Any, int]) -> dict[Any, Level]:
    """Use up what was taken: it leaves for good."""
    return _change(model, amounts, on_hand=-1, reserved=-1)


def add(model: type[Limited], amounts: Mapping[Any, int]) -> dict[Any, Level]:
    """More have come in."""
    return _change(model, amounts, on_hand=1)


def remove(model: type[Limited], amounts: Mapping[Any, int]) -> dict[Any, Level]:
    """Some are gone (broken, lost) that nobody had reserved; NotEnough when they are spoken for."""
    return _change(model, amounts, on_hand=-1)


# One statement for one row: the condition and the change are the same moment.
_CHANGE_ONE = """
UPDATE {table} SET on_hand = on_hand + %s, reserved = reserved + %s
WHERE {pk} = %s AND {enough} RETURNING {pk}, on_hand, reserved, {mark}
"""
# Two for many, however many: lock in key order, then change all under those locks.
_LOCK_MANY = """
SELECT {pk}, on_hand, reserved, {mark} FROM {table} WHERE {pk} = ANY(%s) ORDER BY {pk} FOR UPDATE
"""
_CHANGE_MANY = """
UPDATE {table}
SET on_hand = {table}.on_hand + step.on_hand, reserved = {table}.reserved + step.reserved
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS step(pk, on_hand, reserved)
WHERE {pk} = step.pk RETURNING {pk}, {table}.on_hand, {table}.reserved, {mark}
"""


def _change(
    model: type[Limited], amounts: Mapping[Any, int], *, on_hand: int = 0, reserved: int = 0
) -> dict[Any, Level]:
    for quantity in amounts.values():
        if type(quantity) is not int or not 0 < quantity <= MAX_QUANTITY:
            raise ValueError(f"A quantity is a whole number above zero, not {quantity!r}.")
    if not amounts:
        return {}
    change = _change_one if len(amounts) == 1 else _change_many
    after = change(model, amounts, on_hand, reserved)
    if not after:
        _explain(model, amounts, on_hand, reserved)
    return after


def _change_one(
    model: type[Limited], amounts: Mapping[Any, int], on_hand: int, reserved: int
) -> dict[Any, Level]:
    ((pk, quantity),) = amounts.items()
    if reserved < 0:
        enough = "reserved >= %s"
    elif reserved > 0 or on_hand < 0:
        enough = "on_hand - reserved >= %s"
    else:
        enough = "%s > 0"
    values = [on_hand * quantity, reserved * quantity, pk, quantity]
    return _levels(model, _CHANGE_ONE, values, enough=enough)


def _change_many(
    model: type[Limited], amounts: Mapping[Any, int], on_hand: int, reserved: int
) -> dict[Any, Level]:
    before = _levels(model, _LOCK_MANY, [list(amounts)])
    if len(before) < len(amounts):
        return {}
    if any(_left(before[pk], on_hand, reserved) < amounts[pk] for pk in amounts):
        return {}
    quantities = amounts.values()
    steps = [[step * quantity for quantity in quantities] for step in (on_hand, reserved)]
    return _levels(model, _CHANGE_MANY, [list(amounts), *steps])


def _levels(
    model: type[Limited], statement: str, values: list[Any], **parts: str
) -> dict[Any, Level]:
    quote = connection.ops.quote_name
    meta = model._meta  # noqa: SLF001 - Django's documented name
    table, pk = quote(meta.db_table), quote(str(meta.pk.column))
    mark = f"{table}.{quote(model.mark_column)}" if model.mark_column else "0"
    names = {"table": table, "pk": f"{table}.{pk}", "mark": mark}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**names, **parts), values)
        return {row[0]: Level(*row[1:]) for row in cursor.fetchall()}


def _left(level: Level, on_hand: int, reserved: int) -> int:
    if reserved < 0:
        return level.reserved
    if reserved > 0 or on_hand < 0:
        return level.available
    return MAX_QUANTITY


def _explain(
    model: type[Limited], amounts: Mapping[Any, int], on_hand: int, reserved: int
) -> NoReturn:
    rows = {row.pk: row for row in model.objects.filter(pk__in=list(amounts))}  # type: ignore[attr-defined]
    if reserved < 0 or (on_hand > 0 and len(rows) < len(amounts)):
        raise LimitBroken(f"{model.__name__}: {dict(amounts)} was never taken.")
    left = {pk: rows[pk].available if pk in rows else 0 for pk in amounts}
    short = {pk: count for pk, count in left.items() if count < amounts[pk]}
    # It may have been given back between the two statements: the answer was still no.
    raise NotEnough(short=short or {min(left): left[min(left)]}, wants=amounts)
