"""A new token: what it is called, what it may do, and for how long."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.tokens import LIFETIMES
from api.scopes import SCOPES
from core.forms import TextField_

_DAYS = {7: _("a week"), 30: _("a month"), 90: _("three months"), 365: _("a year")}


class TokenForm(forms.Form):
    """Nothing is ticked for anybody: a token gets only what its owner chose."""

    name = TextField_(
        label=_("Name"),
        limit=60,
        help_text=_("So that you know later which program it is for."),
        error_messages={"required": _("Give the token a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope.name, scope.label) for scope in SCOPES.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(days, _DAYS[days]) for days in LIFETIMES],
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long.")},
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
