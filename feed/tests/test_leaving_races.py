"""Who leaves while something of theirs is on its way: counts stay exact."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.db.models import Model

from accounts.actions import (
    choose_interests,
    erase_account,
    erasing,
    follow,
    follow_topic,
    people,
)
from accounts.queries import is_following, topic_followers
from accounts.testing import Profile, make_person
from core.audits import violations
from core.errors import NotFound
from core.media import store_image
from core.testing import in_the_middle, picture_file
from feed import actions
from feed.actions import boards, comments, follows, likes, members, pins, saving
from feed.errors import NobodyByThatName
from feed.models import (
    Board,
    BoardFollow,
    BoardMember,
    Comment,
    CommentLike,
    Hashtag,
    HashtagFollow,
    Pin,
    PinLike,
    Save,
)
from feed.testing import make_board, make_comment, make_pin

pytestmark = pytest.mark.django_db(transaction=True)


def erase(who: Profile) -> None:
    erase_account(user_id=who.user_id or 0)


# --- What one takes back at the last moment ------------------------------------------------------
@pytest.mark.parametrize("others", [0, 2])
def test_a_follow_that_ends_while_they_leave_is_counted_down_once(others: int) -> None:
    """The end of the follow has the hashtag in hand, and the erasure waits for it."""
    noor, *rest = [make_person() for _ in range(1 + others)]
    for one in (noor, *rest):
        actions.follow_hashtag(tag="teal", profile_id=one.pk)
    met = in_the_middle(
        seam=(follows, "change_hashtag_followers"),
        act=lambda: actions.unfollow_hashtag(tag="teal", profile_id=noor.pk),
        meanwhile=lambda: erase(noor),
    )
    assert (met.meanwhile, met.waited) == (None, True)
    assert met.act.followers_count == others
    counts = Hashtag.objects.values_list("followers_count", flat=True)
    assert list(counts) == ([others] if others else []), "one that nobody follows is forgotten"
    assert HashtagFollow.objects.count() == others
    assert list(violations(invariants=frozenset({"I11"}))) == []


# --- What one does at the last moment ------------------------------------------------------------
# An act, in which modules it holds who acts, what it writes, and which column says who acted.
Act = Callable[[Profile, Pin, Comment, Board], Any]
ACTS: dict[str, tuple[Act, list[ModuleType], type[Model], str]] = {
    "like a pin": (
        lambda who, pin, _comment, _board: actions.like_pin(
            pin_id=pin.public_id, profile_id=who.pk
        ),
        [likes],
        PinLike,
        "profile",
    ),
    "like a comment": (
        lambda who, _pin, comment, _board: actions.like_comment(
            comment_id=comment.public_id, profile_id=who.pk
        ),
        [likes],
        CommentLike,
        "profile",
    ),
    "follow a board": (
        lambda who, _pin, _comment, board: actions.follow_board(
            board_id=board.public_id, profile_id=who.pk
        ),
        [follows],
        BoardFollow,
        "profile",
    ),
    "follow a hashtag": (
        lambda who, *_: actions.follow_hashtag(tag="teal", profile_id=who.pk),
        [follows],
        HashtagFollow,
        "profile",
    ),
    "save a pin": (
        lambda who, pin, *_: actions.save_pin(pin_id=pin.public_id, saver_id=who.pk),
        [saving, boards],
        Save,
        "saver",
    ),
    "comment": (
        lambda who, pin, *_: actions.write_comment(
            pin_id=pin.public_id, author_id=who.pk, text="Lovely"
        ),
        [comments],
        Comment,
        "author",
    ),
    "make a board": (
        lambda who, *_: actions.create_board(owner_id=who.pk, title="Late"),
        [boards],
        Board,
        "owner",
    ),
    "pin": (
        lambda who, *_: actions.create_pin(
            author_id=who.pk,
            image=store_image(file=picture_file(), owner_id=who.pk),
            title="Late",
        ),
        [pins],
        Pin,
        "author",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
@pytest.mark.parametrize("name", ACTS)
def test_what_waits_for_an_erasure_is_not_written(
    name: str, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of who acts stays as a tombstone, so no foreign key would refuse it."""
    act, modules, model, column = ACTS[name]
    noor, pin, board = make_person(), make_pin(), make_board(owner=make_person())
    comment = make_comment(pin=pin, author=make_person())
    if not held:
        for module in modules:
            monkeypatch.setattr(module, "hold_actor", lambda **_: None)
    met = in_the_middle(
        seam=(erasing, "_end_follows"),
        act=lambda: erase(noor),
        meanwhile=lambda: act(noor, pin, comment, board),
    )
    assert met.act is None
    assert met.waited, "by the key of who acts, at the latest"
    assert model._default_manager.filter(**{column: noor.pk}).exists() is not held
    if held:
        assert isinstance(met.meanwhile, NotFound)
        assert not Hashtag.objects.exists()
        for row in (pin, board, comment):
            row.refresh_from_db()
        assert (pin.likes_count, pin.saves_count, pin.comments_count) == (0, 0, 1)
        assert (board.followers_count, comment.likes_count) == (0, 0)
        assert list(violations(invariants=frozenset({"I11"}))) == []


def test_what_is_written_first_goes_with_them() -> None:
    noor, pin = make_person(), make_pin()
    met = in_the_middle(
        seam=(likes, "are_blocked"),
        act=lambda: actions.like_pin(pin_id=pin.public_id, profile_id=noor.pk),
        meanwhile=lambda: erase(noor),
    )
    assert met == (True, None, True)
    pin.refresh_from_db()
    assert (pin.likes_count, PinLike.objects.count()) == (0, 0)


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_nobody_who_left_is_asked_onto_a_board(held: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    noor, mara = make_person(), make_person()
    board = make_board(owner=mara)
    if not held:
        monkeypatch.setattr(members, "hold_actor", lambda **_: None)
    met = in_the_middle(
        seam=(erasing, "_end_follows"),
        act=lambda: erase(noor),
        meanwhile=lambda: actions.invite_member(
            board_id=board.public_id, owner_id=mara.pk, handle=noor.handle
        ),
    )
    assert (met.act, met.waited) == (None, True)
    assert isinstance(met.meanwhile, NobodyByThatName) is held
    assert BoardMember.objects.exists() is not held


@pytest.mark.parametrize("looking", [True, False], ids=["looking", "control"])
@pytest.mark.parametrize("by", [follow_topic, choose_interests])
def test_nobody_who_left_follows_a_topic(
    by: Callable[..., Any], looking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = make_person()
    if not looking:
        monkeypatch.setattr(people, "_open", lambda pk: Profile.objects.filter(pk=pk))
    what = {"slug": "lamps"} if by is follow_topic else {"slugs": ["lamps"]}
    met = in_the_middle(
        seam=(erasing, "_end_follows"),
        act=lambda: erase(noor),
        meanwhile=lambda: by(profile_id=noor.pk, **what),
    )
    assert (met.act, met.waited) == (None, True)
    assert topic_followers(slug="lamps") == (0 if looking else 1)


@pytest.mark.parametrize("leaves", ["follower", "followed"])
def test_nobody_who_left_follows_or_is_followed(leaves: str) -> None:
    noor, mara = make_person(), make_person()
    met = in_the_middle(
        seam=(erasing, "_end_follows"),
        act=lambda: erase(noor if leaves == "follower" else mara),
        meanwhile=lambda: follow(follower_id=noor.pk, followed_id=mara.pk),
    )
    assert (met.act, met.waited) == (None, True)
    assert isinstance(met.meanwhile, NotFound)
    assert not is_following(follower_id=noor.pk, followed_ids=[mara.pk])
    for one in (noor, mara):
        one.refresh_from_db()
        assert (one.followers_count, one.following_count) == (0, 0)
