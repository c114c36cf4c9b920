"""The cache: Redis that is allowed to be away."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 2.0
T = TypeVar("T")


class ForgivingRedisCache(RedisCache):
    """Answers like an empty cache while Redis cannot be reached, so that pages stay open.

    After a failure Redis is left alone for two seconds: a page that reads ten keys must not wait
    for ten time-outs. What must be refused when nothing can be counted (log-in, payment) counts in
    the database instead.
    """

    _away_until = 0.0

    def _try(self, work: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return work()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + PAUSE_SECONDS
            log.warning("cache away", error=str(error))
            return otherwise

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        return self._try(
            lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), False
        )

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._try(
            lambda: super(ForgivingRedisCache, self).get(key, default, version), default
        )

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        self._try(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._try(
            lambda: super(ForgivingRedisCache, self).touch(key, timeout, version), False
        )

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._try(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def has_key(self, key: Any, version: Any = None) -> bool:
        return self._try(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return self._try(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), delta)

    def tally(self, key: str, seconds: int) -> int:
        """Count one more under `key`, which is forgotten `seconds` after the first; how many there
        are with it, or 0 while nothing can be counted. One round trip, where `add` and `incr`
        take three."""
        return self._try(lambda: self._tally(self.make_and_validate_key(key), seconds), 0)

    def _tally(self, name: str, seconds: int) -> int:
        with self._cache.get_client(name, write=True).pipeline() as both:
            both.set(name, 0, ex=seconds, nx=True)
            both.incr(name)
            return int(both.execute()[-1])

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        wanted = list(keys)
        return self._try(lambda: super(ForgivingRedisCache, self).get_many(wanted, version), {})

    def set_many(
        self, data: Mapping[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> list[Any]:
        return self._try(
            lambda: super(ForgivingRedisCache, self).set_many(dict(data), timeout, version),
            list(data),
        )

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        unwanted = list(keys)
        self._try(lambda: super(ForgivingRedisCache, self).delete_many(unwanted, version), None)

    def clear(self) -> None:
        """Forget our own keys only: broker and live may share the server."""
        self._try(self._forget, None)

    def _forget(self) -> None:
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.delete(key)
