"""What each product answers to its category: read from what its studio wrote about it, so that
table and text never disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.types import AttributeInput
from demo.content.attributes import ATTRIBUTES, MATERIALS, SHADES, SOCKETS, slug_of
from demo.content.categories import CATEGORIES
from demo.content.goods import Good

_MADE_IN = {
    "Ondine Studio": "france",
    "Lumen & Oak": "denmark",
    "Field Loom": "portugal",
    "North Paper": "estonia",
    "Marrow Goods": "belgium",
    "Halden Furniture": "sweden",
    "Tavola Nove": "italy",
    "Vestry Leather": "austria",
}
# The bulbs that come with the lamps.
_WATTS = {"e27": 7, "e14": 4, "gu10": 5, "built-in-led": 12}
_NUMBER = r"(\d+(?:\.\d+)?)"
_HIGH = re.compile(rf"{_NUMBER} cm(?: \w+)? high")
_ACROSS = re.compile(rf"{_NUMBER} cm (?:across|wide)")
_SIDES = re.compile(rf"{_NUMBER} × {_NUMBER}(?: × {_NUMBER})? cm")
_SEAT = re.compile(rf"seat at {_NUMBER} cm")
_HOLDS = re.compile(rf"{_NUMBER} (ml|litres?)\b")
_BURNS = re.compile(rf"(?:About|about) {_NUMBER}(?:, \d+ and \d+)? hours")
_WATT = re.compile(rf"{_NUMBER} W\b")
_BY_HAND = re.compile(
    r"Never in the dishwasher|[Ww]ash by hand|Rinse by hand|by hand into the sink"
)
_DISH = re.compile(r"[Dd]ishwasher(?: safe|\.|,)|and dishwasher")
_CARE = re.compile(
    r"(?:[^.]*\b(?:wash|washing|Wash|Air|Vacuum|Wipe|wiped|Sponge|Hang it|Shake|Blot|Oil it|Brush|"
    r"Rub in|wax|Wax|Cold hand)\b[^.]*\.)"
)
_SEVERAL = "several"
# Where the words are about something beside the thing itself. None takes an answer back.
OWN: dict[str, dict[str, AttributeInput]] = {
    "arch-mirror": {"height": Decimal(165), "depth": None},
    "bath-brush": {"width": None},
    "cushion-pile": {"width": Decimal(50), "length": Decimal(50)},
    "nesting-bowls": {"width": Decimal(26)},
    "pebble-mirror": {"height": Decimal(88), "depth": None},
    "reed-diffuser": {"material": None},
    "spindle-bed": {"material": ["oak", "walnut"]},
    "throw-basket": {"width": Decimal(42), "depth": None},
}
_PARENTS = {slug: parent for slug, _name, parent in CATEGORIES}


def answers_for(
    key: str, good: Good, *, studio: str, colours: list[str]
) -> dict[str, AttributeInput]:
    """By the codes of what the category asks; what the text does not say is left out.

    With several colours the option answers for each variant.
    """
    asked = {one.code for one in ATTRIBUTES if set(one.categories) & set(_branch(good.category))}
    found: dict[str, AttributeInput] = {
        "made_in": _MADE_IN[studio],
        "hand_made": studio != "North Paper" or "by hand" in good.details,
    }
    for group in (_sizes(good), _words(good), _lamp(good)):
        found |= dict(group)
    if len(colours) == 1:
        found["colour"] = shade_of(colours[0])
    found |= OWN.get(key, {})
    return {
        code: answer
        for code, answer in found.items()
        if code in asked and answer is not None and answer != []
    }


def shade_of(word: str) -> str:
    """The slug of the colour that a studio's word means."""
    for name, _swatch, words in SHADES:
        if word.lower() in {name.lower(), *(one.lower() for one in words)}:
            return slug_of(name)
    return _SEVERAL


def _branch(slug: str | None) -> Iterator[str]:
    while slug is not None:
        yield slug
        slug = _PARENTS[slug]


def _sizes(good: Good) -> Iterator[tuple[str, AttributeInput]]:
    text = good.details
    for code, pattern in (("height", _HIGH), ("width", _ACROSS), ("seat_height", _SEAT)):
        if found := pattern.search(text):
            yield code, Decimal(found[1])
    if sides := _SIDES.search(text):
        yield "width", Decimal(sides[1])
        yield "length", Decimal(sides[2])
        if good.category in ("prints", "bags"):
            yield "height", Decimal(sides[2])
            if sides[3]:
                yield "depth", Decimal(sides[3])
        else:
            yield "depth", Decimal(sides[2])
    if holds := _HOLDS.search(text):
        yield "volume", Decimal(holds[1]) * (1 if holds[2] == "ml" else 1000)
    if burns := _BURNS.search(text):
        yield "burning_time", Decimal(burns[1])


def _words(good: Good) -> Iterator[tuple[str, AttributeInput]]:
    text = good.details
    low = text.lower().replace("olive-wood", "olive wood")
    yield "material", [slug_of(one) for one in MATERIALS if _says(low, one.lower())]
    if _BY_HAND.search(text):
        yield "dishwasher_safe", False
    elif _DISH.search(text):
        yield "dishwasher_safe", True
    if "Watertight" in text:
        yield "watertight", True
    elif "drainage hole" in text:
        yield "watertight", False
    if good.category == "prints":
        yield "framed", "framed in" in text or "framed with" in text
    if care := _CARE.search(text):
        yield "care", care[0].strip()


def _says(text: str, material: str) -> bool:
    # Offcuts fill a cushion; ash feet are wood, and oat is no wood at all.
    return re.search(rf"\b{re.escape(material)}\b", text) is not None


def _lamp(good: Good) -> Iterator[tuple[str, AttributeInput]]:
    text = good.details
    socket = next((slug_of(one) for one in SOCKETS if one in text), "")
    if not socket:
        return
    yield "socket", socket
    stated = _WATT.search(text)
    yield "wattage", Decimal(stated[1]) if stated else Decimal(_WATTS[socket])
    yield "dimmable", "dim" in text.lower()
