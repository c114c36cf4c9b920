"""How the Home wall is put in order. Pure: no database, no clock.

A candidate's score is the weight of its source, plus freshness (half gone after ten days),
plus popularity squeezed into 0..1. A pin found through several sources adds their weights,
and shows the reason a person would name first. Then neighbours are spread, so that no
author fills a screen.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feed.types import ReasonCode

WEIGHTS: dict[ReasonCode, float] = {
    ReasonCode.SAVED_BY_FOLLOWED: 1.3,
    ReasonCode.FOLLOWED: 1.2,
    ReasonCode.INTEREST: 0.9,
    ReasonCode.POPULAR: 0.5,
    ReasonCode.FRESH: 0.4,
}
_PLACES = {source: place for place, source in enumerate(WEIGHTS)}
HALF_LIFE_DAYS = 10.0
SCREEN = 12
PER_AUTHOR_ON_A_SCREEN = 2


@dataclass(frozen=True)
class Candidate:
    """One way in which a pin came up. `detail` words the reason: a name or a category slug."""

    pin_id: int
    author_id: int
    published_at: datetime
    popularity: float
    source: ReasonCode
    detail: str = ""
    others: int = 0


@dataclass(frozen=True)
class Ranked:
    pin_id: int
    author_id: int
    score: float
    source: ReasonCode
    detail: str
    others: int


def rank(candidates: Iterable[Candidate], *, now: datetime) -> list[Ranked]:
    """Score, best reason first, then spread authors."""
    by_pin: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_pin.setdefault(candidate.pin_id, []).append(candidate)
    ranked = [_merge(found, now=now) for found in by_pin.values()]
    ranked.sort(key=lambda item: (-item.score, -item.pin_id))
    return spread(ranked)


def _merge(found: list[Candidate], *, now: datetime) -> Ranked:
    first = min(found, key=lambda item: _PLACES[item.source])
    age_days = max(0.0, (now - first.published_at).total_seconds() / 86_400)
    freshness = math.exp(-math.log(2) * age_days / HALF_LIFE_DAYS)
    popularity = first.popularity / (first.popularity + 3.0)
    weight = sum(WEIGHTS[source] for source in {item.source for item in found})
    return Ranked(
        pin_id=first.pin_id,
        author_id=first.author_id,
        score=weight + freshness + popularity,
        source=first.source,
        detail=first.detail,
        others=first.others,
    )


def spread(ranked: list[Ranked]) -> list[Ranked]:
    """The same pins, with at most two by one author on any screen of twelve where others exist.

    Whoever has to wait keeps its place in the queue, so the order within an author holds.
    """
    waiting = list(ranked)
    placed: list[Ranked] = []
    recent: deque[int] = deque(maxlen=SCREEN - 1)
    while waiting:
        last = recent[-1] if recent else None
        full = {author for author, n in Counter(recent).items() if n >= PER_AUTHOR_ON_A_SCREEN}
        choice = next(
            (
                index
                for index, item in enumerate(waiting)
                if item.author_id != last and item.author_id not in full
            ),
            0,
        )
        chosen = waiting.pop(choice)
        recent.append(chosen.author_id)
        placed.append(chosen)
    return placed
