"""`manage.py seed`: fill an empty market with the demo, through the real acts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.backends.signals import connection_created

from accounts.queries import is_empty
from core import clock
from core.testing import delivering_here
from demo import logins
from demo.steps import follows, life, people, pictures, pins, products, studios
from demo.till import open_till
from demo.world import Tick, World


@dataclass(frozen=True)
class Step:
    """A part of the seed. `seconds` is how long it takes on two cores, give or take."""

    name: str
    module: ModuleType
    seconds: float


STEPS = (
    Step("pictures", pictures, 11),
    Step("people", people, 1),
    Step("studios", studios, 0.5),
    Step("follows", follows, 3.5),
    Step("products", products, 5),
    Step("pins", pins, 3),
    Step("boards, visits and orders", life, 22),
)
# What is left to the workers once they run: pictures in all sizes, and mails.
LATER = ("media", "mail")
WIDTH = 32


class Command(BaseCommand):
    help = "Load the demo into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            raise CommandError("There are people in this database already; the demo wants none.")
        started = time.monotonic()
        connection_created.connect(_without_waiting, dispatch_uid="demo.seed")
        connection.close()
        bar = _Bar(self.stdout)
        with open_till(), delivering_here(except_queues=LATER) as deliver:
            world = World(now=clock.now(), deliver=deliver)
            for step in STEPS:
                step.module.run(world, bar.begin(step))
                deliver()
        connection_created.disconnect(dispatch_uid="demo.seed")
        connection.close()
        logins.write(settings.PARLEY_VAR / "demo-logins.txt")
        bar.finish(f"done in {time.monotonic() - started:.0f} s")


def _without_waiting(*, connection: Any, **_: Any) -> None:
    """An interrupted seed is loaded anew anyway: no commit waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


class _Bar:
    """A bar that stays on its line in a terminal, and a line now and then in a log."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._all = sum(step.seconds for step in STEPS) + 0.5  # to tidy up
        self._before = 0.0
        self._tenths = 0

    def begin(self, step: Step) -> Tick:
        """The next step starts; what is answered counts its acts."""
        before, count, done = self._before, step.module.count(), 0
        self._before += step.seconds

        def tick() -> None:
            nonlocal done
            done += 1
            self._draw(before + step.seconds * min(1.0, done / count), step.name)

        return tick

    def finish(self, words: str) -> None:
        self._tenths = 0
        self._draw(self._all, words, end="\n")

    def _draw(self, seconds: float, words: str, *, end: str = "") -> None:
        share = seconds / self._all
        full = int(WIDTH * share)
        line = f"[{'#' * full}{'.' * (WIDTH - full)}] {int(100 * share):3d} %  {words}"
        if self._out.isatty():
            self._out.write(f"\r{line:<70}", ending=end)
            self._out.flush()
        elif int(10 * share) > self._tenths:
            self._tenths = int(10 * share)
            self._out.write(line)
