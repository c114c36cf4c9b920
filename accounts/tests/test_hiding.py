"""Block and mute: who does not meet whom, and what ends with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts import actions, queries
from accounts.actions import follows
from accounts.errors import CannotHide, TooManyHidden, WordRefused
from accounts.models import Block, Follow, Mute, Profile
from accounts.testing import client_for, make_brand, make_member, make_person, owner_of, viewer_for
from core import clock
from core.errors import NotFound
from core.testing import in_the_middle

pytestmark = pytest.mark.django_db


def test_a_block_hides_each_from_the_other_and_from_nobody_else() -> None:
    ana, bo, cy = make_person(), make_person(), make_person()
    assert actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    assert viewer_for(ana).hidden.blocked == {bo.pk}
    assert viewer_for(bo).hidden.blocked == {ana.pk}
    assert viewer_for(cy).hidden.blocked == frozenset()
    assert viewer_for(None).hidden.ids == frozenset()
    assert queries.profile_by_handle(handle=bo.handle, viewer=viewer_for(ana)) is None
    assert queries.profile_by_handle(handle=ana.handle, viewer=viewer_for(bo)) is None
    assert queries.profile_by_handle(handle=ana.handle, viewer=viewer_for(cy)) is not None


def test_a_block_ends_follows_both_ways_and_refuses_new_ones() -> None:
    ana, bo = make_person(), make_person()
    actions.follow(follower_id=ana.pk, followed_id=bo.pk)
    actions.follow(follower_id=bo.pk, followed_id=ana.pk)
    actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    for follower, followed in ((ana, bo), (bo, ana)):
        with pytest.raises(NotFound):
            actions.follow(follower_id=follower.pk, followed_id=followed.pk)
    assert not Follow.objects.exists()
    for one in Profile.objects.all():
        assert (one.followers_count, one.following_count) == (0, 0)


def test_after_unblocking_one_may_follow_again_and_nothing_comes_back_by_itself() -> None:
    ana, bo = make_person(), make_person()
    actions.follow(follower_id=bo.pk, followed_id=ana.pk)
    actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    assert not actions.unblock(blocker_id=bo.pk, blocked_id=ana.pk), (
        "only the blocker takes it back"
    )
    assert actions.unblock(blocker_id=ana.pk, blocked_id=bo.pk)
    assert not Follow.objects.exists()
    assert actions.follow(follower_id=bo.pk, followed_id=ana.pk)


def test_blocking_twice_is_once_and_each_side_has_its_own() -> None:
    ana, bo = make_person(), make_person()
    assert actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    assert not actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    actions.block(blocker_id=bo.pk, blocked_id=ana.pk)
    actions.unblock(blocker_id=ana.pk, blocked_id=bo.pk)
    assert viewer_for(ana).hidden.blocked == {bo.pk}, "the other block stands"


def test_nobody_blocks_themselves_their_brand_or_their_team() -> None:
    brand = make_brand()
    owner, member = owner_of(brand), make_member(brand=brand)
    for blocker, blocked in ((owner, owner), (owner, brand), (brand, owner), (brand, member)):
        with pytest.raises(CannotHide):
            actions.block(blocker_id=blocker.pk, blocked_id=blocked.pk)
        with pytest.raises(CannotHide):
            actions.mute(muter_id=blocker.pk, muted_id=blocked.pk)
    assert not Block.objects.exists()
    assert not Mute.objects.exists()


def test_a_persons_block_holds_while_they_act_for_a_brand_and_a_brands_only_then() -> None:
    brand, ana, bo = make_brand(), make_person(), make_person()
    owner = owner_of(brand)
    actions.block(blocker_id=ana.pk, blocked_id=owner.pk)
    actions.block(blocker_id=brand.pk, blocked_id=bo.pk)
    assert viewer_for(owner).hidden.blocked == {ana.pk}
    assert viewer_for(owner, acting=brand).hidden.blocked == {ana.pk, bo.pk}


def test_a_mute_is_one_way_and_ends_by_itself() -> None:
    ana, bo, cy = make_person(), make_person(), make_person()
    soon = clock.now() + timedelta(days=7)
    actions.mute(muter_id=ana.pk, muted_id=bo.pk, until=soon)
    actions.mute(muter_id=ana.pk, muted_id=cy.pk)
    assert viewer_for(ana).hidden.ids == {bo.pk, cy.pk}
    assert viewer_for(bo).hidden.ids == frozenset()
    assert queries.profile_by_handle(handle=bo.handle, viewer=viewer_for(ana)) is not None
    with clock.fixed(soon + timedelta(seconds=1)):
        assert viewer_for(ana).hidden.ids == {cy.pk}
        assert [row.profile.id for row in queries.mutes_of(profile_id=ana.pk)] == [cy.pk]


def test_who_hears_nothing_of_whom() -> None:
    ana, bo, cy, di = (make_person() for _ in range(4))
    actions.block(blocker_id=ana.pk, blocked_id=di.pk)
    actions.block(blocker_id=di.pk, blocked_id=bo.pk)
    actions.mute(muter_id=cy.pk, muted_id=di.pk)
    told = [ana.pk, bo.pk, cy.pk]
    assert queries.deaf_to(profile_id=di.pk, among=told) == {ana.pk, bo.pk, cy.pk}
    assert queries.deaf_to(profile_id=cy.pk, among=[di.pk]) == set(), "they were muted, not blocked"
    assert queries.blocked_ids(profile_id=di.pk) == {ana.pk, bo.pk}
    assert queries.are_blocked(one_id=bo.pk, other_id=di.pk)
    assert not queries.are_blocked(one_id=cy.pk, other_id=di.pk)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  #Beige ", "beige"),
        ("dried  flowers", "dried flowers"),
        ("#हिन्दी", "हिन्दी"),
        ("हिन्दी ไม้", "हिन्दी ไม้"),
    ],
)
def test_a_word_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    ana = make_person()
    assert actions.mute_word(muter_id=ana.pk, word=typed) == kept
    assert viewer_for(ana).hidden.words == (kept,)
    assert actions.unmute_word(muter_id=ana.pk, word=kept)
    assert viewer_for(ana).hidden.words == ()


@pytest.mark.parametrize(
    "typed", ["", "#", "a", "x" * 61, "(", ".*", "a|b", "\x00ab", "ab\\M", "\u093f\u0939"]
)
def test_what_is_no_word_is_refused(typed: str) -> None:
    ana = make_person()
    with pytest.raises(WordRefused):
        actions.mute_word(muter_id=ana.pk, word=typed)
    assert not Mute.objects.exists()


def test_lists_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.actions.hiding.MAX_BLOCKS", 1)
    monkeypatch.setattr("accounts.actions.hiding.MAX_MUTES", 1)
    ana, bo, cy = make_person(), make_person(), make_person()
    actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    actions.mute_word(muter_id=ana.pk, word="beige")
    with pytest.raises(TooManyHidden):
        actions.block(blocker_id=ana.pk, blocked_id=cy.pk)
    with pytest.raises(TooManyHidden):
        actions.mute(muter_id=ana.pk, muted_id=cy.pk)
    assert Block.objects.count() == Mute.objects.count() == 1
    # What is there already is not one more.
    assert not actions.block(blocker_id=ana.pk, blocked_id=bo.pk)
    later = clock.now() + timedelta(days=7)
    actions.mute_word(muter_id=ana.pk, word="Beige", until=later)
    assert Mute.objects.get().until == later


def test_a_viewer_costs_no_query_more(django_assert_num_queries: Any) -> None:
    ana, brand = make_person(), make_brand()
    actions.block(blocker_id=ana.pk, blocked_id=brand.pk)
    actions.mute_word(muter_id=ana.pk, word="beige")
    client = client_for(ana)
    client.get("/explore/")  # warms what is kept for everybody
    # 1 session, 2 user with profile, brands, blocks and mutes; there is no pin to read.
    with django_assert_num_queries(2):
        client.get("/explore/")


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_follow_in_the_middle_of_a_block_does_not_survive_it(
    monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """The counters lock both profiles before the follow looks; without them it slips through."""
    ana, bo = make_person(), make_person()
    if not locked:
        monkeypatch.setattr(follows, "_count", lambda **_: 2)
    met = in_the_middle(
        seam=(follows, "_check_no_block"),
        act=lambda: actions.follow(follower_id=bo.pk, followed_id=ana.pk),
        meanwhile=lambda: actions.block(blocker_id=ana.pk, blocked_id=bo.pk),
    )
    assert met == (True, True, locked)
    assert Block.objects.count() == 1
    assert Follow.objects.exists() is not locked
    if locked:
        counts = Profile.objects.values_list("followers_count", "following_count")
        assert set(counts) == {(0, 0)}
