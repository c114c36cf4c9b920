"""What persons and brands share: what others read of them, and the search index."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.team_log import record_act
from accounts.documents import index_profiles
from accounts.errors import HandleRefused
from accounts.events import ProfileChanged
from accounts.models import Profile
from accounts.naming import checked_handle, checked_name
from core import withdrawn
from core.errors import NotFound
from core.events import publish

UNDO_SECONDS = 3600
_UNDO_SALT = "accounts.profile.undo"
_UNDONE = ("name", "handle", "bio", "links", "picture_id", "cover_id")
BIO_LIMIT = 500
MAX_LINKS = 5
LINK_LIMIT = 300


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
        dress(profile, picture_id=picture_id, cover_id=cover_id)
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


def dress(profile: Profile, *, picture_id: int | None, cover_id: int | None) -> None:
    """Give a locked profile other pictures, in the transaction in which the caller saves it; one
    of None stays as it is."""
    fresh = set()
    for name, pk in (("picture_id", picture_id), ("cover_id", cover_id)):
        if pk is not None and pk != getattr(profile, name):
            setattr(profile, name, pk)
            fresh.add(pk)
    withdrawn.used_again(fresh)


def profile_token(*, profile_id: int) -> str:
    """What a profile says now, signed: `restore_profile` brings it back within the hour."""
    row = Profile.objects.filter(id=profile_id).values(*_UNDONE).first()
    if row is None:
        raise NotFound(_("There is no such profile."))
    return signing.dumps([profile_id, row], salt=_UNDO_SALT, compress=True)


@transaction.atomic
def restore_profile(*, profile_id: int, token: str, actor_id: int | None = None) -> None:
    """Take a change of a profile back.

    Raises NotFound for a token that is forged, old or of another profile, HandleRefused when
    somebody took the former handle meanwhile.
    """
    try:
        signed_for, row = signing.loads(token, salt=_UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    if signed_for != profile_id:
        raise NotFound
    update_profile(profile_id=profile_id, actor_id=actor_id, **row)
    # None leaves a picture alone there; here it means that there was none.
    bare = {name: None for name in ("picture_id", "cover_id") if row[name] is None}
    if bare:
        Profile.objects.filter(id=profile_id).update(**bare)
        index_profiles(ids=[profile_id])


def _save_with_handle(profile: Profile) -> None:
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as error:  # somebody took the handle between the look and the write
        raise HandleRefused(_("That handle is taken.")) from error
