"""Operations of likes and comments."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.shapes import ByLineOut
from accounts.types import Call
from api.fields import CursorAsked, Flag, Id, In, Instant, Out, Text
from api.operations import Limit, Results, operation
from core.errors import NotFound
from core.ratelimit import hit
from feed import actions, queries
from feed.models import Comment
from feed.types import COMMENTS_PER_HOUR, COMMENTS_PER_MINUTE

TAG = "Comments and likes"
COMMENTS = Limit(name="comment", times=COMMENTS_PER_MINUTE, seconds=60)
LIKES = Limit(name="like", times=120, seconds=60)


class CommentIn(In):
    """A comment; `answers` names the one that it replies to."""

    text = Text(limit=1000, multiline=True)
    answers = Id(required=False, allow_null=True, default=None)


class TextIn(In):
    """The comment anew."""

    text = Text(limit=1000, multiline=True)


class OpenIn(In):
    """Whether others may comment."""

    open = Flag()


class WrittenOut(Out):
    """A comment that was written."""

    id = serializers.CharField(source="public_id")
    text = serializers.CharField()
    created_at = Instant()


class ReplyOut(Out):
    """A reply. One that is gone has neither author nor text."""

    id = serializers.CharField(source="public_id")
    author = ByLineOut(allow_null=True)
    text = serializers.CharField()
    at = Instant()
    edited = serializers.BooleanField()
    likes_count = serializers.IntegerField()
    liked = serializers.BooleanField()
    may_edit = serializers.BooleanField()
    may_delete = serializers.BooleanField()


class CommentOut(ReplyOut):
    """A comment with the first of its replies."""

    replies = ReplyOut(many=True)
    replies_count = serializers.IntegerField()


class LikedOut(Out):
    """Whether you like it now."""

    liked = serializers.BooleanField()


@operation(
    id="pin_comments_list",
    tag=TAG,
    scope="feed:read",
    who="anybody",
    asks=CursorAsked,
    gives=CommentOut,
    many=True,
)
def list_comments(call: Call, public_id: str) -> Results:
    """What is said under a pin, newest first."""
    talk = queries.talk_page(pin_id=public_id, viewer=call.viewer, cursor=call.query["cursor"])
    if talk is None:
        raise NotFound
    cursor = (talk.next or "").removeprefix("cursor=")
    return Results(items=talk.comments, next={"cursor": cursor} if cursor else None)


@operation(
    id="comment_thread_list",
    tag=TAG,
    scope="feed:read",
    who="anybody",
    gives=CommentOut,
    many=True,
)
def list_thread(call: Call, comment_id: str) -> Results:
    """One comment with all of its replies."""
    talk = queries.thread_page(comment_id=comment_id, viewer=call.viewer)
    if talk is None:
        raise NotFound
    return Results(items=talk.comments)


@operation(
    id="comment_create",
    tag=TAG,
    scope="feed:write",
    takes=CommentIn,
    gives=WrittenOut,
    status=201,
    limit=COMMENTS,
    example={"text": "The light in this one!"},
)
def write(call: Call, public_id: str) -> Comment:
    """Say something under a pin, or in answer to a comment there."""
    key = f"comments:{call.viewer.limit_key}"
    hit(key=key, limit=COMMENTS_PER_HOUR, per_seconds=3600)
    return actions.write_comment(
        pin_id=public_id,
        author_id=call.voice_id,
        user_id=call.viewer.brand_actor_id,
        **call.data,
    )


@operation(
    id="comment_change",
    tag=TAG,
    scope="feed:write",
    takes=TextIn,
    gives=WrittenOut,
    limit=COMMENTS,
    example={"text": "The late light in this one!"},
)
def edit(call: Call, comment_id: str) -> Comment:
    """Write your own comment anew."""
    return actions.edit_comment(
        comment_id=comment_id,
        author_id=call.voice_id,
        text=call.data["text"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(id="comment_delete", tag=TAG, scope="feed:write")
def delete(call: Call, comment_id: str) -> None:
    """Take a comment away: your own, or one under your own pin."""
    actions.delete_comment(
        comment_id=comment_id, actor_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )


@operation(id="comment_restore", tag=TAG, scope="feed:write", gives=WrittenOut)
def restore(call: Call, comment_id: str) -> Comment:
    """Put back a comment that you took away."""
    return actions.restore_comment(
        comment_id=comment_id, actor_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )


@operation(
    id="pin_comments_open", tag=TAG, scope="feed:write", takes=OpenIn, example={"open": False}
)
def open_comments(call: Call, public_id: str) -> None:
    """Let others comment under your pin, or no longer."""
    actions.open_comments(
        pin_id=public_id,
        author_id=call.voice_id,
        is_open=call.data["open"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(id="pin_like", tag=TAG, scope="feed:write", gives=LikedOut, limit=LIKES)
def like_pin(call: Call, public_id: str) -> dict[str, Any]:
    """Like a pin. Twice is the same as once."""
    actions.like_pin(pin_id=public_id, profile_id=call.voice_id)
    return {"liked": True}


@operation(id="pin_unlike", tag=TAG, scope="feed:write", gives=LikedOut, limit=LIKES)
def unlike_pin(call: Call, public_id: str) -> dict[str, Any]:
    """Take a like back."""
    actions.unlike_pin(pin_id=public_id, profile_id=call.voice_id)
    return {"liked": False}


@operation(id="comment_like", tag=TAG, scope="feed:write", gives=LikedOut, limit=LIKES)
def like_comment(call: Call, comment_id: str) -> dict[str, Any]:
    """Like a comment."""
    actions.like_comment(comment_id=comment_id, profile_id=call.voice_id)
    return {"liked": True}


@operation(id="comment_unlike", tag=TAG, scope="feed:write", gives=LikedOut, limit=LIKES)
def unlike_comment(call: Call, comment_id: str) -> dict[str, Any]:
    """Take a like of a comment back."""
    actions.unlike_comment(comment_id=comment_id, profile_id=call.voice_id)
    return {"liked": False}
