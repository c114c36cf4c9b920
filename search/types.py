"""What goes into the index and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

KINDS = ("pin", "product", "brand", "person", "service")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class DocumentData:
    """One thing to be found. `facets` holds strings, booleans, whole numbers, lists of strings.

    Its facet `owner` is the public id of the profile whose it is, for those who do not meet it;
    `price` (minor units) and `at` (seconds) are what lists are put in order by. Before `shown_from`
    only those find it who are early.
    """

    kind: str
    public_id: str
    title: str
    body: str = ""
    facets: Mapping[str, Any] = field(default_factory=dict)
    popularity: float = 0.0
    shown_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that answers; a higher score answers better."""

    kind: str
    public_id: str
    score: float
    title: str = ""
    facets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What goes on from what is typed, by kind; `unknown` are words of it that stand nowhere."""

    of_kind: Mapping[str, Sequence[Hit]]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TallyOf:
    """What to count over everything of one kind that answers.

    `names`: facets, each with the facet that says its value in words ('' for none). `prefix`: and
    all facets whose names begin so. `spread`: a whole number to draw a histogram of.
    """

    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    spread: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many documents have which value of a facet, the most frequent first; under all filters
    but the facet's own, so that a count is what choosing the value would find.

    `labels` are the values in words where asked for. `low` and `high` are the ends of numbers.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A histogram: documents from each multiple of `step` up to the next one, in order."""

    step: int = 0
    counts: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Some of the answers; `next` is the token for more, `total` how many there are to page to, and
    `of_kind` the same for each kind. `unknown` are words that no document has. `tallies` by facet,
    where asked for."""

    items: list[T]
    next: str | None = None
    total: int = 0
    of_kind: Mapping[str, int] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    spread: Spread = field(default_factory=Spread)
