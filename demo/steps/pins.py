"""Pins: each product as its studio shows it, detail shots, and rooms with everything tagged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from core import clock
from core.media import Image, store_image
from demo.content.products import Shot, shots
from demo.content.services import WORKS
from demo.content.words import CAPTIONS, HASHTAGS, caption
from demo.hands import spread
from demo.world import Tick, World
from feed.actions import create_pin, follow_hashtag
from feed.types import Audience, FurtherPicture, TagData

MIDDLE = Decimal("0.5")
# Which kind of service a picture is of.
KINDS = {work.key: work.category for work in WORKS}
# Who pins the rooms besides their studios: people with an eye, and the interior atelier.
STYLISTS = ("mara", "noor", "priya", "ebba", "saga", "otis", "lena", "aiko")


@dataclass(frozen=True)
class Planned:
    """A pin to be made; `author` is a profile, `category` a slug."""

    author: int
    shot: Shot
    title: str
    tags: list[TagData]
    category: str | None
    audience: Audience = Audience.EVERYONE
    further: tuple[Shot, ...] = ()
    # A hashtag behind its words.
    hashtag: str = ""


# What a studio shows to some before all, and to those only to whom it sent the address.
APART = {
    Audience.LINK: "How high it hangs, for the fitters",
    Audience.FOLLOWERS: "The autumn glaze, first out of the kiln",
}


def run(world: World, tick: Tick) -> None:
    plan = _plan(world)
    images = Image.objects.in_bulk(list(world.images.values()))
    acts = []
    for index, planned in enumerate(plan):
        age = (len(plan) - index) / len(plan) * 70
        at = world.ago(days=age * age / 70, hours=index % 7)
        acts.append(partial(_pin, planned, image=images[world.images[planned.shot.file]], at=at))
    for planned, pin_id in zip(plan, spread(acts), strict=True):
        if planned.audience == Audience.EVERYONE:
            _remember(world, pin_id, planned.tags)
        if planned.shot.kind == "service":
            world.pins_of_service.setdefault(planned.shot.product_key, []).append(pin_id)
        tick()
    with clock.fixed(world.ago(days=45)):
        for index, citizen in enumerate(world.citizens.values()):
            follow_hashtag(tag=HASHTAGS[index % len(HASHTAGS)], profile_id=citizen.profile_id)


def count() -> int:
    pinned = [shot for shot in shots() if shot.kind in ("product", "look", "service")]
    return len(pinned) + len(CAPTIONS) + len(APART)


def _plan(world: World) -> list[Planned]:
    planned: list[Planned] = []
    for shot in shots():
        if shot.kind == "product":
            product = world.products[shot.product_key]
            shown = world.pictured.get(shot.file)
            tag = TagData(product_id=product, x=MIDDLE, y=MIDDLE, variant_id=shown)
            author = world.houses[shot.studio].profile_id
            category = world.categories[product]
            planned.append(Planned(author, shot, shot.title, [tag], category))
        elif shot.kind == "look":
            planned.append(_room(world, shot))
        elif shot.kind == "service":
            author = world.houses[shot.studio].profile_id
            planned.append(Planned(author, shot, shot.title, [], KINDS[shot.product_key]))
    world.dice.shuffle(planned)
    return planned + _again(world, planned) + _apart(world, planned)


def _apart(world: World, planned: list[Planned]) -> list[Planned]:
    """The last ones, so that the day of the followers is not over when the market opens."""
    studio = world.houses["Ondine Studio"].profile_id
    theirs = [one for one in planned if one.author == studio and one.shot.kind == "product"]
    return [
        replace(one, title=title, audience=audience)
        for (audience, title), one in zip(APART.items(), theirs, strict=False)
    ]


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
    near = () if author == world.citizens[stylist].profile_id else _near(shot)
    return Planned(author, shot, shot.title, tags, "rooms", further=near, hashtag=HASHTAGS[0])


def _near(room: Shot) -> tuple[Shot, ...]:
    """What a studio adds to its room: two of the things in it, each from near."""
    named = {key for key, _x, _y in room.tags}
    return tuple(
        shot
        for shot in shots()
        if shot.kind == "product" and shot.studio == room.studio and shot.product_key in named
    )[:2]


def _again(world: World, planned: list[Planned]) -> list[Planned]:
    """People show what they bought: the same picture under their own words."""
    bought = [one for one in planned if len(one.tags) == 1]
    people = [one for handle, one in world.citizens.items() if handle != "olga"]
    chosen = world.dice.sample(bought, k=len(CAPTIONS))
    return [
        replace(
            one,
            author=world.dice.choice(people).profile_id,
            title=title,
            further=(),
            hashtag=HASHTAGS[number % len(HASHTAGS)],
        )
        for number, (title, one) in enumerate(zip(CAPTIONS, chosen, strict=True))
    ]


def _pin(planned: Planned, *, image: Image, at: datetime) -> str:
    text = caption(planned.shot.product_key or planned.shot.file)
    with clock.fixed(at):
        pin = create_pin(
            author_id=planned.author,
            image=image,
            title=planned.title,
            text=f"{text} #{planned.hashtag}".strip() if planned.hashtag else text,
            category=planned.category,
            tags=planned.tags,
            audience=planned.audience,
            further=[_taken_in(shot, owner=planned.author) for shot in planned.further],
        )
    return str(pin.public_id)


def _taken_in(shot: Shot, *, owner: int) -> FurtherPicture:
    """Uploaded by the author, as further pictures are."""
    with shot.path.open("rb") as file:
        image = store_image(file=file, alt=shot.alt, owner_id=owner)
    return FurtherPicture(picture_id=image.public_id)


def _remember(world: World, pin_id: str, tags: list[TagData]) -> None:
    for tag in tags:
        world.pins_of_product.setdefault(tag.product_id, []).append(pin_id)
    category = world.categories[tags[0].product_id] if len(tags) == 1 else "rooms"
    world.pins.setdefault(category, []).append(pin_id)
