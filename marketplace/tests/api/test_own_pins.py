"""One's own pins by program: made of a stored picture, edited whole, taken off, brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.testing import make_brand, make_member, make_person, owner_of
from catalog.testing import make_category, make_product
from core.testing import picture_file
from feed.models import Pin, PinRevision
from feed.testing import make_board, make_pin
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db


def stored(program: Program, *, acting: str = "") -> str:
    headers = {"Acting-As": acting} if acting else {}
    answer = program.upload("pictures/", picture_file(), alt="A kiln at night", headers=headers)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.mark.parametrize("desk", ["me/pins/", "studio/ondine/pins/"])
def test_a_pin_goes_all_its_ways_by_program(desk: str) -> None:
    brand = make_brand(handle="ondine")
    author, acting = (brand, "ondine") if "studio" in desk else (make_person(), "")
    program = Program(owner_of(brand) if acting else author)
    vase = make_product(seller=brand, category=make_category(slug="vases").slug)
    board = make_board(owner=author, title="Kiln days")

    made = program.post(desk, {"picture_id": stored(program, acting=acting), "publish": False})
    assert (made["state"], made["title"], made["picture"]["alt"]) == (
        "draft",
        "",
        "A kiln at night",
    )
    here = f"{desk}{made['id']}/"
    assert refusal(program.call("POST", f"{here}publish/", {})) == (422, "title_missing")

    # The whole pin at once, with a tag, a board and a point to keep in view.
    body = {
        "title": "Late light",
        "text": "On the shelf.",
        "category": "vases",
        "board": board.public_id,
        "alt": "A kiln, seen late",
        "focus": {"x": 0.25, "y": 0.5},
        "tags": [{"product_id": vase.public_id, "x": 0.405, "y": 0.6}],
        "publish": True,
    }
    edited = program.put(here, body)
    assert (edited["state"], edited["board"], edited["category"]) == (
        "published",
        board.public_id,
        "vases",
    )
    assert edited["tags"] == [
        {"product_id": vase.public_id, "variant_id": None, "x": 0.405, "y": 0.6}
    ]
    row = Pin.objects.get(public_id=made["id"])
    assert (row.image.focus_x, row.image.focus_y, row.image.alt) == (25, 50, "A kiln, seen late")
    assert Client().get(f"/pin/{made['id']}/").status_code == 200

    # What it said on the wall is kept; what is left out of a change is empty.
    changed = program.put(here, {"title": "Last light"})
    assert (changed["text"], changed["tags"], changed["board"]) == ("", [], None)
    assert changed["picture"]["alt"] == "A kiln, seen late"
    assert changed["changes"][0]["what"] == ["title", "text", "category", "products"]
    assert PinRevision.objects.get(pin=row).was["title"] == "Late light"

    # One of its versions comes back, but for the board; what it said becomes a version in turn.
    version = changed["changes"][0]["version"]
    again = program.post(f"{here}versions/{version}/restore/")
    assert (again["title"], again["text"], again["tags"]) == (
        "Late light",
        "On the shelf.",
        edited["tags"],
    )
    assert again["board"] is None
    assert PinRevision.objects.filter(pin=row).order_by("-id")[0].was["title"] == "Last light"
    for nonsense in ("0", "9" * 25, "-1", "x", str(version + 1_000_000)):
        assert refusal(program.call("POST", f"{here}versions/{nonsense}/restore/"))[0] == 404
    other = make_pin()
    path = f"{desk}{other.public_id}/versions/{version}/restore/"
    assert refusal(program.call("POST", path))[0] == 404

    assert program.good(program.call("DELETE", f"{here}publish/"))["state"] == "draft"
    assert Client().get(f"/pin/{made['id']}/").status_code == 404
    timed = program.put(f"{here}schedule/", {"at": "2027-03-01T09:00:00Z"})
    assert timed["publish_at"] == "2027-03-01T09:00:00Z"
    assert program.good(program.call("DELETE", f"{here}schedule/"))["publish_at"] is None
    assert program.post(f"{here}publish/")["state"] == "published"

    program.good(program.call("DELETE", here))
    assert refusal(program.call("GET", here))[0] == 404
    assert program.get(desk)["results"] == []
    assert program.post(f"{here}restore/")["state"] == "published"
    assert [one["id"] for one in program.get(f"{desk}?state=published")["results"]] == [made["id"]]


def test_a_brands_log_says_who_did_it() -> None:
    brand = make_brand(handle="ondine")
    clerk = make_member(brand=brand, role="catalogue", person=make_person(name="Rosa"))
    program = Program(clerk)
    pin = make_pin(author=brand, title="Late light")
    program.good(program.call("DELETE", f"studio/ondine/pins/{pin.public_id}/"))
    (entry,) = [
        one
        for one in Program(owner_of(brand)).get("studio/ondine/log/")["results"]
        if one["name"] == "Rosa"
    ]
    assert entry["subject"] == "Late light"


def test_pictures_products_and_boards_of_others_are_not_there() -> None:
    other, person = make_person(), make_person()
    theirs, program = Program(other), Program(person)
    picture, board = stored(theirs), make_board(owner=other)
    mine = make_pin(author=person, title="Mine", publish_now=False)
    here = f"me/pins/{mine.public_id}/"
    wrong: dict[str, dict[str, Any]] = {
        "picture": {"picture_id": picture},
        "board": {"board": board.public_id},
        "category": {"category": "nothing-like-it"},
        "tag": {"tags": [{"product_id": "zzzzzzzzzzzz", "x": 0, "y": 0}]},
        "focus": {"focus": {"x": 1.5, "y": 0}},
    }
    statuses = {
        name: refusal(program.call("PUT", here, {"title": "New", **body}))[0]
        for name, body in wrong.items()
    }
    assert statuses == {"picture": 404, "board": 404, "category": 422, "tag": 400, "focus": 422}
    assert refusal(program.call("POST", "me/pins/", {"picture_id": picture}))[0] == 404
    mine.refresh_from_db()
    assert (mine.title, Pin.objects.filter(author=person).count()) == ("Mine", 1)


@pytest.mark.parametrize("what", ["no picture", "nothing", "another body"])
def test_what_is_no_picture_is_refused(what: str) -> None:
    program = Program(make_person())
    if what == "another body":
        answer = program.call("POST", "pictures/", {"file": "x"})
        assert refusal(answer) == (415, "unsupported_media_type")
        return
    file = picture_file()
    if what == "no picture":
        file.seek(0)
        file.truncate(20)
    else:
        file.truncate(0)
    assert refusal(program.upload("pictures/", file))[0] == 422


def test_a_long_list_of_pins_is_walked_to_its_end() -> None:
    person = make_person()
    made = {make_pin(author=person, title=f"Pin {number}").public_id for number in range(65)}
    program, seen = Program(person), []
    address: str | None = "me/pins/"
    while address:
        page = program.get(address)
        seen += [one["id"] for one in page["results"]]
        address = page["next"] and "me/pins/?" + page["next"].partition("?")[2]
    assert len(seen) == 65
    assert set(seen) == made
