"""What a company that somebody buys for must tell, as a rule: field by field. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.errors import OrganizationRefused
from accounts.types import OrganizationData
from core.places import COUNTRY_NAMES, postcode_problem, without_letters
from core.vat import VatRefused, checked_vat

_NAME = _("Write the name with letters, as the register has it.")


def in_form(data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields as they are kept, and what is wrong with them, by field, in one round.

    Postcode and VAT number are checked by the country and kept as it writes them; the VAT number
    without asking any register. A field that was refused before is not in `data`; an empty one is
    for the caller to ask for.
    """
    kept = {name: str(value) for name, value in data.items()}
    wrong = without_letters(kept, name=_NAME)
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
