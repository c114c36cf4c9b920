"""Operations of not meeting: block, mute, muted words; and of consent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts import actions, queries
from accounts.hiding_forms import until
from accounts.shapes import ByLineOut
from accounts.types import Call, ProfileRef
from api.fields import Choice, In, Instant, Out, Word
from api.operations import Results, operation
from core.errors import NotFound
from tracking import actions as tracking
from tracking.queries import PURPOSES

TAG = "Blocking and muting"
DAYS = [("1", "1"), ("7", "7"), ("30", "30")]


class MuteIn(In):
    """For how many days; for good when none are named."""

    days = Choice(choices=DAYS, required=False, default="")


class MuteWordIn(MuteIn):
    """A word, and for how long."""

    word = Word(most=200)


class MuteOut(Out):
    """Something muted: a profile or a word, perhaps until a moment."""

    profile = ByLineOut(allow_null=True)
    word = serializers.CharField()
    until = Instant(allow_null=True)


class ConsentIn(In):
    """What you agree to from now on; nothing else."""

    purposes = serializers.ListField(child=Choice(choices=[(one, one) for one in PURPOSES]))


class ConsentOut(Out):
    """What you agree to."""

    purposes = serializers.ListField(child=serializers.CharField())


def _public(call: Call, handle: str) -> ProfileRef:
    found = queries.profile_by_handle(handle=handle, viewer=call.viewer)
    if found is None:
        raise NotFound
    return found.ref


def _among(handle: str, refs: list[ProfileRef]) -> ProfileRef:
    for ref in refs:
        if ref.handle == handle.lower():
            return ref
    raise NotFound


@operation(id="blocks_list", tag=TAG, scope="profile", gives=ByLineOut, many=True)
def list_blocks(call: Call) -> Results:
    """Whom you blocked."""
    return Results(items=queries.blocks_of(profile_id=call.acting_id))


@operation(id="profile_block", tag=TAG, scope="profile", gives=ByLineOut)
def block(call: Call, handle: str) -> ProfileRef:
    """Block a profile: neither of you sees the other."""
    ref = _public(call, handle)
    actions.block(blocker_id=call.voice_id, blocked_id=ref.id, actor_id=call.viewer.brand_actor_id)
    return ref


@operation(id="profile_unblock", tag=TAG, scope="profile", gives=ByLineOut)
def unblock(call: Call, handle: str) -> ProfileRef:
    """Take a block back."""
    ref = _among(handle, queries.blocks_of(profile_id=call.voice_id))
    actions.unblock(
        blocker_id=call.voice_id, blocked_id=ref.id, actor_id=call.viewer.brand_actor_id
    )
    return ref


@operation(id="mutes_list", tag=TAG, scope="profile", gives=MuteOut, many=True)
def list_mutes(call: Call) -> Results:
    """Profiles and words that you muted."""
    return Results(items=queries.mutes_of(profile_id=call.acting_id))


@operation(
    id="profile_mute",
    tag=TAG,
    scope="profile",
    takes=MuteIn,
    gives=ByLineOut,
    example={"days": "7"},
)
def mute(call: Call, handle: str) -> ProfileRef:
    """Leave a profile out of your walls. They do not learn of it."""
    ref = _public(call, handle)
    actions.mute(
        muter_id=call.voice_id,
        muted_id=ref.id,
        until=until(call.data["days"]),
        actor_id=call.viewer.brand_actor_id,
    )
    return ref


@operation(id="profile_unmute", tag=TAG, scope="profile", gives=ByLineOut)
def unmute(call: Call, handle: str) -> ProfileRef:
    """Take a mute back."""
    rows = queries.mutes_of(profile_id=call.voice_id)
    ref = _among(handle, [row.profile for row in rows if row.profile])
    actions.unmute(muter_id=call.voice_id, muted_id=ref.id, actor_id=call.viewer.brand_actor_id)
    return ref


@operation(
    id="word_mute",
    tag=TAG,
    scope="profile",
    takes=MuteWordIn,
    gives=MuteOut,
    many=True,
    example={"word": "beige"},
)
def mute_word(call: Call) -> Results:
    """Keep pins with a word off your walls."""
    data = call.data
    actions.mute_word(
        muter_id=call.voice_id,
        word=data["word"],
        until=until(data["days"]),
        actor_id=call.viewer.brand_actor_id,
    )
    return list_mutes.function(call)  # type: ignore[no-any-return]


@operation(id="word_unmute", tag=TAG, scope="profile")
def unmute_word(call: Call, word: str) -> None:
    """Take the mute of a word back."""
    actor_id = call.viewer.brand_actor_id
    if not actions.unmute_word(muter_id=call.voice_id, word=word[:100], actor_id=actor_id):
        raise NotFound


@operation(id="consent_read", tag="Consent", scope="profile", gives=ConsentOut)
def read_consent(call: Call) -> dict[str, Any]:
    """What you agreed to."""
    return {"purposes": sorted(call.viewer.consent)}


@operation(
    id="consent_change",
    tag="Consent",
    scope="profile",
    takes=ConsentIn,
    gives=ConsentOut,
    example={"purposes": []},
)
def change_consent(call: Call) -> dict[str, Any]:
    """Say what you agree to from now on. What is not named is taken back."""
    return {"purposes": tracking.choose(actor_id=call.user_id, purposes=call.data["purposes"])}
