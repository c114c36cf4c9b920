"""Operations on notices and on what somebody wants to hear."""

from __future__ import annotations

from rest_framework import serializers

from accounts.types import Call
from api.fields import Choice, CursorAsked, Id, In, Instant, Out, PictureField, Word
from api.operations import Results, operation
from core.errors import NotFound
from notifications import actions, queries
from notifications.kinds import CHANNELS, GROUPS, all_kinds

TAG = "Notifications"
PREFERENCES = "Notifications: preferences"


class NoticeOut(Out):
    """A notice."""

    id = serializers.CharField(source="public_id")
    kind = serializers.CharField()
    group = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    url = serializers.CharField()
    is_new = serializers.BooleanField()
    at = Instant()
    picture = PictureField(allow_null=True)


class NoticesAsked(CursorAsked):
    """Of one group, or all."""

    group = Choice(choices=[(name, name) for name in GROUPS], required=False)


class ReadIn(In):
    """Which notice; all of them when none is named."""

    id = Id(required=False)


class ReadOut(Out):
    """How many notices were new and are read now."""

    read = serializers.IntegerField()


class PreferenceOut(Out):
    """A kind of notice, the channels that are on for it, and those that cannot be switched off."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField()
    on = serializers.ListField(child=serializers.CharField())
    locked = serializers.ListField(child=serializers.CharField())


class PreferenceIn(In):
    """Channels that are on for a kind from now on; an empty list mutes it."""

    kind = Word(most=60)
    on = serializers.ListField(child=Choice(choices=[(name, name) for name in CHANNELS]))


@operation(
    id="notifications_list",
    tag=TAG,
    scope="notifications",
    asks=NoticesAsked,
    gives=NoticeOut,
    many=True,
)
def list_notices(call: Call) -> Results:
    """Your notices, newest first."""
    page = queries.notices_for(
        profile_id=call.profile_id,
        cursor=call.query["cursor"],
        group=call.query.get("group", ""),
        without=call.viewer.hidden.ids,
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


@operation(
    id="notifications_read",
    tag=TAG,
    scope="notifications",
    takes=ReadIn,
    gives=ReadOut,
    example={},
)
def mark_read(call: Call) -> dict[str, int]:
    """Mark one notice as read, or all."""
    public_id = call.data.get("id")
    if public_id is None:
        return {"read": actions.mark_all_read(profile_id=call.profile_id)}
    done = actions.mark_read(profile_id=call.profile_id, public_id=public_id)
    if done is None:
        raise NotFound
    return {"read": int(done.was_new)}


@operation(
    id="notification_preferences_list",
    tag=PREFERENCES,
    scope="profile",
    gives=PreferenceOut,
    many=True,
)
def list_preferences(call: Call) -> Results:
    """Which kinds of notice reach you, and where."""
    return _preferences(call)


@operation(
    id="notification_preference_change",
    tag=PREFERENCES,
    scope="profile",
    takes=PreferenceIn,
    gives=PreferenceOut,
    many=True,
    example={"kind": "messaging.question", "on": ["in_app"]},
)
def change_preference(call: Call) -> Results:
    """Say where a kind of notice reaches you. What is locked stays on."""
    kind = call.data["kind"]
    if kind not in {one.code for one in all_kinds() if one.reaches(_roles(call))}:
        raise NotFound
    actions.save_preferences(profile_id=call.profile_id, wanted={kind: call.data["on"]})
    return _preferences(call)


def _preferences(call: Call) -> Results:
    rows = queries.preferences_for(profile_id=call.profile_id, roles=_roles(call))
    return Results(items=rows)


def _roles(call: Call) -> set[str]:
    return {brand.role for brand in call.viewer.brands}
