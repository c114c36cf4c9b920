"""The page of a person or brand: pins, products, boards, and who is behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.queries import followers_of, following_of, is_following
from accounts.types import Request
from catalog.queries import products_of, services_wall
from catalog.types import ServiceFilter
from core.errors import NotFound
from feed import guest
from feed.network_tabs import network_tabs
from feed.queries import boards_of, pin_kinds, pins_of
from feed.scroll import PAGE_SIZE
from marketplace.pages import front_chips
from marketplace.pages.front_sections import sections
from marketplace.pages.profile_frame import frame, touches, visited
from marketplace.pages.saved import saved_of, services_saved_of

# Pins on the first page of a brand, whose sections have cards as well: the page stays light.
BESIDE_SECTIONS = 18


@require_safe
def pins(request: Request, handle: str) -> HttpResponse:
    """`/@handle/`: pins, newest first, all or of one kind; for a brand also who it is."""
    found = visited(request, handle, "profile")
    if isinstance(found, HttpResponse):
        return found
    kinds = pin_kinds(author_id=found.ref.id, viewer=request.viewer)
    over = front_chips.shown(
        kinds=kinds,
        asked=request.GET.get("show", ""),
        viewer=request.viewer,
        address=found.ref.url,
    )
    cursor = request.GET.get("cursor", "")
    with_sections = found.ref.kind == "brand" and not cursor
    wall = pins_of(
        author_id=found.ref.id,
        viewer=request.viewer,
        wanted=over.wanted,
        cursor=cursor,
        size=BESIDE_SECTIONS if with_sections else PAGE_SIZE,
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
    )
    context = frame(request, found, "profile", pins=kinds.total) | {
        "wall": wall,
        "over": over,
        "sections": ("pins",),
    }
    if with_sections:
        context |= sections(profile=found, front=context["front"], viewer=request.viewer)
        context["saved_products"] = saved_of(request, context["section_cards"])
        works = (card.public_id for card in context.get("works", ()))
        context["saved_services"] = services_saved_of(request, works)
    return render(request, "pages/storefront.html", context)


@require_safe
def shop(request: Request, handle: str) -> HttpResponse:
    """`/@handle/shop/`: everything a brand has on sale, newest first."""
    found = visited(request, handle, "profile_shop")
    if isinstance(found, HttpResponse):
        return found
    if found.ref.kind != "brand":
        raise NotFound
    page = products_of(seller_id=found.ref.id, cursor=request.GET.get("cursor"))
    context = frame(request, found, "profile_shop") | {
        "page": page,
        "touches": touches(found, page.cards),
        "saved_products": saved_of(request, page.cards),
    }
    return render(request, "pages/storefront_shop.html", context)


@require_safe
def services(request: Request, handle: str) -> HttpResponse:
    """`/@handle/services/`: what a brand does for others, newest first."""
    found = visited(request, handle, "profile_services")
    if isinstance(found, HttpResponse):
        return found
    if found.ref.kind != "brand":
        raise NotFound
    page = services_wall(
        wanted=ServiceFilter(seller_id=found.ref.id), cursor=request.GET.get("cursor")
    )
    context = frame(request, found, "profile_services") | {
        "page": page,
        "saved_services": services_saved_of(request, (card.public_id for card in page.cards)),
    }
    return render(request, "pages/storefront_services.html", context)


@require_safe
def boards(request: Request, handle: str) -> HttpResponse:
    """`/@handle/boards/`: boards, secret ones only for their owner."""
    found = visited(request, handle, "profile_boards")
    if isinstance(found, HttpResponse):
        return found
    cursor = request.GET.get("cursor", "")
    page = boards_of(profile_id=found.ref.id, viewer=request.viewer, cursor=cursor)
    context = frame(request, found, "profile_boards") | {"boards": page.boards, "next": page.next}
    return render(request, "pages/storefront_boards.html", context)


@require_safe
def about(request: Request, handle: str) -> HttpResponse:
    """`/@handle/about/`: who it is; for a brand trader data and policies."""
    found = visited(request, handle, "profile_about")
    if isinstance(found, HttpResponse):
        return found
    return render(request, "pages/storefront_about.html", frame(request, found, "profile_about"))


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
    found = visited(request, handle, name)
    if isinstance(found, HttpResponse):
        return found
    ref, viewer = found.ref, request.viewer
    ask = followers_of if name == "profile_followers" else following_of
    page = ask(profile_id=ref.id, viewer=viewer, cursor=request.GET.get("cursor", ""))
    titles = {
        "profile_followers": _("Who follows %(name)s") % {"name": ref.name},
        "profile_following": _("Whom %(name)s follows") % {"name": ref.name},
    }
    context = {
        "ref": ref,
        "page": page,
        "title": titles[name],
        "tabs_of": network_tabs(
            ref=ref,
            at=f"pages:{name}",
            followers=found.followers_count,
            following=found.following_count,
            own=viewer.acting_id == ref.id,
        ),
        "followed": is_following(
            follower_id=viewer.acting_id, followed_ids=[one.id for one in page.refs]
        ),
    }
    return render(request, "pages/network.html", context)
