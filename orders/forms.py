"""What buyers and sellers type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.types import AddressData
from core.forms import TextField_
from core.places import COUNTRY_NAMES, HOME_COUNTRY, postcode_problem
from orders.tracking_links import CARRIERS
from orders.types import Details


def _text(
    label: Any, *, limit: int, autocomplete: str, required: Any = "", **attrs: str
) -> TextField_:
    return TextField_(
        label=label,
        limit=limit,
        required=bool(required),
        error_messages={"required": required} if required else None,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, **attrs}),
    )


class DetailsForm(forms.Form):
    """Where it goes: five fields for a guest, four for somebody who is signed in."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("For the receipt and delivery updates only"),
        error_messages={
            "required": gettext_lazy("Enter an e-mail address like name@example.org"),
            "invalid": gettext_lazy("Enter an e-mail address like name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    name = _text(
        gettext_lazy("Full name"),
        limit=120,
        autocomplete="name",
        required=gettext_lazy("Enter the name on the letterbox"),
    )
    street = _text(
        gettext_lazy("Street and number"),
        limit=120,
        autocomplete="street-address",
        required=gettext_lazy("Enter street and number, like Lange Straße 5"),
    )
    postcode = _text(
        gettext_lazy("Postcode"),
        limit=20,
        autocomplete="postal-code",
        required=gettext_lazy("Enter a postcode"),
    )
    city = _text(
        gettext_lazy("City"),
        limit=80,
        autocomplete="address-level2",
        required=gettext_lazy("Enter a city"),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=list(COUNTRY_NAMES.items()),
        initial=HOME_COUNTRY,
        error_messages={
            "invalid_choice": gettext_lazy("Choose a country from the list"),
            "required": gettext_lazy("Choose a country from the list"),
        },
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    company = _text(gettext_lazy("Company"), limit=120, autocomplete="organization")
    line2 = _text(gettext_lazy("Second address line"), limit=120, autocomplete="address-line2")
    phone = TextField_(
        label=gettext_lazy("Phone"),
        limit=30,
        required=False,
        help_text=gettext_lazy("Only the carrier uses it, on the day of delivery"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        """`email` is that of somebody who is signed in: then it is not asked."""
        super().__init__(*args, **kwargs)
        self.known_email = email
        if email:
            del self.fields["email"]

    def clean_email(self) -> str:
        """One recipient: no line breaks, no lists (the field refuses both)."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """A postcode is checked against the country."""
        data = super().clean() or {}
        postcode, country = data.get("postcode"), data.get("country")
        if postcode and country:
            data["postcode"] = postcode.upper()
            problem = postcode_problem(postcode=data["postcode"], country=country)
            if problem:
                self.add_error("postcode", problem)
        return data

    def details(self) -> Details:
        """What was typed, of a valid form."""
        data = self.cleaned_data
        address = AddressData(
            name=data["name"],
            line1=data["street"],
            postcode=data["postcode"],
            city=data["city"],
            country=data["country"],
            company=data["company"],
            line2=data["line2"],
            phone=data["phone"],
        )
        return Details(email=self.known_email or data["email"], address=address)

    @staticmethod
    def initial_of(details: Details) -> dict[str, str]:
        """The reverse: what to show first."""
        one = details.address
        return {
            "email": details.email,
            "name": one.name,
            "street": one.line1,
            "postcode": one.postcode,
            "city": one.city,
            "country": one.country,
            "company": one.company,
            "line2": one.line2,
            "phone": one.phone,
        }


class ShipForm(forms.Form):
    """A parcel: carrier and number are optional, and so is leaving something for later."""

    carrier = TextField_(
        label=gettext_lazy("Carrier"),
        limit=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "carriers", "autocomplete": "off"}),
    )
    tracking = TextField_(
        label=gettext_lazy("Tracking number"),
        limit=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    carriers = CARRIERS


class CancelForm(forms.Form):
    """A seller says why."""

    reason = TextField_(
        label=gettext_lazy("Why you cannot deliver"),
        limit=500,
        help_text=gettext_lazy("The buyer reads this. All of the money goes back."),
        error_messages={"required": gettext_lazy("Say in a sentence why you cancel")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
