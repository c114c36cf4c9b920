"""On a board of several a card says who saved it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.actions import block
from accounts.testing import client_for, make_brand, make_person
from feed.actions import remove_member, save_pin
from feed.models import Board
from feed.testing import join, make_board, make_pin

pytestmark = pytest.mark.django_db


def lines(board: Board, client: Client | None = None) -> dict[str, str]:
    """What stands under each card, by its title."""
    page = BeautifulSoup((client or Client()).get(board.get_absolute_url()).content, "html5lib")
    cards = page.select("article.pin")
    titles = [one.get_text(strip=True) for card in cards for one in card.select(".pin__t")]
    said = [
        one.get_text().strip()
        for card in cards
        for one in card.select(".by > :last-child, .said > :last-child")
    ]
    return dict(zip(titles, said, strict=True))


def test_whoever_saved_it_is_named_beside_whom_it_is_from() -> None:
    mara, jonah, studio = (
        make_person(name="Mara"),
        make_person(name="Jonah"),
        make_brand(name="Kiln"),
    )
    board = make_board(owner=mara)
    vase, own = make_pin(author=studio, title="A vase"), make_pin(author=jonah, title="A shelf")
    save_pin(pin_id=vase.public_id, saver_id=mara.pk, board_id=board.public_id)
    assert lines(board) == {"A vase": "Kiln"}, "alone she need not be named"
    join(board=board, person=jonah)
    bowl = make_pin(author=studio, title="A bowl")
    for pin in (bowl, own):
        save_pin(pin_id=pin.public_id, saver_id=jonah.pk, board_id=board.public_id)
    named = {
        "A vase": "Mara saved it from Kiln",
        "A bowl": "Jonah saved it from Kiln",
        "A shelf": "Jonah",
    }
    assert lines(board) == named
    told = Client().get(f"/api/v1/boards/{board.public_id}/pins/").json()["results"]
    by_program = {one["title"]: one["reason"]["text"] for one in told if one["reason"]}
    assert by_program == {title: text for title, text in named.items() if text != "Jonah"}
    reader = make_person()
    block(blocker_id=reader.pk, blocked_id=mara.pk)
    assert client_for(reader).get(board.get_absolute_url()).status_code == 404
    other = make_person()
    block(blocker_id=jonah.pk, blocked_id=other.pk)
    assert "Jonah" not in " ".join(lines(board, client_for(other)).values())
    remove_member(board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id)
    assert lines(board)["A bowl"] == "Kiln"
