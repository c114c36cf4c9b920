"""Brands: made, approved, suspended."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import approval_checks
from accounts.actions.locking import locked_user
from accounts.actions.traders import mark_trader_checked
from accounts.documents import index_profiles
from accounts.errors import WrongState
from accounts.events import BrandApproved, BrandRejected, BrandSuspended
from accounts.models import Membership, Organization, Profile, ProfileDecision
from accounts.moves import move
from accounts.naming import save_as
from accounts.types import OrganizationData
from core import clock
from core.errors import NotFound
from core.events import publish


def create_brand(
    *,
    owner_user_id: int,
    name: str,
    organization: OrganizationData,
    handle: str = "",
    bio: str = "",
    links: Sequence[str] = (),
    picture_id: int | None = None,
    cover_id: int | None = None,
    approved: bool = False,
    draft: bool = False,
    operator_id: int | None = None,
) -> Profile:
    """Make a brand with its organization and its owner.

    It waits for approval, unless it is a `draft` that its owner submits when it is complete, or
    `approved` by an operator, who vouches for all that the verified badge says. One at a time for
    an owner. Raises HandleRefused, NameRefused.
    """
    state = Profile.State.DRAFT if draft else Profile.State.SUBMITTED
    state = Profile.State.APPROVED if approved else state
    with transaction.atomic():
        locked_user(owner_user_id)
        legal = Organization.objects.create(
            **dataclasses.asdict(organization), checked_at=clock.now() if approved else None
        )
        Membership.objects.create(
            user_id=owner_user_id, organization=legal, role=Membership.Role.OWNER
        )
        profile = Profile(
            kind=Profile.Kind.BRAND,
            organization=legal,
            name=name,
            bio=bio,
            links=list(links),
            picture_id=picture_id,
            cover_id=cover_id,
            state=state,
            verified_at=clock.now() if approved else None,
        )
        save_as(profile, handle)
        ProfileDecision.objects.create(
            profile=profile, to_state=state, actor_id=operator_id, at=clock.now()
        )
        index_profiles(ids=[profile.pk])
        if approved:
            publish(BrandApproved(profile_id=profile.pk))
    return profile


def approve_brand(*, brand_id: int, operator_id: int, reason: str = "") -> None:
    """Let everybody see a brand. Raises NotFound, and WrongState when it is public already or has
    not asked; what apps above want of it first, they raise (`approval_checks`).
    """
    with transaction.atomic():
        brand = _locked_brand(brand_id)
        if brand.state == Profile.State.SUSPENDED:
            raise WrongState(_("A suspended brand is restored, not approved."))
        if brand.state == Profile.State.DRAFT:
            raise WrongState(_("Its owner has not submitted it yet."))
        decision = _move(brand, Profile.State.APPROVED, operator_id, reason)
        approval_checks.check_approval(brand.pk)
        mark_trader_checked(brand_id=brand.pk)
        publish(BrandApproved(**decision))


def submit_brand(*, brand_id: int, user_id: int) -> None:
    """Ask the operators to let a brand in. Raises WrongState unless it is a draft or was kept out.

    Whether it is complete is for the caller to know. Raises NotFound.
    """
    with transaction.atomic():
        move(_locked_brand(brand_id), to_state=Profile.State.SUBMITTED, actor_id=user_id)


def reject_brand(*, brand_id: int, operator_id: int, reason: str) -> None:
    """Keep a brand out, with a reason that its team reads. Raises WrongState, NotFound."""
    with transaction.atomic():
        brand = _locked_brand(brand_id)
        decision = _move(brand, Profile.State.REJECTED, operator_id, reason)
        publish(BrandRejected(**decision, reason=reason))


def suspend_brand(*, brand_id: int, operator_id: int, reason: str) -> None:
    """Hide a brand and all that it sells. Raises WrongState unless it is public, NotFound."""
    with transaction.atomic():
        brand = _locked_brand(brand_id)
        decision = _move(brand, Profile.State.SUSPENDED, operator_id, reason)
        publish(BrandSuspended(**decision, reason=reason))


def restore_brand(*, brand_id: int, operator_id: int, reason: str = "") -> None:
    """Undo a suspension. Raises WrongState unless the brand is suspended, NotFound."""
    with transaction.atomic():
        brand = _locked_brand(brand_id)
        if brand.state != Profile.State.SUSPENDED:
            raise WrongState
        decision = _move(brand, Profile.State.APPROVED, operator_id, reason)
        publish(BrandApproved(**decision))


def _move(brand: Profile, to_state: str, operator_id: int, reason: str) -> dict[str, Any]:
    """Decide, and what a fact about the decision says of it."""
    decision_id = move(brand, to_state=to_state, actor_id=operator_id, reason=reason)
    return {"profile_id": brand.pk, "name": brand.name, "decision_id": decision_id}


def _locked_brand(brand_id: int) -> Profile:
    brand = Profile.objects.select_for_update().filter(id=brand_id, kind=Profile.Kind.BRAND).first()
    if brand is None:
        raise NotFound(_("There is no such brand."))
    return brand
