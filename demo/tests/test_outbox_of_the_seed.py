"""The seed runs itself what the workers would."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from core.events import Event, publish
from core.models import Delivery
from core.testing import delivering_here, subscribed

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class Knocked(Event):
    times: int


def _state(event_type: str) -> dict[str, str]:
    rows = Delivery.objects.filter(event__type=event_type)
    return dict(rows.values_list("queue", "state"))


def test_what_is_published_waits_until_it_is_delivered_and_brings_more_with_it() -> None:
    heard: list[int] = []

    def answer(event: Knocked) -> None:
        heard.append(event.times)
        if event.times < 3:
            publish(Knocked(times=event.times + 1))

    with subscribed(Knocked, answer), delivering_here() as deliver:
        with transaction.atomic():
            publish(Knocked(times=1))
        assert heard == []
        deliver()

    assert heard == [1, 2, 3]
    assert _state(Knocked.type_name()) == {"default": "done"}


def test_queues_that_are_left_to_the_workers_reach_them_at_once() -> None:
    heard: list[int] = []

    def draw(event: Knocked) -> None:
        heard.append(event.times)

    with (
        subscribed(Knocked, draw, queue="media"),
        delivering_here(except_queues=("media",)) as deliver,
    ):
        with transaction.atomic():
            publish(Knocked(times=1))
        assert heard == [1]  # workers of tests are in this process
        deliver()

    assert heard == [1]


def test_a_receivers_error_stops_the_seed() -> None:
    def refuse(event: Knocked) -> None:
        raise ValueError("not today")

    with subscribed(Knocked, refuse), delivering_here() as deliver:
        with transaction.atomic():
            publish(Knocked(times=1))
        with pytest.raises(ValueError, match="not today"):
            deliver()

    assert _state(Knocked.type_name()) == {"default": "pending"}
