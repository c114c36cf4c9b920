"""What is saved on a followed board comes up on Home and says so, to whom it may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions import block, mute, suspend_person
from accounts.testing import (
    Profile,
    client_for,
    follow_all,
    make_brand,
    make_operator,
    make_person,
)
from core import clock
from core.testing import deliver_all
from feed.actions import edit_board, edit_pin, follow_board, save_pin, unfollow_board, unsave_pin
from feed.models import Board, Pin
from feed.testing import join, make_board, make_pin
from feed.tests.boards import soup
from feed.types import Audience, PinData
from feed.wall import SAVED_WITHIN_DAYS

pytestmark = pytest.mark.django_db
WHY = "On Small rooms, a board you follow"


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def noor() -> Profile:
    return make_person(name="Noor")


@pytest.fixture
def board(mara: Profile, noor: Profile) -> Board:
    """Mara's, followed by Noor."""
    board = make_board(owner=mara, title="Small rooms")
    follow_board(board_id=board.public_id, profile_id=noor.pk)
    return board


def save(pin: Pin, board: Board, *, saver: Profile | None = None) -> None:
    saver_id = saver.pk if saver else board.owner_id
    save_pin(pin_id=pin.public_id, saver_id=saver_id, board_id=board.public_id)


def whys(client: Client, path: str = "/") -> dict[str, str]:
    """What each card of a wall says about itself, by its title."""
    page = soup(client, path)
    found = {}
    for card in page.select("article.pin"):
        title, line = card.select_one(".pin__t"), card.select_one(".by > span:last-child")
        assert title is not None
        assert line is not None
        found[title.get_text()] = " ".join(line.get_text().split())
    return found


def hide(how: str, board: Board, pins: list[Pin]) -> None:
    """The board shows these pins to everybody no more."""
    if how == "secret":
        said: dict[str, Any] = {"title": board.title, "text": "", "secret": True}
        edit_board(board_id=board.public_id, owner_id=board.owner_id, **said)
    elif how == "suspended":
        operator = make_operator().user_id or 0
        suspend_person(profile_id=board.owner_id, operator_id=operator, reason="Spam")
    else:
        for pin in pins:
            unsave_pin(pin_id=pin.public_id, saver_id=board.owner_id)


def test_what_is_saved_on_a_followed_board_is_on_home_and_says_so(
    mara: Profile, noor: Profile, board: Board
) -> None:
    other = make_board(owner=mara, title="Not followed")
    here, there = make_pin(title="A lamp"), make_pin(title="A rug")
    save(here, board)
    save(there, other)

    said = whys(client_for(noor))

    assert said["A lamp"] == WHY
    assert "you follow" not in said["A rug"]
    assert WHY not in whys(client_for(make_person())).values()
    listed = client_for(noor).get("/api/v1/walls/home/").json()["results"]
    reasons = {one["title"]: (one["reason"]["code"], one["reason"]["text"]) for one in listed}
    assert reasons["A lamp"] == ("on_followed_board", WHY)
    assert reasons["A rug"][0] != "on_followed_board"

    unfollow_board(board_id=board.public_id, profile_id=noor.pk)

    assert WHY not in whys(client_for(noor)).values()


def test_a_person_whom_one_follows_is_named_before_the_board(
    mara: Profile, noor: Profile, board: Board
) -> None:
    save(make_pin(title="A lamp"), board)
    follow_all(noor, [mara])
    assert whys(client_for(noor))["A lamp"] == "Mara saved this"


@pytest.mark.parametrize("how", ["secret", "suspended", "unsaved"])
def test_a_board_that_hides_it_gives_no_reason(noor: Profile, board: Board, how: str) -> None:
    pin = make_pin(title="A lamp")
    save(pin, board)
    assert WHY in whys(client_for(noor)).values()
    hide(how, board, [pin])
    assert WHY not in whys(client_for(noor)).values()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["secret", "suspended", "unsaved"])
def test_a_kept_wall_names_no_board_that_hides_it_by_now(
    noor: Profile, board: Board, how: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ana = make_person(name="Ana")
    other, author = make_board(owner=ana, title="Other rooms"), make_brand()
    follow_board(board_id=other.public_id, profile_id=noor.pk)
    pins = [make_pin(author=author, title=f"Pin {number}") for number in range(30)]
    for pin in pins:
        save(pin, board if pins.index(pin) % 2 else other)
    client = client_for(noor)
    more = soup(client, "/").select_one("[data-more]")
    assert more is not None
    # session, user with profile, what still shows it, pins
    with django_assert_max_num_queries(6):
        told = whys(client, str(more["href"]))
    assert {WHY, "On Other rooms, a board you follow"} == set(told.values())

    hide(how, board, pins)

    after = whys(client, str(more["href"]))
    assert list(after) == list(told)
    assert WHY not in after.values()
    assert "On Other rooms, a board you follow" in after.values()


def test_home_costs_no_query_more_for_boards(
    noor: Profile, board: Board, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    save(make_pin(title="A lamp"), board)
    client = client_for(noor)
    client.get("/")
    # session, user with profile, follows, candidates, pins, products
    with django_assert_max_num_queries(6):
        assert WHY in whys(client).values()


@pytest.mark.parametrize("audience", [Audience.FOLLOWERS, Audience.LINK])
def test_a_pin_that_is_not_for_everybody_does_not_come_up_by_a_board(
    noor: Profile, board: Board, audience: Audience
) -> None:
    pin = make_pin(title="A lamp")
    save(pin, board)
    edit_pin(
        public_id=pin.public_id,
        author_id=pin.author_id,
        data=PinData(title="A lamp", audience=audience),
    )
    assert "A lamp" not in whys(client_for(noor))


@pytest.mark.parametrize("part", [block, mute])
@pytest.mark.parametrize("whom", ["owner", "saver", "author"])
def test_nothing_comes_of_whom_one_does_not_meet(
    mara: Profile, noor: Profile, board: Board, part: Any, whom: str
) -> None:
    saver, author = make_person(name="Sam"), make_brand()
    join(board=board, person=saver)
    save(make_pin(author=author, title="A lamp"), board, saver=saver)
    assert WHY in whys(client_for(noor)).values()
    other = {"owner": mara, "saver": saver, "author": author}[whom]
    names = ("blocker_id", "blocked_id") if part is block else ("muter_id", "muted_id")

    part(**dict(zip(names, (noor.pk, other.pk), strict=True)))
    deliver_all()

    assert WHY not in whys(client_for(noor)).values()


def test_one_is_not_told_of_what_one_saved_there_oneself(noor: Profile, board: Board) -> None:
    join(board=board, person=noor)
    save(make_pin(title="A lamp"), board, saver=noor)
    assert WHY not in whys(client_for(noor)).values()


def test_only_what_is_new_there_comes_up(noor: Profile, board: Board) -> None:
    pin = make_pin(title="A lamp", at=clock.now() - timedelta(days=SAVED_WITHIN_DAYS + 2))
    with clock.fixed(clock.now() - timedelta(days=SAVED_WITHIN_DAYS + 1)):
        save(pin, board)
    assert WHY not in whys(client_for(noor)).values()


def test_who_wants_no_wall_of_their_own_is_shown_none(noor: Profile, board: Board) -> None:
    save(make_pin(title="A lamp"), board)
    client = client_for(noor)
    assert WHY in whys(client).values()
    client.post("/consent/", {"purposes": ["measure"]})
    assert WHY not in whys(client).values()
