"""Where somebody came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Source = Literal["pin", "board", "search", "product", "storefront", "direct"]
SOURCES: tuple[Source, ...] = get_args(Source)
# What made somebody discover a thing. The rest is where they then went.
DISCOVERIES: frozenset[str] = frozenset({"pin", "board", "search"})


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How often something was seen and clicked."""

    impressions: int = 0
    clicks: int = 0


@dataclass(frozen=True, kw_only=True)
class Touch:
    """A click on something that led to a thing. `ref` is its public id (or what was searched)."""

    source: Source
    ref: str
    at: datetime
    product: str | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a member agreed to from a moment on."""

    at: datetime
    purposes: tuple[str, ...]
