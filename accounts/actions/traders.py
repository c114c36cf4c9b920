"""Who answers for a brand by law, and what the verified badge beside its name says."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.profiles import dress
from accounts.documents import index_profiles
from accounts.events import ProfileChanged
from accounts.models import Organization, Profile
from accounts.types import OrganizationData
from core import clock
from core.errors import NotFound
from core.events import publish


@transaction.atomic
def save_trader(*, brand_id: int, data: OrganizationData) -> bool:
    """Keep who answers for a brand; True when any of it became another.

    What changed was not looked at by an operator yet, so it does not count as checked any more.
    Shared by all brands of the organization. Raises NotFound.
    """
    legal = _organization(brand_id)
    new = dataclasses.asdict(data)
    if all(str(getattr(legal, name) or "") == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(legal, name, value)
    legal.checked_at = None
    legal.save()
    return True


@transaction.atomic
def mark_trader_checked(*, brand_id: int) -> None:
    """An operator looked at who answers for the brand, and it was right. Raises NotFound."""
    legal = _organization(brand_id)
    legal.checked_at = clock.now()
    legal.save(update_fields=["checked_at"])


@transaction.atomic
def let_check_expire(*, brand_id: int, before: datetime) -> bool:
    """What was checked before that moment does not count as checked any more; False when it was
    checked since, or never. Raises NotFound."""
    legal = _organization(brand_id)
    if legal.checked_at is None or legal.checked_at > before:
        return False
    legal.checked_at = None
    legal.save(update_fields=["checked_at"])
    return True


@transaction.atomic
def set_verified(*, brand_id: int, verified: bool) -> bool:
    """Give a brand the badge or take it away; True when that changed anything. Raises NotFound."""
    brand = _brand(brand_id)
    if (brand.verified_at is not None) == verified:
        return False
    brand.verified_at = clock.now() if verified else None
    brand.save(update_fields=["verified_at"])
    index_profiles(ids=[brand.pk])
    return True


@transaction.atomic
def set_pictures(
    *, brand_id: int, picture_id: int | None = None, cover_id: int | None = None
) -> None:
    """Give a brand another picture or cover (`core.Image` pk); None leaves it as it is.

    Raises NotFound.
    """
    brand = _brand(brand_id)
    dress(brand, picture_id=picture_id, cover_id=cover_id)
    brand.save(update_fields=["picture", "cover"])
    index_profiles(ids=[brand.pk])
    publish(ProfileChanged(profile_id=brand.pk))


def _brand(brand_id: int) -> Profile:
    rows = Profile.objects.select_for_update().filter(id=brand_id, kind=Profile.Kind.BRAND)
    brand = rows.first()
    if brand is None:
        raise NotFound(_("There is no such brand."))
    return brand


def _organization(brand_id: int) -> Organization:
    rows = Organization.objects.select_for_update(of=("self",)).filter(brands=brand_id)
    legal = rows.first()
    if legal is None:
        raise NotFound(_("There is no such brand."))
    return legal
