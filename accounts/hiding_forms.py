"""The form of what somebody does not want to meet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.hiding_models import WORD_LIMIT
from core import clock

LENGTHS = [
    ("", _("For good")),
    ("1", _("For a day")),
    ("7", _("For a week")),
    ("30", _("For a month")),
]


def until(days: str) -> datetime | None:
    """The moment that a choice of LENGTHS means; anything else is for good."""
    known = {value for value, _label in LENGTHS if value}
    return clock.now() + timedelta(days=int(days)) if days in known else None


class MuteWordForm(forms.Form):
    """A word, and for how long."""

    word = forms.CharField(
        label=_("Word"),
        max_length=200,
        help_text=_(
            "Pins with this word in their title or text stay off your walls, and with the name of a"
            " topic all that stands in it."
        ),
        error_messages={"required": _("Enter a word of 2 to 60 letters or digits.")},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "maxlength": str(WORD_LIMIT)}
        ),
    )
    days = forms.ChoiceField(label=_("How long"), choices=LENGTHS, required=False)
