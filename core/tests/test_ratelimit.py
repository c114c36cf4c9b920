from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from core import clock, ratelimit
from core.errors import TooMany
from core.models import TryCount
from core.ratelimit import hit
from core.testing import race

NOW = datetime(2026, 5, 4, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Windows as outside of tests: they begin with the clock's minutes."""
    cache.clear()
    monkeypatch.setattr(ratelimit, "COUNTED_SINCE", 0)
    with clock.fixed(NOW):
        yield


def tries(count: int, key: str = "login:a") -> None:
    for _try in range(count):
        hit(key=key, limit=3, per_seconds=60)


def test_lets_the_limit_through_and_says_how_long_to_wait():
    tries(3)
    with pytest.raises(TooMany) as refused:
        tries(1)
    assert (refused.value.status, refused.value.retry_after) == (429, 30)
    tries(3, key="login:b")
    with clock.fixed(NOW + timedelta(seconds=30)):
        tries(3)


@pytest.mark.django_db
def test_counts_in_the_database_while_the_cache_is_away(monkeypatch):
    monkeypatch.setattr(cache, "tally", lambda *_args: 0)
    tries(3)
    with pytest.raises(TooMany):
        tries(1)
    assert TryCount.objects.get().count == 4


@pytest.mark.django_db(transaction=True)
def test_the_database_counts_rivals_exactly(monkeypatch):
    monkeypatch.setattr(ratelimit, "_count_in_cache", lambda *_args: 0)

    def one(_number: int) -> None:
        with clock.fixed(NOW):
            hit(key="k", limit=5, per_seconds=60)

    results = race(20, one)
    assert sum(one is None for one in results) == 5
    assert sum(isinstance(one, TooMany) for one in results) == 15


@pytest.mark.django_db(transaction=True)
def test_the_cache_counts_rivals_exactly_and_forgets_after_the_window():
    results = race(20, lambda _number: cache.tally("rivals", 60))
    assert set(results) == set(range(1, 21))
    key = cache.make_key("rivals")
    client = cache._cache.get_client(key)
    assert 0 < client.ttl(key) <= 60, "a count without an end would shut somebody out for ever"
