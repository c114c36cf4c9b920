"""The log of a brand's team: what changed is a line of it, what stayed as it was is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.queries import brand_log
from accounts.testing import Profile, owner_of
from core import clock
from feed import actions
from feed.models import Board, Pin, PinRevision, Section
from feed.testing import fill_board, make_board, make_pin
from feed.tests.boards import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]

Told = Callable[[], list[str]]


@contextmanager
def told(brand: Profile) -> Iterator[Told]:
    """What the log says since then, oldest first."""

    def lines() -> list[str]:
        return [str(one.words) for one in reversed(brand_log(brand_id=brand.pk).rows)]

    before = len(lines())
    yield lambda: lines()[before:]


@pytest.fixture
def board(brand: Profile) -> Board:
    return fill_board(owner=brand, count=3)[0]


def test_a_pin_that_stays_where_it_stands_was_not_arranged(
    desk: Client, brand: Profile, board: Board
) -> None:
    first, second, third = board.saves.order_by("rank").values_list("pin__public_id", flat=True)
    with told(brand) as lines:
        for move in (f"first:{first}", f"earlier:{first}", f"later:{third}", f"last:{third}"):
            assert post(desk, board, "order", {"move": move}).status_code == 302
        for one, beside, behind in ((second, first, True), (second, third, False)):
            done = actions.move_pin_beside(
                board_id=board.public_id,
                actor_id=brand.pk,
                user_id=owner_of(brand).user_id,
                pin_id=one,
                beside=beside,
                behind=behind,
            )
            assert (done.place, done.total) == (2, 3)
        assert lines() == []
        post(desk, board, "order", {"move": f"last:{first}"})
        assert lines() == ["arranged a board"]
    after = board.saves.order_by("rank").values_list("pin__public_id", flat=True)
    assert list(after) == [second, third, first]


def test_a_section_that_keeps_its_name_and_place_was_not_arranged(
    desk: Client, brand: Profile, board: Board
) -> None:
    mine: dict[str, Any] = {"board_id": board.public_id, "actor_id": brand.pk}
    one, two = (actions.create_section(**mine, title=title) for title in ("Folds", "Lamps"))
    with told(brand) as lines:
        post(desk, board, f"sections/{one}", {"do": "rename", "title": "Folds"})
        post(desk, board, f"sections/{one}", {"do": "up"})
        post(desk, board, f"sections/{two}", {"do": "down"})
        assert lines() == []
        post(desk, board, f"sections/{one}", {"do": "rename", "title": "Creases"})
        post(desk, board, f"sections/{one}", {"do": "down"})
        assert lines() == ["arranged a board"] * 2
    order = Section.objects.filter(board=board).order_by("position")
    assert list(order.values_list("title", flat=True)) == ["Lamps", "Creases"]


def test_a_board_that_is_saved_as_it_was_was_not_changed(desk: Client, brand: Profile) -> None:
    board = make_board(owner=brand, title="Glaze")
    with told(brand) as lines:
        assert post(desk, board, "edit", {"title": "Glaze"}).status_code == 302
        assert lines() == []
        for change in ({"text": "Thin."}, {"text": "Thin.", "secret": "on"}):
            post(desk, board, "edit", {"title": "Glaze", **change})
        assert lines() == ["changed a board"] * 2
    board.refresh_from_db()
    assert (board.text, board.secret) == ("Thin.", True)


@pytest.mark.parametrize("publish_now", [True, False])
def test_a_pin_that_is_saved_as_it_was_was_not_changed(
    desk: Client, brand: Profile, publish_now: bool
) -> None:
    pin = make_pin(author=brand, title="Shelf", publish_now=publish_now)
    board = make_board(owner=brand)
    typed: dict[str, Any] = {"title": "Shelf", "alt": "A vase", "do": "save"}
    with told(brand) as lines:
        _sent(desk, pin, typed)
        assert lines() == []
        _sent(desk, pin, typed | {"text": "At noon"})
        _sent(desk, pin, typed | {"text": "At noon"})
        assert lines() == ["changed a pin"]
        # Where it lies is no part of what it says, and a change of it all the same.
        _sent(desk, pin, typed | {"text": "At noon", "board": board.public_id})
        assert lines() == ["changed a pin"] * 2
    assert PinRevision.objects.filter(pin=pin).count() == publish_now


def test_the_time_of_a_pin_is_told_when_it_is_another(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, title="Shelf", publish_now=False)
    noon = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT12:00")
    timed: dict[str, Any] = {
        "title": "Shelf",
        "alt": "A vase",
        "do": "schedule",
        "publish_at": noon,
    }
    with told(brand) as lines:
        _sent(desk, pin, timed)
        _sent(desk, pin, timed)
        assert lines() == ["set a time for a pin"]
        _sent(desk, pin, timed | {"publish_at": "", "text": "At noon"})
        assert lines()[1:] == ["changed a pin", "took back the time of a pin"]
    pin.refresh_from_db()
    assert (pin.state, pin.publish_at) == ("draft", None)


def _sent(desk: Client, pin: Pin, typed: dict[str, Any]) -> None:
    assert desk.post(f"/studio/ondine/pins/{pin.public_id}/edit/", typed).status_code == 302
