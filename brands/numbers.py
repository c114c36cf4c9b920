"""Phone and VAT numbers, checked by their own rules and without asking anybody. Pure."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.eu import vat as eu_vat
from stdnum.util import get_cc_module

from brands.types import PaperRefused
from core.places import country_name

# Greece writes EL where everybody else writes GR.
_PREFIX = {"GR": "EL"}


def checked_phone(text: str, *, country: str) -> str:
    """The number as people anywhere can dial it: +49 30 5550123. Raises PaperRefused."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PaperRefused(
            "phone", _("Write a phone number, with the code of the country: +49 30 …")
        ) from error
    if not phonenumbers.is_valid_number(number):
        raise PaperRefused("phone", _("There is no such phone number. Is a digit missing?"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def checked_vat(text: str, *, country: str) -> str:
    """The VAT number of that country without spaces, with its prefix in the European Union.

    Checked by length, form and check digit as the country makes them; a country whose rules nobody
    wrote down is taken at its word. Raises PaperRefused with the reason.
    """
    number = "".join(sign for sign in text.upper() if sign.isalnum())
    if not (number.isascii() and 4 <= len(number) <= 20):
        raise PaperRefused("vat_id", _("A VAT number has letters and digits, like DE136695976."))
    prefix = _PREFIX.get(country, country)
    european = country.lower() in eu_vat.MEMBER_STATES
    if european and not number.startswith(prefix):
        if number[:2].isalpha() and number[:2].lower() in {*eu_vat.MEMBER_STATES, "el"}:
            raise PaperRefused(
                "vat_id",
                _("This is a VAT number of %(other)s, but the address is in %(country)s.")
                % {
                    "other": country_name("GR" if number[:2] == "EL" else number[:2]),
                    "country": country_name(country),
                },
            )
        number = f"{prefix}{number}"
    module = eu_vat if european else get_cc_module(country.lower(), "vat")
    if module is None:
        return number
    try:
        module.validate(number)
    except exceptions.ValidationError as error:
        raise PaperRefused("vat_id", _vat_words(error, country)) from error
    return number


def _vat_words(error: exceptions.ValidationError, country: str) -> str:
    if isinstance(error, exceptions.InvalidLength):
        return _("VAT numbers of %(country)s are longer or shorter than this.") % {
            "country": country_name(country)
        }
    if isinstance(error, exceptions.InvalidChecksum):
        return _("The check digit does not fit: one of the digits is mistyped.")
    return _("This is not how VAT numbers of %(country)s are made.") % {
        "country": country_name(country)
    }
