"""How often somebody may try. Counted in the cache, and in the database while that is away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast

from django.core.cache import cache
from django.db import connection

from core import clock
from core.errors import TooMany

# Where windows begin: with every whole minute, hour and day. In seconds since 1970.
COUNTED_SINCE = 0

_COUNT = """
INSERT INTO core_trycount (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET count = core_trycount.count + 1 RETURNING count
"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How much of a limit is used up in this window; `resets_in` seconds until the next one."""

    limit: int
    count: int
    resets_in: int

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.count)

    @property
    def exceeded(self) -> bool:
        return self.count > self.limit


def hit(*, key: str, limit: int, per_seconds: int) -> None:
    """Count one try under `key`; raises TooMany with the seconds to wait when past `limit`.

    Call it before a transaction opens, else a rollback forgets the try. Never lets everybody
    through because the cache is gone.
    """
    standing = count(key=key, limit=limit, per_seconds=per_seconds)
    if standing.exceeded:
        raise TooMany(standing.resets_in)


def count(*, key: str, limit: int, per_seconds: int) -> Standing:
    """Count one try under `key` and tell how the limit stands; like `hit`, but refuses nothing."""
    now = clock.now()
    window, passed = divmod(int(now.timestamp()) - COUNTED_SINCE, per_seconds)
    tries = _count_in_cache(f"tries:{key}:{window}", per_seconds) or _count_in_database(
        key, window, now + timedelta(seconds=per_seconds)
    )
    return Standing(limit=limit, count=tries, resets_in=per_seconds - passed)


class _Tallies(Protocol):
    """What the cache can do beyond Django's: count in one step, and say 0 while it is away."""

    def tally(self, key: str, seconds: int) -> int:
        """How many there are with this one."""


def _count_in_cache(name: str, per_seconds: int) -> int:
    return cast("_Tallies", cache).tally(name, per_seconds + 1)


def _count_in_database(key: str, window: int, expires_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key[:200], window, expires_at])
        return int(cursor.fetchone()[0])
