"""Countries: where parcels can go, what each is called, and how a postcode looks there. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

HOME_COUNTRY = "DE"

COUNTRY_NAMES = {
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "HR": _("Croatia"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "FR": _("France"),
    "DE": _("Germany"),
    "GR": _("Greece"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "LV": _("Latvia"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "MT": _("Malta"),
    "NL": _("Netherlands"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SK": _("Slovakia"),
    "SI": _("Slovenia"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
}

# Shape and example of postcodes; N stands for a digit in the shapes of the other countries.
_DIGITS = {4: "1010", 5: "10115", 6: "010011"}
_BY_DIGITS = {
    4: "AT BE BG CY DK HU LU SI",
    5: "DE ES EE FI FR HR IT",
    6: "RO",
}
_SPECIAL = {
    "NL": (r"\d{4} ?[A-Z]{2}", "1017 AB"),
    "PT": (r"\d{4}-?\d{3}", "1100-148"),
    "PL": (r"\d{2}-?\d{3}", "00-950"),
    "CZ": (r"\d{3} ?\d{2}", "110 00"),
    "SK": (r"\d{3} ?\d{2}", "811 01"),
    "SE": (r"\d{3} ?\d{2}", "111 22"),
    "GR": (r"\d{3} ?\d{2}", "104 31"),
    "LV": (r"(LV-)?\d{4}", "LV-1050"),
    "LT": (r"(LT-)?\d{5}", "LT-01103"),
    "MT": (r"[A-Z]{3} ?\d{4}", "VLT 1117"),
    "IE": (r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "D02 X285"),
}


def postcode_rule(country: str) -> tuple[str, str]:
    """Regular expression and example of a country's postcodes."""
    if country in _SPECIAL:
        return _SPECIAL[country]
    for count, codes in _BY_DIGITS.items():
        if country in codes.split():
            return rf"\d{{{count}}}", _DIGITS[count]
    return r"[A-Z\d][A-Z\d -]{1,9}", "1010"


def postcode_fits(postcode: str, country: str) -> bool:
    """Whether the postcode can exist in that country. Upper-case it first."""
    return re.fullmatch(postcode_rule(country)[0], postcode, re.ASCII) is not None


def postcode_problem(*, postcode: str, country: str) -> str:
    """What a form says of a postcode that cannot exist in that country; '' for one that can.

    Upper-case it first.
    """
    if postcode_fits(postcode, country):
        return ""
    return gettext("Enter a postcode of %(country)s, like %(example)s.") % {
        "country": country_name(country),
        "example": postcode_rule(country)[1],
    }


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself for an unknown one."""
    return str(countries.name(code)) or code


def country_of_language(accepted: str) -> str:
    """The country that a browser's languages point to (de-AT), else home."""
    for part in accepted.split(",")[:5]:
        region = part.split(";")[0].strip().partition("-")[2].upper()
        if region in COUNTRY_NAMES:
            return region
    return HOME_COUNTRY


# What cannot be right without a single letter, in whichever script.
_LETTERS: dict[str, str | Promise] = {
    "line1": _("Write the street with its name, like Hafenstraße 1."),
    "city": _("Write the name of the city."),
}


def without_letters(data: Mapping[str, str], *, name: str | Promise) -> dict[str, str]:
    """What is wrong, by field, with the name, street and town of who answers by law: those that are
    there and have no letter. `name` is what to say of the name."""
    asked = {"name": name, **_LETTERS}
    return {
        field: str(text)
        for field, text in asked.items()
        if data.get(field) and not any(sign.isalpha() for sign in data[field])
    }
