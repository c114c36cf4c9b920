"""The question, and where the answer goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import TextField_
from messaging.types import Asker

TEXT_LIMIT = 2000


class AskForm(forms.Form):
    """A guest also gives a name and an e-mail; of a member we know both."""

    text = TextField_(
        label=_("Your question"),
        limit=TEXT_LIMIT,
        multiline=True,
        error_messages={"required": _("Write your question.")},
    )
    name = TextField_(
        label=_("Your name"),
        limit=80,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The answer goes there, and nothing else."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like ana@mail.example."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, known: Asker | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None:
            del self.fields["name"], self.fields["email"]

    @property
    def asker(self) -> Asker:
        """Who asks, once the form is valid."""
        if self.known is not None:
            return self.known
        return Asker(name=self.cleaned_data["name"], email=self.cleaned_data["email"].lower())
