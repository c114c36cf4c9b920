"""A worker's application (`celery -A marketplace.testing.deadly`) in which one receiver of a fact
ends the process that runs it, and another one beside it does not.
"""

import os
from dataclasses import dataclass
from datetime import timedelta

import django
from celery import signals

django.setup()

from core import clock, outbox  # noqa: E402 -- the apps must be there first
from core.events import Event, subscribe  # noqa: E402
from core.models import TryCount  # noqa: E402
from marketplace.celery import app as app  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Dropped(Event):
    name: str


def ends_its_process(event: Dropped) -> None:
    """As the kernel does when memory runs out: no exception, no rollback of ours, no goodbye."""
    if event.name == "poison":
        os._exit(9)


def goes_on(event: Dropped) -> None:
    """An effect that can be counted."""
    tomorrow = clock.now() + timedelta(days=1)
    TryCount.objects.create(key=f"dropped:{event.name}", window=0, count=1, expires_at=tomorrow)


@signals.worker_init.connect
def _listen(**_: object) -> None:
    outbox.FIRST_WAIT = timedelta(seconds=0.1)
    subscribe(Dropped, ends_its_process)
    subscribe(Dropped, goes_on)
