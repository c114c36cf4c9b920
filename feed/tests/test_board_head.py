"""What the head of a board says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.actions import block
from accounts.testing import client_for, make_brand, make_person
from catalog.actions import archive_product, go_away, set_availability
from catalog.testing import make_product
from core import clock
from feed.actions import save_pin, take_down_pin
from feed.models import Board, Pin
from feed.testing import HALF, make_board, make_pin
from feed.types import TagData

pytestmark = pytest.mark.django_db


def head(board: Board, client: Client | None = None) -> str:
    page = BeautifulSoup((client or Client()).get(board.get_absolute_url()).content, "html.parser")
    line = page.select_one(".board__head p")
    assert line is not None
    return line.get_text(" ", strip=True).removeprefix("Public ")


def board_with(*pins: Pin) -> Board:
    board = make_board(owner=make_person())
    for pin in pins:
        save_pin(pin_id=pin.public_id, saver_id=board.owner_id, board_id=board.public_id)
    return board


def test_it_says_how_many_of_its_pins_have_something_to_buy() -> None:
    vase, lamp, rug = (make_product() for _ in range(3))
    board = board_with(
        make_pin(),
        make_pin(products=[vase, lamp, rug]),
        make_pin(products=[vase]),
        make_pin(products=[lamp]),
    )
    assert head(board) == "4 pins, 3 of them to buy, 0 followers"
    set_availability(levels={lamp.variants.get().pk: "sold_out"})
    assert head(board) == "4 pins, 2 of them to buy, 0 followers"
    archive_product(product_id=vase.public_id, seller_id=vase.seller_id, actor_id=None)
    assert head(board) == "4 pins, 1 of them to buy, 0 followers"
    today = timezone.localdate(clock.now())
    go_away(seller_id=rug.seller_id, actor_id=None, first=today, last=today + timedelta(days=1))
    assert head(board) == "4 pins, 0 followers"
    with clock.fixed(clock.now() + timedelta(days=3)):
        assert head(board) == "4 pins, 1 of them to buy, 0 followers"


def test_a_tag_of_one_form_asks_whether_that_one_is_there() -> None:
    chair = make_product(sizes=["S", "M"])
    small = chair.variants.order_by("pk")[0]
    tag = TagData(product_id=chair.public_id, variant_id=small.public_id, x=HALF, y=HALF)
    board = board_with(make_pin(tags=[tag]), make_pin(products=[chair]))
    assert head(board) == "2 pins, 2 of them to buy, 0 followers"
    set_availability(levels={small.pk: "sold_out"})
    assert head(board) == "2 pins, 1 of them to buy, 0 followers"


def test_what_the_reader_may_not_see_is_not_counted() -> None:
    author, seller = make_brand(), make_brand()
    vase, lamp = make_product(seller=author), make_product(seller=seller)
    gone = make_pin(author=author, products=[vase])
    board = board_with(
        gone, make_pin(author=author, products=[vase]), make_pin(products=[lamp]), make_pin()
    )
    take_down_pin(public_id=gone.public_id, operator_id=None, reason="Spam")
    assert "2 of them to buy" in head(board)
    reader = make_person()
    assert "2 of them to buy" in head(board, client_for(reader))
    for hidden, said in ((author, "2 pins, 1 of them to buy"), (seller, "2 pins")):
        block(blocker_id=reader.pk, blocked_id=hidden.pk)
        assert head(board, client_for(reader)) == f"{said}, 0 followers"
    assert "2 of them to buy" in head(board)
