"""Fields of what is sent and shown. What is sent is strict: "3" is no number, 1 is not true."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.forms import URL_LIMIT, is_public_url
from core.money import LARGEST, Money, MoneyError, exponent
from core.picture import Picture
from core.text import TextRefused, clean_text


class In(serializers.Serializer[Any]):
    """A body. Names that are not asked for are refused rather than ignored, so that nobody believes
    to have set what the server alone decides.
    """

    def to_internal_value(self, data: Any) -> Any:
        """The fields, cleaned; unknown ones are errors of their own."""
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                text = str(_("There is no such field."))
                wrong = {name[:80]: [serializers.ErrorDetail(text, "unknown")] for name in unknown}
                raise serializers.ValidationError(wrong)
        return super().to_internal_value(data)


class Asked(serializers.Serializer[Any]):
    """The query string of an operation. Unknown names are ignored there, as on pages."""


class CursorAsked(Asked):
    """Where a page begins: follow `next` instead of making one up."""

    # One may hold the words by which a list is sorted.
    cursor = serializers.CharField(
        required=False, max_length=600, default="", trim_whitespace=False
    )


class Out(serializers.Serializer[Any]):
    """A value as it is shown."""


class Text(serializers.CharField):
    """Words of people through `clean_text`; `limit` counts visible signs."""

    def __init__(self, *, limit: int, multiline: bool = False, **kwargs: Any) -> None:
        self.limit, self.multiline = limit, multiline
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The text as it is kept."""
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            text = clean_text(data, limit=self.limit, single_line=not self.multiline)
        except TextRefused as error:
            raise serializers.ValidationError(str(error), code=error.code) from error
        if not text and not self.allow_blank:
            self.fail("blank")
        return text

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Django REST would strip and judge the raw text first; ours judges the cleaned one."""
        return serializers.Field.run_validation(self, data)


def find_field() -> Text:
    """Words that narrow a list, cleaned as those of its page."""
    return Text(limit=80, required=False, allow_blank=True, default="")


class FindAsked(CursorAsked):
    """The same of a list that `find` narrows by words."""

    find = find_field()


@extend_schema_field({"type": "string", "pattern": "^[a-z0-9]{6,40}$"})
class Id(serializers.CharField):
    """A public id."""

    _SHAPE = re.compile(r"[a-z0-9]{6,40}", re.ASCII)
    default_error_messages = {"id": _("That is no id of ours.")}

    def to_internal_value(self, data: Any) -> str:
        """The id; whether it names something is for the action to say."""
        if not isinstance(data, str) or not self._SHAPE.fullmatch(data):
            self.fail("id")
        return data


class Word(serializers.CharField):
    """A short technical word: a kind, a slug, a code. Never shown to others."""

    def __init__(self, *, most: int = 80, **kwargs: Any) -> None:
        super().__init__(max_length=most, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Strings only."""
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Whole(serializers.IntegerField):
    """A whole number: 3, not "3", 3.0 or true."""

    def to_internal_value(self, data: Any) -> int:
        """The number within its bounds."""
        if type(data) is not int:
            self.fail("invalid")
        return data


class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        """Nothing else."""
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Choice(serializers.ChoiceField):
    """One of some words."""

    def to_internal_value(self, data: Any) -> Any:
        """Strings only."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


def sort_field(names: Iterable[str], **more: Any) -> Choice:
    """By what a list is sorted, as on its page; without `default` as the list sees fit."""
    return Choice(choices=[(one, one) for one in names], required=False, **more)


class Mail(serializers.EmailField):
    """An e-mail address, in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Strings only."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data).lower()


@extend_schema_field({"type": "string", "format": "uri", "maxLength": 300})
class PublicUrl(serializers.CharField):
    """A web address that may be shown to others, of at most `limit` characters."""

    default_error_messages = {"address": _("Write a web address that begins with https://.")}

    def __init__(self, *, limit: int = URL_LIMIT, **kwargs: Any) -> None:
        super().__init__(max_length=limit, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The address, or '' where that is allowed."""
        if not isinstance(data, str) or (data and not is_public_url(data)):
            self.fail("address")
        return data


_MONEY = {
    "type": "object",
    "properties": {
        "amount": {
            "type": "integer",
            "description": "Minor units: 12300 is 123 euros.",
            "minimum": -LARGEST,
            "maximum": LARGEST,
        },
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217."},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
    "example": {"amount": 12300, "currency": "EUR"},
}


@extend_schema_field(_MONEY)
class MoneyField(serializers.Field[Any, Any, Any, Any]):
    """`{"amount": 12300, "currency": "EUR"}`."""

    default_error_messages = {
        "money": _("Write money as an object of amount, in minor units, and currency."),
        "currency": _("We do not know that currency."),
    }

    def to_internal_value(self, data: Any) -> Money:
        """Money, whole and within reason."""
        if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
            self.fail("money")
        amount, currency = data["amount"], data["currency"]
        if type(amount) is not int or abs(amount) > LARGEST or not isinstance(currency, str):
            self.fail("money")
        try:
            exponent(currency)
        except MoneyError:
            self.fail("currency")
        return Money(amount, currency)

    def to_representation(self, value: Money) -> dict[str, Any]:
        """The same shape."""
        return {"amount": value.amount, "currency": value.currency}


class Fraction(serializers.FloatField):
    """A place on a picture, from 0 to 1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Numbers only, to three places."""
        if type(data) not in (int, float):
            self.fail("invalid")
        return round(Decimal(str(super().to_internal_value(data))), 3)


class FocusIn(In):
    """What crops of a picture keep in view: from 0 to 1 across and down."""

    x = Fraction()
    y = Fraction()

    def validate(self, attrs: Any) -> Any:
        """In the whole percent that is kept."""
        return round(attrs["x"] * 100), round(attrs["y"] * 100)


_PICTURE = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "alt": {"type": "string"},
        "width": {"type": "integer"},
        "height": {"type": "integer"},
        "colour": {"type": "string", "description": "Its main colour, to stand in while it loads."},
        "url": {"type": "string", "description": "A JPEG about 700 pixels wide."},
        "large_url": {"type": "string", "description": "The widest JPEG up to 1600 pixels."},
        "focus": {
            "type": "object",
            "description": "What crops keep in view: from 0 to 1 across and down.",
            "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
            "required": ["x", "y"],
        },
    },
    "required": ["id", "alt", "width", "height", "colour", "url", "large_url", "focus"],
}


@extend_schema_field(_PICTURE)
class PictureField(serializers.Field[Any, Any, Any, Any]):
    """A stored picture and where its files are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Picture) -> dict[str, Any]:
        """Addresses are paths of this site."""
        return {
            "id": value.public_id,
            "alt": value.alt,
            "width": value.width,
            "height": value.height,
            "colour": value.colour,
            "url": value.src(708),
            "large_url": value.src(1600),
            "focus": {"x": value.focus_x / 100, "y": value.focus_y / 100},
        }


class Instant(serializers.DateTimeField):
    """RFC 3339 in UTC."""


class Moment(serializers.DateTimeField):
    """A time that is sent: RFC 3339 with its offset, for a time without one is nobody's."""

    default_error_messages = {"offset": _("Write a time with its offset: 2027-03-01T09:00:00Z.")}

    def to_internal_value(self, data: Any) -> Any:
        """Strings only."""
        if not isinstance(data, str) or not _OFFSET.search(data):
            self.fail("offset")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A day that is sent: 2027-03-31."""

    def to_internal_value(self, data: Any) -> Any:
        """Strings only, written in full."""
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OFFSET = re.compile(r"T.*(Z|[+-]\d\d:\d\d)$", re.ASCII)
