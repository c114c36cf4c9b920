"""Boards by program: what they are made of is read, so that all of it can be changed."""

from __future__ import annotations

import pytest

from accounts.testing import make_person
from feed.models import Board
from feed.testing import fill_board, join, make_board, make_pin
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db


def test_sections_and_people_of_a_board_are_read_moved_and_taken_away() -> None:
    mara, jonah, noor = make_person(name="Mara"), make_person(name="Jonah"), make_person()
    board, pins = fill_board(owner=mara)
    join(board=board, person=jonah)
    program, here = Program(mara), f"boards/{board.public_id}/"
    program.post(f"{here}members/", {"handle": noor.handle})
    lamps = program.post(f"{here}sections/", {"title": "Lamps"})["id"]
    vases = program.post(f"{here}sections/", {"title": "Vases"})["id"]
    program.post(f"{here}pins/move/", {"pins": pins[:1], "to_section": vases})

    found = program.get(here)
    assert found["sections"] == [
        {"id": lamps, "title": "Lamps", "count": 0},
        {"id": vases, "title": "Vases", "count": 1},
    ]
    assert {one["profile"]["id"]: one["joined"] for one in found["members"]} == {
        jonah.public_id: True,
        noor.public_id: False,
    }
    assert (found["may_arrange"], found["invited"]) == (True, False)
    parts = {"": pins, "?section=top": pins[1:], f"?section={vases}": pins[:1]}
    for part, wanted in (*parts.items(), (f"?section={lamps}", [])):
        shown = program.get(f"{here}pins/{part}")["results"]
        assert [one["id"] for one in shown] == wanted, part

    program.post(f"{here}sections/{found['sections'][1]['id']}/move/", {"to": "up"})
    program.call("DELETE", f"{here}members/{jonah.public_id}/")
    after = program.get(here)
    assert [one["title"] for one in after["sections"]] == ["Vases", "Lamps"]
    assert [one["profile"]["id"] for one in after["members"]] == [noor.public_id]


def test_who_is_asked_and_the_cover_are_for_the_owner_and_a_section_for_its_own_board() -> None:
    mara, noor = make_person(name="Mara"), make_person(name="Noor")
    board, pins = fill_board(owner=mara)
    here = f"boards/{board.public_id}/"
    Program(mara).post(f"{here}members/", {"handle": noor.handle})
    Program(mara).put(here, {"title": "Small rooms", "cover": pins[1]})
    asked, guest = Program(noor).get(here), Program(None).get(here)
    assert (asked["invited"], asked["may_arrange"]) == (True, False)
    for seen in (asked, guest):
        assert (seen["members"], seen["cover"]) == ([], None)
    other = f"boards/{make_board(owner=mara, title='Other').public_id}/"
    section = Program(mara).post(f"{other}sections/", {"title": "Lamps"})["id"]
    for wrong in (section, "zzzzzzzzzzzz"):
        answer = Program(mara).call("GET", f"{here}pins/?section={wrong}")
        assert refusal(answer) == (404, "not_found")
    secret = make_board(owner=mara, title="Secret", secret=True)
    answer = Program(noor).call("GET", f"boards/{secret.public_id}/pins/?section=top")
    assert refusal(answer) == (404, "not_found")


def test_a_cover_that_is_not_named_is_kept_and_null_takes_it_away() -> None:
    mara = make_person()
    board, pins = fill_board(owner=mara)
    program, here = Program(mara), f"boards/{board.public_id}/"
    assert program.put(here, {"title": "Small rooms", "cover": pins[1]})["cover"] == pins[1]
    kept = program.put(here, {"title": "Quiet rooms", "text": "Soft light"})
    assert (kept["cover"], kept["text"]) == (pins[1], "Soft light")
    assert program.get(here)["cover"] == pins[1]
    assert program.put(here, {"title": "Quiet rooms", "cover": None})["cover"] is None
    # A pin that is not on the board is no cover of it.
    elsewhere = make_pin(title="Elsewhere")
    assert (
        program.put(here, {"title": "Quiet rooms", "cover": elsewhere.public_id})["cover"] is None
    )
    assert Board.objects.get(pk=board.pk).cover_id is None
