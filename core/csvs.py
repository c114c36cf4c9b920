"""Rows as CSV for the spreadsheets of people who did not write the texts in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import clock
from core.money import Money, exponent

Cell = str | Promise | int | Decimal | Money | date | bool | None
# Excel takes a file without it for one of the last century and garbles every umlaut; the others
# pass over it.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What a spreadsheet may take for a formula, plain and in full width, also behind blanks.
_FORMULA = re.compile(r"^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]")


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def cell(value: Cell) -> str:
    """A value as spreadsheets read it: ISO dates, amounts with a point, no thousands.

    Only text is made harmless: a negative number stays a number.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Money):
        return f"{Decimal(value.amount).scaleb(-exponent(value.currency)):f}"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value)
    return harmless(str(value))


def lines(head: Sequence[str], chunks: Iterable[Iterable[Sequence[Cell]]]) -> Iterator[bytes]:
    """The file in pieces, one a chunk: no more than that is in memory at a time."""
    yield (BOM + _written([head])).encode()
    for rows in chunks:
        yield _written([[cell(one) for one in row] for row in rows]).encode()


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def csv_answer(
    *, name: str, head: Sequence[str], chunks: Iterable[Iterable[Sequence[Cell]]]
) -> StreamingHttpResponse:
    """A download that begins at once, however long it becomes. `name` goes without its ending."""
    answer = StreamingHttpResponse(lines(head, chunks), content_type="text/csv; charset=utf-8")
    file = f"{slugify(name) or 'list'}-{timezone.localdate(clock.now()).isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    # The proxy may buffer it, and sends what it has meanwhile: else whoever reads slowly would keep
    # the page process for as long.
    return answer
