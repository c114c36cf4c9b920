"""A wall that stands still while one scrolls it.

The ids of a ranked wall, with their reasons, are kept for ten minutes under a token that
travels in the address, so that page two continues page one whatever was published, saved or
re-ranked between them. The token begins with the moment of the first page: when the cache has
lost the wall, it is ranked again as of that moment. Of one owner so many walls are kept and no
more, whatever tokens are made up.
"""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from feed.types import ReasonCode

KEEP_SECONDS = 600
# Walls of one owner at the same time: so many tabs go on without a wall being ranked again.
PLACES = 16
# Nobody goes on with an older one.
OLDEST = timedelta(days=7)
PAGE_SIZE = 24
MAX_PAGES = 10


@dataclass(frozen=True)
class Item:
    pin_id: int
    source: ReasonCode
    detail: str
    others: int
    named: int = 0


@dataclass(frozen=True)
class Position:
    """Where a reader is: which wall, which page (from 1), and from which page on to show."""

    token: str = ""
    page: int = 1
    first: int = 1


def parse(*, scroll: str, page: str, upto: str) -> Position:
    """Read the address. Whatever is not a position that we gave out is page one."""
    if not scroll or len(scroll) > 32 or started_at(token=scroll) is None:
        return Position()
    if _is_page(upto):
        return Position(token=scroll, page=int(upto), first=1)
    if _is_page(page):
        return Position(token=scroll, page=int(page), first=int(page))
    return Position()


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= MAX_PAGES


def new_token(*, at: datetime) -> str:
    return f"{int(at.timestamp()):x}-{secrets.token_hex(6)}"


def started_at(*, token: str) -> datetime | None:
    head, _, tail = token.partition("-")
    if len(head) != 8 or len(tail) != 12:
        return None
    try:
        int(tail, 16)
        return datetime.fromtimestamp(int(head, 16), tz=UTC)
    except ValueError:
        return None


def began(*, token: str, now: datetime) -> datetime | None:
    """When the wall of a token began; None where no wall that anybody still reads began then."""
    at = started_at(token=token)
    return at if at is not None and now - OLDEST < at <= now else None


def load(*, owner: str, token: str) -> list[Item] | None:
    """The wall kept for this viewer, or None: also where it has reasons that this release does not
    know, written by another one beside it. A token is worth nothing to anybody else."""
    kept = cache.get(_key(owner, token))
    if not isinstance(kept, tuple) or kept[0] != token:
        return None
    try:
        return [Item(row[0], ReasonCode(row[1]), *row[2:]) for row in kept[1]]
    except ValueError:
        return None


def keep(*, owner: str, token: str, items: list[Item]) -> None:
    rows = [
        (item.pin_id, item.source.value, item.detail, item.others, item.named) for item in items
    ]
    cache.set(_key(owner, token), (token, rows), KEEP_SECONDS)


def _key(owner: str, token: str) -> str:
    return f"feed:walls:{owner}:{zlib.crc32(token.encode()) % PLACES}"
