"""Who only looks: cards that are scrolled past, and a few that are opened, day by day."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial

from django.contrib.sessions.backends.base import SessionBase

from accounts.types import Viewer
from core import clock
from demo.hands import Act
from demo.steps.products import loved
from demo.world import SEED, World
from tracking.actions import record_click, record_impressions
from tracking.queries import read_touch, touch_token

DAYS = 56
SEEN_PER_DAY = 300
OPENED_PER_DAY = 8
LOVED = 0.45
TOKENS_AT_ONCE = 100


def plan(world: World) -> list[Act]:
    """An act for each day; all of them may be done at once."""
    return [partial(_look_around, world, days_ago) for days_ago in range(DAYS, 0, -1)]


def click(token: str, *, session: SessionBase, viewer: Viewer) -> None:
    """Follow a link that says where it stood."""
    touch = read_touch(token=token)
    if touch is not None:
        record_click(touch=touch, session=session, viewer=viewer)


def _look_around(world: World, days_ago: int) -> None:
    dice = random.Random(f"{SEED} {days_ago}")  # noqa: S311
    products = list(world.pins_of_product)
    wanted = [world.products[key] for key in loved(world)]
    tokens = []
    for _one in range(SEEN_PER_DAY):
        product = dice.choice(wanted if dice.random() < LOVED else products)
        pin = dice.choice(world.pins_of_product[product])
        tokens.append(touch_token(source="pin", ref=pin, product=product))
    with clock.fixed(world.ago(days=days_ago) + timedelta(hours=8)):
        for first in range(0, len(tokens), TOKENS_AT_ONCE):
            some = tokens[first : first + TOKENS_AT_ONCE]
            record_impressions(tokens=some, viewer=Viewer(address=f"demo {first}"))
        for number, token in enumerate(dice.sample(tokens, k=OPENED_PER_DAY)):
            click(token, session=SessionBase(), viewer=Viewer(address=f"demo {number}"))
