"""What studios have put together, by the keys of products or by a rule."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.types import CollectionRule


@dataclass(frozen=True)
class Put:
    """A collection. `cover` is the file of a picture, '' for that of its first product."""

    studio: str
    title: str
    text: str
    keys: tuple[str, ...] = ()
    rule: CollectionRule | None = None
    order: str = "newest"
    cover: str = ""


@dataclass(frozen=True)
class Front:
    """A studio's first page: sections by their codes, collections by their titles."""

    studio: str
    sections: tuple[str, ...]


# Pins first, as everywhere; then what a visitor of this studio asks for.
FRONT = Front("Ondine Studio", ("pins", "Quiet shapes", "collections", "about"))
COLLECTIONS = (
    Put(
        "Ondine Studio",
        "The long table",
        "What stands between people who stay for hours: things to pour from, to pass on and to put "
        "a branch into. All of it survives a dishwasher and most of it an argument.",
        ("pitcher", "nesting-bowls", "painted-plate", "footed-bowl", "ikebana-dish", "bud-vases"),
    ),
    Put(
        "Ondine Studio",
        "Quiet shapes",
        "Vases that look finished without a flower in them.",
        ("moon-jar", "bottle-vase", "gourd-vase", "pillow-vase", "onion-vase", "ginger-jar"),
        cover="look-apricot-wall.webp",
    ),
    Put(
        "Ondine Studio",
        "Presents under eighty euro",
        "Small enough for a drawer, wrapped on request, in stock today.",
        rule=CollectionRule(most=8_000, in_stock=True),
        order="cheapest",
    ),
    Put(
        "Lumen & Oak",
        "Light you can carry",
        "Lamps for the table, the shelf and the way to the garden.",
        ("carry-lantern", "mushroom-lamp", "dome-lamp", "globe-lamp"),
    ),
    Put(
        "Halden Furniture",
        "New from the workshop",
        "What left the benches in the last six weeks.",
        rule=CollectionRule(new_days=42),
    ),
)
