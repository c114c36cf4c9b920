"""Operations about hashtags: their walls, and those that one follows."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.types import Call
from api.fields import CursorAsked, Out
from api.operations import Results, operation
from core.errors import NotFound
from feed import actions, queries
from feed.api.views import page_of
from feed.shapes import PinCardOut
from feed.types import HashtagRef


class HashtagOut(Out):
    """A hashtag: its one `name`, and how it is `shown`, both without the sign."""

    name = serializers.CharField()
    shown = serializers.CharField()
    url = serializers.CharField()
    followers_count = serializers.IntegerField()


class HashtagFollowOut(Out):
    """How it stands between you and a hashtag."""

    hashtag = HashtagOut()
    following = serializers.BooleanField()


def _hashtag(call: Call, tag: str) -> tuple[HashtagRef, bool]:
    found = queries.hashtag(tag=tag, viewer=call.viewer)
    if found is None:
        raise NotFound
    return found


@operation(id="hashtag_read", tag="Walls", scope="feed:read", who="anybody", gives=HashtagFollowOut)
def read_hashtag(call: Call, tag: str) -> dict[str, Any]:
    """A hashtag, however you write its case, width and accents; also one that no pin says yet."""
    one, following = _hashtag(call, tag)
    return {"hashtag": one, "following": following}


@operation(
    id="hashtag_pins_list",
    tag="Walls",
    scope="feed:read",
    who="anybody",
    asks=CursorAsked,
    gives=PinCardOut,
    many=True,
)
def list_pins(call: Call, tag: str) -> Results:
    """Pins that say a hashtag, newest first."""
    one, _following = _hashtag(call, tag)
    wall = queries.hashtag_wall(of=one, viewer=call.viewer, cursor=call.query["cursor"])
    return page_of(wall)


@operation(
    id="hashtags_followed_list", tag="People", scope="feed:read", gives=HashtagOut, many=True
)
def list_followed(call: Call) -> Results:
    """Hashtags that you follow, those followed last first; a hundred at most."""
    return Results(items=queries.followed_hashtags(profile_id=call.acting_id))


@operation(id="hashtag_follow", tag="People", scope="feed:write", gives=HashtagFollowOut)
def follow(call: Call, tag: str) -> dict[str, Any]:
    """Follow a hashtag: pins that say it come up on your Home and among those you follow. Twice is
    the same as once."""
    one = actions.follow_hashtag(tag=tag, profile_id=call.voice_id)
    return {"hashtag": one, "following": True}


@operation(id="hashtag_unfollow", tag="People", scope="feed:write", gives=HashtagFollowOut)
def unfollow(call: Call, tag: str) -> dict[str, Any]:
    """Stop following a hashtag."""
    one = actions.unfollow_hashtag(tag=tag, profile_id=call.voice_id)
    return {"hashtag": one, "following": False}
