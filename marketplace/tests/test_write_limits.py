"""Whoever sends form after form is asked to wait, at whatever address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Follow
from accounts.testing import client_for, make_person
from core import clock
from marketplace.tests.world import addresses, nonsense, path_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_minute() -> Iterator[None]:
    """Tries are counted by the minute of the clock: none ends in the middle of a test."""
    with clock.fixed(clock.now()):
        yield


# Each has a limit of its own: programs by token, the provider by its signature, the beacon by
# visitor. The probes change nothing.
APART = {"payments:webhook", "tracking:impressions"}


def test_every_address_that_takes_a_form_has_a_limit(settings: Settings) -> None:
    settings.WRITES_PER_MINUTE = 0
    client = client_for(make_person())
    unlimited = set()
    for name, parts in addresses():
        path = path_to(name, {part: nonsense(part) for part in parts})
        if path.startswith(("/api/", "/admin/")):
            continue
        answer = client.post(path, {})
        if answer.status_code == 429:
            assert int(answer["Retry-After"]) > 0
            continue
        unlimited.add(name)
    assert unlimited == APART


def test_a_flood_ends_and_another_goes_on(settings: Settings) -> None:
    settings.WRITES_PER_MINUTE = 3
    ada, noor, mara = make_person(), make_person(), make_person()
    flooding, calm = client_for(ada), client_for(noor)
    path = f"/follow/{mara.public_id}/"
    for follow in ("1", "0", "1"):
        assert flooding.post(path, {"follow": follow}).status_code == 302
    answer = flooding.post(path, {"follow": "0"})
    assert answer.status_code == 429
    assert "Retry-After" in answer
    assert "<h1" in answer.content.decode()
    assert Follow.objects.filter(follower=ada, followed=mara).exists(), "nothing was changed"
    assert flooding.get(f"/@{mara.handle}/").status_code == 200, "reading goes on"
    assert calm.post(path, {"follow": "1"}).status_code == 302


def test_guests_are_counted_by_where_they_come_from(settings: Settings) -> None:
    """A new session each time buys nothing."""
    settings.WRITES_PER_MINUTE = 2
    answers = [
        Client(REMOTE_ADDR=address).post("/consent/", {"answer": "no"}).status_code
        for address in ("198.51.100.7", "198.51.100.7", "198.51.100.7", "198.51.100.8")
    ]
    assert [one == 429 for one in answers] == [False, False, True, False]
