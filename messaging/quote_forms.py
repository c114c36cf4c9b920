"""What somebody wants a quote for: seven fields, and for a guest where the answer goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.forms import FilesField, FilesInput, MoneyField, TextField_
from messaging.types import Asker, BriefData

TEXT_LIMIT = 2000
MAX_PICTURES = 5
MAX_DAYS_AHEAD = 730


class QuoteForm(forms.Form):
    """All but the first field may stay open: a brand asks back sooner than a form is filled in."""

    text = TextField_(
        label=gettext_lazy("What do you need?"),
        limit=TEXT_LIMIT,
        multiline=True,
        error_messages={"required": gettext_lazy("Say what you need.")},
        help_text=gettext_lazy("What it is for, how it should look, what you have already."),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("How many"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        error_messages={
            "invalid": gettext_lazy("Write the number in digits, for example 250."),
            "min_value": gettext_lazy("Ask for one at least."),
            "max_value": gettext_lazy("That is more than we can handle."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    unit = TextField_(
        label=gettext_lazy("Of what"),
        limit=40,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("pieces, hours, pages")}),
    )
    budget = MoneyField(
        label=gettext_lazy("Budget in euro, VAT included"),
        currency="EUR",
        least=100,
        most=100_000_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "1200.50"}),
    )
    destination = TextField_(
        label=gettext_lazy("Where"),
        limit=120,
        required=False,
        help_text=gettext_lazy("Where it goes, or where the work is done."),
    )
    needed_by = forms.DateField(
        label=gettext_lazy("Needed by"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the date like 2027-03-31.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    pictures = FilesField(
        label=gettext_lazy("Pictures"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("Up to five: JPEG, PNG, WebP, GIF or AVIF, 20 MB each."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("The quote goes there, and nothing else."),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address like ana@mail.example."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, known: Asker | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None:
            del self.fields["email"]

    def clean_needed_by(self) -> date | None:
        day: date | None = self.cleaned_data["needed_by"]
        today = timezone.localdate(clock.now())
        if day is not None and not today <= day <= today + timedelta(days=MAX_DAYS_AHEAD):
            raise forms.ValidationError(_("Choose a day from today on, within two years."))
        return day

    def clean(self) -> dict[str, Any]:
        fields = self.cleaned_data
        if fields.get("unit") and fields.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Say how many."))
        return fields

    @property
    def asker(self) -> Asker:
        """Who asks, once the form is valid. A guest is called by their address."""
        if self.known is not None:
            return self.known
        email = self.cleaned_data["email"].lower()
        return Asker(name=email, email=email)

    def brief(self, **more: Any) -> BriefData:
        """What is wanted, once the form is valid; `more` are the fields that are not typed."""
        names = ("text", "quantity", "unit", "budget", "destination", "needed_by")
        return BriefData(**{name: self.cleaned_data[name] for name in names}, **more)
