"""The three fields of a card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from sandbox.cards import EnteredCard, read_card
from sandbox.payees import TestIban, iban_of


def _digits(autocomplete: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "inputmode": "numeric"})


class CardForm(forms.Form):
    """Every field is checked by `read_card`, which knows better words than "required"."""

    use_required_attribute = False

    number = forms.CharField(label=_("Card number"), max_length=60, widget=_digits("cc-number"))
    expiry = forms.CharField(
        label=_("Expires"),
        help_text=_("Month and year, as on the card"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "cc-exp"}),
    )
    cvc = forms.CharField(
        label=_("Security code"),
        help_text=_("3 digits on the back"),
        max_length=20,
        widget=_digits("cc-csc"),
    )
    remember = forms.BooleanField(
        label=_("Remember this card"),
        help_text=_("Next time you pay with one tap"),
        required=False,
    )

    card: EnteredCard | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.card, wrong = read_card(
            number=cleaned.get("number", ""),
            expiry=cleaned.get("expiry", ""),
            cvc=cleaned.get("cvc", ""),
            today=clock.now().date(),
        )
        for name, message in wrong.items():
            if name not in self.errors:
                self.add_error(name, message)
        return cleaned


class PayeeForm(forms.Form):
    """Where a payee's money goes."""

    use_required_attribute = False

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write whose account it is.")},
    )
    number = forms.CharField(
        label=_("IBAN"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Write the IBAN.")},
    )

    iban: TestIban | None = None

    def clean_number(self) -> str:
        """Only accounts of nobody: a real one must never be typed here."""
        self.iban = iban_of(self.cleaned_data["number"])
        if self.iban is None:
            raise forms.ValidationError(
                _("This sandbox takes only the test accounts below. Never enter a real one here.")
            )
        return self.iban.number
