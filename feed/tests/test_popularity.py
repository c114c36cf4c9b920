"""What is popular rises and fades."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.testing import make_person, viewer_for
from core import clock
from feed.actions import save_pin
from feed.popularity import refresh
from feed.testing import make_pin
from search.queries import find
from tracking.actions import record_click
from tracking.queries import read_touch, touch_token

pytestmark = pytest.mark.django_db


def test_saves_and_clicks_lift_a_pin_and_age_lowers_it() -> None:
    now = clock.now()
    plain, old = make_pin(), make_pin(at=now - timedelta(days=30))
    saved, clicked = make_pin(), make_pin()
    save_pin(pin_id=saved.public_id, saver_id=make_person().pk)
    touch = read_touch(token=touch_token(source="pin", ref=clicked.public_id))
    assert touch is not None
    record_click(touch=touch, session={}, viewer=viewer_for())
    assert refresh() == 4
    for pin in (plain, old, saved, clicked):
        pin.refresh_from_db()
    assert saved.popularity > clicked.popularity > plain.popularity > old.popularity > 0


def test_search_puts_the_popular_one_of_equals_first() -> None:
    pins = [make_pin(title="Clay evening") for _ in range(4)]
    person = make_person()
    wanted = sorted((pin.public_id for pin in pins), reverse=True)
    for at, public_id in enumerate(wanted):
        for saver in (person, *(make_person() for _ in range(len(wanted) - at))):
            save_pin(pin_id=public_id, saver_id=saver.pk)

    def found() -> list[str]:
        return [hit.public_id for hit in find(text="clay evening", kinds=["pin"]).items]

    assert found() == wanted[::-1], "among equals chance decides"
    refresh()
    assert found() == wanted


def test_an_old_pin_that_nobody_touched_is_left_alone() -> None:
    make_pin(at=clock.now() - timedelta(days=90))
    assert refresh() == 0
