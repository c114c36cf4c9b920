"""Follows, boards and saves; then the walls learn what is popular."""

from __future__ import annotations

from accounts.actions import follow
from core import clock
from demo.content.boards import BOARDS, BoardPlan
from demo.content.categories import CATEGORIES
from demo.world import Tick, World
from feed.actions import create_board, refresh_popularity, save_pin


def run(world: World, tick: Tick) -> None:
    for handle, citizen in world.citizens.items():
        brands = [house.profile_id for house in world.houses.values()]
        people = [one.profile_id for other, one in world.citizens.items() if other != handle]
        chosen = world.dice.sample(brands, k=3 + world.dice.randrange(3))
        chosen += world.dice.sample(people, k=2 + world.dice.randrange(4))
        for index, followed in enumerate(chosen):
            with clock.fixed(world.ago(days=60 - index * 4, hours=index)):
                follow(follower_id=citizen.profile_id, followed_id=followed)
        tick()
    for plan in BOARDS:
        _fill(world, plan)
        tick()
    refresh_popularity()
    tick()


def count() -> int:
    return 37 + len(BOARDS) + 1


def _fill(world: World, plan: BoardPlan) -> None:
    owner = world.citizens[plan.owner].profile_id
    with clock.fixed(world.ago(days=50)):
        board = create_board(owner_id=owner, title=plan.title, secret=plan.secret, text=plan.text)
    below = {slug for slug, _name, parent in CATEGORIES if parent in plan.likes}
    pins = [
        pin
        for slug, found in sorted(world.pins.items())
        if slug in below or slug in plan.likes
        for pin in found
    ]
    for index, pin in enumerate(world.dice.sample(pins, k=min(plan.pins, len(pins)))):
        with clock.fixed(world.ago(days=max(0.2, 40 - index * 2.5), hours=index)):
            save_pin(pin_id=pin, saver_id=owner, board_id=board.public_id)
