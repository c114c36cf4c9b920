"""VAT numbers, checked by their countries' own rules and without asking anybody. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.eu import vat as eu_vat
from stdnum.util import get_cc_module

from core.places import country_name

# Greece writes EL where everybody else writes GR.
_PREFIX = {"GR": "EL"}


class VatRefused(ValueError):
    """There is no such VAT number; its words say why."""


def checked_vat(text: str, *, country: str) -> str:
    """The VAT number of that country without spaces, with its prefix in the European Union.

    Checked by length, form and check digit as the country makes them; a country whose rules nobody
    wrote down is taken at its word. Raises VatRefused with the reason.
    """
    number = "".join(sign for sign in text.upper() if sign.isalnum())
    if not (number.isascii() and 4 <= len(number) <= 20):
        raise VatRefused(_("A VAT number has letters and digits, like DE136695976."))
    prefix = _PREFIX.get(country, country)
    european = country.lower() in eu_vat.MEMBER_STATES
    if european and not number.startswith(prefix):
        if number[:2].isalpha() and number[:2].lower() in {*eu_vat.MEMBER_STATES, "el"}:
            raise VatRefused(
                _("This is a VAT number of %(other)s, but the address is in %(country)s.")
                % {
                    "other": country_name("GR" if number[:2] == "EL" else number[:2]),
                    "country": country_name(country),
                }
            )
        number = f"{prefix}{number}"
    module = eu_vat if european else get_cc_module(country.lower(), "vat")
    if module is None:
        return number
    try:
        module.validate(number)
    except exceptions.ValidationError as error:
        raise VatRefused(_words(error, country)) from error
    return number


def _words(error: exceptions.ValidationError, country: str) -> str:
    if isinstance(error, exceptions.InvalidLength):
        return _("VAT numbers of %(country)s are longer or shorter than this.") % {
            "country": country_name(country)
        }
    if isinstance(error, exceptions.InvalidChecksum):
        return _("The check digit does not fit: one of the digits is mistyped.")
    return _("This is not how VAT numbers of %(country)s are made.") % {
        "country": country_name(country)
    }
