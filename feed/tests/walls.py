"""A wall as somebody reads it page after page, for tests."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client

from accounts.testing import Profile
from core import clock
from feed.models import Pin
from feed.testing import make_pin

CARD = re.compile(r'class="pin__t"><a href="/pin/([a-z0-9]+)/')


def ids(html: str) -> list[str]:
    """Public ids of the cards of a wall, in the order of the page."""
    return CARD.findall(html)


def get(client: Client, path: str) -> str:
    """A page that is there."""
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def next_of(html: str) -> str:
    """Where the wall goes on."""
    found = re.search(r'href="([^"]+)" data-more', html)
    assert found, "the wall offers no further page"
    return found[1].replace("&amp;", "&")


def many_pins(author: Profile, count: int) -> list[Pin]:
    """One an hour, oldest first; the newest is two hours old."""
    start = clock.now() - timedelta(hours=count + 1)
    return [
        make_pin(author=author, title=f"Pin {number}", at=start + timedelta(hours=number))
        for number in range(count)
    ]
