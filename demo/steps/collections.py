"""What studios have put together, and a first page that shows it."""

from __future__ import annotations

from catalog.actions import save_collection, save_look
from catalog.types import (
    COLLECTION_SECTION,
    CollectionInput,
    CollectionKind,
    CollectionRule,
    LookInput,
)
from demo.content.collections import COLLECTIONS, FRONT, Put
from demo.world import Tick, World


def run(world: World, tick: Tick) -> None:
    made = {}
    for put in COLLECTIONS:
        made[put.title] = _put(world, put)
        tick()
    house = world.houses[FRONT.studio]
    save_look(
        profile_id=house.profile_id,
        actor_id=house.owner.user_id,
        data=LookInput(
            story=house.studio.story,
            accent="",
            ground="",
            sections=tuple(
                f"{COLLECTION_SECTION}{made[one]}" if one in made else one for one in FRONT.sections
            ),
        ),
    )


def count() -> int:
    return len(COLLECTIONS)


def _put(world: World, put: Put) -> str:
    house = world.houses[put.studio]
    by_hand = put.rule is None
    return save_collection(
        seller_id=house.profile_id,
        actor_id=house.owner.user_id,
        data=CollectionInput(
            title=put.title,
            description=put.text,
            kind=CollectionKind.HAND if by_hand else CollectionKind.RULE,
            order="hand" if by_hand else put.order,
            rule=put.rule or CollectionRule(),
            products=[world.products[key] for key in put.keys],
            cover_id=world.images[put.cover] if put.cover else None,
        ),
    )
