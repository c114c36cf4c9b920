"""Who follows whom. All of it is older than the first sale, so that everybody's notices lie in
the order in which things happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from accounts.actions import follow
from core import clock
from demo.hands import spread
from demo.steps.people import EVERYBODY
from demo.world import Tick, World

# Days ago: everybody has joined by then, and nobody has bought anything.
FIRST = 90
DAYS_APART = 3.5

# When, who, whom.
Follow = tuple[datetime, int, int]


def run(world: World, tick: Tick) -> None:
    # One process does all that one person hears of, in order.
    acts = [partial(_follow, world, heard) for heard in plan(world).values()]
    for _done in spread(acts):
        tick()


def count() -> int:
    """At most: somebody may have no follower."""
    return len(EVERYBODY)


def plan(world: World) -> dict[int, list[Follow]]:
    """In order, by the profile that hears of it: a brand's owner hears of its followers."""
    owners = {house.profile_id: house.owner.profile_id for house in world.houses.values()}
    planned: dict[int, list[Follow]] = defaultdict(list)
    for handle, citizen in world.citizens.items():
        people = [one.profile_id for other, one in world.citizens.items() if other != handle]
        brands = [brand for brand, owner in owners.items() if owner != citizen.profile_id]
        chosen = world.dice.sample(brands, k=3 + world.dice.randrange(3))
        chosen += world.dice.sample(people, k=2 + world.dice.randrange(4))
        for index, followed in enumerate(chosen):
            at = world.ago(days=FIRST - index * DAYS_APART, hours=index)
            hears = owners.get(followed, followed)
            planned[hears].append((at, citizen.profile_id, followed))
    return {hears: sorted(heard) for hears, heard in planned.items()}


def _follow(world: World, follows: Sequence[Follow]) -> None:
    for at, follower, followed in follows:
        with clock.fixed(at):
            follow(follower_id=follower, followed_id=followed)
            world.deliver()
