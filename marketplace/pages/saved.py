"""Which of the products and services on a page the visitor saved, for their bookmarks."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.types import Request
from catalog.types import ProductCard
from feed import guest
from feed.queries import saved_products, saved_services


def saved_of(request: Request, cards: Iterable[ProductCard]) -> frozenset[str]:
    """Their public ids: rows of who acts (one query), the session of a guest (none)."""
    kept = guest.guest_products(viewer=request.viewer, session=request.session)
    ids = [card.public_id for card in cards]
    return kept | saved_products(product_ids=ids, viewer=request.viewer)


def services_saved_of(request: Request, public_ids: Iterable[str]) -> frozenset[str]:
    """The same of services, by their public ids."""
    kept = guest.guest_services(viewer=request.viewer, session=request.session)
    return kept | saved_services(service_ids=list(public_ids), viewer=request.viewer)
