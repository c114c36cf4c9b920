"""What people say under a pin: writing, changing, deleting, taking down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from accounts.actions import hold_actor
from accounts.queries import blocked_ids, profile_refs_by_handle
from core import clock
from core.db import in_turn, retrying
from core.events import publish
from feed import acts
from feed.actions.publishing import index_pins, own_pin
from feed.audience import visible_pins
from feed.comments import MAX_THREAD, visible_comments
from feed.errors import (
    CommentNotFound,
    CommentsClosed,
    NothingToUndo,
    PinNotFound,
    ThreadFull,
    TooLateToEdit,
)
from feed.events import CommentEdited, CommentTakenDown, CommentWritten
from feed.models import Comment, CommentMention, Pin
from feed.saying import MAX_MENTIONS, handles_in, hashtags_in
from feed.types import EDIT_MINUTES, CommentState

EDIT_FOR = timedelta(minutes=EDIT_MINUTES)
# How long a deleted comment can be brought back, and its words are kept.
KEEP = timedelta(days=1)
SENT_AGAIN = timedelta(minutes=10)


@retrying
def write_comment(
    *,
    pin_id: str,
    author_id: int,
    text: str,
    answers: str | None = None,
    user_id: int | None = None,
) -> Comment:
    """Say something under a public pin; `text` as cleaned, not blank.

    `answers` is the public id of the comment that is answered; a reply to a reply stands in the
    same thread. The same words at the same place within ten minutes are one comment: a form that
    was sent again by Back, a reload or a proxy. Whoever is named by `@handle`, up to ten, is told.
    `user_id` is, here and below, the user who speaks in a brand's name: it goes into its log.
    Raises PinNotFound, CommentsClosed, ThreadFull, CommentNotFound when what is answered is gone; a
    block makes both look so. NotFound for a closed account.
    """
    with transaction.atomic():
        hold_actor(profile_id=author_id)
        pins = visible_pins().filter(public_id=pin_id)
        pin = pins.values("pk", "title", "author_id", "comments_open").first()
        blocked = blocked_ids(profile_id=author_id)
        if pin is None or pin["author_id"] in blocked:
            raise PinNotFound
        if not pin["comments_open"]:
            raise CommentsClosed
        answered = _answered(pin["pk"], answers, blocked) if answers else None
        in_turn(f"comment:{author_id}:{pin['pk']}")
        said = Comment.objects.filter(
            pin=pin["pk"],
            author=author_id,
            answers=answered,
            text=text,
            state=CommentState.VISIBLE,
            created_at__gt=clock.now() - SENT_AGAIN,
        ).first()
        if said is not None:
            return said
        root = (answered.parent_id or answered.pk) if answered else None
        if root is not None:
            _check_room(root)
        comment = Comment.objects.create(
            pin_id=pin["pk"],
            author_id=author_id,
            parent_id=root,
            answers=answered,
            text=text,
            created_at=clock.now(),
        )
        _mention(comment, blocked)
        _count(pin["pk"], 1)
        _index(pin["pk"], before="", after=text)
        acts.record(acts.COMMENTED, brand_id=author_id, user_id=user_id, subject=pin["title"])
        publish(CommentWritten(comment_id=comment.public_id))
    return comment


def _answered(pin_pk: int, public_id: str, blocked: Collection[int]) -> Comment:
    comment = visible_comments().filter(pin=pin_pk, public_id=public_id).first()
    if comment is None or comment.author_id in blocked:
        raise CommentNotFound
    return comment


def _check_room(root_pk: int) -> None:
    """More replies than a thread shows would be said to nobody."""
    if visible_comments().filter(parent=root_pk).count() >= MAX_THREAD:
        raise ThreadFull


def _mention(comment: Comment, blocked: Collection[int]) -> list[int]:
    """Keep who is named, as far as the author may meet them; who was not named before."""
    known = profile_refs_by_handle(handles=handles_in(comment.text)[:MAX_MENTIONS])
    before = set(comment.mentions.values_list("profile_id", flat=True))
    now = {ref.id: handle for handle, ref in known.items() if ref.id not in blocked}
    comment.mentions.exclude(profile__in=now).delete()
    fresh = sorted(set(now) - before)
    CommentMention.objects.bulk_create(
        [CommentMention(comment=comment, profile_id=one, handle=now[one]) for one in fresh]
    )
    return fresh


def _count(pin_pk: int, by: int) -> None:
    Pin.objects.filter(pk=pin_pk).update(comments_count=F("comments_count") + by)


@retrying
def edit_comment(
    *, comment_id: str, author_id: int, text: str, user_id: int | None = None
) -> Comment:
    """Change one's own words within a few minutes. Raises CommentNotFound, TooLateToEdit."""
    with transaction.atomic():
        comment = _locked(comment_id, state=CommentState.VISIBLE)
        if comment.author_id != author_id:
            raise CommentNotFound
        now = clock.now()
        if now - comment.created_at > EDIT_FOR:
            raise TooLateToEdit
        if comment.text != text:
            before, comment.text, comment.edited_at = comment.text, text, now
            comment.save(update_fields=["text", "edited_at"])
            _index(comment.pin_id, before=before, after=text)
            _record(acts.COMMENT_CHANGED, comment, actor_id=author_id, user_id=user_id)
            fresh = _mention(comment, blocked_ids(profile_id=author_id))
            if fresh:
                publish(CommentEdited(comment_id=comment_id, mentioned=fresh))
    return comment


@retrying
def delete_comment(*, comment_id: str, actor_id: int, user_id: int | None = None) -> Comment:
    """Take a comment away: one's own, or one under one's own pin. Its replies stay.

    Raises CommentNotFound, also for whoever may not.
    """
    with transaction.atomic():
        comment = _locked(comment_id, state=CommentState.VISIBLE)
        if actor_id not in (comment.author_id, comment.pin.author_id):
            raise CommentNotFound
        comment.state = CommentState.DELETED
        comment.hidden_at, comment.hidden_by_id = clock.now(), actor_id
        comment.save(update_fields=["state", "hidden_at", "hidden_by"])
        _count(comment.pin_id, -1)
        _index(comment.pin_id, before=comment.text, after="")
        _record(acts.COMMENT_DELETED, comment, actor_id=actor_id, user_id=user_id)
    return comment


@retrying
def restore_comment(*, comment_id: str, actor_id: int, user_id: int | None = None) -> Comment:
    """Undo one's own `delete_comment` within a day. Raises NothingToUndo."""
    with transaction.atomic():
        try:
            comment = _locked(comment_id, state=CommentState.DELETED)
        except CommentNotFound as error:
            raise NothingToUndo from error
        assert comment.hidden_at is not None  # noqa: S101 -- a constraint says so
        too_late = not comment.text or clock.now() - comment.hidden_at > KEEP
        if comment.hidden_by_id != actor_id or too_late:
            raise NothingToUndo
        _show(comment)
        _record(acts.COMMENT_RESTORED, comment, actor_id=actor_id, user_id=user_id)
    return comment


def _record(act: str, comment: Comment, *, actor_id: int, user_id: int | None) -> None:
    # The words of the comment stay out of the log: they can be deleted, a line cannot.
    acts.record(act, brand_id=actor_id, user_id=user_id, subject=comment.pin.title)


def take_down_comment(*, comment_id: str, operator_id: int | None, reason: str) -> None:
    """Remove a comment from every page, for a stated reason. Doing it twice changes nothing.

    Also one that was deleted, which then cannot be brought back. Raises CommentNotFound.
    """
    with transaction.atomic():
        comment = _locked(comment_id)
        if comment.state == CommentState.TAKEN_DOWN:
            return
        was_visible = comment.state == CommentState.VISIBLE
        if was_visible:
            _count(comment.pin_id, -1)
        comment.state = CommentState.TAKEN_DOWN
        comment.hidden_at, comment.hidden_by = clock.now(), None
        comment.taken_down_by_id = operator_id
        comment.taken_down_reason = reason[:500]  # its author is told all of it
        comment.save(
            update_fields=[
                "state",
                "hidden_at",
                "hidden_by",
                "taken_down_by",
                "taken_down_reason",
            ]
        )
        if was_visible:
            _index(comment.pin_id, before=comment.text, after="")
        publish(
            CommentTakenDown(
                comment_id=comment_id,
                author_id=comment.author_id,
                title=comment.text[:120],
                reason=reason,
                at=comment.hidden_at.isoformat(),
            )
        )


def put_back_comment(*, comment_id: str) -> None:
    """Show a comment again that an operator took down by mistake. Raises CommentNotFound."""
    with transaction.atomic():
        comment = _locked(comment_id)
        if comment.state == CommentState.TAKEN_DOWN and comment.text:
            _show(comment)


def _show(comment: Comment) -> None:
    comment.state = CommentState.VISIBLE
    comment.hidden_at = comment.hidden_by = comment.taken_down_by = None
    comment.taken_down_reason = ""
    comment.save(
        update_fields=["state", "hidden_at", "hidden_by", "taken_down_by", "taken_down_reason"]
    )
    _count(comment.pin_id, 1)
    _index(comment.pin_id, before="", after=comment.text)


def _index(pin_pk: int, *, before: str, after: str) -> None:
    """Let search know the hashtags under a pin, where a comment has others now than before."""
    if hashtags_in(before) != hashtags_in(after):
        index_pins([Pin.objects.select_for_update(no_key=True).get(pk=pin_pk)])


def _locked(public_id: str, *, state: CommentState | None = None) -> Comment:
    comment = (
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("pin")
        .filter(public_id=public_id)
        .first()
    )
    if comment is None or (state is not None and comment.state != state):
        raise CommentNotFound
    return comment


def open_comments(
    *, pin_id: str, author_id: int, is_open: bool, user_id: int | None = None
) -> None:
    """Turn comments on the own pin on or off; what was said stays. Raises PinNotFound; also for
    what was taken down or deleted."""
    with transaction.atomic():
        pin = own_pin(public_id=pin_id, author_id=author_id)
        if pin.comments_open is is_open:
            return
        pin.comments_open = is_open
        pin.save(update_fields=["comments_open"])
        act = acts.COMMENTS_OPENED if is_open else acts.COMMENTS_CLOSED
        acts.record(act, brand_id=author_id, user_id=user_id, subject=pin.title)


def wipe_deleted() -> int:
    """Forget the words of comments that were deleted more than a day ago; how many."""
    old = Comment.objects.filter(
        state=CommentState.DELETED, hidden_at__lt=clock.now() - KEEP
    ).exclude(text="")
    CommentMention.objects.filter(comment__in=old).delete()
    return old.update(text="")
