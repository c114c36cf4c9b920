"""Forms of the papers. What is checked by a rule of ours is checked by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.types import OrganizationData
from brands.models import PaperDocument
from brands.trader import trader_problems
from catalog.types import PoliciesInput, StorefrontData
from core.forms import PlaceFields, TextField_, line_field


class FoundForm(forms.Form):
    """How a new brand is called."""

    name = line_field(
        "organization",
        label=_("Name of the brand"),
        limit=50,
        help_text=_("As people will read it on pins and on parcels."),
        error_messages={"required": _("Enter a name.")},
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        required=False,
        help_text=_("Its address here: letters a to z, digits, and . _ - between them."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class TraderForm(PlaceFields):
    """Who answers for the brand, as the law wants it beside every offer."""

    field_order = ["name", *PlaceFields.base_fields]

    name = line_field(
        "organization",
        label=_("Legal name"),
        limit=200,
        help_text=_("Of the company, or your own if you are one person."),
        error_messages={"required": _("Enter who sells, by law.")},
    )
    email = forms.EmailField(
        label=_("Contact e-mail"),
        max_length=254,
        error_messages={
            "required": _("Enter an address under which customers reach you."),
            "invalid": _("Enter an e-mail address, like office@studio.example."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = line_field(
        "tel",
        label=_("Phone"),
        limit=30,
        help_text=_("With the code of the country if it is another one."),
        error_messages={"required": _("Enter a number under which customers reach you.")},
        attrs={"type": "tel", "inputmode": "tel"},
    )
    registration_number = TextField_(
        label=_("Register number"),
        limit=60,
        required=False,
        help_text=_("For example HRB 12345, Hamburg."),
    )
    unregistered = forms.BooleanField(label=_("I am in no trade register"), required=False)
    vat_id = TextField_(
        label=_("VAT number"),
        limit=20,
        required=False,
        help_text=_("With the letters of the country, like DE136695976."),
    )
    vat_exempt = forms.BooleanField(label=_("I have no VAT number"), required=False)

    LEGAL = (
        "name",
        "line1",
        "line2",
        "postcode",
        "city",
        "country",
        "email",
        "phone",
        "registration_number",
        "vat_id",
    )

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said in one round, beside its field."""
        data: dict[str, Any] = super().clean() or {}
        for name, text in trader_problems(data).items():
            self.add_error(name, text)
        return data

    def organization(self) -> OrganizationData:
        """The trader data as the action takes them."""
        return OrganizationData(**{name: self.cleaned_data[name] for name in self.LEGAL})


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        error_messages={"required": _("Enter the code from the mail.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class DeclarationForm(forms.Form):
    """A person declares for the brand."""

    name = line_field(
        "name",
        label=_("Your full name"),
        limit=120,
        error_messages={"required": _("Enter your name.")},
    )
    agreed = forms.BooleanField(
        label=_(
            "I declare that this brand offers only products and services that comply with the law "
            "of the European Union."
        ),
        error_messages={"required": _("Tick the declaration.")},
    )


class PoliciesForm(forms.Form):
    """How parcels leave and may come back."""

    return_days = forms.IntegerField(
        label=_("Days in which buyers may send things back"),
        min_value=14,
        max_value=365,
        help_text=_("The law gives 14. You may give more."),
        error_messages={
            "required": _("Enter a number of days."),
            "min_value": _("The law gives 14 days: give at least as many."),
            "max_value": _("Give 365 days at most."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    returns_free = forms.BooleanField(label=_("We pay the parcel back"), required=False)
    returns_policy = TextField_(
        label=_("Returns"),
        limit=2000,
        multiline=True,
        help_text=_("In which state, to where, and when the money is back."),
        error_messages={"required": _("Write how things may come back.")},
    )
    delivery_policy = TextField_(
        label=_("Delivery"),
        limit=2000,
        multiline=True,
        help_text=_("When parcels leave, and with whom."),
        error_messages={"required": _("Write how parcels leave.")},
    )
    reply_hours = forms.IntegerField(
        label=_("Hours in which you answer questions"),
        min_value=1,
        max_value=168,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    @classmethod
    def initial_of(cls, front: StorefrontData | None) -> dict[str, Any]:
        """What the form shows before anybody typed."""
        if front is None:
            return {"return_days": 30, "reply_hours": 24}
        return {name: getattr(front, name) for name in cls.base_fields}

    def policies(self) -> PoliciesInput:
        """The policies as the action takes them."""
        return PoliciesInput(**self.cleaned_data)


_PICTURE = _(
    "Square and at least 400 pixels wide, to look sharp. JPEG, PNG, WebP, GIF or AVIF, up to "
    "20 MB. Where it was taken is removed."
)
_COVER = _(
    "Wide, at least 1,600 pixels, to look sharp. JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. "
    "Where it was taken is removed."
)


class PicturesForm(forms.Form):
    """What people recognise a brand by."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_PICTURE,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    cover = forms.FileField(
        label=_("Cover"),
        required=False,
        help_text=_COVER,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class DocumentForm(forms.Form):
    """A file for the papers, what it is, and how long it is good."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Choose a kind")), *PaperDocument.Kind.choices],
        error_messages={
            "required": _("Choose what it is."),
            "invalid_choice": _("Choose what it is."),
        },
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 5 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    good_until = forms.DateField(
        label=_("Good until"),
        required=False,
        help_text=_("If it ends on a day. We remind you a month before."),
        error_messages={"invalid": _("Write a day like 2026-12-24.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class DomainForm(forms.Form):
    """The domain that a brand says is its own."""

    domain = forms.CharField(
        label=_("Domain"),
        max_length=300,
        help_text=_("Like ondine-studio.example, without www."),
        error_messages={"required": _("Enter a domain.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "inputmode": "url"}
        ),
    )
