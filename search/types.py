"""What goes into the index and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

KINDS = ("pin", "product", "brand", "person", "service")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class DocumentData:
    """One thing to be found. `facets` holds strings, booleans, whole numbers, lists of strings.

    Its facet `owner` is the public id of the profile whose it is, for those who do not meet it.
    """

    kind: str
    public_id: str
    title: str
    body: str = ""
    facets: Mapping[str, Any] = field(default_factory=dict)
    popularity: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that answers; a higher score answers better."""

    kind: str
    public_id: str
    score: float
    title: str = ""
    facets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Some of the answers; `next` is the token for more, `total` how many there are to page to."""

    items: list[T]
    next: str | None = None
    total: int = 0
