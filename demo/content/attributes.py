"""What the categories of the demo ask of their products."""

from __future__ import annotations

from dataclasses import replace

from catalog.types import HAND_MADE, AttributeDefinition, ChoiceInput
from demo.content.categories import CATEGORIES

_ALL = tuple(slug for slug, _name, parent in CATEGORIES if parent is None)

# Each colour: its name, how it looks, and the words of studios that mean it.
SHADES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("White", "#f5f3ee", ()),
    ("Cream", "#ece2cb", ("Bone", "Oat", "Ivory")),
    ("Beige", "#cfb592", ("Sand", "Natural", "Stone", "Ash")),
    ("Yellow", "#d9a53a", ("Butter", "Ochre")),
    ("Orange", "#d2702f", ("Rust", "Clay", "Amber")),
    ("Red", "#a8352b", ("Tomato", "Oxblood")),
    ("Pink", "#dc9a94", ("Blush", "Rose", "Coral")),
    ("Purple", "#7b5478", ("Plum", "Lilac")),
    ("Blue", "#3d6396", ("Sky", "Navy", "Ink")),
    ("Teal", "#1f5c63", ("Petrol",)),
    ("Green", "#56704d", ("Moss", "Pine", "Sage", "Olive", "Mint")),
    ("Brown", "#7a5236", ("Walnut", "Cocoa", "Tan", "Camel", "Oak")),
    ("Grey", "#7d8287", ("Slate", "Charcoal")),
    ("Black", "#1d1d1f", ()),
    ("Brass", "#b08d3c", ()),
    ("Several", "", ("Bright", "Mixed", "Pine and ochre", "Cream and pine")),
)

MATERIALS = (
    "Stoneware",
    "Earthenware",
    "Porcelain",
    "Glass",
    "Crystal",
    "Steel",
    "Brass",
    "Aluminium",
    "Marble",
    "Oak",
    "Ash",
    "Beech",
    "Walnut",
    "Olive wood",
    "Cane",
    "Wool",
    "Cotton",
    "Linen",
    "Jute",
    "Palm leaf",
    "Leather",
    "Canvas",
    "Paper",
    "Beeswax",
    "Rapeseed wax",
    "Olive oil",
)
# Where the studios are, and where others would be: the Union and its neighbours.
COUNTRIES = (
    "Austria",
    "Belgium",
    "Bulgaria",
    "Croatia",
    "Cyprus",
    "Czechia",
    "Denmark",
    "Estonia",
    "Finland",
    "France",
    "Germany",
    "Greece",
    "Hungary",
    "Ireland",
    "Italy",
    "Latvia",
    "Lithuania",
    "Luxembourg",
    "Malta",
    "Netherlands",
    "Norway",
    "Poland",
    "Portugal",
    "Romania",
    "Slovakia",
    "Slovenia",
    "Spain",
    "Sweden",
    "Switzerland",
    "United Kingdom",
)
SOCKETS = ("E27", "E14", "GU10", "Built-in LED")


def slug_of(name: str) -> str:
    """The slug of a choice."""
    return name.lower().replace(" ", "-")


def _choices(*names: str) -> list[ChoiceInput]:
    return [ChoiceInput(slug=slug_of(name), name=name) for name in names]


ATTRIBUTES = (
    AttributeDefinition(
        code="colour",
        name="Colour",
        kind="choice",
        categories=_ALL,
        also_called=("Glaze", "Finish", "Shade"),
        choices=[
            ChoiceInput(slug=slug_of(name), name=name, swatch=swatch, also_called=words)
            for name, swatch, words in SHADES
        ],
    ),
    AttributeDefinition(
        code="material",
        name="Material",
        kind="choices",
        categories=_ALL,
        choices=_choices(*MATERIALS),
    ),
    AttributeDefinition(
        code="height",
        name="Height",
        kind="number",
        unit="cm",
        categories=("ceramics", "lamps", "furniture", "table", "candles", "prints", "bags"),
    ),
    AttributeDefinition(
        code="width",
        name="Width",
        kind="number",
        unit="cm",
        help="Or how far it is across.",
        categories=_ALL,
    ),
    AttributeDefinition(
        code="length", name="Length", kind="number", unit="cm", categories=("textiles",)
    ),
    AttributeDefinition(
        code="depth", name="Depth", kind="number", unit="cm", categories=("furniture", "bags")
    ),
    AttributeDefinition(
        code="seat_height",
        name="Seat height",
        kind="number",
        unit="cm",
        categories=("seating",),
    ),
    AttributeDefinition(
        code="volume",
        name="Holds",
        kind="number",
        unit="ml",
        categories=("mugs", "carafes", "soap"),
    ),
    AttributeDefinition(
        code="socket",
        name="Bulb",
        kind="choice",
        categories=("lamps",),
        choices=_choices(*SOCKETS),
    ),
    AttributeDefinition(
        code="wattage", name="Wattage", kind="number", unit="W", categories=("lamps",)
    ),
    AttributeDefinition(
        code="dimmable", name="Can be dimmed", kind="yes_no", categories=("lamps",)
    ),
    AttributeDefinition(
        code="burning_time", name="Burns for", kind="number", unit="h", categories=("candles",)
    ),
    AttributeDefinition(code="framed", name="Framed", kind="yes_no", categories=("prints",)),
    AttributeDefinition(
        code="watertight", name="Watertight", kind="yes_no", categories=("vases", "planters")
    ),
    AttributeDefinition(
        code="dishwasher_safe",
        name="Dishwasher safe",
        kind="yes_no",
        categories=("table", "vases"),
    ),
    replace(HAND_MADE, categories=_ALL),
    AttributeDefinition(
        code="made_in",
        name="Made in",
        kind="choice",
        categories=_ALL,
        choices=_choices(*COUNTRIES),
    ),
    AttributeDefinition(
        code="care",
        name="Care",
        kind="text",
        help="One sentence.",
        categories=("textiles", "carry", "furniture"),
    ),
)
