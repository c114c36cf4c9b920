"""What is dropped once a day."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from core import clock, housekeeping
from core.events import Event, publish
from core.models import Delivery, OutboxEvent
from core.testing import deliver_all, subscribed

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Passed(Event):
    number: int


def hear(event: Passed) -> None:
    """Nothing follows from it."""


def state(number: int) -> None:
    with transaction.atomic():
        publish(Passed(number=number))


def test_facts_that_were_heard_go_however_many_there_are(monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", 2)
    with subscribed(Passed, hear):
        with clock.fixed(clock.now() - timedelta(days=15)):
            for number in range(5):
                state(number)
            deliver_all()
            state(5)  # heard by nobody yet
        state(6)
        housekeeping.clean()
    assert [row.data["number"] for row in OutboxEvent.objects.order_by("pk")] == [5, 6]
    assert Delivery.objects.filter(state=Delivery.State.PENDING).count() == 2


def test_sessions_that_are_over_go():
    over, living = SessionStore(), SessionStore()
    for session, days in ((over, -1), (living, 1)):
        session["bag"] = "x"
        session.set_expiry(clock.now() + timedelta(days=days))
        session.create()
        session["bag"] = "x"
        session.set_expiry(clock.now() + timedelta(days=days))
        session.save()
    housekeeping.clean()
    assert list(Session.objects.values_list("session_key", flat=True)) == [living.session_key]
