"""Form fields that clean what people type, and the widgets they need."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from core.money import Money, MoneyError, format_money, parse_money
from core.text import TextRefused, clean_text


class TextField_(forms.CharField):
    """Text through `clean_text`; `limit` counts visible signs. A single line unless `multiline`."""

    def __init__(self, *, limit: int, multiline: bool = False, **kwargs: Any) -> None:
        self.limit = limit
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": str(self.limit)}

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            return clean_text(str(value), limit=self.limit, single_line=not self.multiline)
        except TextRefused as error:
            raise forms.ValidationError(str(error), code=error.code) from error


def line_field(autocomplete: str, **kwargs: Any) -> TextField_:
    """A single line that the browser may fill in by this token of HTML's `autocomplete`."""
    attrs = {"autocomplete": autocomplete, **kwargs.pop("attrs", {})}
    return TextField_(widget=forms.TextInput(attrs=attrs), **kwargs)


class PlaceFields(forms.Form):
    """Where something is, by post. A form of a postal address inherits them, and says in
    `field_order` where they stand among its own. What a postcode must be its own `clean` asks."""

    line1 = line_field(
        "address-line1",
        label=_("Street and number"),
        limit=120,
        error_messages={"required": _("Enter street and number.")},
    )
    line2 = line_field("address-line2", label=_("Further line"), limit=120, required=False)
    postcode = line_field(
        "postal-code",
        label=_("Postcode"),
        limit=20,
        error_messages={"required": _("Enter the postcode.")},
    )
    city = line_field(
        "address-level2",
        label=_("City"),
        limit=80,
        error_messages={"required": _("Enter the city.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("Choose a country")), *countries],
        error_messages={"required": _("Choose a country.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )


class PercentField(forms.IntegerField):
    """A share in whole percent, 0 to 100; left out it is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(min_value=0, max_value=100, **kwargs)


class FocusFields(forms.Form):
    """The two numbers of `templates/components/focal.html`. A form that shows it inherits them."""

    focus_x = PercentField(label=_("Focal point, across %"))
    focus_y = PercentField(label=_("Focal point, down %"))

    def focus(self) -> tuple[int, int] | None:
        """What was chosen, or None when the page had no picture to choose on."""
        x, y = self.cleaned_data.get("focus_x"), self.cleaned_data.get("focus_y")
        return None if x is None or y is None else (x, y)


class MoneyField(forms.CharField):
    """An amount as people type it, as Money of one currency; never below `least` minor units."""

    def __init__(
        self,
        *,
        currency: str,
        least: int = 0,
        most: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.currency = currency
        self.least = least
        self.most = most
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=30, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Money):
            return re.sub(r"[^\d.,]", "", format_money(value)).replace(",", "")
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            money = parse_money(text, self.currency)
        except MoneyError as error:
            raise forms.ValidationError(str(error), code=error.code) from error
        if money.amount < self.least:
            least = format_money(Money(self.least, self.currency))
            raise forms.ValidationError(
                _("The amount must be at least %(least)s."), code="least", params={"least": least}
            )
        if self.most is not None and money.amount > self.most:
            most = format_money(Money(self.most, self.currency))
            raise forms.ValidationError(
                _("The amount can be at most %(most)s."), code="most", params={"most": most}
            )
        return money


# The longest web address that is kept, whichever door it comes through.
URL_LIMIT = 500


class PublicUrlField(forms.CharField):
    """A web address that may be shown to others: http or https, a named host, nobody's password."""

    default_error_messages = {
        "address": _("Write a web address that begins with https:// or http://.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.URLInput(attrs={"placeholder": "https://"}))
        kwargs.setdefault("max_length", URL_LIMIT)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if not is_public_url(text):
            raise forms.ValidationError(self.error_messages["address"], code="address")
        return str(text)


def is_public_url(text: str) -> bool:
    """Whether it is a plain http(s) address with a host name and without user name or password."""
    if any(ord(sign) <= 0x20 or ord(sign) == 0x7F or sign in "\\<>\"'`{}|^" for sign in text):
        return False
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        return False
    return (
        parts.scheme in ("http", "https")
        and "@" not in parts.netloc
        and "." in host.strip(".")
        and not host.startswith(".")
    )


def shown_host(url: str) -> str:
    """The host as the reader should see it: with foreign letters spelt out (`xn--…`)."""
    host = urlsplit(url).hostname or ""
    try:
        return host.encode("idna").decode().removeprefix("www.")
    except UnicodeError:
        return host


class FilesInput(forms.ClearableFileInput):
    """Several pictures at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads, empty when none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in files]
