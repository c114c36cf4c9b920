"""What persons and brands share: names, handles, moves between states, the search index."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from search.actions import put_documents, remove_documents
from search.types import DocumentData

from accounts import handles, states
from accounts.errors import HandleRefused, NameRefused, WrongState
from accounts.events import ProfileChanged
from accounts.models import Profile, ProfileDecision
from core import clock
from core.errors import NotFound
from core.events import publish
from core.text import TextRefused, clean_text

NAME_LIMIT = 50
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
) -> Profile:
    """Change what others read on a profile; a picture or cover of None stays as it is.

    `links` must already be checked as public addresses. Raises HandleRefused, NameRefused,
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
        publish(ProfileChanged(profile_id=profile.pk))
    return profile


def _save_with_handle(profile: Profile) -> None:
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as error:  # somebody took the handle between the look and the write
        raise HandleRefused(_("That handle is taken.")) from error


def checked_name(name: str, *, own_id: int | None = None) -> str:
    """The display name cleaned, or NameRefused when it is empty or passes for a brand's."""
    try:
        name = clean_text(name, limit=NAME_LIMIT, single_line=True)
    except TextRefused as error:
        raise NameRefused(str(error)) from error
    skeleton = handles.skeleton(name)
    if not name or (not skeleton and not any(char.isalnum() for char in name)):
        raise NameRefused(_("Enter a name."))
    alike = Profile.objects.filter(kind=Profile.Kind.BRAND, name_skeleton=skeleton).exclude(
        id=own_id
    )
    if alike.exists():
        raise NameRefused(_("That name could be mistaken for a brand’s. Choose another."))
    return name


def checked_handle(handle: str, *, own_id: int | None = None) -> str:
    """The handle as it is kept, or HandleRefused with the reason."""
    handle = handles.normal(handle)
    if not handles.well_formed(handle):
        raise HandleRefused(
            _("Use 3 to 30 letters a–z, digits, dots, dashes or underscores between them.")
        )
    if handles.is_reserved(handle):
        raise HandleRefused(_("That handle is kept for the market itself."))
    others = Profile.objects.exclude(id=own_id)
    if others.filter(handle=handle).exists():
        raise HandleRefused(_("That handle is taken."))
    alike = others.filter(kind=Profile.Kind.BRAND, handle_skeleton=handles.skeleton(handle))
    if alike.exists():
        raise HandleRefused(_("That handle could be mistaken for a brand’s. Choose another."))
    return handle


def free_handle(name: str) -> str:
    """A handle for the name that nobody has and that passes for nobody."""
    wish = handles.suggested_from(name)
    for attempt in range(20):
        tail = "" if attempt == 0 else f"-{secrets.randbelow(10 ** min(2 + attempt // 3, 8))}"
        candidate = wish[: handles.MAX_LENGTH - len(tail)].rstrip("._-") + tail
        try:
            return checked_handle(candidate)
        except HandleRefused:
            continue
    return checked_handle(f"u-{secrets.token_hex(8)}")


def move(profile: Profile, *, to_state: str, actor_id: int | None, reason: str = "") -> None:
    """Move a locked profile to another state and keep who did it and why. Raises WrongState."""
    if not states.may_move(profile.state, to_state):
        raise WrongState
    ProfileDecision.objects.create(
        profile=profile,
        from_state=profile.state,
        to_state=to_state,
        actor_id=actor_id,
        reason=reason,
        at=clock.now(),
    )
    profile.state = to_state
    if to_state == Profile.State.APPROVED and profile.kind == Profile.Kind.BRAND:
        profile.verified_at = profile.verified_at or clock.now()
    profile.save(update_fields=["state", "verified_at"])
    index_profiles(ids=[profile.pk])


def index_profiles(*, ids: Iterable[int]) -> None:
    """Bring the search documents of the profiles up to date; hidden ones leave the index."""
    rows = list(Profile.objects.filter(id__in=set(ids)))
    documents = [_document(row) for row in rows if row.state == Profile.State.APPROVED]
    if documents:
        put_documents(documents=documents)
    for kind in Profile.Kind.values:
        hidden = [
            row.public_id
            for row in rows
            if row.kind == kind and row.state != Profile.State.APPROVED
        ]
        if hidden:
            remove_documents(kind=kind, public_ids=hidden)


def _document(profile: Profile) -> DocumentData:
    return DocumentData(
        kind=profile.kind,
        public_id=profile.public_id,
        title=f"{profile.name} {profile.handle}",
        body=profile.bio,
        facets={},
        popularity=float(profile.followers_count),
    )
