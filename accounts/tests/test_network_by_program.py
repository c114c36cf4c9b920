"""Who follows whom, by program: as on the two pages of a profile."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts import actions
from accounts.network import PAGE
from accounts.testing import client_for, make_person

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/profiles/"


def test_both_lists_say_whom_of_them_one_follows_and_go_on(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    mara, noor = make_person(name="Mara"), make_person(name="Noor")
    fans = [make_person() for _one in range(PAGE + 1)]
    for one in fans:
        actions.follow(follower_id=one.pk, followed_id=mara.pk)
    actions.follow(follower_id=mara.pk, followed_id=noor.pk)
    actions.follow(follower_id=noor.pk, followed_id=fans[-1].pk)
    path = f"{ROOT}{mara.handle}/followers/"
    client = client_for(noor)
    client.get(path)
    # session, viewer, the profile, who follows, whom of them the reader follows
    with django_assert_max_num_queries(6):
        page = client.get(path).json()
    shown = [(one["profile"]["id"], one["following"]) for one in page["results"]]
    assert shown[0] == (fans[-1].public_id, True)
    rest = client.get(page["next"]).json()
    shown += [(one["profile"]["id"], one["following"]) for one in rest["results"]]
    assert rest["next"] is None
    assert [one for one, _following in shown] == [one.public_id for one in reversed(fans)]
    assert [following for _one, following in shown] == [True] + [False] * PAGE
    (whom,) = Client().get(f"{ROOT}{mara.handle}/following/").json()["results"]
    assert (whom["profile"]["id"], whom["following"]) == (noor.public_id, False)


def test_nobody_meets_there_whom_a_block_keeps_from_them() -> None:
    mara, noor, jonah = (make_person() for _one in range(3))
    actions.follow(follower_id=jonah.pk, followed_id=mara.pk)
    actions.follow(follower_id=noor.pk, followed_id=mara.pk)
    actions.block(blocker_id=jonah.pk, blocked_id=noor.pk)
    path = f"{ROOT}{mara.handle}/followers/"
    seen = {
        reader: [one["profile"]["id"] for one in client_for(reader).get(path).json()["results"]]
        for reader in (noor, mara)
    }
    assert seen == {noor: [noor.public_id], mara: [noor.public_id, jonah.public_id]}
    actions.block(blocker_id=mara.pk, blocked_id=noor.pk)
    for act in ("followers", "following"):
        assert client_for(noor).get(f"{ROOT}{mara.handle}/{act}/").status_code == 404
