"""How the Home wall is put in order. Pure: no database, no clock.

A candidate's score is the sum of the weights of the ways in which it came up, plus freshness (half
gone after ten days), plus popularity squeezed into 0..1; `feed.wall` adds it up where the rows are.
Then neighbours are spread, so that no author fills a screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from feed.types import ReasonCode

# In the order in which a person would name them.
WEIGHTS: dict[ReasonCode, float] = {
    ReasonCode.SAVED_BY_FOLLOWED: 1.3,
    ReasonCode.ON_FOLLOWED_BOARD: 1.25,
    ReasonCode.FOLLOWED: 1.2,
    ReasonCode.UNDER_FOLLOWED_HASHTAG: 1.1,
    ReasonCode.INTEREST: 0.9,
    ReasonCode.POPULAR: 0.5,
    ReasonCode.FRESH: 0.4,
}
HALF_LIFE_DAYS = 10.0
SCREEN = 12
PER_AUTHOR_ON_A_SCREEN = 2


class Candidate(NamedTuple):
    """A pin and why it came up. `detail` words the reason: a name or the key of a category;
    `named` is whose name it is: the key of who saved the pin, or of the board."""

    pin_id: int
    author_id: int
    source: ReasonCode
    detail: str = ""
    others: int = 0
    named: int = 0


def spread(ranked: Iterable[Candidate], *, n: int) -> list[Candidate]:
    """The first `n`, with at most two by one author on any screen of twelve where others exist.

    Nor does an author follow themselves, where others exist. Whoever has to wait keeps the place in
    the queue, so the order within an author holds.
    """
    coming = iter(ranked)
    # Passed over so far. All of them are by authors who have to wait, and few on most walls.
    waiting: deque[Candidate] = deque()
    placed: list[Candidate] = []
    recent: deque[int] = deque()
    shown: dict[int, int] = {}

    def may_stand(author: int) -> bool:
        return shown.get(author, 0) < PER_AUTHOR_ON_A_SCREEN and recent[-1] != author

    while len(placed) < n:
        chosen = next((one for one in waiting if not recent or may_stand(one.author_id)), None)
        if chosen is not None:
            waiting.remove(chosen)
        else:
            for one in coming:
                if not recent or may_stand(one.author_id):
                    chosen = one
                    break
                waiting.append(one)
            else:
                if not waiting:
                    break
                chosen = waiting.popleft()
        placed.append(chosen)
        recent.append(chosen.author_id)
        shown[chosen.author_id] = shown.get(chosen.author_id, 0) + 1
        if len(recent) == SCREEN:
            shown[recent.popleft()] -= 1
    return placed
