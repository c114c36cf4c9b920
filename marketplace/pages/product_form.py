"""A product as its seller types it: plain fields, up to three axes, and a grid of variants.

The grid follows the axes: each combination of values has a row. A row is known by its values, so
that the form works without a script and through any number of rounds.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.queries import categories
from catalog.types import OptionData, ProductPage, ProductRefused
from core.forms import TextField_
from core.money import Money, MoneyError, exponent, parse_money
from core.text import TextRefused, clean_text

AXES = 3
MAX_ROWS = 120
MAX_STOCK = 1_000_000


def _category_choices() -> list[tuple[str, str]]:
    return [("", _("Choose one")), *((one.slug, " / ".join(one.path)) for one in categories())]


class FilesInput(forms.ClearableFileInput):
    """Several pictures at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads, empty when none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in files]


class ProductForm(forms.Form):
    """Everything about a product that is one value."""

    title = TextField_(label=gettext_lazy("Title"), limit=120)
    description = TextField_(
        label=gettext_lazy("Description"),
        limit=5000,
        multiline=True,
        required=False,
        help_text=gettext_lazy("What it is, who made it, and how."),
    )
    details = TextField_(
        label=gettext_lazy("Size, material, care"), limit=5000, multiline=True, required=False
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=_category_choices)
    vat = forms.DecimalField(
        label=gettext_lazy("VAT in percent"),
        min_value=Decimal(0),
        max_value=Decimal(99),
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("Prices include it."),
    )
    lead_days = forms.IntegerField(
        label=gettext_lazy("Leaves the studio after (working days)"),
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    return_days = forms.IntegerField(
        label=gettext_lazy("Returns within (days)"),
        min_value=14,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("At least 14, by law."),
    )
    delivery_note = TextField_(
        label=gettext_lazy("A word on delivery"), limit=1000, multiline=True, required=False
    )
    returns_note = TextField_(
        label=gettext_lazy("A word on returns"), limit=1000, multiline=True, required=False
    )
    pictures = FilesField(
        label=gettext_lazy("Add photographs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, GIF or AVIF, up to 20 MB each. Location data is removed."
        ),
    )

    def __init__(self, *args: Any, axes: int = AXES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes = max(axes, AXES)
        for number in range(self.axes):
            self.fields[f"option_{number}"] = TextField_(
                label=_("Option %(n)d") % {"n": number + 1}, limit=40, required=False
            )
            self.fields[f"values_{number}"] = TextField_(
                label=_("Values, with commas between"), limit=2500, required=False
            )

    def axis_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and values of each axis."""
        return [(self[f"option_{n}"], self[f"values_{n}"]) for n in range(self.axes)]

    def options(self) -> list[OptionData]:
        """The axes that were filled in, as far as they could be read."""
        found = []
        for number in range(self.axes):
            name = self.cleaned_data.get(f"option_{number}", "")
            values = self.cleaned_data.get(f"values_{number}", "").split(",")
            kept = tuple(value.strip() for value in values if value.strip())
            if name or kept:
                found.append(OptionData(name=name, values=kept))
        return found


@dataclass(frozen=True, kw_only=True)
class Row:
    """A variant in the grid, as typed. `was` is the count that the page showed."""

    values: tuple[str, ...] = ()
    sku: str = ""
    price: str = ""
    stock: str = "0"
    was: int = 0
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


_SAME = (
    "title",
    "description",
    "details",
    "lead_days",
    "return_days",
    "delivery_note",
    "returns_note",
)


def initial_of(page: ProductPage) -> dict[str, Any]:
    """What the form shows of a stored product."""
    values = {name: getattr(page, name) for name in _SAME}
    values["category"] = page.category.slug
    values["vat"] = f"{page.vat_rate * 100:.2f}".rstrip("0").rstrip(".")
    for number, axis in enumerate(page.options):
        values[f"option_{number}"] = axis.name
        values[f"values_{number}"] = ", ".join(value.name for value in axis.values)
    return values


def rows_of(page: ProductPage, on_hand: Mapping[int, int]) -> list[Row]:
    """The grid of a stored product; `on_hand` by the variants' primary keys."""
    names = {value.id: value.name for axis in page.options for value in axis.values}
    pictures = [one.public_id for one in page.pictures]
    return [
        Row(
            values=tuple(names[pk] for pk in variant.value_ids),
            sku=variant.sku,
            price=_plain(variant.price),
            stock=str(on_hand.get(variant.id, 0)),
            was=on_hand.get(variant.id, 0),
            active=variant.active,
            picture=pictures[variant.image] if variant.image is not None else "",
        )
        for variant in page.variants
    ]


def _plain(price: Money) -> str:
    digits = exponent(price.currency)
    whole, rest = divmod(price.amount, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)


def rows_in(data: QueryDict) -> list[Row]:
    """The grid as it was posted, whatever it says."""
    rows = []
    for number in range(MAX_ROWS + 1):
        if f"v-{number}-sku" not in data:
            break
        rows.append(_row_in(data, f"v-{number}-"))
    return rows


def _row_in(data: QueryDict, lead: str) -> Row:
    def text(name: str) -> str:
        return data.get(lead + name, "").replace("\x00", "").strip()[:200]

    was = text("was")
    return Row(
        values=_unpacked(data.get(lead + "values", "")),
        sku=text("sku"),
        price=text("price"),
        stock=text("stock") or "0",
        was=int(was) if was.isascii() and was.isdigit() and len(was) < 9 else 0,
        active=text("on") != "",
        picture=text("picture"),
    )


def _unpacked(text: str) -> tuple[str, ...]:
    try:
        values = json.loads(text[:1000]) if text else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return ()
    return tuple(one.replace("\x00", "") for one in values[:5])


def renamed(data: QueryDict, options: Sequence[OptionData]) -> list[dict[str, str]]:
    """For each axis the values that were typed over, old to new, by their place."""
    result = []
    for number, option in enumerate(options):
        had = _unpacked_list(data.get(f"had_{number}", ""))
        same = len(had) == len(option.values)
        result.append(dict(zip(had, option.values, strict=True)) if same else {})
    return result


def _unpacked_list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def grid(
    rows: Sequence[Row], options: Sequence[OptionData], renames: Sequence[Mapping[str, str]]
) -> tuple[list[Row], bool]:
    """One row for each combination, in order, and whether any had to be made.

    A new row takes price and the start of its SKU from the first row.
    """
    total = 1
    for option in options:
        total *= max(1, len(option.values))
    if total > MAX_ROWS:
        return list(rows), False
    known = {_key(_renamed(row.values, renames)): row for row in rows}
    pattern = rows[0] if rows else Row()
    result, made = [], False
    for values in itertools.product(*(option.values for option in options if option.values)):
        row = known.get(_key(values))
        if row is None:
            made = True
            row = replace(pattern, sku=_sku(pattern, values), stock="0", was=0, picture="")
        result.append(replace(row, values=values, errors={}))
    return result, made


def _renamed(values: Sequence[str], renames: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    if len(values) != len(renames):
        return tuple(values)
    return tuple(names.get(value, value) for value, names in zip(values, renames, strict=True))


def _key(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.casefold() for value in values)


def _sku(pattern: Row, values: Sequence[str]) -> str:
    if not pattern.sku:
        return ""
    start = pattern.sku
    if pattern.values:
        start = start.removesuffix(f"-{_in_capitals(pattern.values)}")
    return f"{start}-{_in_capitals(values)}".strip("-")[:60]


def _in_capitals(values: Sequence[str]) -> str:
    return "-".join(slugify(value)[:8].upper() or str(at) for at, value in enumerate(values))


def checked(rows: Sequence[Row]) -> list[Row]:
    """The rows with what is wrong with each beside its field."""
    result = []
    for row in rows:
        try:
            row = replace(row, sku=clean_text(row.sku, limit=64, single_line=True))
            if not row.sku:
                row = row.with_error("sku", _("Give the variant an SKU."))
        except TextRefused as error:
            row = row.with_error("sku", str(error))
        try:
            if parse_money(row.price, "EUR").amount == 0:
                row = row.with_error("price", _("Give a price above zero."))
        except MoneyError as error:
            row = row.with_error("price", str(error))
        if row.count() is None:
            row = row.with_error("stock", _("Count whole pieces, from 0 to a million."))
        result.append(row)
    return result


def place_problems(form: ProductForm, rows: list[Row], refused: ProductRefused) -> list[Row]:
    """Put what the catalogue refused beside the field that it is about."""
    for problem in refused.problems:
        known = problem.field in ("sku", "price") and problem.index is not None
        if known and problem.index is not None and problem.index < len(rows):
            row = rows[problem.index]
            rows[problem.index] = row.with_error(problem.field, problem.message)
            continue
        name = {"vat_rate": "vat", "options": f"option_{problem.index or 0}"}.get(
            problem.field, problem.field
        )
        form.add_error(name if name in form.fields else None, problem.message)
    return rows
