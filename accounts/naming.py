"""Which names and handles somebody may take: free ones that pass for nobody's brand."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import handles
from accounts.errors import HandleRefused, NameRefused
from accounts.models import Profile
from core.text import TextRefused, clean_text

NAME_LIMIT = 50
HANDLE_TRIES = 8


def checked_name(name: str, *, own_id: int | None = None) -> str:
    """The display name cleaned, or NameRefused when it is empty or passes for a brand's."""
    try:
        name = clean_text(name, limit=NAME_LIMIT, single_line=True)
    except TextRefused as error:
        raise NameRefused(str(error)) from error
    skeleton = handles.skeleton(name)
    if not name or (not skeleton and not any(char.isalnum() for char in name)):
        raise NameRefused(_("Enter a name."))
    brands = _others(own_id).filter(kind=Profile.Kind.BRAND)
    alike = brands.filter(name_skeleton=skeleton)
    if alike.exists():
        raise NameRefused(_("That name could be mistaken for a brand's. Choose another."))
    return name


def _others(own_id: int | None) -> QuerySet[Profile]:
    rows = Profile.objects.all()
    return rows if own_id is None else rows.exclude(id=own_id)


def checked_handle(handle: str, *, own_id: int | None = None) -> str:
    """The handle as it is kept, or HandleRefused with the reason."""
    handle = handles.normal(handle)
    if not handles.well_formed(handle):
        raise HandleRefused(
            _("Use 3 to 30 letters a to z, digits, dots, dashes or underscores between them.")
        )
    if handles.is_reserved(handle):
        raise HandleRefused(_("That handle is kept for the market itself."))
    others = _others(own_id)
    if others.filter(handle=handle).exists():
        raise HandleRefused(_("That handle is taken."))
    alike = others.filter(kind=Profile.Kind.BRAND, handle_skeleton=handles.skeleton(handle))
    if alike.exists():
        raise HandleRefused(_("That handle could be mistaken for a brand's. Choose another."))
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


def save_as(profile: Profile, handle: str) -> None:
    """Save a new profile under this handle, or under a free one; somebody may be faster.

    Raises HandleRefused for a handle that was taken meanwhile, NameRefused for a name.
    """
    for attempt in range(1, HANDLE_TRIES + 1):
        profile.name = checked_name(profile.name)
        profile.handle = checked_handle(handle) if handle else free_handle(profile.name)
        try:
            with transaction.atomic():
                profile.save(force_insert=True)
        except IntegrityError:
            if attempt == HANDLE_TRIES:
                raise
        else:
            return
