"""Rounds of questions to the provider, in a task that must end in time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")
# Three rounds are one task, which has 50 seconds; the last question of each may take six.
SECONDS = 10.0


def in_time(rows: Iterable[T], *, seconds: float) -> Iterator[T]:
    """The rows until the time is up: one at least, so that each round comes further."""
    until = time.monotonic() + seconds
    for row in rows:
        yield row
        if time.monotonic() >= until:
            return


def in_turn(*lists: Iterable[T]) -> Iterator[T]:
    """One of each list in turn, and the rest of the longer ones."""
    for rank in zip_longest(*lists):
        yield from (row for row in rank if row is not None)
