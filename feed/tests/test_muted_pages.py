"""Where all of a page is muted the wall goes on to the next one, by the same rules."""

from __future__ import annotations

import pytest

from accounts import actions as accounts
from accounts.testing import Profile, client_for, follow_all, make_brand, make_person
from feed import timelines
from feed.actions import edit_board, save_pin
from feed.models import Board, Pin
from feed.scroll import PAGE_SIZE
from feed.testing import make_board
from feed.tests.walls import get, ids, many_pins, next_of

pytestmark = pytest.mark.django_db
WORD = "unspeakable"


def mute(public_ids: list[str]) -> None:
    Pin.objects.filter(public_id__in=public_ids).update(title=f"An {WORD} vase")


@pytest.fixture
def mara() -> Profile:
    mara = make_person()
    accounts.mute_word(muter_id=mara.pk, word=WORD)
    return mara


def shared(mara: Profile, *, pins: int) -> Board:
    """A board of Jonah's, whom Mara follows."""
    jonah = make_person(name="Jonah A")
    follow_all(mara, [jonah])
    board = make_board(owner=jonah, title="Rooms")
    for pin in many_pins(make_brand(), pins):
        save_pin(pin_id=pin.public_id, saver_id=jonah.pk, board_id=board.public_id)
    return board


def test_beyond_a_muted_page_a_kept_wall_names_nobody_who_hides_it_by_now(mara: Profile) -> None:
    board, client = shared(mara, pins=2 * PAGE_SIZE + 5), client_for(mara)
    more = next_of(get(client, "/"))
    second = get(client, more)
    third = ids(get(client, next_of(second)))
    mute(ids(second))
    told = get(client, more)
    assert (ids(told), "Jonah saved this" in told) == (third, True)
    edit_board(board_id=board.public_id, owner_id=board.owner_id, title="R", text="", secret=True)
    after = get(client, more)
    assert (ids(after), "Jonah" in after) == (third, False)


def test_beyond_muted_pages_the_wall_of_the_followed_goes_on_so_far(
    mara: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    jonah, client = make_person(), client_for(mara)
    follow_all(mara, [jonah])
    newest_first = [pin.public_id for pin in reversed(many_pins(jonah, 3 * PAGE_SIZE + 1))]
    mute(newest_first[: 2 * PAGE_SIZE])
    beyond = newest_first[2 * PAGE_SIZE : 3 * PAGE_SIZE]
    page = get(client, "/following/")
    assert ids(page) == beyond
    assert ids(get(client, next_of(page))) == newest_first[-1:]
    monkeypatch.setattr(timelines, "MAX_PAGES", 2)
    assert ids(get(client, "/following/")) == [], "so many pages are looked at for one"
