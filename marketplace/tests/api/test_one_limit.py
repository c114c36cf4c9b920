"""One act has one limit, whichever door it comes through: neither is a way around the other."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.testing import client_for, owner_of
from core import clock, ratelimit
from core.testing import picture_file
from feed.models import Board, Pin
from feed.pin_desks import PINS_PER_HOUR
from feed.testing import make_board, make_pin
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
