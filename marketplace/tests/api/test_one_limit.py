"""One act has one limit, whichever door it comes through: neither is a way around the other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accounts.testing import client_for, owner_of
from catalog.models import Product
from catalog.testing import make_category, make_image
from catalog.types import MAX_OPTIONS, VALUE_LIMIT
from core import clock, ratelimit
from core.forms import URL_LIMIT
from core.testing import picture_file
from feed.forms import PinForm
from feed.models import Board, Pin
from feed.pin_desks import PINS_PER_HOUR
from feed.testing import make_board, make_pin
from feed.types import MAX_BOARD_TEXT
from marketplace.pages.form_pictures import PER_HOUR
from marketplace.tests.api.calling import Program, refusal
from marketplace.tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def used_up(key: str, limit: int, seconds: int = 3600) -> None:
    for _time in range(limit):
        ratelimit.count(key=key, limit=limit, per_seconds=seconds)


def test_pins_of_a_brand_are_counted_together(world: World) -> None:
    owner = owner_of(world.brand)
    before = Pin.objects.count()
    with clock.fixed(clock.now()):
        used_up(f"pin:{world.brand.pk}", PINS_PER_HOUR)
        page = client_for(owner).post("/studio/ondine/pins/new/", {"pictures": picture_file()})
        assert page.status_code == 429
        answer = Program(owner).call(
            "POST", "studio/ondine/pins/", {"picture_id": "k7m2p9qtxw4z", "title": "Mine"}
        )
        assert refusal(answer) == (429, "too_many")
    assert Pin.objects.count() == before


def test_pictures_of_a_profile_are_counted_together(world: World) -> None:
    owner = owner_of(world.brand)
    with clock.fixed(clock.now()):
        used_up(f"picture:{owner.pk}", PER_HOUR)
        answer = Program(owner).upload("pictures/", picture_file())
        assert refusal(answer) == (429, "too_many")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "times", "seconds", "page", "path", "body"),
    [
        ("comment", 10, 60, "/pin/{pin}/comments/", "pins/{pin}/comments/", {"text": "Yes"}),
        ("comments", 100, 3600, "/pin/{pin}/comments/", "pins/{pin}/comments/", {"text": "Yes"}),
        ("like", 120, 60, "/pin/{pin}/like/", "PUT pins/{pin}/like/", None),
        ("invite", 30, 3600, "/boards/{board}/invite/", "boards/{board}/members/", {"handle": "x"}),
        ("found", 10, 24 * 3600, "/studio/new/", "brands/", {"name": "New", "handle": "newone"}),
    ],
)
def test_what_somebody_does_is_counted_together(
    world: World, name: str, times: int, seconds: int, page: str, path: str, body: Any
) -> None:
    buyer, pin = world.buyer, make_pin()
    names = {"pin": pin.public_id, "board": make_board(owner=buyer).public_id}
    method, _space, rest = path.rpartition(" ")
    before = (Board.objects.count(), Pin.objects.count())
    with clock.fixed(clock.now()):
        used_up(f"{name}:u:{buyer.user_id}", times, seconds)
        answer = client_for(buyer).post(page.format(**names), body or {})
        assert answer.status_code == 429
        said = Program(buyer).call(method or "POST", rest.format(**names), body)
        assert refusal(said) == (429, "too_many")
    assert (Board.objects.count(), Pin.objects.count()) == before


def test_what_a_page_takes_of_options_a_program_may_send(world: World) -> None:
    owner, category = owner_of(world.brand), make_category(slug="limits", name="Limits")
    names = [f"Option {n}" for n in range(MAX_OPTIONS)]
    # Each as long as it may be; no two alike.
    values = [str(n).ljust(VALUE_LIMIT, "x") for n in range(MAX_OPTIONS)]
    form: dict[str, Any] = {
        "title": "By hand",
        "category": category.slug,
        "vat": "19",
        "lead_days": "2",
        "return_days": "30",
        "v-0-values": json.dumps(values),
        "v-0-sku": "LIMIT-1",
        "v-0-price": "96.00",
        "v-0-stock": "5",
        "v-0-was": "0",
        "v-0-on": "1",
        "to": "draft",
    }
    for n, name in enumerate(names):
        form |= {f"option_{n}": name, f"values_{n}": [values[n]]}
    assert client_for(owner).post("/studio/ondine/products/new/", form).status_code == 302
    body = {
        "title": "By program",
        "category": category.slug,
        "options": [
            {"name": name, "values": [value]} for name, value in zip(names, values, strict=True)
        ],
        "variants": [{"sku": "LIMIT-2", "price": {"amount": 9600, "currency": "EUR"}}],
    }
    body["variants"][0]["values"] = values
    answer = Program(owner).call("POST", "studio/ondine/products/", body)
    assert answer.status_code == 201, answer.content
    for title in ("By hand", "By program"):
        kept = Product.objects.get(title=title)
        assert [one.name for one in kept.options.order_by("position")] == names


def test_the_link_of_a_pin_is_as_long_through_either_door(world: World) -> None:
    link = "https://ondine.example/".ljust(URL_LIMIT, "x")
    assert "link" not in PinForm({"link": link}, boards=[]).errors
    picture = make_image(owner_id=world.brand.pk)
    sent = {"picture_id": picture.public_id, "title": "Far away", "link": link, "publish": False}
    for address, status in ((link, 201), (link + "x", 422)):
        answer = Program(owner_of(world.brand)).call(
            "POST", "studio/ondine/pins/", {**sent, "link": address}
        )
        assert answer.status_code == status, answer.content
    assert Pin.objects.get(title="Far away").link == link


def test_what_a_board_says_of_itself_is_as_long_through_either_door(world: World) -> None:
    board = make_board(owner=world.buyer, title="Small rooms")
    page, address = client_for(world.buyer), f"boards/{board.public_id}/"
    for letter, more, statuses in (("a", 0, (302, 200)), ("b", 1, (422, 422))):
        text = letter * (MAX_BOARD_TEXT + more)
        by_hand = page.post(f"/{address}edit/", {"title": "Small rooms", "text": text.upper()})
        assert by_hand.status_code == statuses[0]
        board.refresh_from_db()
        assert board.text == ("A" if not more else "a") * MAX_BOARD_TEXT
        sent = {"title": "Small rooms", "text": text}
        assert Program(world.buyer).call("PUT", address, sent).status_code == statuses[1]
        board.refresh_from_db()
        assert board.text == "a" * MAX_BOARD_TEXT
