"""The page of a person or brand: pins, products, boards, and who is behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.queries import followers_of, following_of, is_following, profile_by_handle
from accounts.types import ProfilePage, Request
from catalog.queries import products_of, services_wall, storefront
from catalog.types import DEFAULT_SECTIONS, ProductCard, ServiceFilter, StorefrontData
from core.errors import NotFound
from feed import guest
from feed.queries import boards_of, pins_of
from marketplace.pages.countries import country_name
from marketplace.pages.product import record_arrival
from tracking.queries import touch_token

NEWEST = 6
Tab = tuple[str, str, bool, int | None]


@require_safe
def pins(request: Request, handle: str) -> HttpResponse:
    """`/@handle/`: pins, newest first; for a brand also who it is."""
    found = _found(request, handle, "profile")
    if isinstance(found, HttpResponse):
        return found
    wall = pins_of(
        author_id=found.ref.id,
        viewer=request.viewer,
        cursor=request.GET.get("cursor", ""),
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
    )
    context = _context(request, found, "profile") | {"wall": wall}
    first_page = not request.GET.get("cursor")
    more = _sections(request, found, context["front"], first_page=first_page)
    return render(request, "pages/storefront.html", context | more)


def _sections(
    request: Request, found: ProfilePage, front: StorefrontData | None, *, first_page: bool
) -> dict[str, Any]:
    """What the first page shows in which order; a query each for new products and boards."""
    sections: tuple[str, ...] = ("pins",)
    if first_page and found.ref.kind == "brand":
        sections = front.sections if front else DEFAULT_SECTIONS
    more: dict[str, Any] = {"sections": sections, "newest": [], "shown_boards": []}
    if "new" in sections:
        page = products_of(seller_id=found.ref.id, limit=NEWEST)
        more["newest"] = page.cards
        more["touches"] = _touches(found, page.cards)
    if "boards" in sections:
        more["shown_boards"] = boards_of(profile_id=found.ref.id, viewer=request.viewer)[:NEWEST]
    return more


@require_safe
def shop(request: Request, handle: str) -> HttpResponse:
    """`/@handle/shop/`: everything a brand has on sale, newest first."""
    found = _found(request, handle, "profile_shop")
    if isinstance(found, HttpResponse):
        return found
    if found.ref.kind != "brand":
        raise NotFound
    page = products_of(seller_id=found.ref.id, cursor=request.GET.get("cursor"))
    context = _context(request, found, "profile_shop") | {
        "page": page,
        "touches": _touches(found, page.cards),
    }
    return render(request, "pages/storefront_shop.html", context)


@require_safe
def services(request: Request, handle: str) -> HttpResponse:
    """`/@handle/services/`: what a brand does for others, newest first."""
    found = _found(request, handle, "profile_services")
    if isinstance(found, HttpResponse):
        return found
    if found.ref.kind != "brand":
        raise NotFound
    page = services_wall(
        wanted=ServiceFilter(seller_id=found.ref.id), cursor=request.GET.get("cursor")
    )
    context = _context(request, found, "profile_services") | {"page": page}
    return render(request, "pages/storefront_services.html", context)


@require_safe
def boards(request: Request, handle: str) -> HttpResponse:
    """`/@handle/boards/`: boards, secret ones only for their owner."""
    found = _found(request, handle, "profile_boards")
    if isinstance(found, HttpResponse):
        return found
    context = _context(request, found, "profile_boards") | {
        "boards": boards_of(profile_id=found.ref.id, viewer=request.viewer),
    }
    return render(request, "pages/storefront_boards.html", context)


@require_safe
def about(request: Request, handle: str) -> HttpResponse:
    """`/@handle/about/`: who it is; for a brand trader data and policies."""
    found = _found(request, handle, "profile_about")
    if isinstance(found, HttpResponse):
        return found
    return render(request, "pages/storefront_about.html", _context(request, found, "profile_about"))


@require_safe
def followers(request: Request, handle: str) -> HttpResponse:
    """`/@handle/followers/`: who follows, newest first."""
    return _network(request, handle, "profile_followers")


@require_safe
def following(request: Request, handle: str) -> HttpResponse:
    """`/@handle/following/`: who is followed, newest first."""
    return _network(request, handle, "profile_following")


def _network(request: Request, handle: str, name: str) -> HttpResponse:
    """Three queries: the profile, the list, and whom of it the viewer follows."""
    found = _found(request, handle, name)
    if isinstance(found, HttpResponse):
        return found
    ref, viewer = found.ref, request.viewer
    ask = followers_of if name == "profile_followers" else following_of
    page = ask(profile_id=ref.id, viewer=viewer, cursor=request.GET.get("cursor", ""))
    titles = {
        "profile_followers": _("Who follows %(name)s") % {"name": ref.name},
        "profile_following": _("Whom %(name)s follows") % {"name": ref.name},
    }
    tabs: list[Tab] = [
        (text, reverse(f"pages:{one}", kwargs={"handle": ref.handle}), one == name, count)
        for one, text, count in (
            ("profile_followers", _("Followers"), found.followers_count),
            ("profile_following", _("Following"), found.following_count),
        )
    ]
    context = {
        "ref": ref,
        "page": page,
        "title": titles[name],
        "tabs_of": tabs,
        "followed": is_following(
            follower_id=viewer.acting_id, followed_ids=[one.id for one in page.refs]
        ),
    }
    return render(request, "pages/network.html", context)


def _found(request: Request, handle: str, name: str) -> ProfilePage | HttpResponse:
    """The profile, or the way to its address in the one spelling that we keep."""
    found = profile_by_handle(handle=handle, viewer=request.viewer)
    if found is None:
        raise NotFound
    if handle != found.ref.handle:
        return redirect(f"pages:{name}", handle=found.ref.handle, permanent=True)
    record_arrival(request)
    return found


def _context(request: Request, profile: ProfilePage, at: str) -> dict[str, Any]:
    ref = profile.ref
    brand = ref.kind == "brand"
    front = storefront(profile_id=ref.id) if brand else None
    viewer = request.viewer
    own = (viewer.profile is not None and viewer.profile.id == ref.id) or any(
        one.profile.id == ref.id for one in viewer.brands
    )
    followed: set[int] = set()
    if viewer.acting_id is not None and viewer.acting_id != ref.id:
        followed = is_following(follower_id=viewer.acting_id, followed_ids=[ref.id])
    return {
        "profile": profile,
        "ref": ref,
        "brand": brand,
        "front": front,
        "trader": profile.trader if brand else None,
        "trader_country": country_name(profile.country) if profile.country else "",
        "own": own,
        "may_edit": _may_edit(request, profile),
        "following": ref.id in followed,
        "tabs_of": _tabs(profile, front, at),
        "cheapest": _cheapest(front),
    }


def _may_edit(request: Request, profile: ProfilePage) -> bool:
    return any(
        one.profile.id == profile.ref.id and one.role in ("owner", "catalogue")
        for one in request.viewer.brands
    )


def _tabs(profile: ProfilePage, front: StorefrontData | None, at: str) -> list[Tab]:
    names: list[tuple[str, str, int | None]] = [("profile", _("Pins"), None)]
    if profile.ref.kind == "brand":
        names.append(("profile_shop", _("Products"), front.product_count if front else None))
        if at == "profile_services" or (front and front.service_count):
            names.append(("profile_services", _("Services"), front.service_count if front else 0))
    names += [("profile_boards", _("Boards"), None), ("profile_about", _("About"), None)]
    return [
        (text, reverse(f"pages:{name}", kwargs={"handle": profile.ref.handle}), name == at, count)
        for name, text, count in names
    ]


def _cheapest(front: StorefrontData | None) -> Any:
    delivery = front.delivery if front else ()
    return min(delivery, key=lambda terms: terms.price.amount, default=None)


def _touches(profile: ProfilePage, cards: list[ProductCard]) -> dict[str, str]:
    """Tokens that say: found on this storefront."""
    return {
        card.public_id: touch_token(
            source="storefront", ref=profile.ref.public_id, product=card.public_id
        )
        for card in cards
    }
