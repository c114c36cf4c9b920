"""What Noor does not want to meet: so that her settings show what the lists are for.

Last of all, and nobody whom she follows: her wall is as full as without it.
"""

from __future__ import annotations

from datetime import timedelta

from accounts.actions import block, mute, mute_word
from accounts.queries import is_following
from demo.content.people import OPERATOR
from demo.world import Tick, World

READER = "noor"
WORDS = ("giveaway", "limited drop")
MUTED_FOR = timedelta(days=30)


def run(world: World, tick: Tick) -> None:
    reader = world.citizens[READER].profile_id
    owners = {house.owner.profile_id for house in world.houses.values()}
    others = [one.profile_id for one in world.citizens.values() if one.profile_id != reader]
    kept = owners | {world.citizens[OPERATOR.handle].profile_id}
    known = is_following(follower_id=reader, followed_ids=others) | kept
    strangers = [one for one in others if one not in known]
    block(blocker_id=reader, blocked_id=strangers[-1])
    mute(muter_id=reader, muted_id=strangers[-2], until=world.now + MUTED_FOR)
    for word in WORDS:
        mute_word(muter_id=reader, word=word)
    world.deliver()
    tick()


def count() -> int:
    return 1
