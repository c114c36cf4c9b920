"""The grid of variants in the product editor.

It follows the options: each combination of values has a row. A row is known by its values, so that
the form works without a script and through any number of rounds.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.types import MAX_VARIANTS, Availability, OptionData, ProductPage, ProductState
from core.money import Money, MoneyError, parse_money, plain_amount
from core.text import TextRefused, clean_text

MAX_STOCK = 1_000_000
# Columns whose first value can be taken over by all rows below.
FILLED = ("price", "stock", "picture")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A variant in the grid, as typed. `key` is the public id of the variant that the page showed
    and `was` its count; '' and None when the row was made on the page.
    """

    values: tuple[str, ...] = ()
    key: str = ""
    sku: str = ""
    price: str = ""
    stock: str = "0"
    was: int | None = None
    active: bool = True
    picture: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return ", ".join(self.values)

    @property
    def packed(self) -> str:
        """The values for a hidden field."""
        return json.dumps(self.values, ensure_ascii=False)

    def with_error(self, name: str, text: str) -> Row:
        return replace(self, errors={**self.errors, name: text})

    def seen(self, key: str) -> int | None:
        """The count that the page showed of the variant that the row has become; None where it
        showed another variant or none. Pages from before rows had keys are taken at their word.
        """
        return self.was if self.key in ("", key) else None

    def money(self, currency: str = "EUR") -> Money | None:
        try:
            return parse_money(self.price, currency)
        except MoneyError:
            return None

    def count(self) -> int | None:
        """The units typed, or None when that is no number."""
        text = self.stock.strip() or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            return None
        return int(text) if int(text) <= MAX_STOCK else None


def rows_of(page: ProductPage, on_hand: Mapping[int, int]) -> list[Row]:
    """The grid of a stored product; `on_hand` by the variants' primary keys."""
    names = {value.id: value.name for axis in page.options for value in axis.values}
    pictures = [one.public_id for one in page.pictures]
    return [
        Row(
            values=tuple(names[pk] for pk in variant.value_ids),
            key=variant.public_id,
            sku=variant.sku,
            price=plain_amount(variant.price) if variant.price is not None else "",
            stock=str(on_hand.get(variant.id, 0)),
            was=on_hand.get(variant.id, 0),
            active=variant.active,
            picture=pictures[variant.image] if variant.image is not None else "",
        )
        for variant in page.variants
    ]


def rows_in(data: QueryDict) -> list[Row]:
    """The grid as it was posted, whatever it says."""
    rows = []
    for number in range(MAX_VARIANTS + 1):
        if f"v-{number}-sku" not in data:
            break
        rows.append(_row_in(data, f"v-{number}-"))
    return rows


def _row_in(data: QueryDict, lead: str) -> Row:
    def text(name: str) -> str:
        return data.get(lead + name, "").replace("\x00", "").strip()[:200]

    was = text("was")
    return Row(
        values=unpacked(data.get(lead + "values", "")),
        key=text("key"),
        sku=text("sku"),
        price=text("price"),
        stock=text("stock") or "0",
        was=int(was) if was.isascii() and was.isdigit() and len(was) < 9 else None,
        active=text("on") != "",
        picture=text("picture"),
    )


def unpacked(text: str) -> tuple[str, ...]:
    """The values of a row from its hidden field; none of them when it holds something else."""
    try:
        values = json.loads(text[:1000]) if text else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return ()
    return tuple(one.replace("\x00", "") for one in values[:5])


def grid(
    rows: Sequence[Row], options: Sequence[OptionData], renames: Sequence[Mapping[str, str]]
) -> tuple[list[Row], bool]:
    """One row for each combination, in order, and whether any had to be made.

    A new row takes its price from the row that agrees with it in most options: of a new glaze in
    large, the large one of another glaze. The start of its SKU is that row's too.
    """
    total = 1
    for option in options:
        total *= max(1, len(option.values))
    if total > MAX_VARIANTS:
        return list(rows), False
    known: dict[tuple[str, ...], Row] = {}
    for row in rows:
        known.setdefault(_key(_renamed(row.values, renames)), row)
    result, made = [], False
    for values in itertools.product(*(option.values for option in options if option.values)):
        found = known.get(_key(values))
        if found is None:
            made = True
            pattern = _nearest(values, known)
            sku = _sku(pattern, values, rows)
            found = replace(pattern, key="", sku=sku, stock="0", was=None, picture="")
        result.append(replace(found, values=values, errors={}))
    return result, made


def _renamed(values: Sequence[str], renames: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    if len(values) != len(renames):
        return tuple(values)
    return tuple(names.get(value, value) for value, names in zip(values, renames, strict=True))


def _key(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.casefold() for value in values)


def _nearest(values: Sequence[str], known: Mapping[tuple[str, ...], Row]) -> Row:
    """The row with most of the same values in the same places, the first of several."""
    wanted = _key(values)

    def agreeing(key: tuple[str, ...]) -> int:
        return sum(one == other for one, other in zip(key, wanted, strict=False))

    return known[max(known, key=agreeing)] if known else Row()


def _sku(pattern: Row, values: Sequence[str], rows: Sequence[Row]) -> str:
    """The start of the pattern's SKU with these values behind it; of SKUs that were written by
    hand, what all of them begin with.
    """
    if not pattern.sku:
        return ""
    start = pattern.sku
    if pattern.values:
        start = start.removesuffix(f"-{_in_capitals(pattern.values)}")
        if start == pattern.sku and len(rows) > 1:
            parts = zip(*(row.sku.split("-") for row in rows), strict=False)
            alike = itertools.takewhile(lambda found: len(set(found)) == 1, parts)
            start = "-".join(found[0] for found in alike) or start
    return f"{start}-{_in_capitals(values)}".strip("-")[:60]


def _in_capitals(values: Sequence[str]) -> str:
    return "-".join(slugify(value)[:8].upper() or str(at) for at, value in enumerate(values))


def checked(rows: Sequence[Row]) -> list[Row]:
    """The rows with what is wrong with each beside its field. SKU and price may be left open: that
    nothing is published without them says the catalogue.
    """
    result = []
    for row in rows:
        try:
            row = replace(row, sku=clean_text(row.sku, limit=64, single_line=True))
        except TextRefused as error:
            row = row.with_error("sku", str(error))
        try:
            if row.price and parse_money(row.price, "EUR").amount == 0:
                row = row.with_error("price", _("Give a price above zero."))
        except MoneyError as error:
            row = row.with_error("price", str(error))
        if row.count() is None:
            row = row.with_error("stock", _("Whole pieces, up to a million."))
        result.append(row)
    return result


def filled(rows: Sequence[Row], column: str) -> list[Row]:
    """All rows with what the first one says in this column."""
    if column not in FILLED or not rows:
        return list(rows)
    return [replace(row, **{column: getattr(rows[0], column)}) for row in rows]


@dataclass(frozen=True, kw_only=True)
class State:
    """What buyers meet of one variant, in words; `low` when there is too little of it."""

    words: str
    tone: str = ""
    low: bool = False


def states(rows: Sequence[Row], stored: ProductPage | None) -> list[State]:
    """The state of each row: by what was typed, and where it is few by what the stock says."""
    live = stored is not None and stored.state == ProductState.PUBLISHED
    few = _few(stored) if stored else set()
    return [_state(row, few=row.values in few, live=live) for row in rows]


def _state(row: Row, *, few: bool, live: bool) -> State:
    if not row.active:
        return State(words=_("Off sale"))
    if row.money() is None:
        return State(words=_("No price yet"), tone="warn")
    if not row.sku:
        return State(words=_("No SKU yet"), tone="warn")
    if not row.count():
        return State(words=_("Sold out"), tone="warn", low=True)
    if few and row.count() == row.was:
        return State(words=_("Low"), tone="warn", low=True)
    return State(words=_("On sale") if live else _("In stock"), tone="ok")


def _few(stored: ProductPage) -> set[tuple[str, ...]]:
    names = {value.id: value.name for axis in stored.options for value in axis.values}
    return {
        tuple(names[pk] for pk in one.value_ids)
        for one in stored.variants
        if one.availability == Availability.LOW
    }
