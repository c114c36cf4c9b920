"""Phone and VAT numbers of the papers, checked without asking anybody. Pure."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext as _

from brands.types import PaperRefused
from core import vat


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
    """The VAT number as `core.vat` has it. Raises PaperRefused with the reason."""
    try:
        return vat.checked_vat(text, country=country)
    except vat.VatRefused as error:
        raise PaperRefused("vat_id", str(error)) from error
