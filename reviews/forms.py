"""How many stars, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import TextField_
from reviews.types import LEAST_STARS, MOST_STARS, TEXT_LIMIT


class ReviewForm(forms.Form):
    """Stars are a must, words are not."""

    stars = forms.TypedChoiceField(
        label=_("How many stars do you give it?"),
        choices=[(number, str(number)) for number in range(LEAST_STARS, MOST_STARS + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how many stars you give it."),
            "invalid_choice": _("Choose one to five stars."),
        },
    )
    text = TextField_(
        label=_("Your words"),
        limit=TEXT_LIMIT,
        required=False,
        multiline=True,
        help_text=_("What should others know before they buy it?"),
    )
