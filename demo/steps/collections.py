"""What studios have put together."""

from __future__ import annotations

from catalog.actions import save_collection
from catalog.types import CollectionInput, CollectionKind, CollectionRule
from demo.content.collections import COLLECTIONS, Put
from demo.world import Tick, World


def run(world: World, tick: Tick) -> None:
    for put in COLLECTIONS:
        _put(world, put)
        tick()


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
