"""A person begins a brand."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import create_brand, record_act
from accounts.queries import brand_file
from accounts.types import OrganizationData, ProfileRef
from brands.models import Papers
from brands.types import TooManyDrafts

# Handles are scarce: nobody collects them.
MAX_DRAFTS = 3


@transaction.atomic
def found_brand(*, user_id: int, name: str, handle: str = "") -> ProfileRef:
    """Make a brand that only its owner sees, with empty papers.

    Without a `handle` one is made from the name. Raises HandleRefused, NameRefused, and
    TooManyDrafts beyond three that were never let in.
    """
    brand = create_brand(
        owner_user_id=user_id,
        name=name,
        handle=handle,
        organization=OrganizationData(name=""),
        draft=True,
    )
    Papers.objects.create(brand_id=brand.pk)
    begun = Papers.objects.filter(
        brand__organization__memberships__user=user_id,
        brand__organization__memberships__role="owner",
        brand__state__in=["draft", "submitted", "rejected"],
    )
    # Told after the owner was locked: of two tabs the second sees what the first began.
    if begun.count() > MAX_DRAFTS:
        raise TooManyDrafts
    record_act(brand_id=brand.pk, actor_id=user_id, act="brands.founded", subject=brand.name)
    file = brand_file(profile_id=brand.pk)
    assert file is not None, "it was made a moment ago"  # noqa: S101 - for the type alone
    return file.ref
