"""Who follows whom, as lists, and the addresses of everybody who is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Window

from accounts.models import Follow, Profile
from accounts.types import PROFILE_FIELDS, ProfileRef, Viewer

PAGE = 30


@dataclass(frozen=True, kw_only=True)
class NetworkPage:
    """Some of those who follow or are followed, newest first; `next` asks for the ones before."""

    refs: list[ProfileRef]
    next: str | None


def followers_of(*, profile_id: int, viewer: Viewer, cursor: str = "") -> NetworkPage:
    """Who follows a profile. One query. Without whom a block keeps from the viewer."""
    return _page("followed", "follower", profile_id, viewer, cursor)


def following_of(*, profile_id: int, viewer: Viewer, cursor: str = "") -> NetworkPage:
    """Whom a profile follows. One query. Without whom a block keeps from the viewer."""
    return _page("follower", "followed", profile_id, viewer, cursor)


def _page(own: str, other: str, profile_id: int, viewer: Viewer, cursor: str) -> NetworkPage:
    rows = Follow.objects.filter(
        **{own: profile_id, f"{other}__state": Profile.State.APPROVED}
    ).order_by("-id")
    if viewer.hidden.blocked:
        rows = rows.exclude(**{f"{other}__in": list(viewer.hidden.blocked)})
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    fields = [f"{other}__{name}" for name in PROFILE_FIELDS]
    found = list(rows.values_list("id", *fields)[: PAGE + 1])
    return NetworkPage(
        refs=[ProfileRef.from_row(row[1:]) for row in found[:PAGE]],
        next=str(found[PAGE - 1][0]) if len(found) > PAGE else None,
    )


@dataclass(frozen=True, kw_only=True)
class KnownFollowers:
    """Those who follow a profile and whom the viewer follows: the best known ones, and how many."""

    refs: list[ProfileRef]
    total: int


def known_followers(*, profile_id: int, viewer: Viewer, limit: int = 3) -> KnownFollowers:
    """Who of those that the viewer follows follows this profile. One query, none for guests."""
    if viewer.acting_id is None:
        return KnownFollowers(refs=[], total=0)
    rows = Follow.objects.filter(
        followed=profile_id,
        follower__state=Profile.State.APPROVED,
        follower__in=Follow.objects.filter(follower=viewer.acting_id).values("followed"),
    )
    if viewer.hidden.ids:
        rows = rows.exclude(follower__in=list(viewer.hidden.ids))
    fields = [f"follower__{name}" for name in PROFILE_FIELDS]
    rows = rows.annotate(total=Window(Count("id"))).order_by("-follower__followers_count", "id")
    found = list(rows.values_list("total", *fields)[:limit])
    return KnownFollowers(
        refs=[ProfileRef.from_row(row[1:]) for row in found], total=found[0][0] if found else 0
    )


def last_profile_id() -> int:
    """The newest primary key: how far a map of all profiles goes."""
    return Profile.objects.aggregate(last=Max("id"))["last"] or 0


def profile_addresses(*, after: int, upto: int) -> list[tuple[str, datetime | None]]:
    """Paths of public profiles with a primary key in this range. One query."""
    rows = Profile.objects.filter(id__gt=after, id__lte=upto, state=Profile.State.APPROVED)
    handles = rows.order_by("id").values_list("handle", flat=True)
    return [(f"/@{handle}/", None) for handle in handles]
