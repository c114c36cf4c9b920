"""What the first page of a storefront shows besides its pins, in the order that its brand chose."""

from __future__ import annotations

from typing import Any

from accounts.types import ProfilePage, Viewer
from catalog.queries import collection_shelves, collections_of, products_of, services_wall
from catalog.types import (
    COLLECTION_SECTION,
    DEFAULT_SECTIONS,
    ProductCard,
    ServiceFilter,
    StorefrontData,
)
from feed.queries import boards_of
from marketplace.pages.profile_frame import touches

FEW = 6


def sections(
    *, profile: ProfilePage, front: StorefrontData | None, viewer: Viewer
) -> dict[str, Any]:
    """The context of the sections of a brand's first page.

    A query each for new products, services and boards; two each for all collections together and
    for those that stand by themselves.
    """
    names = front.sections if front else DEFAULT_SECTIONS
    seller_id = profile.ref.id
    cards: list[ProductCard] = []
    found: dict[str, Any] = {"sections": names, "shelves": {}}
    if "new" in names:
        found["newest"] = products_of(seller_id=seller_id, limit=FEW).cards
        cards += found["newest"]
    if "collections" in names:
        found["glances"] = collections_of(seller_id=seller_id)[:FEW]
    if "services" in names:
        wanted = ServiceFilter(seller_id=seller_id)
        found["works"] = services_wall(wanted=wanted, limit=FEW).cards
    if "boards" in names:
        found["shown_boards"] = boards_of(profile_id=seller_id, viewer=viewer, limit=FEW).boards
    single = [one.removeprefix(COLLECTION_SECTION) for one in names if ":" in one]
    for shelf in collection_shelves(seller_id=seller_id, public_ids=single, limit=FEW).values():
        found["shelves"][shelf.ref.section] = shelf
        cards += shelf.cards
    return found | {"touches": touches(profile, cards), "section_cards": cards}
