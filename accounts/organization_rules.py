"""What a company that somebody buys for must tell, as a rule: field by field. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import OrganizationRefused
from accounts.types import OrganizationData
from core.places import COUNTRY_NAMES, postcode_problem
from core.vat import VatRefused, checked_vat

# What cannot be right without a single letter, in whichever script.
_LETTERS: dict[str, str | Promise] = {
    "name": _("Write the name with letters, as the register has it."),
    "line1": _("Write the street with its name, like Hafenstraße 1."),
    "city": _("Write the name of the town."),
}


def in_form(data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields as they are kept, and what is wrong with them, by field, in one round.

    Postcode and VAT number are checked by the country and kept as it writes them; the VAT number
    without asking any register. A field that was refused before is not in `data`; an empty one is
    for the caller to ask for.
    """
    kept = {name: str(value) for name, value in data.items()}
    wrong = {
        name: str(text)
        for name, text in _LETTERS.items()
        if kept.get(name) and not any(sign.isalpha() for sign in kept[name])
    }
    country = kept.get("country")
    if country and kept.get("postcode"):
        kept["postcode"] = kept["postcode"].upper()
        known = country in COUNTRY_NAMES
        if known and (text := postcode_problem(postcode=kept["postcode"], country=country)):
            wrong["postcode"] = text
    if country and kept.get("vat_id"):
        try:
            kept["vat_id"] = checked_vat(kept["vat_id"], country=country)
        except VatRefused as refused:
            wrong["vat_id"] = str(refused)
    return kept, wrong


def checked_organization(data: OrganizationData) -> OrganizationData:
    """The same data in form. Raises OrganizationRefused with every field that is wrong."""
    kept, wrong = in_form(dataclasses.asdict(data))
    if wrong:
        raise OrganizationRefused(wrong)
    return OrganizationData(**kept)
