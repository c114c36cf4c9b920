"""The settings as one place: topics beside every page, what steers a feed, how pages look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.testing import (
    Profile,
    client_for,
    follow_all,
    make_brand,
    make_person,
    owner_of,
)
from core import clock
from feed import actions as feed
from feed.testing import make_board, make_pin
from marketplace.testing.html import assert_good_html
from marketplace.tests.api.calling import Program
from orders.testing import buy, make_buyer, make_variant, told
from tracking.actions import choose

pytestmark = pytest.mark.django_db
DATA, DISPLAY = "/settings/data/", "/settings/display/"
TOPICS = [
    "Profile",
    "Notifications",
    "Privacy",
    "Addresses, cards",
    "Log-in",
    "Display",
    "Your data",
]


def page_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return assert_good_html(answer.content.decode())


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup.select(selector)]


def said(client: Client) -> str:
    return " ".join(page_of(client, DATA).get_text(" ").split())


@pytest.mark.parametrize(
    ("path", "topic", "tab"),
    [
        ("/settings/profile/", "Profile", None),
        ("/settings/notifications/", "Notifications", None),
        ("/consent/choices/", "Privacy", "Privacy"),
        ("/settings/hidden/", "Privacy", "Blocked and muted"),
        ("/settings/addresses/", "Addresses, cards", "Addresses"),
        ("/settings/payment/", "Addresses, cards", "Cards"),
        ("/settings/account/", "Log-in", "E-mail, password"),
        ("/accounts/second-factor/", "Log-in", "Security"),
        ("/settings/sessions/", "Log-in", "Sessions"),
        ("/settings/tokens/", "Log-in", "API tokens"),
        (DISPLAY, "Display", None),
        (DATA, "Your data", None),
    ],
)
def test_every_page_stands_under_its_topic(path: str, topic: str, tab: str | None) -> None:
    page = page_of(client_for(make_person()), path)
    assert texts(page, ".desk__nav a") == TOPICS
    assert texts(page, ".desk__nav a[aria-current]") == [topic]
    assert texts(page, "main .tabs a[aria-current]") == ([tab] if tab else [])


def test_the_index_leads_to_every_page_of_the_settings() -> None:
    client = client_for(make_person())
    page = page_of(client, "/settings/")
    assert texts(page, ".desk__nav a[aria-current]") == []
    leads = [str(one["href"]) for one in page.select("main .line a")]
    assert len(leads) == len(set(leads)) == 14
    answers = {one: client.get(one) for one in leads}
    # The way out asks for the password first.
    asked = answers.pop("/settings/delete/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert {one.status_code for one in answers.values()} == {200}


def test_what_steers_a_feed_is_said_in_numbers() -> None:
    person = make_person()
    client = client_for(person)
    assert "0 picks, 0 follows, 0 saves and 0 mutes and blocks steer your feed." in said(client)
    brand, others = make_brand(), [make_person(), make_person()]
    accounts.choose_interests(profile_id=person.pk, slugs=["lamps"])
    follow_all(person, [brand])
    board = make_board(owner=others[1], title="Small rooms")
    feed.follow_board(board_id=board.public_id, profile_id=person.pk)
    feed.follow_hashtag(tag="teal", profile_id=person.pk)
    pin = make_pin(author=brand)
    for board in (make_board(owner=person), make_board(owner=person, title="Twice")):
        feed.save_pin(pin_id=pin.public_id, saver_id=person.pk, board_id=board.public_id)
    accounts.block(blocker_id=person.pk, blocked_id=others[0].pk)
    accounts.mute(muter_id=person.pk, muted_id=others[1].pk)
    accounts.mute_word(muter_id=person.pk, word="beige")
    assert "1 pick, 3 follows, 1 save and 3 mutes and blocks steer your feed." in said(client)
    program, counts = Program(person), {"interests": 1, "follows": 3, "saves": 1, "hidden": 3}
    numbers = {**counts, "personal": True, "orders_on_the_way": 0}
    assert program.get("me/data/") == numbers
    assert person.user is not None
    choose(actor_id=person.user.pk, purposes=[])
    assert program.get("me/data/") == {**numbers, "personal": False}
    assert "nothing of yours arranges your Home" in said(client)
    assert "steer your feed" not in said(client)


def test_nobody_reads_that_they_were_blocked_or_what_a_brand_of_theirs_hides() -> None:
    brand = make_brand()
    person, other, third = owner_of(brand), make_person(), make_person()
    accounts.block(blocker_id=other.pk, blocked_id=person.pk)
    accounts.block(blocker_id=third.pk, blocked_id=brand.pk)
    accounts.block(blocker_id=brand.pk, blocked_id=make_person().pk)
    accounts.mute(muter_id=brand.pk, muted_id=third.pk)
    for acting in (None, brand):
        words = said(client_for(person, acting=acting))
        assert "0 saves and 0 mutes and blocks steer your feed." in words, acting
    accounts.mute(muter_id=person.pk, muted_id=third.pk, until=clock.now() + timedelta(days=1))
    for acting in (None, brand):
        assert "0 saves and 1 mute or block steer your feed." in said(
            client_for(person, acting=acting)
        )
    with clock.fixed(clock.now() + timedelta(days=2)):
        assert "0 mutes and blocks" in said(client_for(person))


def test_who_leaves_reads_what_becomes_of_their_orders() -> None:
    person, card, _address = make_buyer()
    client, variant = client_for(person), make_variant()
    assert "on its way" not in said(client)
    told(buy(variant, person=person, card=card))
    assert "At once and for good. 1 order is on its way: it still arrives." in said(client)
    told(buy(variant, person=person, card=card))
    assert "2 orders are on their way: they still arrive." in said(client)
    assert Program(person).get("me/data/")["orders_on_the_way"] == 2
    assert "on its way" not in said(client_for(make_person())), "another's orders"
    link = page_of(client, DATA).select_one("a.btn--bad")
    assert link is not None
    assert link["href"] == "/settings/delete/"


def test_own_data_costs_the_same_however_much_there_is() -> None:
    person, card, _address = make_buyer()
    client = client_for(person)

    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            client.get(DATA)
        return len(spent)

    client.get(DATA)
    few = cost()
    for _each in range(3):
        brand = make_brand()
        follow_all(person, [brand])
        feed.follow_board(board_id=make_board(owner=brand).public_id, profile_id=person.pk)
        feed.save_pin(pin_id=make_pin(author=brand).public_id, saver_id=person.pk)
        told(buy(make_variant(), person=person, card=card))
    # Session, user; how many they follow, boards, hashtags; what they saved, hide, is on its way.
    assert cost() == few == 8


def pressed(client: Client, page: BeautifulSoup, address: str, **typed: str) -> None:
    """Send one of the forms of the page as it stands, but for what is typed."""
    form = page.select_one(f"main form[action='{address}']")
    assert form is not None
    hidden = {str(one["name"]): str(one["value"]) for one in form.select("[type=hidden]")}
    assert client.post(address, {**hidden, **typed})["Location"] == DISPLAY


def keys_are_on(page: BeautifulSoup) -> bool:
    switch = page.select_one("input[role=switch][name=letters]")
    assert switch is not None
    return switch.has_attr("checked")


def test_display_shows_and_keeps_colours_and_keys(person: Profile) -> None:
    client = client_for(person)
    page = page_of(client, DISPLAY)
    assert keys_are_on(page)
    pressed(client, page, "/keys/")  # a switch that is off is not sent
    pressed(client, page, "/theme/", theme="dark")
    page = page_of(client, DISPLAY)
    assert not keys_are_on(page)
    assert texts(page, "select[name=theme] option[selected]") == ["Dark"]
    assert not keys_are_on(page_of(client_for(person), DISPLAY)), "in every browser of theirs"
    pressed(client, page, "/keys/", letters="on")
    assert keys_are_on(page_of(client, DISPLAY))


@pytest.fixture
def person() -> Profile:
    return make_person()


@pytest.mark.parametrize("path", [DATA, DISPLAY])
def test_guests_are_asked_to_log_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
