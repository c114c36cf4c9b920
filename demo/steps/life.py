"""Two months of a market: people collect, look around and buy, all at the same time."""

from __future__ import annotations

from demo.content.boards import BOARDS
from demo.hands import beside
from demo.steps import boards, orders, visitors
from demo.till import wait_until_open
from demo.world import Tick, World
from feed.actions import refresh_popularity


def run(world: World, tick: Tick) -> None:
    wait_until_open()
    with beside([*boards.plan(world), *visitors.plan(world)], tick=tick):
        orders.run(world, tick)
    refresh_popularity()
    tick()


def count() -> int:
    return orders.PURCHASES + len(BOARDS) + visitors.DAYS + 1
