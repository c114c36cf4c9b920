"""Pages of a long list that do not shift when rows come and go between them.

A cursor says after which row the next page begins, never how many rows to pass over: the thousandth
page costs what the first one costs, and nothing is shown twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

_LARGEST = 2**63 - 1
_LONGEST = 500


class BadCursor(ValueError):
    """The text is no cursor of this order."""


def whole(text: str) -> int:
    """A whole number that a column can hold."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise BadCursor
    if int(digits) > _LARGEST:
        raise BadCursor
    return int(text)


def words(text: str) -> str:
    """Text that a column can hold."""
    if len(text) > _LONGEST or "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadCursor
    return text


def moment(text: str) -> datetime:
    """A point in time with its zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadCursor from error
    if found.tzinfo is None:
        raise BadCursor
    return found


def day(text: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadCursor from error


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a list is sorted: by `field` (a column or annotation without nulls), then by `tie`.

    Both go the same way. `tie` is unique among the rows; without `field` it sorts alone. `read`
    turns the text of a cursor into a value of the field.
    """

    field: str = ""
    read: Callable[[str], Any] = whole
    descending: bool = True
    tie: str = "pk"

    def sorted(self, rows: QuerySet[M, Any], cursor: str | None = None) -> QuerySet[M, Any]:
        """The rows in this order after the cursor; from the start when it makes no sense."""
        sign = "-" if self.descending else ""
        names = [name for name in (self.field, self.tie) if name]
        after = self._after(cursor)
        if after is not None:
            rows = rows.filter(after)
        return rows.order_by(*(f"{sign}{name}" for name in names))

    def cursor(self, *, tie: int, value: Any = None) -> str:
        """The cursor of a row by its values of `tie` and `field`."""
        if not self.field:
            return str(tie)
        return f"{tie}.{value.isoformat() if isinstance(value, date) else value}"

    def _after(self, cursor: str | None) -> Q | None:
        if not cursor:
            return None
        way = "lt" if self.descending else "gt"
        tie_text, dot, text = cursor.partition(".")
        if bool(dot) is not bool(self.field):
            return None
        try:
            tie = whole(tie_text)
            if not self.field:
                return Q(**{f"{self.tie}__{way}": tie})
            value = self.read(text)
        except BadCursor:
            return None
        # The first half is implied by the second; it lets an index begin where the page begins.
        return Q(**{f"{self.field}__{way}e": value}) & (
            Q(**{f"{self.field}__{way}": value}) | Q(**{f"{self.tie}__{way}": tie})
        )


NEWEST = Order()
