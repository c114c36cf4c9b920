"""The form of a company that somebody buys for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.organization_rules import in_form
from accounts.types import OrganizationData
from core.forms import PlaceFields, TextField_, line_field


class OrganizationForm(PlaceFields):
    """Who buys, by law, and where its invoices go."""

    field_order = ["name", "registration_number", "vat_id", *PlaceFields.base_fields, "email"]

    name = line_field(
        "organization",
        label=_("Legal name"),
        limit=200,
        help_text=_("As the register has it."),
        error_messages={"required": _("Enter the name of the company.")},
    )
    registration_number = TextField_(
        label=_("Register number"),
        limit=60,
        required=False,
        help_text=_("For example HRB 12345, Hamburg."),
    )
    vat_id = TextField_(
        label=_("VAT number"),
        limit=20,
        required=False,
        help_text=_("With the letters of the country, like DE136695976."),
    )
    email = forms.EmailField(
        label=_("E-mail for invoices"),
        max_length=254,
        required=False,
        help_text=_("The brands that you buy from read it. We write to you, not there."),
        error_messages={"invalid": _("Enter an e-mail address, like office@company.example.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said in one round, beside its field."""
        data = super().clean() or {}
        for name, text in in_form(data)[1].items():
            self.add_error(name, text)
        return data

    def organization(self) -> OrganizationData:
        """The company as the action takes it."""
        return OrganizationData(**self.cleaned_data)
