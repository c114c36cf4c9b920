"""The report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import TextField_
from moderation.models import Report


class ReportForm(forms.Form):
    """Why; more words and an e-mail are welcome and not asked for."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TextField_(
        label=_("Tell us more"),
        limit=2000,
        multiline=True,
        required=False,
        help_text=_("What should we look at? A link helps."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("For the receipt and the decision. Leave it empty to stay unnamed."),
        error_messages={"invalid": _("Enter an e-mail address like ana@mail.example.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_member:
            del self.fields["email"]
