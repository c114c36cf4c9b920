"""`manage.py seed`: fill an empty market with the demo, through the real acts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser, OutputWrapper
from django.db import connection
from django.db.backends.signals import connection_created

from accounts.queries import is_empty
from core import clock
from core.testing import delivering_here
from demo import logins, scale
from demo.steps import (
    collections,
    follows,
    life,
    papers,
    people,
    pictures,
    pins,
    privacy,
    products,
    questions,
    services,
    studios,
)
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
    Step("collections", collections, 0.2),
    Step("pins", pins, 3),
    Step("services", services, 0.7),
    Step("papers", papers, 1.5),
    Step("questions", questions, 0.2),
    Step("boards, visits and orders", life, 22),
    Step("privacy", privacy, 0.1),
)
# What is left to the workers once they run: pictures in all sizes, and mails.
LATER = ("media", "mail")
WIDTH = 32


class Command(BaseCommand):
    help = "Load the demo into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            nargs="?",
            type=float,
            const=1.0,
            default=0.0,
            metavar="SHARE",
            help="and a market for load tests: 1 (the default) is 100,000 people, 5 million "
            "follows, 2 million pins and 10,000 products; 0.01 a hundredth of that",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            raise CommandError("There are people in this database already; the demo wants none.")
        if not 0 <= options["scale"] <= 4:
            raise CommandError("A scale is between 0 and 4.")
        started = time.monotonic()
        connection_created.connect(_without_waiting, dispatch_uid="demo.seed")
        connection.close()
        share = options["scale"]
        bar = _Bar(
            self.stdout,
            seconds=sum(step.seconds for step in STEPS)
            + sum(seconds * share for _, seconds, _ in scale.STEPS),
        )
        with open_till(), delivering_here(except_queues=LATER) as deliver:
            world = World(now=clock.now(), deliver=deliver)
            for step in STEPS:
                step.module.run(world, bar.begin(step))
                deliver()
        connection_created.disconnect(dispatch_uid="demo.seed")
        connection.close()
        if share:
            self._enlarge(bar, share)
        logins.write(settings.PARLEY_VAR / "demo-logins.txt")
        bar.finish(f"done in {time.monotonic() - started:.0f} s")

    def _enlarge(self, bar: _Bar, share: float) -> None:
        size = scale.Size.of(share)
        with scale.unchecked():
            for name, seconds, fill in scale.STEPS:
                fill(size)
                bar.done(name, seconds * share)


def _without_waiting(*, connection: Any, **_: Any) -> None:
    """An interrupted seed is loaded anew anyway: no commit waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


class _Bar:
    """A bar that stays on its line in a terminal, and a line now and then in a log."""

    def __init__(self, out: OutputWrapper, *, seconds: float) -> None:
        self._out = out
        self._all = seconds + 0.5  # to tidy up
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

    def done(self, name: str, seconds: float) -> None:
        """A step that has no acts to count is over."""
        self._before += seconds
        self._draw(self._before, name)

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
