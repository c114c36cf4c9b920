"""The time of business: the database's, without asking it each time.

Each new database connection reads the server's clock once; from then on this process counts with
its own monotonic clock. A host whose wall clock is ten minutes off still agrees with the others on
when a hold expires. Pure code is handed `now`; nothing else reads the wall clock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)
_anchor: tuple[datetime, float] | None = None


def now() -> datetime:
    """The present in UTC; costs no query. Never goes back while one connection lives."""
    fixed_at = _fixed.get()
    if fixed_at is not None:
        return fixed_at
    if _anchor is None:
        return datetime.now(UTC)  # before the first connection there is nothing else to go by
    at, mark = _anchor
    return at + timedelta(seconds=time.monotonic() - mark)


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Let `now()` stand still at `at` within this block: for tests and for the demo's history."""
    if at.tzinfo is None:
        raise ValueError("A fixed time needs a time zone.")
    token = _fixed.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def anchor_to(*, connection: Any, **_: Any) -> None:
    """Read the server's clock on a fresh connection; a receiver of `connection_created`."""
    global _anchor
    before = time.monotonic()
    with connection.connection.cursor() as cursor:  # below Django: no row in its query log
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
    after = time.monotonic()
    _anchor = (at.astimezone(UTC), (before + after) / 2)
