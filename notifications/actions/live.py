"""Sending to open pages. Nobody waits for it and nothing depends on it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson
import structlog
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

PREFIX = "live:"
_TIMEOUT = 0.5
_PAUSE_SECONDS = 5.0


class _Breaker:
    """After a failure nobody waits for Redis again for a while."""

    away_until = 0.0


def push_live(*, profile_ids: Iterable[int], event: str, data: Mapping[str, Any]) -> None:
    """Send an event to the open pages of these profiles, after the commit. Never raises."""
    ids = sorted(set(profile_ids))
    if ids:
        message = orjson.dumps({"event": event, "data": dict(data)})
        transaction.on_commit(lambda: _send(ids, message), robust=True)


def _send(profile_ids: list[int], message: bytes) -> None:
    if time.monotonic() < _Breaker.away_until:
        return
    try:
        with _client().pipeline(transaction=False) as pipe:
            for profile_id in profile_ids:
                pipe.publish(f"{PREFIX}{profile_id}", message)
            pipe.execute()
    except (RedisError, OSError) as error:
        _Breaker.away_until = time.monotonic() + _PAUSE_SECONDS
        log.warning("live_away", error=str(error))


@lru_cache(maxsize=1)
def _client() -> Redis:
    return Redis.from_url(
        settings.LIVE_REDIS_URL, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT
    )
