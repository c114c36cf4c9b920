"""Forms of the delivery editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from catalog.types import EU_COUNTRIES, HOME_COUNTRY, DeliveryMethodData, DeliveryTerms
from core.forms import MoneyField, TextField_
from core.money import Money

CURRENCY = "EUR"
MOST = 100_000_000


def eu_choices() -> list[tuple[str, str]]:
    """Countries of the European Union by their names."""
    return sorted(
        ((code, str(countries.name(code))) for code in EU_COUNTRIES), key=lambda one: one[1]
    )


def _days(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=120,
        error_messages={"required": gettext_lazy("Enter a number of working days.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MethodForm(forms.Form):
    """One way for parcels: where to, for how much, how long."""

    name = TextField_(
        label=gettext_lazy("Name"),
        limit=60,
        help_text=gettext_lazy("As buyers choose it: Standard, Express."),
        error_messages={"required": gettext_lazy("Enter a name.")},
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Delivers to"),
        choices=[
            ("eu", gettext_lazy("The whole European Union")),
            ("chosen", gettext_lazy("The countries ticked below")),
        ],
        widget=forms.RadioSelect,
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"),
        choices=eu_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    price = MoneyField(
        label=gettext_lazy("Price, VAT included"),
        currency=CURRENCY,
        most=MOST,
        help_text=gettext_lazy("0 for free delivery."),
        error_messages={"required": gettext_lazy("Enter a price.")},
    )
    free_from = MoneyField(
        label=gettext_lazy("Free from"),
        currency=CURRENCY,
        least=1,
        most=MOST,
        required=False,
        help_text=gettext_lazy("Goods worth this much or more travel for nothing."),
    )
    min_days = _days(gettext_lazy("Working days in transit, at least"))
    max_days = _days(gettext_lazy("Working days in transit, at most"))

    def clean(self) -> dict[str, Any]:
        """The days are a range; ticked countries count only where they were asked for."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("where") == "chosen" and not data.get("countries"):
            self.add_error("countries", _("Choose at least one country."))
        low, high = data.get("min_days"), data.get("max_days")
        if low is not None and high is not None and high < low:
            self.add_error("max_days", _("This must not be fewer than the days above."))
        return data

    def terms(self) -> DeliveryMethodData:
        """The method as the action takes it; the zone is named after its countries."""
        fields = self.cleaned_data
        whole = fields["where"] == "eu"
        codes = EU_COUNTRIES if whole else fields["countries"]
        return DeliveryMethodData(
            name=fields["name"],
            zone=zone_name(codes),
            countries=codes,
            price=fields["price"],
            free_from=fields["free_from"],
            min_days=fields["min_days"],
            max_days=fields["max_days"],
        )

    @classmethod
    def initial_of(cls, terms: DeliveryTerms | None) -> dict[str, Any]:
        """What the form shows before anybody typed."""
        if terms is None:
            return {"where": "eu", "countries": [HOME_COUNTRY], "min_days": 2, "max_days": 4}
        return {
            "name": terms.name,
            "where": "eu" if set(terms.countries) == set(EU_COUNTRIES) else "chosen",
            "countries": list(terms.countries),
            "price": terms.price,
            "free_from": terms.free_from,
            "min_days": terms.min_days,
            "max_days": terms.max_days,
        }


def zone_name(codes: Any) -> str:
    """How a zone is called: the Union, up to three countries by name, or how many."""
    if set(codes) == set(EU_COUNTRIES):
        return _("European Union")
    names = sorted(str(countries.name(code)) for code in codes)
    joined = ", ".join(names)
    if len(names) <= 3 and len(joined) <= 60:
        return joined
    return _("%(n)s countries") % {"n": len(names)}


class TryForm(forms.Form):
    """A basket to try the methods with."""

    to = forms.ChoiceField(label=gettext_lazy("To"), choices=eu_choices)
    basket = MoneyField(label=gettext_lazy("Basket of"), currency=CURRENCY, least=1, most=MOST)

    @classmethod
    def of(cls, query: Any) -> TryForm:
        """The form of a query, or the usual basket."""
        asked = "to" in query or "basket" in query
        return cls(query if asked else {"to": HOME_COUNTRY, "basket": "40"})

    @property
    def subtotal(self) -> Money:
        """What the goods are worth."""
        money: Money = self.cleaned_data["basket"]
        return money


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write a day like 2026-12-24."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class VacationForm(forms.Form):
    """The days on which a brand sells nothing."""

    first = _day(gettext_lazy("First day away"))
    last = _day(gettext_lazy("Last day away"))
    note = TextField_(
        label=gettext_lazy("A word to buyers"),
        limit=300,
        required=False,
        help_text=gettext_lazy("They read it on your storefront and beside your products."),
    )

    def clean(self) -> dict[str, Any]:
        """A last day before the first is a slip."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("This must not be before the first day."))
        return data
