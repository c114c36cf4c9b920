"""Pins and boards as lists show them: cards, the reasons behind them, and what narrows a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from accounts.types import ProfileRef
from core.media import Picture
from core.money import Money
from feed.saying import hashtag_url


class PinState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"
    DELETED = "deleted"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.value.replace("_", " ").capitalize()) for state in cls]


class Audience(StrEnum):
    """Who meets a pin in lists, walls and search. Whoever has its address may open any of them."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"
    LINK = "link"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        words = {
            "everyone": "Everyone",
            "followers": "Followers first",
            "link": "Only with the link",
        }
        return [(one.value, words[one]) for one in cls]


class ReasonCode(StrEnum):
    """Why a card is on somebody's wall; stored with the card for as long as the wall lives."""

    FOLLOWED = "followed"
    UNDER_FOLLOWED_HASHTAG = "under_followed_hashtag"
    SAVED_BY_FOLLOWED = "saved_by_followed"
    ON_FOLLOWED_BOARD = "on_followed_board"
    INTEREST = "interest"
    POPULAR = "popular"
    FRESH = "fresh"
    SAVED_HERE = "saved_here"


@dataclass(frozen=True)
class Reason:
    """Words for why a card is there: in place of its author's name, or `beside` it; `who` says so,
    where that is somebody else. On a board it may be the `note` of who saved it, which has a page
    of its own at `url`.
    """

    code: ReasonCode
    text: str
    beside: bool = False
    who: ProfileRef | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class ServiceMention:
    """The service that a pin shows; `price` None where it is quoted only."""

    public_id: str
    slug: str
    title: str
    pricing: str
    price: Money | None

    @property
    def url(self) -> str:
        return f"/service/{self.public_id}/{self.slug}/"


@dataclass(frozen=True)
class PinCard:
    """Everything a card on a wall shows. `kind` is "product" (one tag), "look" (several), "service"
    (it shows what a service led to) or "picture" (none). `price` and `availability` come from the
    product's row of this moment; it is "away" while the brand is on vacation."""

    public_id: str
    title: str
    kind: str
    picture: Picture
    author: ProfileRef
    reason: Reason | None
    tag_count: int
    price: Money | None
    availability: str | None
    buy_variant_id: str | None
    product_id: str | None
    product_slug: str | None
    saved: bool
    touch: str
    ribbon: str | None = None
    ai_made: bool = False
    price_varies: bool = False
    service: ServiceMention | None = None
    audience: str = Audience.EVERYONE


@dataclass(frozen=True)
class HashtagRef:
    """A hashtag: its one `name`, how it is `shown` (both without the sign), and how many follow it.
    `id` is None where no pin says it and nobody follows it."""

    name: str
    shown: str
    followers_count: int = 0
    id: int | None = None

    @property
    def title(self) -> str:
        return f"#{self.shown}"

    @property
    def url(self) -> str:
        return hashtag_url(self.name)


@dataclass(frozen=True)
class PinChoice:
    """One of an author's pins to choose from, for the portfolio of a service."""

    public_id: str
    title: str
    picture: Picture
    chosen: bool


@dataclass(frozen=True)
class BoardRef:
    """A board in lists. So many follow it, or followed it before it was secret."""

    public_id: str
    slug: str
    title: str
    secret: bool
    pins_count: int
    followers_count: int
    owner: ProfileRef | None = None
    covers: list[Picture] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/board/{self.public_id}/{self.slug}/"


@dataclass(frozen=True)
class BoardList:
    """A page of boards; `next` is the cursor of the following one, None at the end."""

    boards: list[BoardRef]
    next: str | None = None


@dataclass(frozen=True)
class WallPage:
    """`next` is the query string of the following page, or None at the end."""

    cards: list[PinCard]
    next: str | None = None
    scroll: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class PinFilter:
    """Which of an author's pins: of these categories (primary keys), of several products, saved by
    one of these profiles on a board that everybody sees, or with something to buy now for less than
    a price (minor units) or with so many working days to wait at most. Left out, it asks nothing.
    """

    categories: tuple[int, ...] | None = None
    looks: bool = False
    savers: tuple[int, ...] | None = None
    price_below: int | None = None
    lead_days: int | None = None


# What a chip of a shop calls cheap, in euro cents.
CHEAP = 6_000


@dataclass(frozen=True, kw_only=True)
class PinKinds:
    """What an author's public pins are: how many, how many of several products, how many with
    something to buy now that is `cheap` (below CHEAP) or leaves `soon` (the same working day),
    and how many of which category (primary key), the largest first."""

    total: int = 0
    looks: int = 0
    cheap: int = 0
    soon: int = 0
    categories: tuple[tuple[int, int], ...] = ()
