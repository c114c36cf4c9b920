"""Products with a variant for each colour, stock in the cellar, published over the last months."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from catalog.actions import create_product, publish_product, save_attribute, save_category
from catalog.types import OptionData, PictureInput, ProductData, VariantInput
from core import clock
from core.money import Money
from demo.content.attributes import ATTRIBUTES
from demo.content.categories import CATEGORIES
from demo.content.goods import Good, good_for
from demo.content.products import Shot, shots
from demo.content.services import WORKS
from demo.content.traits import answers_for
from demo.hands import spread
from demo.world import Tick, World
from inventory.actions import adjust

# A few things are nearly or wholly gone, as in any shop.
SCARCE = {7: 2, 19: 1, 31: 0, 58: 3, 83: 0, 101: 2, 127: 1}


@dataclass(frozen=True)
class Line:
    """All pictures of one product, by colour in the order in which they were drawn."""

    key: str
    studio: str
    shots: tuple[Shot, ...]

    @property
    def colours(self) -> dict[str, Shot]:
        found: dict[str, Shot] = {}
        for shot in self.shots:
            found.setdefault(shot.colour, shot)
        return found


@dataclass(frozen=True)
class Made:
    """Public ids of a product and of its first variant, and the slug of its category.

    `pictured` has the first variant of each colour, by the file that shows it.
    """

    product: str
    variant: str
    category: str
    pictured: dict[str, str]


def lines() -> list[Line]:
    """The products that the pictures show."""
    by_key: dict[tuple[str, str], list[Shot]] = defaultdict(list)
    for shot in shots():
        if shot.kind == "product":
            by_key[shot.studio, shot.product_key].append(shot)
    return [
        Line(key=key, studio=studio, shots=tuple(found)) for (studio, key), found in by_key.items()
    ]


def run(world: World, tick: Tick) -> None:
    for position, attribute in enumerate(ATTRIBUTES):
        save_attribute(data=attribute, position=position)
    acts = []
    for number, line in enumerate(lines()):
        stock = SCARCE.get(number, 6 + world.dice.randrange(40))
        acts.append(partial(_make, world, line, number=number, stock=stock))
    for line, made in zip(lines(), spread(acts), strict=True):
        world.products[line.key] = made.product
        world.variants[line.key] = made.variant
        world.categories[made.product] = made.category
        world.pictured |= made.pictured
        tick()
    _illustrate(world)


def count() -> int:
    return len(lines())


def _illustrate(world: World) -> None:
    """Each category shows the first thing in it; one without things shows a look."""
    shown: dict[str, str] = {}
    above = {slug: parent for slug, _name, parent in CATEGORIES}
    for line in lines():
        slug = good_for(line.key, studio=line.studio, title=line.shots[0].title).category
        shown.setdefault(slug, line.shots[0].file)
        shown.setdefault(above.get(slug) or slug, line.shots[0].file)
    for work in WORKS:
        for slug in (work.category, "services"):
            shown.setdefault(slug, next(s.file for s in shots() if s.product_key == work.key))
    look = next((shot.file for shot in shots() if shot.kind == "look"), "")
    for position, (slug, name, parent) in enumerate(CATEGORIES):
        image_id = world.images.get(shown.get(slug, look))
        save_category(slug=slug, name=name, parent=parent, position=position, image_id=image_id)


def loved(world: World) -> list[str]:
    """What Ondine makes, and a few things that everybody wants: studios sell unevenly."""
    ondine = {line.key for line in lines() if line.studio == "Ondine Studio"}
    wanted = ondine | {"dome-lamp", "morning-mugs", "wool-throw"}
    return [key for key in world.products if key in wanted]


def _make(world: World, line: Line, *, number: int, stock: int) -> Made:
    with clock.fixed(world.ago(days=max(2.0, 120 - number * 0.75), hours=number % 9)):
        return _bring_out(world, line, number=number, stock=stock)


def _bring_out(world: World, line: Line, *, number: int, stock: int) -> Made:
    house = world.houses[line.studio]
    good = good_for(line.key, studio=line.studio, title=line.shots[0].title)
    colours = line.colours
    several = len(colours) > 1
    options = [OptionData(name="Colour", values=tuple(map(str.capitalize, colours)))]
    if good.sizes:
        options.append(OptionData(name=good.axis, values=tuple(good.sizes)))
    product = create_product(
        seller_id=house.profile_id,
        actor_id=house.owner.user_id,
        data=ProductData(
            title=good.title,
            category=good.category,
            description=good.text,
            details=good.details,
            options=options if several else options[1:],
            variants=_variants(world, good, colours, several=several, number=number),
            pictures=[
                PictureInput(image_id=world.images[shot.file], alt=shot.alt)
                for shot in (*line.shots, *(one for one in shots() if one.file in good.looks))
            ],
            vat_rate=house.studio.vat_rate,
            return_days=house.studio.return_days,
            lead_days=good.lead_days,
            attributes=answers_for(line.key, good, studio=line.studio, colours=list(colours)),
        ),
    )
    variants = product.variants.order_by("position", "id").values_list("id", "public_id")
    first, *others = [pk for pk, _public_id in variants]
    more = 40 if number in (0, 5, 10) else 0
    adjust(
        changes={first: stock and stock + more, **dict.fromkeys(others, 8 + more)},
        actor_id=house.owner.user_id,
        reason="First count",
    )
    publish_product(
        product_id=product.public_id, seller_id=house.profile_id, actor_id=house.owner.user_id
    )
    step = len(good.sizes or {"": 0})
    firsts = dict(zip(colours, (public_id for _pk, public_id in variants[::step]), strict=True))
    pictured = {shot.file: firsts[shot.colour] for shot in line.shots} if several else {}
    return Made(product.public_id, variants[0][1], good.category, pictured)


def _variants(
    world: World, good: Good, colours: dict[str, Shot], *, several: bool, number: int
) -> list[VariantInput]:
    found: list[VariantInput] = []
    for colour, shot in colours.items():
        for size, more in (good.sizes or {"": 0}).items():
            values = ((colour.capitalize(),) if several else ()) + ((size,) if size else ())
            found.append(
                VariantInput(
                    sku=f"{good.code}-{number:03d}-{colour[:3].upper()}{size[:1].upper()}-"
                    f"{len(found) + 1}",
                    price=Money(good.price + more, "EUR"),
                    values=values,
                    image_id=world.images[shot.file],
                )
            )
    return found
