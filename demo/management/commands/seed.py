"""`manage.py seed`: fill an empty market with the demo, through the real acts."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection

from accounts.queries import is_empty
from core import clock
from core.testing import deliver_all
from demo import logins
from demo.steps import orders, people, pictures, pins, products, social, studios
from demo.till import open_till
from demo.world import World

STEPS: tuple[tuple[str, ModuleType], ...] = (
    ("pictures", pictures),
    ("people", people),
    ("studios", studios),
    ("products", products),
    ("pins", pins),
    ("boards and follows", social),
    ("orders", orders),
)
WIDTH = 32


class Command(BaseCommand):
    help = "Load the demo into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            raise CommandError("There are people in this database already; the demo wants none.")
        started = time.monotonic()
        world = World(now=clock.now())
        total, done = sum(step.count() for _name, step in STEPS), 0

        with open_till():
            for name, step in STEPS:

                def tick(name: str = name) -> None:
                    nonlocal done
                    done += 1
                    self._draw(min(done, total), total, name)

                with connection.cursor() as cursor:
                    # An interrupted seed is loaded anew anyway: no commit waits for the disk.
                    cursor.execute("SET synchronous_commit TO off")
                step.run(world, tick)
            deliver_all(except_queues=orders.LATER)
        logins.write(settings.PARLEY_VAR / "demo-logins.txt")
        self._draw(total, total, f"done in {time.monotonic() - started:.0f} s", last=True)

    def _draw(self, done: int, total: int, name: str, *, last: bool = False) -> None:
        """A bar that stays on its line in a terminal, and a line now and then in a log."""
        full = WIDTH * done // max(1, total)
        line = f"[{'#' * full}{'.' * (WIDTH - full)}] {100 * done // max(1, total):3d} %  {name}"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line:<70}", ending="\n" if last else "")
            self.stdout.flush()
        elif last or done % max(1, total // 10) == 0:
            self.stdout.write(line)
