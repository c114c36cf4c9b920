"""What four studios do for others: words, packages, prices. Keys are those of the picture index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Size:
    """A package. `price` is cents; `revisions` None means as many as it takes."""

    name: str
    price: int
    days: int
    revisions: int | None
    scope: str


@dataclass(frozen=True)
class Work:
    """A service in words. `price` is cents, for a fixed price or for one hour."""

    key: str
    title: str
    category: str
    text: str
    pricing: Literal["fixed", "hourly", "packages", "quote"]
    days: int
    area: str
    price: int = 0
    sizes: tuple[Size, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)


WORKS = (
    Work(
        "product-photography",
        "Product photography, half day",
        "photography",
        "Send us up to twelve things that do not move. We photograph each on two backdrops, in "
        "window light or under one softbox, and cut the set for your shop, your pins and your "
        "printer.\n\nYou get every frame that is sharp, and the right to use them for as long as "
        "you like, wherever you like.",
        "packages",
        6,
        "In our studio in Berlin; send your things by parcel",
        sizes=(
            Size(
                "Half day",
                48_000,
                6,
                1,
                "Up to twelve products\nTwo backdrops\nFive pictures of each, retouched",
            ),
            Size(
                "Full day",
                86_000,
                8,
                2,
                "Up to thirty products\nFour backdrops\nFive pictures of each, retouched",
            ),
            Size(
                "Full day with a stylist",
                129_000,
                10,
                2,
                "Up to thirty products\nThree built scenes\nProps from our shelves",
            ),
        ),
        languages=("de", "en", "fr"),
    ),
    Work(
        "catalogue-day",
        "Catalogue day, forty pieces",
        "photography",
        "One backdrop, one angle, one light, from the first piece to the fortieth: a catalogue in "
        "which nothing jumps. File names are your SKUs, so that an import finds them.",
        "fixed",
        5,
        "In our studio in Berlin",
        price=94_000,
        languages=("de", "en"),
    ),
    Work(
        "styled-flatlays",
        "Styled flat lays, set of ten",
        "photography",
        "Ten pictures from straight above, for the weeks in which you have nothing new to show. We "
        "bring paper, cloth, stone and branches in your colours, and send a sketch of each picture "
        "before we begin.",
        "packages",
        9,
        "In our studio in Berlin, or at yours within two hours by train",
        sizes=(
            Size("Five", 39_000, 7, 1, "Five pictures\nOne palette"),
            Size("Ten", 68_000, 9, 2, "Ten pictures\nTwo palettes\nSketches first"),
        ),
        countries=("DE", "PL", "CZ"),
        languages=("de", "en", "pl"),
    ),
    Work(
        "mailer-boxes",
        "Printed mailer boxes",
        "packaging",
        "A box that fits what you ship and opens like a letter. Recycled board from Dutch mills, "
        "water-based ink, no tape and no plastic. We draw the box around your product and send two "
        "white samples before anything is printed.\n\nWe keep your stock, if you like, and send "
        "what you need each week.",
        "packages",
        18,
        "Made in Rotterdam, delivered anywhere in the Union",
        sizes=(
            Size("250 boxes", 46_500, 18, 2, "One size\nOne colour outside\nTwo white samples"),
            Size("1,000 boxes", 119_000, 20, 2, "One size\nTwo colours\nTwo printed samples"),
            Size(
                "4,000 boxes, on call",
                352_000,
                24,
                3,
                "Two sizes\nColour inside and out\nKept for you, sent each week",
            ),
        ),
        languages=("nl", "en", "de"),
    ),
    Work(
        "gift-packaging",
        "Gift boxes with tissue",
        "packaging",
        "For things that are given away. A lid that slides with a sigh, tissue in your colour, a "
        "sticker with your mark. Tell us the size of the largest piece and how many you wrap in a "
        "busy week; we answer with a drawing and a price.",
        "quote",
        25,
        "Made in Rotterdam, delivered anywhere in the Union",
        languages=("nl", "en"),
    ),
    Work(
        "poster-tubes",
        "Poster tubes, printed",
        "packaging",
        "Tubes for prints up to 70 by 100 cm, wound from recycled board, with paper caps that hold "
        "without tape. The price is for 300 tubes in one colour; a second colour costs 60 euro.",
        "fixed",
        14,
        "Made in Rotterdam, delivered to Benelux, Germany and France",
        price=41_000,
        countries=("NL", "BE", "LU", "DE", "FR"),
        languages=("nl", "en", "fr"),
    ),
    Work(
        "colour-plan",
        "Colour plan for a room",
        "interiors",
        "Walls, ceiling, wood and one surprise. We look at your light at three times of the day, "
        "paint four boards and leave them with you for a week. Then you get a plan with names and "
        "numbers of paints that your shop can mix.",
        "packages",
        12,
        "At your home around Stockholm and Uppsala; elsewhere with photographs and post",
        sizes=(
            Size("By post", 19_000, 8, 1, "From your photographs\nFour painted cards"),
            Size(
                "One room", 42_000, 12, 2, "A visit\nFour painted boards\nPlan with paint numbers"
            ),
            Size("Three rooms", 98_000, 20, None, "Two visits\nBoards for each room\nOne plan"),
        ),
        languages=("sv", "en", "fi"),
    ),
    Work(
        "mood-board",
        "Mood board and samples",
        "interiors",
        "A box with cloth, wood, stone and paint that belong together, each with a name and where "
        "to buy it. It is what we make before we draw, and it is enough for people who like to "
        "choose themselves.",
        "fixed",
        7,
        "By post, anywhere in the Union",
        price=26_000,
        languages=("sv", "en"),
    ),
    Work(
        "floor-plan",
        "Floor plan for one room",
        "interiors",
        "We measure, draw, and only then shop. You get a plan to scale, two ways to furnish the "
        "room, and a list of things that exist and fit through the door. Rooms under twelve square "
        "metres we like best. Counted by the hour; a small room takes about nine.",
        "hourly",
        10,
        "Around Stockholm; elsewhere from your measurements",
        price=8_500,
        countries=("SE", "DK", "FI"),
        languages=("sv", "da", "en"),
    ),
    Work(
        "shop-translation",
        "Shop texts in a second language",
        "translation",
        "Product pages, policies and the mails that your shop sends, translated by one person and "
        "read by another. We keep a list of your words, so that a glaze is called the same in "
        "spring and in autumn.",
        "packages",
        5,
        "From Dublin, for anywhere",
        sizes=(
            Size("30 products", 36_000, 4, 1, "Up to 3,000 words\nOne language"),
            Size("100 products", 98_000, 8, 2, "Up to 10,000 words\nOne language\nList of words"),
            Size(
                "A whole season",
                240_000,
                20,
                None,
                "Up to 30,000 words\nTwo languages\nSmall changes all season",
            ),
        ),
        languages=("en", "fr", "de", "it", "es", "pt", "nl", "sv", "da", "pl", "ga"),
    ),
    Work(
        "catalogue-translation",
        "Catalogue translation, per page",
        "translation",
        "For printed catalogues and books: we translate into your layout, mind the line breaks, "
        "and read the proof before the press does. Tell us pages, languages and the day of print.",
        "quote",
        10,
        "From Dublin, for anywhere",
        languages=("en", "fr", "de", "it", "es", "nl", "sv"),
    ),
    Work(
        "care-labels",
        "Care labels in six languages",
        "translation",
        "What is in it, how to wash it, who made it: short, correct, and in the order that the law "
        "wants. The price is for one label of up to 80 words in six languages of your choice, with "
        "a file that your printer can use.",
        "fixed",
        2,
        "From Dublin, for anywhere",
        price=9_000,
        languages=("en", "fr", "de", "it", "es", "nl", "sv", "pl"),
    ),
)


@dataclass(frozen=True)
class Wish:
    """A request for a quote that waits in a studio: who asks for which service, and what."""

    who: str
    key: str
    text: str
    days: int
    quantity: int = 0
    unit: str = ""
    budget: int = 0
    where: str = ""
    package: str = ""


WISHES = (
    Wish(
        "ines",
        "product-photography",
        "Eleven vases and a bowl from the winter firing. The glazes are dark: teal, ink, rust. We "
        "would like one backdrop that is nearly white and one that is warm, and a picture of each "
        "with a branch in it.",
        21,
        quantity=12,
        unit="pieces",
        budget=60_000,
        where="Marseille, by parcel both ways",
        package="Half day",
    ),
    Wish(
        "ines",
        "mailer-boxes",
        "A box for one tall vase, 34 cm high, 1.8 kg, that survives the post without plastic. It "
        "would be good if the inside were the blue of our stamp.",
        45,
        quantity=500,
        unit="boxes",
        budget=90_000,
        where="Marseille",
    ),
)
