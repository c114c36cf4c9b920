"""Counters of follows under a storm: exact, and how they would not be."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from accounts import actions
from accounts.actions import follows
from accounts.models import Follow, Profile
from accounts.testing import make_person
from core.testing import race

RIVALS = 10


def storm(profiles: list[Profile], *, acts: int) -> None:
    """Each rival follows and unfollows at random; all of them want the same few profiles."""

    def act(number: int) -> None:
        chance = random.Random(number)
        for _ in range(acts):
            one, other = chance.sample(profiles, 2)
            do = actions.follow if chance.random() < 0.6 else actions.unfollow
            do(follower_id=one.pk, followed_id=other.pk)

    assert race(RIVALS, act) == [None] * RIVALS


def wrong(profiles: list[Profile]) -> list[str]:
    """Profiles whose counters are not the number of rows."""
    found = []
    for row in Profile.objects.filter(pk__in=[one.pk for one in profiles]):
        real = (
            Follow.objects.filter(followed=row).count(),
            Follow.objects.filter(follower=row).count(),
        )
        if real != (row.followers_count, row.following_count):
            found.append(f"{row}: {row.followers_count}, {row.following_count}, really {real}")
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_counters_are_exact_after_a_thousand_at_once() -> None:
    profiles = [make_person() for _ in range(6)]
    storm(profiles, acts=100)
    assert Follow.objects.exists()
    assert wrong(profiles) == []


@pytest.mark.django_db(transaction=True)
def test_counters_are_exact_after_a_few_at_once() -> None:
    profiles = [make_person() for _ in range(3)]
    storm(profiles, acts=8)
    assert wrong(profiles) == []


@pytest.mark.django_db(transaction=True)
def test_control_counters_that_are_read_and_written_back_go_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_then_write(*, follower_id: int, followed_id: int, by: int) -> int:
        changes = {follower_id: "following_count", followed_id: "followers_count"}
        for profile_id, column in sorted(changes.items()):
            now: Any = Profile.objects.filter(id=profile_id).values_list(column, flat=True).get()
            time.sleep(0.005)
            Profile.objects.filter(id=profile_id).update(**{column: max(now + by, 0)})
        return len(changes)

    monkeypatch.setattr(follows, "_count", read_then_write)
    profiles = [make_person() for _ in range(3)]
    storm(profiles, acts=8)
    assert wrong(profiles) != []
