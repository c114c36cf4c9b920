"""What is said of each product, and what it costs. Keys are those of the picture index."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from demo.content.texts import TEXTS


@dataclass(frozen=True)
class Good:
    """A product in words. `price` is cents; `sizes` names a size and what it costs more."""

    title: str
    category: str
    price: int
    text: str
    details: str
    code: str
    lead_days: int = 1
    sizes: dict[str, int] = field(default_factory=dict)
    axis: str = "Size"
    looks: tuple[str, ...] = ()


@dataclass(frozen=True)
class House:
    """What holds for everything that a studio makes unless it is said otherwise."""

    code: str
    category: str
    low: int
    high: int
    text: str
    details: str
    lead_days: int = 1


# In cents: what costs less is small.
SMALL = 7_000

HOUSES = {
    "Ondine Studio": House(
        "OND",
        "vases",
        2_400,
        14_800,
        "Thrown on the wheel in Marseille and fired once, slowly. The foot is left unglazed, so "
        "you can see the clay.",
        "Stoneware. Watertight. Dishwasher safe, but happier by hand. Each piece differs a little "
        "in height and shade.",
    ),
    "Lumen & Oak": House(
        "LUM",
        "table-lamps",
        8_900,
        42_000,
        "A lamp with a warm middle. Turned, spun and wired in Copenhagen, and lit for an evening "
        "before it leaves.",
        "E27 socket, LED bulb of 2,700 K included. Textile cord of 2 m with a dimmer. Every part "
        "can be replaced.",
        2,
    ),
    "Field Loom": House(
        "FLD",
        "throws",
        4_500,
        39_000,
        "Woven in Porto on looms that are older than we are. The wool comes from four farms in the "
        "Serra da Estrela.",
        "Pure new wool. Air it rather than washing it; cold and by hand if you must.",
        2,
    ),
    "North Paper": House(
        "NOR",
        "prints",
        1_400,
        9_500,
        "Printed in Tallinn in spot colours on cotton paper, in an edition of two hundred. Signed "
        "and numbered in pencil.",
        "Cotton paper, 270 g. Lightfast inks. Sent in a tube that we take back.",
    ),
    "Marrow Goods": House(
        "MAR",
        "soap",
        900,
        5_800,
        "Boiled in a copper pan in Ghent, poured on a Monday, and left alone until it was ready.",
        "Made from things you can name. No perfume oil. The date of the batch is on the label.",
    ),
    "Halden Furniture": House(
        "HAL",
        "seating",
        29_000,
        229_000,
        "Made to order in Malmö from ash and beech, without a screw in sight. The cover comes off "
        "for washing.",
        "Solid ash frame, wool cover, feet with felt. Signed by whoever made it. Repaired for "
        "life.",
        21,
    ),
    "Tavola Nove": House(
        "TAV",
        "tableware",
        1_800,
        12_900,
        "Made in Bologna for tables that are always one chair short. It stacks, and it survives "
        "the dishwasher.",
        "Earthenware with a satin glaze. For oven, microwave and dishwasher. Boards: oil them "
        "twice a year.",
    ),
    "Vestry Leather": House(
        "VES",
        "bags",
        3_900,
        52_000,
        "Cut from one hide and sewn by hand with a saddle stitch, in a courtyard in Vienna.",
        "Vegetable-tanned leather, linen thread, solid brass. It darkens where you touch it.",
        3,
    ),
}


def _lead_days(house: House, price: int) -> int:
    """Small things of a studio that is quick stand packed, and leave on the day."""
    return 0 if house.lead_days <= 1 and price < SMALL else house.lead_days


def good_for(key: str, *, studio: str, title: str) -> Good:
    """The words for a product: its own where they were written, the studio's for the rest."""
    house, own = HOUSES[studio], TEXTS.get(key)
    plain = title.rsplit(",", 1)[0] if "," in title else title
    if own is None:
        step = zlib.crc32(key.encode()) % 1_000 / 1_000
        price = round((house.low + (house.high - house.low) * step**2) / 100) * 100
        return Good(
            title=plain,
            category=house.category,
            price=price,
            text=house.text,
            details=house.details,
            code=house.code,
            lead_days=house.lead_days,
        )
    return Good(
        title=own.title or plain,
        category=own.category,
        price=own.price,
        text=own.text,
        details=own.details or house.details,
        code=house.code,
        lead_days=own.lead_days or _lead_days(house, own.price),
        sizes=dict(own.sizes),
        axis=own.axis,
        looks=own.looks,
    )
