"""A product as its seller types it: plain fields, the questions of its category, its options, and
what is to become of it. Variants have their grid in `product_grid`, pictures in `product_pictures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.answers import answered_by
from catalog.queries import attributes_asked, goods_categories
from catalog.types import (
    AttributeData,
    AttributeInput,
    AttributeKind,
    OptionData,
    Problem,
    ProductPage,
    ProductState,
)
from core.forms import FilesField, FilesInput, TextField_
from marketplace.pages.product_grid import Row
from marketplace.pages.product_options import ValuesField, count, renamed

SCHEDULED = "scheduled"
_ANSWER = "answer_"
_SAID = {"yes": True, "no": False}


def _category_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Choose one")),
        *((one.slug, " / ".join(one.path)) for one in goods_categories()),
    ]


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
        label=gettext_lazy("Size, material, care"),
        limit=5000,
        multiline=True,
        required=False,
        help_text=gettext_lazy("What no question asks."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=_category_choices, required=False
    )
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
    to = forms.ChoiceField(
        choices=[*((one.value, one.label) for one in ProductState), (SCHEDULED, "")],
        required=False,
    )
    publish_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes = count(self.data if self.is_bound else self.initial)
        for number in range(self.axes):
            self.fields[f"option_{number}"] = TextField_(
                label=_("Option %(n)d") % {"n": number + 1}, limit=40, required=False
            )
            self.fields[f"values_{number}"] = ValuesField(
                label=_("Values of option %(n)d") % {"n": number + 1}, required=False
            )
        asked = attributes_asked(category=self._typed("category"))
        names = [self._typed(f"option_{number}") for number in range(self.axes)]
        by_option = [answered_by(option=name, asked=asked) for name in names if name]
        self.asked = [one for one in asked if one not in by_option]
        # Attributes that an option answers for each variant: said, not asked.
        self.answered = [one.name for one in by_option if one is not None]
        for one in self.asked:
            self.fields[_ANSWER + one.code] = _question(one)

    def _typed(self, name: str) -> str:
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return str(source.get(name) or "")[:100]

    def axis_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and values of each axis."""
        return [(self[f"option_{n}"], self[f"values_{n}"]) for n in range(self.axes)]

    def questions(self) -> list[forms.BoundField]:
        """What the category asks."""
        return [self[_ANSWER + one.code] for one in self.asked]

    def options(self) -> list[OptionData]:
        """The axes that were filled in, as far as they could be read."""
        found = []
        for number in range(self.axes):
            name = self.cleaned_data.get(f"option_{number}", "")
            kept = tuple(self.cleaned_data.get(f"values_{number}", ()))
            if name or kept:
                found.append(OptionData(name=name, values=kept))
        return found

    def renamed(self) -> list[dict[str, str]]:
        """For each of `options()` the values that were typed over, old to new."""
        if not isinstance(self.data, QueryDict):
            return []
        found = []
        for number in range(self.axes):
            kept = self.cleaned_data.get(f"values_{number}", ())
            if kept or self.cleaned_data.get(f"option_{number}"):
                found.append(renamed(self.data, number, kept))
        return found

    def answers(self) -> dict[str, AttributeInput]:
        """What was answered, as the catalogue takes it."""
        found: dict[str, AttributeInput] = {}
        for one in self.asked:
            said = self.cleaned_data.get(_ANSWER + one.code)
            found[one.code] = _SAID.get(said or "") if one.kind == AttributeKind.YES_NO else said
        return found

    def forget_errors(self) -> None:
        """For a page that only asked for other fields: nothing was sent in yet."""
        for name in list(self.errors):
            if name != "pictures":
                del self.errors[name]


def _question(one: AttributeData) -> forms.Field:
    label = f"{one.name} ({one.unit})" if one.unit else one.name
    more: dict[str, Any] = {"label": label, "required": False, "help_text": one.help}
    choices = [(choice.slug, choice.name) for choice in one.choices]
    match one.kind:
        case AttributeKind.CHOICE:
            return forms.ChoiceField(choices=[("", _("Not said")), *choices], **more)
        case AttributeKind.CHOICES:
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=boxes, **more)
        case AttributeKind.NUMBER:
            return forms.CharField(
                max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more
            )
        case AttributeKind.YES_NO:
            said = [("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))]
            return forms.ChoiceField(choices=said, widget=forms.RadioSelect, **more)
        case _:
            return TextField_(limit=200, **more)


_SAME = (
    "title",
    "description",
    "details",
    "lead_days",
    "return_days",
    "delivery_note",
    "returns_note",
    "publish_at",
    "version",
)


def percent_of(rate: Decimal) -> str:
    """A share of one as the form has it: 25.5."""
    return f"{rate * 100:.2f}".rstrip("0").rstrip(".")


def initial_of(page: ProductPage) -> dict[str, Any]:
    """What the form shows of a stored product."""
    values = {name: getattr(page, name) for name in _SAME}
    values["category"] = page.category.slug if page.category else ""
    values["vat"] = percent_of(page.vat_rate)
    values["to"] = SCHEDULED if page.publish_at else page.state
    for number, axis in enumerate(page.options):
        values[f"option_{number}"] = axis.name
        values[f"values_{number}"] = [value.name for value in axis.values]
    for one in page.attributes:
        if one.variant_id is None:
            values[_ANSWER + one.code] = _shown(one.kind, one)
    return values


def _shown(kind: str, one: Any) -> Any:
    match kind:
        case AttributeKind.CHOICE:
            return one.choices[0]
        case AttributeKind.CHOICES:
            return list(one.choices)
        case AttributeKind.NUMBER:
            return one.text.split(" ")[0]
        case AttributeKind.YES_NO:
            return "yes" if one.yes else "no"
        case _:
            return one.text


def place_problems(
    form: ProductForm, rows: Sequence[Row], problems: Sequence[Problem]
) -> list[Row]:
    """Put what the catalogue refuses beside the field that it is about. A field that could not be
    read has said why, and says no more."""
    unread = set(form.errors)
    axes_unread = any(name.startswith(("option_", "values_")) for name in unread)
    placed = list(rows)
    for problem in problems:
        at = problem.index
        if problem.field in ("sku", "price") and at is not None and at < len(rows):
            if problem.field not in rows[at].errors:
                placed[at] = placed[at].with_error(problem.field, problem.message)
            continue
        name = {
            "vat_rate": "vat",
            "options": f"option_{at or 0}",
            "attributes": _ANSWER + problem.key,
        }.get(problem.field, problem.field)
        # Without its values an option says nothing of itself, nor of the variants.
        if name in unread or (axes_unread and problem.field in ("options", "variants")):
            continue
        form.add_error(name if name in form.fields else None, problem.message)
    return placed
