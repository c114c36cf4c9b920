"""The list of an author's own pins: its order, and how many are in which state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.testing import Profile, make_operator
from core import clock
from feed.actions import take_down_pin
from feed.models import Pin
from feed.queries import own_pins
from feed.testing import make_pin
from feed.tests.pins import LIST, soup

pytestmark = pytest.mark.django_db


def test_it_is_sorted_by_the_date_that_it_shows(desk: Client, brand: Profile) -> None:
    """Whatever was made first: a draft of last week that is published today is the newest."""
    now = clock.now()
    for title, age in {"Made first": 9, "Two": 6, "Three": 4, "Draft": 2}.items():
        make_pin(
            author=brand,
            title=title,
            at=now - timedelta(days=age),
            publish_now=title != "Draft",
        )
    Pin.objects.filter(title="Made first").update(published_at=now)
    newest = ["Made first", "Draft", "Three", "Two"]
    for sort, expected in (("", newest), ("newest", newest), ("oldest", newest[::-1])):
        page = soup(desk.get(LIST, {"sort": sort} if sort else {})).select_one("main tbody")
        assert page is not None
        said = page.get_text(" ")
        assert sorted(newest, key=said.index) == expected, sort
        paged: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            found = own_pins(author_id=brand.pk, sort=sort, cursor=cursor, size=1)
            paged += [one.title for one in found.pins]
            cursor = found.next
        assert paged == expected, sort


def test_each_tab_says_how_many_there_are(desk: Client, brand: Profile) -> None:
    for number in range(3):
        make_pin(author=brand, title=f"Pin {number}", publish_now=number > 0)
    gone = Pin.objects.get(title="Pin 2")
    take_down_pin(public_id=gone.public_id, operator_id=make_operator().user_id, reason="Copied.")
    page = soup(desk.get(LIST)).select_one("main")
    assert page is not None
    said = " ".join(page.get_text(" ").split())
    for tab in ("Drafts 1", "On the wall 1", "Taken down 1"):
        assert tab in said
