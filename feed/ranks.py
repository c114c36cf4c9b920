"""The order of pins on a board as numbers, the smallest first.

A fresh save is ranked by its moment, so that it stands in front of all others without looking at
them. A moved one is ranked between its neighbours. Where no number is left between two, the part
of the board that they stand in is spread out again, which its caller does under the board's lock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# One second: how far apart spread pins stand. Halving it twenty times leaves no room.
STEP = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def fresh(at: datetime) -> int:
    """The rank of what is put in front at this moment."""
    return -((at - _EPOCH) // timedelta(microseconds=1))


def between(before: int | None, after: int | None, *, at: datetime) -> int | None:
    """A rank behind `before` and in front of `after`; None of them is an end of the list.

    None when there is no room.
    """
    if before is None:
        return fresh(at) if after is None else min(fresh(at), after - 1)
    if after is None:
        return before + STEP
    middle = (before + after) // 2
    return middle if before < middle < after else None


def spread(count: int, *, at: datetime) -> list[int]:
    """Ranks for so many pins, far apart, all of them behind what is saved from now on."""
    return [fresh(at) + STEP * number for number in range(1, count + 1)]
