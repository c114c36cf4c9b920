"""Operations on a brand's team: who is on it, who is asked, who goes, and its log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast, get_args

from rest_framework import serializers

from accounts import actions, queries, roles
from accounts.acts import GROUPS
from accounts.shapes import ByLineOut
from accounts.types import BrandRole, Call, Role, TeamRow
from api.fields import Asked, Choice, FindAsked, In, Instant, Mail, Out, Word, find_field
from api.operations import Results, operation
from core.errors import NotFound

TAG = "Studio: team"
OWNERS = {"owner"}
_ROLES = [(one.code, one.code) for one in roles.ROLES]


class MemberOut(Out):
    """Somebody on the team."""

    person = ByLineOut()
    email = serializers.CharField(help_text="Empty unless you are an owner.")
    role = serializers.CharField()
    since = Instant()


class InvitationOut(Out):
    """Somebody who was asked and has not answered."""

    id = serializers.CharField(source="public_id")
    email = serializers.CharField()
    role = serializers.CharField()
    expires_at = Instant()
    expired = serializers.BooleanField()


class InviteIn(In):
    """Whom to ask, and what they may do."""

    email = Mail()
    role = Choice(choices=_ROLES)


class RoleIn(In):
    """What a member may do from now on."""

    role = Choice(choices=_ROLES)


class TokenIn(In):
    """What the link in the mail, or the answer to taking somebody off, holds."""

    token = Word(most=300)


class TakenOffOut(Out):
    """`undo` puts them back, for a while."""

    undo = serializers.CharField()


class LogOut(Out):
    """What somebody of the team did."""

    at = Instant()
    name = serializers.CharField()
    handle = serializers.CharField()
    words = serializers.CharField()
    group = serializers.CharField()
    subject = serializers.CharField()
    detail = serializers.CharField()


class TeamAsked(Asked):
    """Of one role, or whose name has these words; owners find by e-mail address too."""

    find = find_field()
    role = Choice(choices=[(one, one) for one in get_args(Role)], required=False, default="")


class LogAsked(FindAsked):
    """Of one person (a handle), of one kind, or with these words in what it was done to."""

    person = serializers.CharField(required=False, max_length=60, default="")
    group = Choice(choices=[(one, one) for one in GROUPS], required=False, default="")


_TOKEN = {"token": "eyJwIjoi…"}


def _owner(call: Call, handle: str) -> BrandRole:
    return queries.require_brand_role(viewer=call.viewer, handle=handle, roles=OWNERS)


def _member(brand: BrandRole, person_id: str) -> TeamRow:
    for one in queries.team_of(brand_id=brand.profile.id):
        if one.person.public_id == person_id:
            return one
    raise NotFound


def _count(call: Call) -> None:
    actions.count_try(name="invite", request=call.plain_request)


@operation(
    id="studio_team_list",
    tag=TAG,
    scope="sales:read",
    asks=TeamAsked,
    gives=MemberOut,
    many=True,
)
def list_team(call: Call, handle: str) -> Results:
    """Everybody on the team. Only owners see e-mail addresses, as on the page."""
    brand = queries.require_brand_role(viewer=call.viewer, handle=handle)
    owner = brand.role in OWNERS
    team = queries.team_of(
        brand_id=brand.profile.id,
        role=call.query["role"],
        text=call.query["find"],
        by_email=owner,
    )
    if not owner:
        team = [replace(one, email="") for one in team]
    return Results(items=team)


@operation(
    id="studio_invitations_list", tag=TAG, scope="sales:read", gives=InvitationOut, many=True
)
def list_invitations(call: Call, handle: str) -> Results:
    """Who is asked and has not answered."""
    return Results(items=queries.invitations_of(brand_id=_owner(call, handle).profile.id))


@operation(
    id="studio_invitation_create",
    tag=TAG,
    scope="sales:write",
    takes=InviteIn,
    gives=InvitationOut,
    many=True,
    before=_count,
    example={"email": "rosa@mail.example", "role": "orders"},
)
def invite(call: Call, handle: str) -> Results:
    """Ask somebody to join by mail. Answers with all who are asked."""
    brand_id = _owner(call, handle).profile.id
    actions.invite(brand_id=brand_id, actor_id=call.user_id, **call.data)
    return Results(items=queries.invitations_of(brand_id=brand_id))


@operation(id="studio_invitation_resend", tag=TAG, scope="sales:write", before=_count)
def resend(call: Call, handle: str, public_id: str) -> None:
    """Send a new link; the older one dies."""
    actions.resend_invitation(
        brand_id=_owner(call, handle).profile.id, actor_id=call.user_id, public_id=public_id
    )


@operation(id="studio_invitation_withdraw", tag=TAG, scope="sales:write")
def withdraw(call: Call, handle: str, public_id: str) -> None:
    """Make an invitation worthless."""
    actions.withdraw_invitation(
        brand_id=_owner(call, handle).profile.id, actor_id=call.user_id, public_id=public_id
    )


@operation(
    id="studio_member_change",
    tag=TAG,
    scope="sales:write",
    takes=RoleIn,
    gives=MemberOut,
    example={"role": "catalogue"},
)
def change_role(call: Call, handle: str, person_id: str) -> TeamRow:
    """Give a member another role. A brand keeps an owner."""
    brand = _owner(call, handle)
    actions.change_role(
        brand_id=brand.profile.id,
        person_id=_member(brand, person_id).person.public_id,
        role=cast(Role, call.data["role"]),
        actor_id=call.user_id,
    )
    return _member(brand, person_id)


@operation(id="studio_member_remove", tag=TAG, scope="sales:write", gives=TakenOffOut)
def remove(call: Call, handle: str, person_id: str) -> dict[str, Any]:
    """Take somebody off the team."""
    brand = _owner(call, handle)
    undo = actions.remove_member(
        brand_id=brand.profile.id,
        user_id=_member(brand, person_id).user_id,
        actor_id=call.user_id,
    )
    return {"undo": undo}


@operation(
    id="studio_member_restore",
    tag=TAG,
    scope="sales:write",
    takes=TokenIn,
    gives=MemberOut,
    many=True,
    example=_TOKEN,
)
def restore(call: Call, handle: str) -> Results:
    """Put back who was taken off a moment ago."""
    brand = _owner(call, handle)
    actions.restore_member(
        brand_id=brand.profile.id, token=call.data["token"], actor_id=call.user_id
    )
    return Results(items=queries.team_of(brand_id=brand.profile.id))


@operation(id="studio_team_leave", tag=TAG, scope="sales:write")
def leave(call: Call, handle: str) -> None:
    """Go oneself. There is no way back but an invitation."""
    brand = queries.require_brand_role(viewer=call.viewer, handle=handle)
    actions.remove_member(brand_id=brand.profile.id, user_id=call.user_id, actor_id=call.user_id)


@operation(
    id="team_join",
    tag="People",
    scope="profile",
    takes=TokenIn,
    gives=ByLineOut,
    example=_TOKEN,
)
def join(call: Call) -> Any:
    """Join the team of an invitation, by the token of the link in its mail."""
    return actions.accept_invitation(token=call.data["token"], user_id=call.user_id)


@operation(
    id="studio_log_list", tag=TAG, scope="sales:read", asks=LogAsked, gives=LogOut, many=True
)
def list_log(call: Call, handle: str) -> Results:
    """What the team did, newest first."""
    page = queries.brand_log(
        brand_id=_owner(call, handle).profile.id,
        person=call.query["person"],
        group=call.query["group"],
        text=call.query["find"],
        cursor=call.query["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)
