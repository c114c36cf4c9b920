"""The cache is allowed to be away; what is not ours in the same Redis stays."""

from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from marketplace.cache import ForgivingRedisCache


def test_clear_leaves_foreign_keys() -> None:
    client = redis.Redis.from_url(settings.CACHE_URL)
    client.set("somebody-else", "1")
    cache.set("ours", 1)

    cache.clear()

    assert cache.get("ours") is None
    assert client.get("somebody-else") == b"1"
    client.delete("somebody-else")


@pytest.fixture
def away(tmp_path: Path) -> ForgivingRedisCache:
    return ForgivingRedisCache(f"unix://{tmp_path}/nothing.sock", {"KEY_PREFIX": "market"})


def test_lost_redis_is_an_empty_cache(away: ForgivingRedisCache) -> None:
    away.set("a", 1)

    assert away.get("a") is None
    assert away.get("a", "default") == "default"
    assert away.get_many(["a", "b"]) == {}
    assert away.add("a", 1) is False
    assert away.incr("a") == 1
    assert away.tally("a", 60) == 0
    assert away.has_key("a") is False
    assert away.delete("a") is False
    assert away.set_many({"a": 1}) == ["a"]
    away.clear()


def test_lost_redis_is_asked_once(
    away: ForgivingRedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    connect = redis.UnixDomainSocketConnection._connect

    def count(self: redis.UnixDomainSocketConnection) -> object:
        nonlocal asked
        asked += 1
        return connect(self)

    monkeypatch.setattr(redis.UnixDomainSocketConnection, "_connect", count)
    away.get("a")
    tries_of_one_failure = asked
    for number in range(100):
        away.get(f"key-{number}")

    assert asked == tries_of_one_failure
