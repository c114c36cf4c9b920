"""Liking pins and comments: once per person, however often and however fast they press."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.actions import hold_actor
from accounts.queries import are_blocked
from core import clock
from core.events import publish
from feed.audience import visible_pins
from feed.comments import visible_comments
from feed.errors import CommentNotFound, PinNotFound
from feed.events import CommentLiked, PinLiked
from feed.models import Comment, CommentLike, Pin, PinLike


def like_pin(*, pin_id: str, profile_id: int) -> bool:
    """Like a public pin; False when it was liked already. Raises PinNotFound (also behind a
    block), NotFound for a closed account."""
    with transaction.atomic():
        hold_actor(profile_id=profile_id)
        found = visible_pins().filter(public_id=pin_id).values_list("pk", "author_id").first()
        if found is None or are_blocked(one_id=profile_id, other_id=found[1]):
            raise PinNotFound
        pin = found[0]
        created = _is_new(PinLike(pin_id=pin, profile_id=profile_id, created_at=clock.now()))
        if created:
            Pin.objects.filter(pk=pin).update(likes_count=F("likes_count") + 1)
            publish(PinLiked(pin_id=pin_id, profile_id=profile_id))
    return created


def unlike_pin(*, pin_id: str, profile_id: int) -> bool:
    """Take a like back; False when there was none."""
    with transaction.atomic():
        likes = PinLike.objects.filter(pin__public_id=pin_id, profile=profile_id)
        gone, _rows = likes.delete()
        if gone:
            Pin.objects.filter(public_id=pin_id).update(likes_count=F("likes_count") - 1)
    return bool(gone)


def like_comment(*, comment_id: str, profile_id: int) -> bool:
    """Like a comment that can be seen; False when it was liked already. Raises CommentNotFound
    (also behind a block), NotFound for a closed account."""
    with transaction.atomic():
        hold_actor(profile_id=profile_id)
        comments = visible_comments().filter(public_id=comment_id)
        found = comments.values_list("pk", "author_id").first()
        if found is None or are_blocked(one_id=profile_id, other_id=found[1]):
            raise CommentNotFound
        comment = found[0]
        like = CommentLike(comment_id=comment, profile_id=profile_id, created_at=clock.now())
        created = _is_new(like)
        if created:
            Comment.objects.filter(pk=comment).update(likes_count=F("likes_count") + 1)
            publish(CommentLiked(comment_id=comment_id, profile_id=profile_id))
    return created


def unlike_comment(*, comment_id: str, profile_id: int) -> bool:
    """Take a like back; False when there was none."""
    with transaction.atomic():
        likes = CommentLike.objects.filter(comment__public_id=comment_id, profile=profile_id)
        gone, _rows = likes.delete()
        if gone:
            Comment.objects.filter(public_id=comment_id).update(likes_count=F("likes_count") - 1)
    return bool(gone)


def _is_new(like: PinLike | CommentLike) -> bool:
    """Write a like; False where it stood there when it was to be written.

    Nobody looks for the one that stood there: it may be taken back in the same moment.
    """
    try:
        with transaction.atomic():
            like.save(force_insert=True)
    except IntegrityError:
        return False
    return True
