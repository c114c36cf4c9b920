"""A service as its seller types it: plain fields, and up to five packages in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from babel import Locale
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.queries import categories
from catalog.types import (
    EU_COUNTRIES,
    SERVICE_LANGUAGES,
    PackageData,
    PictureInput,
    Pricing,
    ServiceData,
    ServicePage,
    ServiceRefused,
)
from core.forms import FilesField, FilesInput, MoneyField, TextField_
from core.money import MoneyError, parse_money, plain_amount
from core.places import country_name
from core.text import TextRefused, clean_text

PACKAGES = 3
MAX_PACKAGES = 5
MAX_DAYS = 365
MAX_REVISIONS = 50
SCOPE_LIMIT = 500
CURRENCY = "EUR"


def _category_choices() -> list[tuple[str, str]]:
    return [("", _("Choose one")), *((one.slug, " / ".join(one.path)) for one in categories())]


def _countries() -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in EU_COUNTRIES), key=lambda one: one[1])


def _languages() -> list[tuple[str, str]]:
    reader = Locale.parse(translation.to_locale(translation.get_language() or "en"))
    names = [(code, reader.languages.get(code, code)) for code in SERVICE_LANGUAGES]
    return sorted(names, key=lambda one: one[1])


class ServiceForm(forms.Form):
    """Everything about a service that is one value."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    title = TextField_(label=gettext_lazy("Title"), limit=120)
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=_category_choices)
    description = TextField_(
        label=gettext_lazy("Description"),
        limit=5000,
        multiline=True,
        required=False,
        help_text=gettext_lazy("What you do, for whom, what they get and in which form."),
    )
    pricing = forms.ChoiceField(
        label=gettext_lazy("How you count"), choices=Pricing.choices, widget=forms.RadioSelect
    )
    price = MoneyField(
        label=gettext_lazy("Price in euro, VAT included"),
        currency=CURRENCY,
        least=1,
        most=100_000_000,
        required=False,
        help_text=gettext_lazy("For a fixed price, or for one hour."),
    )
    area = TextField_(
        label=gettext_lazy("Where you work"),
        limit=120,
        required=False,
        help_text=gettext_lazy("In your words: Berlin and around; anywhere by post."),
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"),
        choices=_countries,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: anywhere."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lead_days = forms.IntegerField(
        label=gettext_lazy("Usually ready within (working days)"),
        min_value=0,
        max_value=MAX_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    pictures = FilesField(
        label=gettext_lazy("Add photographs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, GIF or AVIF, up to 20 MB each. Location data is removed."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The single price counts only where there is one; what is wrong with it is not asked of
        who cannot see the field.
        """
        if self.cleaned_data.get("pricing") not in (Pricing.FIXED, Pricing.HOURLY):
            self.errors.pop("price", None)
            self.cleaned_data["price"] = None
        return self.cleaned_data


@dataclass(frozen=True, kw_only=True)
class Row:
    """A package as typed. A row without name, scope and price is none."""

    name: str = ""
    scope: str = ""
    price: str = ""
    revisions: str = ""
    days: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.name or self.scope or self.price)

    def with_error(self, name: str, text: str) -> Row:
        return replace(self, errors={**self.errors, name: text})

    def package(self) -> PackageData:
        """The package, once the row was found right."""
        return PackageData(
            name=self.name,
            scope=self.scope,
            price=parse_money(self.price, CURRENCY),
            revisions=int(self.revisions) if self.revisions else None,
            lead_days=int(self.days or 0),
        )


def rows_in(data: QueryDict) -> list[Row]:
    """The rows as they were posted, whatever they say."""

    def text(number: int, name: str, limit: int) -> str:
        return data.get(f"p-{number}-{name}", "").replace("\x00", "").strip()[:limit]

    return [
        Row(
            name=text(number, "name", 200),
            scope=text(number, "scope", 2000),
            price=text(number, "price", 30),
            revisions=text(number, "revisions", 10),
            days=text(number, "days", 10),
        )
        for number in range(MAX_PACKAGES)
        if f"p-{number}-name" in data
    ]


def rows_of(page: ServicePage) -> list[Row]:
    """The rows of a stored service."""
    return [
        Row(
            name=one.name,
            scope=one.scope,
            price=plain_amount(one.price),
            revisions="" if one.revisions is None else str(one.revisions),
            days=str(one.lead_days),
        )
        for one in page.packages
    ]


def padded(rows: Sequence[Row]) -> list[Row]:
    """At least three rows to write into, and one more than is filled."""
    filled = [row for row in rows if not row.empty or row.errors]
    wanted = min(MAX_PACKAGES, max(PACKAGES, len(filled) + 1))
    return [*filled, *[Row()] * max(0, wanted - len(filled))]


def checked(rows: Sequence[Row]) -> list[Row]:
    """The filled rows with what is wrong with each beside its field."""
    return [_checked(row) for row in rows if not row.empty]


def _checked(row: Row) -> Row:
    try:
        row = replace(row, name=clean_text(row.name, limit=60, single_line=True))
    except TextRefused as error:
        row = row.with_error("name", str(error))
    try:
        row = replace(row, scope=clean_text(row.scope, limit=SCOPE_LIMIT))
    except TextRefused as error:
        row = row.with_error("scope", str(error))
    if not row.name and "name" not in row.errors:
        row = row.with_error("name", _("Name the package."))
    try:
        if parse_money(row.price, CURRENCY).amount == 0:
            row = row.with_error("price", _("Give a price above zero."))
    except MoneyError as error:
        row = row.with_error("price", str(error))
    if row.revisions and not _within(row.revisions, MAX_REVISIONS):
        text = _("From 0 to %(n)d, or nothing for as many as it takes.") % {"n": MAX_REVISIONS}
        row = row.with_error("revisions", text)
    if not _within(row.days or "0", MAX_DAYS):
        row = row.with_error("days", _("Count working days, from 0 to %(n)d.") % {"n": MAX_DAYS})
    return row


def _within(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most


def initial_of(page: ServicePage) -> dict[str, Any]:
    """What the form shows of a stored service."""
    names = ("title", "description", "pricing", "area", "lead_days", "version")
    packaged = page.pricing == Pricing.PACKAGES
    return {
        **{name: getattr(page, name) for name in names},
        "category": page.category.slug,
        "countries": list(page.countries),
        "languages": list(page.languages),
        "price": None if packaged or page.price is None else page.price,
    }


def data_of(
    form: ServiceForm, rows: Sequence[Row], pictures: Sequence[PictureInput]
) -> ServiceData:
    """The service that a form and rows without problems describe."""
    names = ("title", "category", "description", "pricing", "price", "area", "lead_days")
    fields = form.cleaned_data
    return ServiceData(
        **{name: fields[name] for name in names},
        countries=fields["countries"],
        languages=fields["languages"],
        packages=[row.package() for row in rows],
        pictures=pictures,
        currency=CURRENCY,
    )


def place_problems(form: ServiceForm, rows: list[Row], refused: ServiceRefused) -> list[Row]:
    """Put what the catalogue refused beside the field that it is about."""
    for problem in refused.problems:
        index = problem.index
        if index is not None and index < len(rows):
            rows[index] = rows[index].with_error(problem.field, problem.message)
        else:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return rows
