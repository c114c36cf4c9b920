"""Pins: each product as its studio shows it, detail shots, and rooms with everything tagged."""

from __future__ import annotations

from decimal import Decimal

from core import clock
from core.media import Image
from demo.content.products import Shot, shots
from demo.content.words import CAPTIONS, caption
from demo.world import Tick, World
from feed.actions import create_pin
from feed.types import TagData

MIDDLE = Decimal("0.5")
# Who pins the rooms besides their studios: people with an eye, and the interior atelier.
STYLISTS = ("mara", "noor", "priya", "ebba", "saga", "otis", "lena", "aiko")


def run(world: World, tick: Tick) -> None:
    plan = _plan(world)
    images = Image.objects.in_bulk(list(world.images.values()))
    for index, (author, shot, title, tags, category) in enumerate(plan):
        age = (len(plan) - index) / len(plan) * 70
        with clock.fixed(world.ago(days=age * age / 70, hours=index % 7)):
            pin = create_pin(
                author_id=author,
                image=images[world.images[shot.file]],
                title=title,
                text=caption(shot.product_key or shot.file),
                category=category,
                tags=tags,
            )
        _remember(world, pin.public_id, tags)
        tick()


def count() -> int:
    pinned = [shot for shot in shots() if shot.kind in ("product", "look", "service")]
    return len(pinned) + len(CAPTIONS)


Planned = tuple[int, Shot, str, list[TagData], str | None]


def _plan(world: World) -> list[Planned]:
    planned: list[Planned] = []
    for shot in shots():
        if shot.kind == "product":
            product = world.products[shot.product_key]
            tag = TagData(product_id=product, x=MIDDLE, y=MIDDLE)
            author = world.houses[shot.studio].profile_id
            planned.append((author, shot, shot.title, [tag], world.categories[product]))
        elif shot.kind == "look":
            planned.append(_room(world, shot))
        elif shot.kind == "service":
            author = world.houses[shot.studio].profile_id
            planned.append((author, shot, shot.title, [], "rooms"))
    world.dice.shuffle(planned)
    return planned + _again(world, planned)


def _room(world: World, shot: Shot) -> Planned:
    tags: list[TagData] = []
    for key, x, y in shot.tags:
        if key in world.products and world.products[key] not in {tag.product_id for tag in tags}:
            x_share, y_share = round(Decimal(str(x)), 3), round(Decimal(str(y)), 3)
            tags.append(TagData(product_id=world.products[key], x=x_share, y=y_share))
    stylist = world.dice.choice(STYLISTS)
    author = world.citizens[stylist].profile_id
    if shot.studio in world.houses and world.dice.random() < 0.5:
        author = world.houses[shot.studio].profile_id
    return author, shot, shot.title, tags, "rooms"


def _again(world: World, planned: list[Planned]) -> list[Planned]:
    """People show what they bought: the same picture under their own words."""
    bought = [one for one in planned if len(one[3]) == 1]
    found: list[Planned] = []
    people = [one for handle, one in world.citizens.items() if handle != "olga"]
    for title, one in zip(CAPTIONS, world.dice.sample(bought, k=len(CAPTIONS)), strict=False):
        _author, shot, _title, tags, category = one
        found.append((world.dice.choice(people).profile_id, shot, title, tags, category))
    return found


def _remember(world: World, pin_id: str, tags: list[TagData]) -> None:
    for tag in tags:
        world.pins_of_product.setdefault(tag.product_id, []).append(pin_id)
    category = world.categories[tags[0].product_id] if len(tags) == 1 else "rooms"
    world.pins.setdefault(category, []).append(pin_id)
