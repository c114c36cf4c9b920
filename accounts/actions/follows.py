"""Follow and unfollow, with counters that stay exact however many do it at once."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.errors import CannotFollow
from accounts.events import ProfileFollowed
from accounts.models import Block, Follow, Profile
from core import clock
from core.db import retrying
from core.errors import NotFound
from core.events import publish


@retrying
def follow(*, follower_id: int, followed_id: int) -> bool:
    """Let one profile follow another. Returns False, changing nothing, when it already did.

    Raises CannotFollow for oneself, and NotFound for a profile that is not public or between whom
    and the follower a block stands, or where the account of one of them has ended.
    """
    if follower_id == followed_id:
        raise CannotFollow
    with transaction.atomic():
        if not Profile.objects.filter(id=followed_id, state=Profile.State.APPROVED).exists():
            raise NotFound(_("There is nobody of that name here."))
        created = _insert(follower_id=follower_id, followed_id=followed_id)
        if created:
            if _count(follower_id=follower_id, followed_id=followed_id, by=1) < 2:
                raise NotFound(_("There is nobody of that name here."))
            _check_no_block(follower_id, followed_id)
            publish(ProfileFollowed(follower_id=follower_id, followed_id=followed_id))
    return created


@retrying
def unfollow(*, follower_id: int, followed_id: int) -> bool:
    """End a follow. Returns False, changing nothing, when there was none."""
    with transaction.atomic():
        deleted, _rows = Follow.objects.filter(
            follower_id=follower_id, followed_id=followed_id
        ).delete()
        if deleted:
            _count(follower_id=follower_id, followed_id=followed_id, by=-1)
    return bool(deleted)


# One statement: between looking for a row and making it, a rival may make and drop it.
_FOLLOW = """
INSERT INTO accounts_follow (follower_id, followed_id, created_at) VALUES (%s, %s, %s)
ON CONFLICT (follower_id, followed_id) DO NOTHING RETURNING id
"""


def _insert(*, follower_id: int, followed_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [follower_id, followed_id, clock.now()])
        return cursor.fetchone() is not None


def _check_no_block(one_id: int, other_id: int) -> None:
    # Asked when both profiles are locked by the counters: a block made meanwhile is seen.
    pair = Q(blocker=one_id, blocked=other_id) | Q(blocker=other_id, blocked=one_id)
    if Block.objects.filter(pair).exists():
        raise NotFound(_("There is nobody of that name here."))


def _count(*, follower_id: int, followed_id: int, by: int) -> int:
    """How many of the two are counted on: not whose account ended while this waited for it."""
    # In primary-key order, so that two profiles that follow each other at once do not deadlock.
    changes = {follower_id: "following_count", followed_id: "followers_count"}
    there = Profile.objects.exclude(state=Profile.State.CLOSED)
    return sum(
        there.filter(id=one).update(**{changes[one]: F(changes[one]) + by})
        for one in sorted(changes)
    )
