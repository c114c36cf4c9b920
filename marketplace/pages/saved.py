"""Which of the products on a page the visitor saved, for their bookmarks."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.types import Request
from catalog.types import ProductCard
from feed import guest
from feed.queries import saved_products


def saved_of(request: Request, cards: Iterable[ProductCard]) -> frozenset[str]:
    """Their public ids: rows of who acts (one query), the session of a guest (none)."""
    kept = guest.guest_products(viewer=request.viewer, session=request.session)
    ids = [card.public_id for card in cards]
    return kept | saved_products(product_ids=ids, viewer=request.viewer)
