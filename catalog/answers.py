"""Reading answers to attributes: pure rules, no rows.

A seller answers for the product; an option of the attribute's name answers for each variant: the
option "Glaze" with the value "Deep teal" says that the variant's colour is teal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.attribute_models import ANSWER_LIMIT
from catalog.attribute_types import (
    AttributeData,
    AttributeInput,
    AttributeKind,
    ChoiceData,
    number_text,
)
from catalog.types import Problem
from core.text import TextRefused, clean_text

MOST = Decimal(1_000_000)
_NUMBER = re.compile(r"\s*([0-9]{1,7}(?:[.,][0-9]{1,2})?)(?![0-9.,])")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One row to be: exactly one of the four is filled."""

    attribute: AttributeData
    choice: ChoiceData | None = None
    number: Decimal | None = None
    yes: bool | None = None
    text: str = ""


class _Refused(ValueError):
    """What was said does not fit the attribute; the message is for the seller."""


def read(
    *, asked: Sequence[AttributeData], inputs: Mapping[str, AttributeInput]
) -> tuple[list[Answer], list[Problem]]:
    """Answers to what is asked, and what is wrong with the rest. Nothing said is no answer."""
    found: list[Answer] = []
    problems = []
    known = {one.code: one for one in asked}
    for code, said in inputs.items():
        if (attribute := known.get(code)) is None:
            text = _("This category does not ask for %(code)s.") % {"code": code[:40]}
            problems.append(Problem(field="attributes", key=code[:40], message=text))
            continue
        try:
            found += _answers(attribute, said)
        except _Refused as refused:
            problems.append(Problem(field="attributes", key=code, message=str(refused)))
    return found, problems


def _answers(attribute: AttributeData, said: AttributeInput) -> list[Answer]:
    if said is None or said == "" or (isinstance(said, list | tuple) and not said):
        return []
    match attribute.kind:
        case AttributeKind.CHOICE:
            return [Answer(attribute=attribute, choice=_choice(attribute, said))]
        case AttributeKind.CHOICES:
            several = said if isinstance(said, list | tuple) else [said]
            chosen = [_choice(attribute, one) for one in several]
            return [
                Answer(attribute=attribute, choice=one)
                for number, one in enumerate(chosen)
                if one not in chosen[:number]
            ]
        case AttributeKind.NUMBER:
            return [Answer(attribute=attribute, number=_number(attribute, said))]
        case AttributeKind.YES_NO:
            if not isinstance(said, bool):
                raise _Refused(_("%(name)s: say yes or no.") % {"name": attribute.name})
            return [Answer(attribute=attribute, yes=said)]
        case _:
            text = _text(attribute, said)
            return [Answer(attribute=attribute, text=text)] if text else []


def _choice(attribute: AttributeData, said: object) -> ChoiceData:
    found = attribute.choice(said) if isinstance(said, str) else None
    if found is None:
        raise _Refused(_("%(name)s: choose one of the list.") % {"name": attribute.name})
    return found


def _number(attribute: AttributeData, said: object) -> Decimal:
    wrong = _Refused(
        _("%(name)s: write a number from 0 to %(most)s, with two decimals at most.")
        % {"name": attribute.name, "most": number_text(MOST, attribute.unit)}
    )
    if isinstance(said, bool) or not isinstance(said, Decimal | int | str):
        raise wrong
    if isinstance(said, str):
        typed = _NUMBER.fullmatch(said.strip())
        if typed is None:
            raise wrong
        said = typed[1].replace(",", ".")
    number = Decimal(said)
    if not number.is_finite() or not 0 <= number <= MOST or number != round(number, 2):
        raise wrong
    return number


def _text(attribute: AttributeData, said: object) -> str:
    if not isinstance(said, str):
        raise _Refused(_("%(name)s: write words.") % {"name": attribute.name})
    try:
        return clean_text(said, limit=ANSWER_LIMIT, single_line=True)
    except TextRefused as error:
        raise _Refused(f"{attribute.name}: {error}") from error


def answered_by(*, option: str, asked: Sequence[AttributeData]) -> AttributeData | None:
    """The attribute that an option of this name answers for each variant, or None."""
    name = option.casefold()
    for attribute in asked:
        if attribute.kind in (AttributeKind.TEXT, AttributeKind.YES_NO):
            continue
        if name in {attribute.name.casefold(), *(one.casefold() for one in attribute.also_called)}:
            return attribute
    return None


def of_value(*, attribute: AttributeData, value: str) -> Answer | None:
    """What an option's value says: the choice it names, or the number it begins with."""
    if attribute.kind == AttributeKind.NUMBER:
        found = _NUMBER.match(value)
        if found is None or not _in_unit(value[found.end() :], attribute.unit):
            return None
        return Answer(attribute=attribute, number=Decimal(found[1].replace(",", ".")))
    named = _named(attribute, value)
    return Answer(attribute=attribute, choice=named) if named else None


def _in_unit(rest: str, unit: str) -> bool:
    """Whether what follows a number is the unit or nothing: "5 m" is not five centimetres."""
    words = rest.split()
    return not words or words[0].casefold().strip(",;") == unit.casefold()


def _named(attribute: AttributeData, value: str) -> ChoiceData | None:
    """By the whole value first, else by its last word that names a choice: "deep teal" is teal."""
    names = {
        word.casefold(): choice
        for choice in reversed(attribute.choices)
        for word in (*choice.also_called, choice.name, choice.slug)
    }
    if (whole := names.get(value.casefold())) is not None:
        return whole
    words = [word.casefold() for word in _WORDS.findall(value)]
    return next((names[word] for word in reversed(words) if word in names), None)
