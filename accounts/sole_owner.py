"""Brands that would have nobody to answer for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from accounts.models import Membership, Profile
from accounts.types import PROFILE_FIELDS, ProfileRef


def brands_without_another_owner(*, user_id: int) -> list[ProfileRef]:
    """Open brands that this user owns and nobody else who can log in. One query."""
    owners = Membership.objects.filter(
        organization=OuterRef("organization"), role=Membership.Role.OWNER
    )
    rows = (
        Profile.objects.filter(Exists(owners.filter(user=user_id)), kind=Profile.Kind.BRAND)
        .exclude(Exists(owners.filter(user__is_active=True).exclude(user=user_id)))
        .exclude(state=Profile.State.CLOSED)
        .order_by("name", "id")
    )
    return [ProfileRef.from_row(row) for row in rows.values_list(*PROFILE_FIELDS)]
