"""What every page of a profile shows around its own matter: who it is, promises, tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries import KnownFollowers, is_following, known_followers, profile_by_handle
from accounts.types import ProfilePage, Request
from catalog.queries import storefront
from catalog.types import ProductCard, StorefrontData
from core.errors import NotFound
from core.places import country_name
from feed.network_tabs import Tab
from marketplace.pages.product import record_arrival
from tracking.queries import touch_token


def visited(request: Request, handle: str, name: str, **more: str) -> ProfilePage | HttpResponse:
    """The profile, or the way to its address in the one spelling that we keep; `more` are the
    other arguments of that address. Raises NotFound."""
    profile = profile_by_handle(handle=handle, viewer=request.viewer)
    if profile is None:
        raise NotFound
    if handle != profile.ref.handle:
        spelt = {"handle": profile.ref.handle, **more}
        return redirect(reverse(f"pages:{name}", kwargs=spelt))
    record_arrival(request)
    return profile


def frame(
    request: Request, profile: ProfilePage, at: str, *, pins: int | None = None
) -> dict[str, Any]:
    """The context of the frame; `at` is the name of the address whose tab is the current one.

    `pins` says how many there are, where the page knows. A query for the storefront of a brand, and
    two for a viewer who may follow: whether they do, and who of those they follow does.
    """
    ref = profile.ref
    brand = ref.kind == "brand"
    front = storefront(profile_id=ref.id) if brand else None
    viewer = request.viewer
    own = (viewer.profile is not None and viewer.profile.id == ref.id) or any(
        one.profile.id == ref.id for one in viewer.brands
    )
    followed: set[int] = set()
    known: KnownFollowers | None = None
    if viewer.acting_id is not None and viewer.acting_id != ref.id:
        followed = is_following(follower_id=viewer.acting_id, followed_ids=[ref.id])
        known = known_followers(profile_id=ref.id, viewer=viewer)
    return {
        "profile": profile,
        "ref": ref,
        "brand": brand,
        "front": front,
        "trader": profile.trader if brand else None,
        "trader_country": country_name(profile.country) if profile.country else "",
        "own": own,
        "may_edit": request.viewer.works_for(profile.ref.id, roles={"catalogue"}),
        "following": ref.id in followed,
        "known": known,
        "tabs_of": _tabs(profile, front, at, pins),
        "cheapest": _cheapest(front),
    }


def _tabs(
    profile: ProfilePage, front: StorefrontData | None, at: str, pins: int | None
) -> list[Tab]:
    names: list[tuple[str, str, int | None]] = [("profile", _("Pins"), pins)]
    if profile.ref.kind == "brand":
        names.append(("profile_shop", _("Products"), front.product_count if front else None))
        if at == "profile_services" or (front and front.service_count):
            names.append(("profile_services", _("Services"), front.service_count if front else 0))
        if at == "profile_collections" or (front and front.collection_count):
            count = front.collection_count if front else 0
            names.append(("profile_collections", _("Collections"), count))
    names += [("profile_boards", _("Boards"), None), ("profile_about", _("About"), None)]
    return [
        (text, reverse(f"pages:{name}", kwargs={"handle": profile.ref.handle}), name == at, count)
        for name, text, count in names
    ]


def _cheapest(front: StorefrontData | None) -> Any:
    delivery = front.delivery if front else ()
    return min(delivery, key=lambda terms: terms.price.amount, default=None)


def touches(profile: ProfilePage, cards: list[ProductCard]) -> dict[str, str]:
    """Tokens that say: found on this storefront."""
    return {
        card.public_id: touch_token(
            source="storefront", ref=profile.ref.public_id, product=card.public_id
        )
        for card in cards
    }
