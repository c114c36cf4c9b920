"""Pins and boards for tests, made by the real actions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.testing import Profile, make_brand, make_person
from catalog.testing import Product, make_image
from core import clock
from feed import actions
from feed.models import Board, Comment, Pin
from feed.types import TagData

_numbers = itertools.count(1)

HALF = Decimal("0.5")


def make_pin(
    *,
    author: Profile | None = None,
    title: str = "A shelf at noon",
    products: Sequence[Product] = (),
    at: datetime | None = None,
    **data: Any,
) -> Pin:
    """A published pin; `at` sets the moment of its publication."""
    author = author or make_brand()
    tags = [TagData(product_id=product.public_id, x=HALF, y=HALF) for product in products]
    with clock.fixed(at or clock.now()):
        return actions.create_pin(
            author_id=author.pk,
            image=data.pop("image", None) or make_image(owner_id=author.pk),
            title=title,
            tags=data.pop("tags", tags),
            **data,
        )


def make_board(*, owner: Profile, title: str = "Small rooms", secret: bool = False) -> Board:
    return actions.create_board(owner_id=owner.pk, title=title, secret=secret)


def make_comment(
    *, pin: Pin, author: Profile, text: str = "", answers: Comment | None = None
) -> Comment:
    """Without a text, one that nobody said before: the same again would be the same comment."""
    return actions.write_comment(
        pin_id=pin.public_id,
        author_id=author.pk,
        text=text or f"Where is it from, {next(_numbers)}?",
        answers=answers.public_id if answers else None,
    )


def fill_board(
    *, owner: Profile | None = None, count: int = 3, secret: bool = False, title: str = "Window end"
) -> tuple[Board, list[str]]:
    """A board with so many pins, and their public ids as they stand on it."""
    owner = owner or make_person()
    board = make_board(owner=owner, title=title, secret=secret)
    author = make_brand()
    pins = [make_pin(author=author, title=f"Pin {number}").public_id for number in range(count)]
    for pin_id in reversed(pins):
        actions.save_pin(pin_id=pin_id, saver_id=owner.pk, board_id=board.public_id)
    return board, pins


def join(*, board: Board, person: Profile) -> None:
    """Let somebody be asked by the owner, and say yes."""
    actions.invite_member(board_id=board.public_id, owner_id=board.owner_id, handle=person.handle)
    actions.answer_invitation(board_id=board.public_id, profile_id=person.pk, accept=True)
