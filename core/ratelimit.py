"""How often somebody may try. Counted in the cache, and in the database while that is away."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from core import clock
from core.errors import TooMany

_COUNT = """
INSERT INTO core_trycount (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET count = core_trycount.count + 1 RETURNING count
"""


def hit(*, key: str, limit: int, per_seconds: int) -> None:
    """Count one try under `key`; raises TooMany with the seconds to wait when past `limit`.

    Call it before a transaction opens, else a rollback forgets the try. Never lets everybody
    through because the cache is gone.
    """
    now = clock.now()
    window, passed = divmod(int(now.timestamp()), per_seconds)
    count = _count_in_cache(f"tries:{key}:{window}", per_seconds)
    if count is None:
        count = _count_in_database(key, window, now + timedelta(seconds=per_seconds))
    if count > limit:
        raise TooMany(per_seconds - passed)


def _count_in_cache(name: str, per_seconds: int) -> int | None:
    if cache.add(name, 1, per_seconds + 1):
        return 1
    try:
        count = cache.incr(name)
    except ValueError:
        return None  # neither new nor there: the cache is away
    # After a refused add a real counter stands at two or more.
    return count if isinstance(count, int) and count >= 2 else None


def _count_in_database(key: str, window: int, expires_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key[:200], window, expires_at])
        return int(cursor.fetchone()[0])
