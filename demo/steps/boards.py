"""Boards, and the pins that people save on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core import clock
from demo.content.boards import BOARDS, BoardPlan
from demo.content.categories import CATEGORIES
from demo.hands import Act
from demo.steps import talk
from demo.steps.noting import Noting
from demo.world import World
from feed.actions import create_board, save_pin


def plan(world: World) -> list[Act]:
    """An act for each board; all of them may be done at once."""
    return [partial(_fill, world, board, _chosen(world, board)) for board in BOARDS]


def _chosen(world: World, board: BoardPlan) -> list[str]:
    below = {slug for slug, _name, parent in CATEGORIES if parent in board.likes}
    pins = [
        pin
        for slug, found in sorted(world.pins.items())
        if slug in below or slug in board.likes
        for pin in found
    ]
    return world.dice.sample(pins, k=min(board.pins, len(pins)))


def _fill(world: World, plan: BoardPlan, pins: Sequence[str]) -> None:
    owner = world.citizens[plan.owner].profile_id
    notes = Noting(world, plan.owner, plan.title)
    with clock.fixed(world.ago(days=50)):
        board = create_board(owner_id=owner, title=plan.title, secret=plan.secret, text=plan.text)
    for index, pin in enumerate(pins):
        with clock.fixed(world.ago(days=max(0.2, 40 - index * 2.5), hours=index)):
            save_pin(
                pin_id=pin,
                saver_id=owner,
                board_id=board.public_id,
                note=notes.next(plan.owner, pin),
            )
    talk.share(world, plan.owner, plan.title, board.public_id, pins, notes)
