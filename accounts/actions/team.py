"""Who acts for a brand: joined, moved to another role, gone. The last owner stays."""

from __future__ import annotations

from typing import cast

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.actions.team_log import record_act
from accounts.errors import WrongState
from accounts.events import TeamChanged
from accounts.models import Membership, Organization, Profile, User
from accounts.roles import name_of
from accounts.second_factors import require_two_proofs
from accounts.types import Role
from core import clock
from core.errors import NotFound
from core.events import publish
from core.ids import new_public_id

UNDO_SECONDS = 3600
_UNDO_SALT = "accounts.team.undo"
# A line of the log has room for it beside the name of a role.
REASON_LIMIT = 250


@transaction.atomic
def add_member(*, brand_id: int, user_id: int, role: Role, actor_id: int | None = None) -> None:
    """Let a user act for the brand's organization in that role, or change their role.

    Without an `actor_id` the market itself does it: nothing goes into the log, nobody is told.
    Raises WrongState when that would leave the brand without an owner, NotFound; also for somebody
    who has deleted their account.
    """
    brand = locked_brand(brand_id)
    now = Membership.objects.filter(user_id=user_id, organization=brand.organization).first()
    if now is None:
        here = User.objects.select_for_update(of=("self",)).filter(pk=user_id, is_active=True)
        if not here.exists():
            raise NotFound(_("There is nobody of that name any more."))
        Membership.objects.create(
            user_id=user_id, organization_id=cast(int, brand.organization_id), role=role
        )
        _tell(brand, user_id, role, how="joined", actor_id=actor_id)
    elif now.role != role:
        _give_role(brand, now, role, actor_id)


@transaction.atomic
def change_role(
    *,
    brand_id: int,
    person_id: str,
    role: Role,
    actor_id: int,
    reason: str = "",
    colleagues_only: bool = False,
) -> str:
    """Give somebody of the team (public id of their profile) another role; returns the old one.

    A `reason` (REASON_LIMIT letters) stands in the brand's log. Raises WrongState for the last
    owner, and with `colleagues_only` for the actor, NotFound for somebody who is not on the team,
    ProtectFirst for a role that touches money by an actor with a password only.
    """
    brand = locked_brand(brand_id)
    member = _member(brand, person_id)
    was = member.role
    if was != role:
        if colleagues_only and member.user_id == actor_id:
            raise WrongState(_("That is you. Choose Change beside your name to take another role."))
        require_two_proofs(user_id=actor_id, role=role)
        _give_role(brand, member, role, actor_id, reason)
    return was


@transaction.atomic
def remove_member(
    *, brand_id: int, user_id: int, actor_id: int | None = None, reason: str = ""
) -> str:
    """Take somebody off the team, by an owner or of their own accord; returns a token for Undo.

    The last owner stays: a brand always has somebody who answers. A `reason` (REASON_LIMIT letters)
    stands in the brand's log. Raises WrongState, NotFound.
    """
    brand = locked_brand(brand_id)
    member = Membership.objects.filter(user_id=user_id, organization=brand.organization_id).first()
    if member is None:
        raise NotFound(_("There is nobody of that name on the team."))
    _keep_an_owner(brand, member)
    member.delete()
    how = "left" if actor_id == user_id else "removed"
    _tell(brand, user_id, member.role, how=how, actor_id=actor_id, reason=reason)
    return signing.dumps([brand.pk, user_id, member.role], salt=_UNDO_SALT)


@transaction.atomic
def remove_colleague(*, brand_id: int, person_id: str, actor_id: int) -> str:
    """Take somebody else off the team (public id of their profile), as one of several.

    Returns a token for `restore_colleague` of letters, digits and dashes, 40 at most. Raises
    WrongState for the last owner and for the actor, NotFound for who is not on the team.
    """
    brand = locked_brand(brand_id)
    member = _member(brand, person_id)
    if member.user_id == actor_id:
        raise WrongState(_("That is you. Choose Change beside your name to leave the team."))
    remove_member(brand_id=brand_id, user_id=member.user_id, actor_id=actor_id)
    minute = int(clock.now().timestamp()) // 60
    return _colleague_token(brand_id, person_id, member.role, minute)


@transaction.atomic
def restore_colleague(*, brand_id: int, person_id: str, token: str, actor_id: int) -> None:
    """Put back who `remove_colleague` took off within the last hour, in the role they had.

    Raises NotFound for a token that is forged, old, or of another brand or person.
    """
    role, _dash, rest = token.partition("-")
    minute = rest.partition("-")[0]
    if not minute.isdecimal() or len(minute) > 9:
        raise NotFound
    right = _colleague_token(brand_id, person_id, role, int(minute))
    age = int(clock.now().timestamp()) // 60 - int(minute)
    if not constant_time_compare(right, token) or not 0 <= age <= UNDO_SECONDS // 60:
        raise NotFound
    person = Profile.objects.filter(public_id=person_id, user__isnull=False).first()
    if person is None or person.user_id is None:
        raise NotFound
    add_member(brand_id=brand_id, user_id=person.user_id, role=cast(Role, role), actor_id=actor_id)


def _colleague_token(brand_id: int, person_id: str, role: str, minute: int) -> str:
    """Short and plain enough for the address of an Undo of many rows (core.bulk)."""
    said = f"{brand_id}.{person_id}.{role}.{minute}"
    return f"{role}-{minute}-{salted_hmac(_UNDO_SALT, said, algorithm='sha256').hexdigest()[:20]}"


@transaction.atomic
def restore_member(*, brand_id: int, token: str, actor_id: int) -> None:
    """Put somebody back who was taken off the team within the last hour.

    Raises NotFound for a token that is forged, old or of another brand.
    """
    try:
        signed_for, user_id, role = signing.loads(token, salt=_UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    if signed_for != brand_id:
        raise NotFound
    add_member(brand_id=brand_id, user_id=user_id, role=role, actor_id=actor_id)


def _give_role(
    brand: Profile, member: Membership, role: Role, actor_id: int | None, reason: str = ""
) -> None:
    if role != "owner":
        _keep_an_owner(brand, member)
    member.role = role
    member.save(update_fields=["role"])
    _tell(brand, member.user_id, role, how="changed", actor_id=actor_id, reason=reason)


def _keep_an_owner(brand: Profile, leaving: Membership) -> None:
    owners = Membership.objects.filter(
        organization=brand.organization_id, role=Membership.Role.OWNER, user__is_active=True
    )
    if leaving.role == Membership.Role.OWNER and not owners.exclude(pk=leaving.pk).exists():
        raise WrongState(_("A brand needs at least one owner. Make somebody else owner first."))


def _tell(
    brand: Profile, user_id: int, role: str, *, how: str, actor_id: int | None, reason: str = ""
) -> None:
    if actor_id is None:
        return
    person = Profile.objects.filter(user_id=user_id).first()
    record_act(
        brand_id=brand.pk,
        actor_id=actor_id,
        act=f"accounts.member_{how}",
        subject=person.name if person else "",
        detail=f"{name_of(role)}: {reason}" if reason else name_of(role),
    )
    if person is not None:
        publish(
            TeamChanged(
                brand_id=brand.pk,
                person_id=person.pk,
                role=role,
                how=how,
                act_id=new_public_id(),
            )
        )


def _member(brand: Profile, person_id: str) -> Membership:
    found = Membership.objects.filter(
        organization=brand.organization_id, user__profile__public_id=person_id
    ).first()
    if found is None:
        raise NotFound(_("There is nobody of that name on the team."))
    return found


def locked_brand(brand_id: int) -> Profile:
    """The brand with its organization locked: two who leave at once must not both go."""
    brand = (
        Profile.objects.filter(id=brand_id, kind=Profile.Kind.BRAND)
        .select_related("organization")
        .first()
    )
    if brand is None or brand.organization_id is None:
        raise NotFound(_("There is no such brand."))
    Organization.objects.select_for_update().get(pk=brand.organization_id)
    return brand
