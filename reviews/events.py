"""Facts that reviews state."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class ReviewWritten(Event):
    """Somebody reviewed what they bought, for the first time."""

    review_id: str


@dataclass(frozen=True, kw_only=True)
class ReviewTakenDown(Event):
    """An operator removed a review from every page. `title` is that of what was bought; `at` tells
    a second time from the first."""

    review_id: str
    author_id: int
    title: str
    reason: str
    at: str
