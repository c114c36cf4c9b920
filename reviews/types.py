"""What a review is to others, and its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.types import ProfileRef
from catalog.types import MOST_STARS as MOST_STARS
from core.media import Picture

LEAST_STARS = 1
TEXT_LIMIT = 2000
REVIEWS_PER_HOUR = 30


class ReviewState(StrEnum):
    """Whether others see it."""

    VISIBLE = "visible"
    # Taken away by its author, who can put it back for a day.
    DELETED = "deleted"
    TAKEN_DOWN = "taken_down"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.value.replace("_", " ")) for state in cls]


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """A review as its reader sees it.

    `title` and `variant_title` are what was bought, as it was called when it was sold. `counts`: it
    is the one of its author's about this product that is in the figure. `followed`: the reader
    follows the author. `order_number` and `line_id` lead to its form, for its author only.
    """

    public_id: str
    author: ProfileRef
    stars: int
    text: str
    title: str
    variant_title: str
    at: datetime
    changed: bool
    counts: bool
    followed: bool
    order_number: str = ""
    line_id: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewList:
    """A page of reviews, with the token of the next; `gone` where the one that was asked for is not
    to be read (any more)."""

    reviews: Sequence[ReviewView]
    next: str = ""
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many people gave so many stars; `percent` of all who gave some."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class OwnReview:
    """A review for its author, in whatever state. `reason` is why it was taken down."""

    public_id: str
    order_number: str
    line_id: str
    product_id: str
    title: str
    variant_title: str
    stars: int
    text: str
    state: ReviewState
    reason: str
    at: datetime
    changed: bool

    @property
    def shown(self) -> bool:
        """Whether others see it."""
        return self.state == ReviewState.VISIBLE

    @property
    def taken_down(self) -> bool:
        return self.state == ReviewState.TAKEN_DOWN


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a form of a review is about: what was bought, and what its buyer said of it so far.

    `may_write`: they are not on the team of the seller by now.
    """

    order_number: str
    line_id: str
    title: str
    variant_title: str
    seller_name: str
    picture: Picture | None
    review: OwnReview | None
    may_write: bool
