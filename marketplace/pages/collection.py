"""What a brand has put together: all its collections, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.queries import collection_page, collections_of
from core.errors import NotFound
from marketplace.pages.profile_frame import frame, touches, visited
from marketplace.pages.saved import saved_of


@require_safe
def collections(request: Request, handle: str) -> HttpResponse:
    """`/@handle/collections/`: each with its picture and how much is in it."""
    found = visited(request, handle, "profile_collections")
    if isinstance(found, HttpResponse):
        return found
    if found.ref.kind != "brand":
        raise NotFound
    context = frame(request, found, "profile_collections")
    context["glances"] = collections_of(seller_id=found.ref.id)
    return render(request, "pages/storefront_collections.html", context)


@require_safe
def collection(request: Request, handle: str, slug: str) -> HttpResponse:
    """`/@handle/collections/<slug>/`: what is on sale in it, in its order.

    Four queries for a guest: the profile, its storefront, the collection, its products; for who
    acts one more, for what of them they saved.
    """
    found = visited(request, handle, "collection", slug=slug)
    if isinstance(found, HttpResponse):
        return found
    shown = collection_page(seller_id=found.ref.id, slug=slug, cursor=request.GET.get("cursor"))
    if shown is None:
        raise NotFound
    context = frame(request, found, "profile_collections") | {
        "collection": shown.ref,
        "page": shown.page,
        "touches": touches(found, shown.page.cards),
        "saved_products": saved_of(request, shown.page.cards),
    }
    return render(request, "pages/collection.html", context)
