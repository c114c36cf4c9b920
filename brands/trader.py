"""Who answers for a brand, as a rule: what is wrong with what was typed, field by field. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.types import OrganizationData
from brands.numbers import checked_phone, checked_vat
from brands.types import PaperRefused, TraderRefused
from core.places import postcode_problem, without_letters

_NAME = gettext_lazy("Write the name with letters, as the register or your passport has it.")


def trader_problems(data: Mapping[str, Any]) -> dict[str, str]:
    """Everything that is wrong with the trader data, by field, in one round.

    A field that was refused before is not in `data`, and is not spoken of again; an empty one is
    for the caller to ask for, but a number must be given or said to be none: never both.
    """
    wrong = without_letters(data, name=_NAME)
    wrong.update(_wrong_numbers(data))
    if data.get("country"):
        _in_form(data, wrong)
    return wrong


def checked_trader(data: OrganizationData) -> OrganizationData:
    """The same data in form: postcode, phone and VAT number as the country writes them.

    An empty field stays empty. Raises TraderRefused with every field that is wrong.
    """
    given = {name: value for name, value in dataclasses.asdict(data).items() if value}
    wrong = {name: text for name, text in trader_problems(given).items() if name in given}
    if wrong:
        raise TraderRefused(wrong)
    kept = _in_form(given, {}) if data.country else {}
    return dataclasses.replace(data, **kept)


def checked_postcode(text: str, *, country: str) -> str:
    """The postcode in capitals. Raises PaperRefused where the country has none like it."""
    postcode = text.upper()
    problem = postcode_problem(postcode=postcode, country=country)
    if problem:
        raise PaperRefused("postcode", problem)
    return postcode


_CHECKS: dict[str, Callable[..., str]] = {
    "postcode": checked_postcode,
    "phone": checked_phone,
    "vat_id": checked_vat,
}


def _in_form(data: Mapping[str, Any], wrong: dict[str, str]) -> dict[str, str]:
    """What the country has a form for, in that form; what has none goes into `wrong`."""
    kept = {}
    for name, check in _CHECKS.items():
        if data.get(name) and name not in wrong:
            try:
                kept[name] = check(data[name], country=data["country"])
            except PaperRefused as refused:
                wrong[name] = str(refused)
    return kept


def _wrong_numbers(data: Mapping[str, Any]) -> dict[str, str]:
    wrong = {}
    asked = (
        ("registration_number", "unregistered", _("Enter the register number")),
        ("vat_id", "vat_exempt", _("Enter the VAT number")),
    )
    for number, none, wish in asked:
        if number in data and not data[number] and not data.get(none):
            wrong[number] = _("%(wish)s, or tick that you have none.") % {"wish": wish}
        if data.get(number) and data.get(none):
            wrong[number] = _("You entered a number and ticked that you have none.")
    return wrong
