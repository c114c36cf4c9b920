"""A topic counts who has it among their interests, exactly, whichever way it got there."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator

import pytest
from django.db import connection

from accounts.actions import (
    choose_interests,
    erase_account,
    follow_topic,
    suspend_person,
    unfollow_topic,
)
from accounts.models import TopicFollowers
from accounts.queries import topic_followers
from accounts.testing import Profile, make_operator, make_person
from core.audits import violations
from core.testing import race

pytestmark = pytest.mark.django_db

COUNT = importlib.import_module("accounts.migrations.0017_topic_followers").COUNT
COUNT_ALL = importlib.import_module("accounts.migrations.0018_count_topic_followers").COUNT_ALL


def counts() -> dict[str, int]:
    """Topics that somebody follows, as they are counted; the audit finds them right."""
    assert list(violations(invariants=frozenset({"I11"}))) == []
    kept = TopicFollowers.objects.filter(followers_count__gt=0)
    return dict(kept.values_list("slug", "followers_count"))


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_each_road_moves_the_counts() -> None:
    noor, mara = make_person(), make_person()
    assert (counts(), topic_followers(slug="lamps")) == ({}, 0)
    choose_interests(profile_id=noor.pk, slugs=["lamps", "vases", "lamps"])
    assert counts() == {"lamps": 1, "vases": 1}
    choose_interests(profile_id=noor.pk, slugs=["rugs", "lamps"])
    assert counts() == {"lamps": 1, "rugs": 1}
    for _twice in range(2):
        assert follow_topic(profile_id=mara.pk, slug="lamps") == 2
    assert counts() == {"lamps": 2, "rugs": 1}
    for _twice in range(2):
        assert unfollow_topic(profile_id=noor.pk, slug="lamps") == 1
    assert counts() == {"lamps": 1, "rugs": 1}


def test_who_is_suspended_counts_and_who_left_does_not() -> None:
    noor = make_person()
    follow_topic(profile_id=noor.pk, slug="lamps")
    operator = make_operator().user_id or 0
    suspend_person(profile_id=make_person().pk, operator_id=operator, reason="Spam")
    suspended = make_person()
    follow_topic(profile_id=suspended.pk, slug="lamps")
    suspend_person(profile_id=suspended.pk, operator_id=operator, reason="Spam")
    assert counts() == {"lamps": 2}
    erase_account(user_id=noor.user_id or 0)
    assert counts() == {"lamps": 1}


def test_rows_that_are_written_past_all_acts_are_counted() -> None:
    """By the seed at scale, by code of the release before, by hand."""
    people = [make_person() for _ in range(3)]
    Profile.objects.filter(pk__in=[one.pk for one in people]).update(interests=["lamps", "vases"])
    assert counts() == {"lamps": 3, "vases": 3}
    run(f"UPDATE accounts_profile SET interests = '{{vases}}' WHERE id = {people[0].pk}")
    assert counts() == {"lamps": 2, "vases": 3}
    people[1].refresh_from_db()
    people[1].name = "Somebody"
    people[1].save()
    assert counts() == {"lamps": 2, "vases": 3}


def test_who_was_there_before_is_counted_once_however_often_it_runs() -> None:
    for slugs in (["lamps"], ["lamps", "vases"]):
        choose_interests(profile_id=make_person().pk, slugs=slugs)
    TopicFollowers.objects.filter(slug="vases").delete()
    TopicFollowers.objects.update(followers_count=7)
    for _twice in range(2):
        run(COUNT_ALL)
        assert counts() == {"lamps": 2, "vases": 1}


def test_who_was_there_before_may_leave_before_they_are_counted() -> None:
    """Between the migration that counts who comes and the one that counts who is there."""
    people = [make_person() for _ in range(4)]
    for one in people[:3]:
        follow_topic(profile_id=one.pk, slug="lamps")
    TopicFollowers.objects.all().delete()
    follow_topic(profile_id=people[3].pk, slug="lamps")
    for one in people[:2]:
        unfollow_topic(profile_id=one.pk, slug="lamps")
    assert topic_followers(slug="lamps") == 0
    run(COUNT_ALL)
    assert counts() == {"lamps": 2}


# --- At once -------------------------------------------------------------------------------------

RIVALS = 10
SLUGS = ["lamps", "rugs", "vases"]
# What a count would be that is read, and then written back.
CARELESS = """
CREATE OR REPLACE FUNCTION accounts_count_topics() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one varchar;
    n integer;
BEGIN
    FOREACH one IN ARRAY ARRAY(SELECT unnest(NEW.interests || OLD.interests) ORDER BY 1) LOOP
        INSERT INTO accounts_topicfollowers VALUES (one, 0) ON CONFLICT DO NOTHING;
        SELECT followers_count INTO n FROM accounts_topicfollowers WHERE slug = one;
        PERFORM pg_sleep(0.002);
        n := n + (one = ANY(NEW.interests))::int - (one = ANY(OLD.interests))::int;
        UPDATE accounts_topicfollowers SET followers_count = greatest(n, 0) WHERE slug = one;
    END LOOP;
    RETURN NULL;
END $$;
"""


@pytest.fixture
def careless(transactional_db: None) -> Iterator[None]:
    run(CARELESS)
    yield
    run(COUNT)


def storm(*, acts: int, people: int) -> None:
    """Each rival lets people follow and leave topics, one and several at a time, at random."""
    some = [make_person().pk for _ in range(people)]

    def act(number: int) -> None:
        chance = random.Random(number)
        for _ in range(acts):
            who, slug = chance.choice(some), chance.choice(SLUGS)
            if chance.random() < 0.2:
                choose_interests(profile_id=who, slugs=chance.sample(SLUGS, 2))
            elif chance.random() < 0.6:
                follow_topic(profile_id=who, slug=slug)
            else:
                unfollow_topic(profile_id=who, slug=slug)

    assert race(RIVALS, act) == [None] * RIVALS


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_thousand_at_once() -> None:
    storm(acts=100, people=6)
    assert counts()


@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_few_at_once() -> None:
    storm(acts=8, people=4)
    assert counts()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("careless")
def test_control_a_count_that_is_read_and_written_back_goes_wrong() -> None:
    storm(acts=8, people=20)
    assert [one.check for one in violations(invariants=frozenset({"I11"}))]
