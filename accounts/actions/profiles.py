"""What persons and brands share: what others read of them, and the search index."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.team_log import record_act
from accounts.documents import index_profiles
from accounts.errors import HandleRefused
from accounts.events import ProfileChanged
from accounts.models import Profile
from accounts.naming import checked_handle, checked_name
from core.errors import NotFound
from core.events import publish

BIO_LIMIT = 500
MAX_LINKS = 5


def update_profile(
    *,
    profile_id: int,
    name: str,
    handle: str,
    bio: str,
    links: Sequence[str],
    picture_id: int | None = None,
    cover_id: int | None = None,
    actor_id: int | None = None,
) -> Profile:
    """Change what others read on a profile; a picture or cover of None stays as it is.

    `links` must already be checked as public addresses; `actor_id` is the user, for a brand's log.
    Raises HandleRefused, NameRefused,
    NotFound.
    """
    with transaction.atomic():
        profile = Profile.objects.select_for_update().filter(id=profile_id).first()
        if profile is None:
            raise NotFound(_("There is no such profile."))
        profile.name = checked_name(name, own_id=profile.pk)
        profile.handle = checked_handle(handle, own_id=profile.pk)
        profile.bio = bio
        profile.links = list(links)[:MAX_LINKS]
        if picture_id is not None:
            profile.picture_id = picture_id
        if cover_id is not None:
            profile.cover_id = cover_id
        _save_with_handle(profile)
        index_profiles(ids=[profile.pk])
        if profile.kind == Profile.Kind.BRAND:
            record_act(
                brand_id=profile.pk,
                actor_id=actor_id,
                act="accounts.profile_changed",
                subject=profile.name,
            )
        publish(ProfileChanged(profile_id=profile.pk))
    return profile


def _save_with_handle(profile: Profile) -> None:
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as error:  # somebody took the handle between the look and the write
        raise HandleRefused(_("That handle is taken.")) from error
