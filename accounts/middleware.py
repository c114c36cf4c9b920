"""Gives every request its `viewer`. Needs no query of its own: all comes with the user's row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.actions import log_ins
from accounts.actions.sessions import ACTING_KEY
from accounts.buying import chosen_in
from accounts.hiding import hidden_from_rows
from accounts.models import Profile, User
from accounts.second_factors import is_exempt
from accounts.types import PROFILE_FIELDS, BrandRole, BuyerRef, Hidden, ProfileRef, Viewer
from core.errors import DomainError
from core.media import PICTURE_FIELDS
from core.middleware import error_response, refusal_of
from core.ratelimit import hit
from tracking.queries import in_force, of_guest

GUEST_BAG_KEY = "bag_count"


class ViewerMiddleware:
    """Sets `request.viewer`, built when a page first asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        log_ins.keep_up(request)
        return response


class WritesMiddleware:
    """How often somebody may change anything, beside the narrower limits of single acts.

    Counts whatever has to carry our proof of origin. What has not, the API, the provider's messages
    and the beacon, has limits of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "csrf_exempt", False):
            return None
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        try:
            hit(
                key=f"writes:{viewer.limit_key}",
                limit=settings.WRITES_PER_MINUTE,
                per_seconds=60,
            )
        except (DomainError, DatabaseError) as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            return error_response(request, refusal)
        return None


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request: one query for the session, one for the user, none for a stranger."""
    session = request.session
    if not request.user.is_authenticated:
        bag_count = session.get(GUEST_BAG_KEY, 0)
        return Viewer(
            session=session,
            address=str(request.META.get("REMOTE_ADDR", "")),
            consent=of_guest(session),
            bag_count=bag_count,
        )
    return member_viewer(user=request.user, session=session)


def member_viewer(*, user: User, session: SessionBase, acting_for: str = "") -> Viewer:
    """The viewer of somebody known, from a row of `users_with_profile`. No query.

    `acting_for` is the public id of one of their profiles; '' leaves that to the session.
    """
    profile = user.own_profile
    brands = _brands(user)
    person = _person(profile) if profile else None
    acting = _acting(acting_for or session.get(ACTING_KEY), person, brands)
    organizations = [BuyerRef(**row) for row in getattr(user, "buyer_rows", ())]
    return Viewer(
        user=user,
        profile=person,
        acting=acting,
        brands=brands,
        organizations=organizations,
        buying=chosen_in(session, organizations),
        unread_count=profile.unread_count if profile else 0,
        bag_count=profile.bag_count if profile else 0,
        interests=list(profile.interests) if profile else [],
        consent=in_force(getattr(user, "chosen_purposes", None)),
        session=session,
        is_protected=getattr(user, "has_second_factor", False) or is_exempt(user.email),
        hidden=_hidden(user, acting),
    )


def _hidden(user: User, acting: ProfileRef | None) -> Hidden:
    """What the person does not meet, and what the brand they act for does not."""
    own = getattr(user, "hidden_rows", None)
    rows = [
        row["hidden"]
        for row in getattr(user, "brand_rows", ())
        if acting and row["id"] == acting.id
    ]
    return hidden_from_rows(person=own, brand=rows[0] if rows else None)


def _acting(
    chosen: str | None, person: ProfileRef | None, brands: list[BrandRole]
) -> ProfileRef | None:
    for brand in brands:
        if brand.profile.public_id == chosen:
            return brand.profile
    return person


def _person(profile: Profile) -> ProfileRef:
    image = profile.picture
    own = [getattr(profile, name) for name in PROFILE_FIELDS if "__" not in name]
    return ProfileRef.from_row([*own, *(getattr(image, name, None) for name in PICTURE_FIELDS)])


def _brands(user: User) -> list[BrandRole]:
    # Rows of JSON that came with the user; a user who was loaded otherwise acts for nobody else.
    return [
        BrandRole(
            profile=ProfileRef.from_row([row[name] for name in PROFILE_FIELDS]),
            role=row["role"],
            state=row["state"],
        )
        for row in getattr(user, "brand_rows", ())
    ]
