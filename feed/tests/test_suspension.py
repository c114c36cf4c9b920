"""What is a person's goes out of sight with them, and comes back with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import restore_person, suspend_person
from accounts.testing import (
    Profile,
    client_for,
    follow_all,
    hide_brand,
    make_brand,
    make_operator,
    make_person,
    show_brand,
)
from core import clock
from core.models import OutboxEvent
from core.testing import deliver_all
from feed.actions import publish_due, save_pin, schedule_pin, take_down_pin, write_comment
from feed.models import Pin
from feed.queries import board_titles, pin_titles
from feed.testing import make_board, make_pin
from feed.types import CommentState
from search.queries import find

pytestmark = pytest.mark.django_db
TITLE = "A lighthouse made of paper"


def suspend(person: Profile) -> None:
    operator = make_operator()
    suspend_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="Spam")
    deliver_all(except_queues=("media", "mail"))


def restore(person: Profile) -> None:
    operator = make_operator()
    restore_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="An error")
    deliver_all(except_queues=("media", "mail"))


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara Lindqvist")


@pytest.fixture
def pin(mara: Profile) -> Pin:
    return make_pin(author=mara, title=TITLE)


def test_every_page_loses_a_suspended_person_and_gets_them_back(mara: Profile, pin: Pin) -> None:
    reader, studio = make_person(), make_brand()
    follow_all(reader, [mara, studio])
    shelf = make_pin(author=studio, title="A shelf at noon")
    board = make_board(owner=mara, title="Paper things")
    others = make_board(owner=reader, title="Things of others")
    save_pin(pin_id=shelf.public_id, saver_id=mara.pk, board_id=board.public_id)
    save_pin(pin_id=pin.public_id, saver_id=reader.pk, board_id=others.public_id)
    guest, signed_in = Client(), client_for(reader)

    def says(path: str, words: str, client: Client = guest) -> bool:
        answer = client.get(path)
        assert answer.status_code in (200, 404, 410)
        return answer.status_code == 200 and words in answer.content.decode()

    places: dict[str, Callable[[], bool]] = {
        "explore": lambda: says("/explore/", TITLE),
        "home": lambda: says("/", TITLE, signed_in),
        "following": lambda: says("/following/", TITLE, signed_in),
        "pin": lambda: says(f"/pin/{pin.public_id}/", TITLE),
        "profile": lambda: says(f"/@{mara.handle}/", mara.name),
        "search for the pin": lambda: says("/search/?q=lighthouse", TITLE),
        "search for the person": lambda: says("/search/?q=Lindqvist", f"/@{mara.handle}/"),
        "board": lambda: says(board.get_absolute_url(), "Paper things"),
        "board of another": lambda: says(others.get_absolute_url(), TITLE),
        "who saved it": lambda: says(f"/pin/{shelf.public_id}/", mara.name, signed_in),
        "named as a source": lambda: bool(pin_titles(public_ids=[pin.public_id])),
        "board as a source": lambda: bool(board_titles(public_ids=[board.public_id])),
    }
    shown = {name: look() for name, look in places.items()}
    assert shown == dict.fromkeys(places, True)
    suspend(mara)
    assert {name for name, look in places.items() if look()} == set()
    assert says(f"/pin/{shelf.public_id}/", "A shelf at noon"), "others stay"
    restore(mara)
    assert {name for name, look in places.items() if not look()} == set()


def test_search_does_not_even_count_them(mara: Profile, pin: Pin) -> None:
    assert find(text="lighthouse").total == 1
    suspend(mara)
    assert find(text="lighthouse").total == 0
    assert find(text="Lindqvist").total == 0


def test_what_was_taken_down_does_not_come_back(mara: Profile, pin: Pin) -> None:
    take_down_pin(public_id=pin.public_id, operator_id=None, reason="A copy")
    suspend(mara)
    restore(mara)
    assert TITLE not in Client().get("/search/?q=lighthouse").content.decode()
    assert Client().get(f"/pin/{pin.public_id}/").status_code in (404, 410)


@pytest.mark.parametrize("kind", ["person", "brand"])
def test_what_was_to_go_out_waits_for_its_author_to_come_back(kind: str) -> None:
    """Late, and once: no wall, no search, no program and no follower hears of it before."""
    author = make_person() if kind == "person" else make_brand()
    reader, now = make_person(), clock.now()
    follow_all(reader, [author])
    pin = make_pin(author=author, title=TITLE, publish_now=False)
    schedule_pin(public_id=pin.public_id, author_id=author.pk, at=now + timedelta(minutes=5))
    hide, show = {"person": (suspend, restore), "brand": (hide_brand, show_brand)}[kind]
    hide(author)
    guest, signed_in = Client(), client_for(reader)

    def facts() -> int:
        return OutboxEvent.objects.filter(type="feed.PinPublished").count()

    def shown() -> list[bool]:
        deliver_all(except_queues=("media", "mail"))
        places = ("/explore/", "/search/?q=lighthouse", pin.get_absolute_url())
        pages = [guest.get(one) for one in (*places, f"/api/v1/pins/{pin.public_id}/")]
        pages += [signed_in.get(one) for one in ("/", "/following/", "/notifications/")]
        return [TITLE in page.content.decode() for page in pages]

    with clock.fixed(now + timedelta(minutes=10)):
        assert publish_due() == 0
        assert shown() == [False] * 7
    pin.refresh_from_db()
    assert (pin.state, pin.publish_at is None, facts()) == ("draft", False, 0)
    show(author)
    with clock.fixed(now + timedelta(minutes=20)):
        assert [publish_due(), publish_due()] == [1, 0]
        assert shown()[:6] == [True] * 6
    assert facts() == 1


def test_facts_out_of_order_end_with_the_truth(mara: Profile, pin: Pin) -> None:
    operator = make_operator().user_id or 0
    suspend_person(profile_id=mara.pk, operator_id=operator, reason="Spam")
    restore_person(profile_id=mara.pk, operator_id=operator)
    suspend_person(profile_id=mara.pk, operator_id=operator, reason="Spam again")
    deliver_all(except_queues=("media", "mail"))
    assert TITLE not in Client().get("/search/?q=lighthouse").content.decode()
    restore(mara)
    assert TITLE in Client().get("/search/?q=lighthouse").content.decode()


def test_pins_are_held_while_their_documents_are_made(mara: Profile, pin: Pin) -> None:
    """Else what is told late would put an older document over that of an act meanwhile."""
    suspend(mara)
    with CaptureQueriesContext(connection) as queries:
        restore(mara)
    said = [one["sql"] for one in queries]
    held = next(
        at for at, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and '"feed_pin"' in sql
    )
    written = next(
        at for at, sql in enumerate(said) if 'INTO "search_document"' in sql and "'pin'" in sql
    )
    assert held < written
    assert [hit.public_id for hit in find(text=TITLE, kinds=["pin"]).items] == [pin.public_id]


def test_what_a_suspended_person_said_and_liked_is_hidden() -> None:
    quillon, other, operator = make_person(name="Quillon"), make_person(), make_operator()
    pin = make_pin(author=other, title="A shelf")
    said = write_comment(pin_id=pin.public_id, author_id=quillon.pk, text="Zephyr words")
    theirs = make_pin(author=quillon, title="Zephyr pin")
    suspend_person(profile_id=quillon.pk, operator_id=operator.user_id or 0, reason="Spam")
    for client in (Client(), client_for(other)):
        page = client.get(pin.get_absolute_url()).content.decode()
        assert "A shelf" in page
        assert "Zephyr" not in page
        assert client.get(theirs.get_absolute_url()).status_code == 404
    said.refresh_from_db()
    assert said.state == CommentState.VISIBLE, "it comes back with its author"
