"""Asking somebody to join a brand's team, and their yes.

The link in the mail carries 133 random bits; we keep only their digest. It is good once, for a
week, and for the address it was sent to. Nothing here looks at whether that address has an account,
so that the page which invites cannot tell.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import mail, notices
from accounts.actions.team import add_member, locked_brand
from accounts.actions.team_log import record_act
from accounts.errors import AlreadyOnTeam, NotYourInvitation, TooManyInvitations
from accounts.models import Invitation, Membership
from accounts.roles import name_of
from accounts.second_factors import require_two_proofs
from accounts.team_queries import digest, open_invitation
from accounts.types import ProfileRef, Role
from core import clock
from core.errors import NotFound
from core.ids import new_secret_id

DAYS = 7
MAX_OPEN = 50


@transaction.atomic
def invite(*, brand_id: int, actor_id: int, email: str, role: Role) -> None:
    """Ask somebody to join a brand's team. Asked again, the older link dies and the role is new.

    The answer is the same whether the address has an account or not. Raises AlreadyOnTeam for
    somebody whom the owner sees on the team, TooManyInvitations, ProtectFirst for a role that
    touches money by an actor with a password only.
    """
    require_two_proofs(user_id=actor_id, role=role)
    brand = locked_brand(brand_id)
    email = email.strip().lower()
    members = Membership.objects.filter(organization=brand.organization_id)
    if members.filter(user__email__iexact=email).exists():
        raise AlreadyOnTeam
    rows = Invitation.objects.filter(brand=brand, accepted_at=None, withdrawn_at=None)
    row = rows.filter(email=email).first()
    if row is None:
        if rows.count() >= MAX_OPEN:
            raise TooManyInvitations
        row = Invitation(brand=brand, email=email)
    row.role = role
    row.invited_by_id = actor_id
    _send(row)
    _record(row, actor_id, "accounts.invited")


@transaction.atomic
def resend_invitation(*, brand_id: int, actor_id: int, public_id: str) -> str:
    """Send a new link; the older one dies. Returns the address.

    Raises NotFound, and ProtectFirst as `invite` does.
    """
    row = _own(brand_id, public_id)
    require_two_proofs(user_id=actor_id, role=row.role)
    row.invited_by_id = actor_id
    _send(row)
    _record(row, actor_id, "accounts.invited")
    return row.email


@transaction.atomic
def withdraw_invitation(*, brand_id: int, actor_id: int, public_id: str) -> str:
    """Make an invitation worthless. Returns the address. Raises NotFound."""
    row = _own(brand_id, public_id)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    _record(row, actor_id, "accounts.invitation_withdrawn")
    return row.email


@transaction.atomic
def accept_invitation(*, token: str, user_id: int) -> ProfileRef:
    """Join the team of an invitation; returns the brand.

    Raises NotFound for a link that is unknown, used, withdrawn or too old, NotYourInvitation for
    somebody who has not shown that the address it was sent to is theirs.
    """
    found = open_invitation(token=token)
    locked_brand(found.brand.id)
    # Once more under the lock: two presses at once join once.
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk=found.id, accepted_at=None, withdrawn_at=None, token_digest=digest(token))
        .first()
    )
    if row is None:
        raise NotFound(_("This invitation is no longer good."))
    own = EmailAddress.objects.filter(user_id=user_id, verified=True, email__iexact=row.email)
    if not own.exists():
        raise NotYourInvitation
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    add_member(brand_id=row.brand_id, user_id=user_id, role=found.role, actor_id=user_id)
    return found.brand


def _send(row: Invitation) -> None:
    token = new_secret_id()
    row.token_digest = digest(token)
    row.expires_at = clock.now() + timedelta(days=DAYS)
    row.save()
    link = f"{settings.SITE_URL}{reverse('accounts:join', kwargs={'token': token})}"
    inviter = row.invited_by.own_profile if row.invited_by else None
    words = notices.invitation(
        brand=row.brand.name,
        role=name_of(row.role),
        inviter=inviter.name if inviter else "",
        link=link,
    )
    mail.post(to=row.email, words=words)


def _record(row: Invitation, actor_id: int, act: str) -> None:
    record_act(
        brand_id=row.brand_id,
        actor_id=actor_id,
        act=act,
        subject=row.email,
        detail=name_of(row.role),
    )


def _own(brand_id: int, public_id: str) -> Invitation:
    locked_brand(brand_id)
    row = Invitation.objects.filter(
        brand_id=brand_id, public_id=public_id, accepted_at=None, withdrawn_at=None
    ).first()
    if row is None:
        raise NotFound(_("There is no such invitation."))
    return row
