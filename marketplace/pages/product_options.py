"""The options of a product on their way through the editor: a field for each value, and buttons
that add or take away a value or a whole option by rearranging what was posted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.types import MAX_OPTIONS, MAX_VARIANTS, VALUE_LIMIT, ProductPage
from core.text import TextRefused, clean_text
from marketplace.pages.product_grid import Row, unpacked

# Read is more than an option may have, so that what is too much comes back to whoever typed it.
MOST_READ = 120
# Several values typed into one field.
BETWEEN = ";"


class ValuesField(forms.Field):
    """The values of an option, in their order: one in each field, or several with ; between."""

    # Reads all fields of one name; the page draws them itself.
    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        found: list[str] = []
        for text in split(value or []):
            try:
                found.append(clean_text(text, limit=VALUE_LIMIT, single_line=True))
            except TextRefused as error:
                raise forms.ValidationError(str(error), code=error.code) from error
        return found


def split(typed: Sequence[str]) -> list[str]:
    """Each value that was typed, without blanks."""
    parts = (part.strip() for text in typed for part in text.split(BETWEEN))
    return [part for part in parts if part][: MOST_READ + 1]


def count(data: Mapping[str, Any]) -> int:
    """How many options a form has that was posted, or that begins with these values."""
    return next((n for n in range(MAX_OPTIONS) if f"option_{n}" not in data), MAX_OPTIONS)


def renamed(data: QueryDict, number: int, values: Sequence[str]) -> dict[str, str]:
    """Of one option the values that were typed over, old to new; fields stand in pairs."""
    had, typed = data.getlist(f"had_{number}"), data.getlist(f"values_{number}")
    pairs = zip(had, typed, strict=False)
    return {
        old.strip(): new.strip()
        for old, new in pairs
        if old.strip() and new.strip() in values and BETWEEN not in new
    }


def rearranged(data: QueryDict, act: str) -> QueryDict:
    """What was posted, after `axis`, `unaxis:<option>` or `unvalue:<option>:<value>`.

    Anything else changes nothing: the editor knows more buttons.
    """
    name, *rest = act.split(":")
    numbers = [int(one) for one in rest if re.fullmatch(r"[0-9]{1,2}", one)]
    if len(numbers) != len(rest):
        return data
    total = count(data)
    match name, numbers:
        case "axis", [] if total < MAX_OPTIONS:
            changed = data.copy()
            changed[f"option_{total}"] = ""
        case "unaxis", [axis] if axis < total:
            changed = _without_axis(data, axis, total)
        case "unvalue", [axis, value] if axis < total:
            changed = data.copy()
            for part in ("values", "had"):
                kept = changed.getlist(f"{part}_{axis}")
                del kept[value : value + 1]
                changed.setlist(f"{part}_{axis}", kept)
        case _:
            return data
    return changed


def _without_axis(data: QueryDict, axis: int, total: int) -> QueryDict:
    """Later options move up, and the rows of the grid forget what they said of this one."""
    changed = data.copy()
    for part in ("option", "values", "had"):
        for number in range(axis, total - 1):
            changed.setlist(f"{part}_{number}", changed.getlist(f"{part}_{number + 1}"))
        changed.pop(f"{part}_{total - 1}", None)
    for number in range(MAX_VARIANTS + 1):
        key = f"v-{number}-values"
        if key not in changed:
            break
        values = list(unpacked(changed.get(key, "")))
        del values[axis : axis + 1]
        changed[key] = json.dumps(values, ensure_ascii=False)
    return changed


# --- showing -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value as a chip: `off` when no variant with it is on sale; `had` is what it was called
    when the page was made, empty for a fresh one."""

    name: str
    had: str = ""
    swatch: str = ""
    off: bool = False
    fresh: bool = False


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One option with its fields."""

    name: forms.BoundField
    values: forms.BoundField
    chips: list[Value]

    @property
    def title(self) -> str:
        return str(self.name.value() or "") or _("the new option")


def axes_of(
    bound: Sequence[tuple[forms.BoundField, forms.BoundField]],
    rows: Sequence[Row],
    page: ProductPage | None,
    act: str,
) -> list[Axis]:
    """The options as the page shows them; `act` says which of them was asked for one more value."""
    swatches = _swatches(page)
    found = []
    for number, (name, values) in enumerate(bound):
        chips = [
            Value(
                name=text,
                had=text,
                swatch=swatches.get(text.casefold(), ""),
                off=_off(rows, number, text),
            )
            for text in split(values.value() or [])
        ]
        # A field that is still empty stays, whatever else was asked for meanwhile.
        empty = any(not text.strip() for text in values.value() or [])
        if not chips or empty or act == f"value:{number}":
            chips.append(Value(name="", fresh=act == f"value:{number}"))
        found.append(Axis(name=name, values=values, chips=chips))
    return found


def _swatches(page: ProductPage | None) -> dict[str, str]:
    axes = page.options if page else ()
    return {value.name.casefold(): value.swatch for axis in axes for value in axis.values}


def _off(rows: Sequence[Row], axis: int, value: str) -> bool:
    own = [row for row in rows if len(row.values) > axis and row.values[axis] == value]
    return bool(own) and not any(row.active for row in own)
