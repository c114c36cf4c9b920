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
from feed.actions import create_board, follow_board, save_pin

# At most so many boards are followed by each.
FOLLOWED = 4


def plan(world: World) -> list[Act]:
    """An act for each board; all of them may be done at once."""
    followed = {handle: _followed(world, handle) for handle in world.citizens}
    return [
        partial(
            _fill,
            world,
            board,
            _chosen(world, board),
            [handle for handle, boards in followed.items() if board in boards],
        )
        for board in BOARDS
    ]


def _chosen(world: World, board: BoardPlan) -> list[str]:
    about = _about(board)
    pins = [pin for slug, found in sorted(world.pins.items()) if slug in about for pin in found]
    return world.dice.sample(pins, k=min(board.pins, len(pins)))


def _about(board: BoardPlan) -> set[str]:
    """The categories that a board collects from."""
    return {slug for slug, _name, parent in CATEGORIES if {slug, parent} & set(board.likes)}


def _followed(world: World, handle: str) -> list[BoardPlan]:
    """A few boards of others about what somebody likes, from all of those."""
    likes = set(world.citizens[handle].person.likes)
    found = [
        one for one in BOARDS if one.owner != handle and not one.secret and likes & _about(one)
    ]
    return found[:: len(found) // FOLLOWED + 1]


def _fill(world: World, plan: BoardPlan, pins: Sequence[str], followers: Sequence[str]) -> None:
    owner = world.citizens[plan.owner].profile_id
    notes = Noting(world, plan.owner, plan.title)
    with clock.fixed(world.ago(days=50)):
        board = create_board(owner_id=owner, title=plan.title, secret=plan.secret, text=plan.text)
    for handle in followers:
        with clock.fixed(world.ago(days=45)):
            follow_board(board_id=board.public_id, profile_id=world.citizens[handle].profile_id)
    for index, pin in enumerate(pins):
        with clock.fixed(world.ago(days=max(0.2, 40 - index * 2.5), hours=index)):
            save_pin(
                pin_id=pin,
                saver_id=owner,
                board_id=board.public_id,
                note=notes.next(plan.owner, pin),
            )
    talk.share(world, plan.owner, plan.title, board.public_id, pins, notes)
