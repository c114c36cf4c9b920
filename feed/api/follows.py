"""Operations about boards and topics that one follows."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts import actions as accounts
from accounts.types import Call
from api.fields import CursorAsked, Out
from api.operations import Results, operation
from catalog.queries import category
from catalog.types import CategoryRef
from core.errors import NotFound
from feed import actions, queries
from feed.shapes import BoardOut


class BoardFollowOut(Out):
    """How it stands between you and a board."""

    board = BoardOut()
    following = serializers.BooleanField()


@operation(id="board_follow", tag="Boards", scope="feed:write", gives=BoardFollowOut)
def follow_board(call: Call, public_id: str) -> dict[str, Any]:
    """Follow a board that everybody sees: what is saved on it comes up on your Home. Twice is the
    same as once."""
    board = actions.follow_board(board_id=public_id, profile_id=call.voice_id)
    return {"board": board, "following": True}


@operation(id="board_unfollow", tag="Boards", scope="feed:write", gives=BoardFollowOut)
def unfollow_board(call: Call, public_id: str) -> dict[str, Any]:
    """Stop following a board."""
    board = actions.unfollow_board(board_id=public_id, profile_id=call.voice_id)
    return {"board": board, "following": False}


@operation(
    id="boards_followed_list",
    tag="Boards",
    scope="feed:read",
    asks=CursorAsked,
    gives=BoardOut,
    many=True,
)
def list_boards(call: Call) -> Results:
    """Boards that you follow, those followed last first."""
    _ = call.acting_id  # an operator without a profile follows nothing
    page = queries.followed_boards(viewer=call.viewer, cursor=call.query["cursor"])
    return Results(items=page.boards, next={"cursor": page.next} if page.next else None)


class TopicFollowOut(Out):
    """How it stands between you and a topic, which is a category."""

    slug = serializers.CharField()
    name = serializers.CharField()
    following = serializers.BooleanField()
    followers_count = serializers.IntegerField()


def _topic(slug: str) -> CategoryRef:
    found = category(slug=slug)
    if found is None:
        raise NotFound
    return found


@operation(id="topic_follow", tag="People", scope="feed:write", gives=TopicFollowOut)
def follow_topic(call: Call, topic: str) -> dict[str, Any]:
    """Put a topic among your interests; Home follows them. Twice is the same as once."""
    found = _topic(topic)
    count = accounts.follow_topic(profile_id=call.profile_id, slug=found.slug)
    return {
        "slug": found.slug,
        "name": found.name,
        "following": True,
        "followers_count": count,
    }


@operation(id="topic_unfollow", tag="People", scope="feed:write", gives=TopicFollowOut)
def unfollow_topic(call: Call, topic: str) -> dict[str, Any]:
    """Take a topic from your interests."""
    found = _topic(topic)
    count = accounts.unfollow_topic(profile_id=call.profile_id, slug=found.slug)
    return {
        "slug": found.slug,
        "name": found.name,
        "following": False,
        "followers_count": count,
    }
