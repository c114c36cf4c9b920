"""Forms of a brand's team."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLES

EMAIL_LIMIT = 254


class RoleForm(forms.Form):
    """Which role somebody has."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(one.code, one.name) for one in ROLES],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a role."),
            "invalid_choice": _("Choose one of the roles."),
        },
    )


class InviteForm(RoleForm):
    """Whom to ask, and for what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=EMAIL_LIMIT,
        error_messages={
            "required": _("Enter their e-mail address."),
            "invalid": _("Enter an e-mail address like ana@mail.example."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("email", "role")
