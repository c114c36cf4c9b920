"""Forms of the administration: a new user, a new brand."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts import actions
from accounts.errors import HandleRefused, NameRefused
from accounts.models import Membership, Profile, User
from accounts.naming import NAME_LIMIT, checked_handle, checked_name
from accounts.types import OrganizationData
from core.forms import TextField_

_LEGAL = ("registration_number", "vat_id", "phone", "line1", "line2", "postcode", "city")


class NewUserForm(AdminUserCreationForm[User]):
    """A log-in by e-mail."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        """Kept in lower case, and each only once."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return email


class BrandForm(forms.ModelForm[Profile]):
    """A new brand with its owner and who answers for it by law."""

    name = TextField_(label=_("Name"), limit=NAME_LIMIT)
    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        required=False,
        help_text=_("Empty: one is made from the name."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.filter(is_active=True, profile__isnull=False),
        widget=AutocompleteSelect(Membership.user.field, admin.site),
    )
    legal_name = TextField_(label=_("Legal name"), limit=200)
    registration_number = TextField_(label=_("Register number"), limit=60, required=False)
    vat_id = TextField_(label=_("VAT number"), limit=20, required=False)
    contact_email = forms.EmailField(label=_("Contact e-mail"), max_length=254)
    phone = TextField_(label=_("Phone"), limit=30, required=False)
    line1 = TextField_(label=_("Street and number"), limit=120)
    line2 = TextField_(label=_("Further line"), limit=120, required=False)
    postcode = TextField_(label=_("Postcode"), limit=20)
    city = TextField_(label=_("City"), limit=80)
    country = forms.ChoiceField(label=_("Country"), choices=lambda: list(countries))

    FIELDSETS: ClassVar[Any] = [
        (None, {"fields": ["name", "handle", "bio", "owner"]}),
        (
            _("Who answers for it"),
            {"fields": ["legal_name", "contact_email", "country", *_LEGAL]},
        ),
    ]

    class Meta:
        model = Profile
        fields = ("name", "handle", "bio")

    def clean_name(self) -> str:
        """No two brands that can be mistaken for each other."""
        try:
            return checked_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean_handle(self) -> str:
        """Free, and nobody else's look-alike."""
        wanted = self.cleaned_data["handle"]
        try:
            return checked_handle(wanted) if wanted else ""
        except HandleRefused as error:
            raise forms.ValidationError(str(error)) from error

    def _post_clean(self) -> None:
        """The model's own checks do not fit a brand that is not made yet; the action has them."""

    def make(self, *, operator_id: int) -> Profile:
        """The brand, waiting for approval."""
        data = self.cleaned_data
        return actions.create_brand(
            owner_user_id=data["owner"].pk,
            name=data["name"],
            handle=data["handle"],
            bio=data["bio"],
            operator_id=operator_id,
            organization=OrganizationData(
                name=data["legal_name"],
                email=data["contact_email"],
                country=data["country"],
                **{name: data[name] for name in _LEGAL},
            ),
        )
