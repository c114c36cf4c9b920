"""Two months of a market: people collect, look around and buy, all at the same time."""

from __future__ import annotations

from demo.hands import beside
from demo.steps import boards, orders, talk, visitors
from demo.till import wait_until_open
from demo.world import Tick, World
from feed.actions import refresh_popularity


def run(world: World, tick: Tick) -> None:
    wait_until_open()
    with beside([*boards.plan(world), *visitors.plan(world), *talk.plan(world)]):
        orders.run(world, tick)
    refresh_popularity()


def count() -> int:
    """The purchases: they take longest, the rest is done before they are."""
    return orders.PURCHASES
