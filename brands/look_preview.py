"""What the sections of a look would show, in small: a title, and pictures or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.types import Viewer
from catalog.queries import collection_shelves, collections_of, products_of, services_wall
from catalog.types import COLLECTION_SECTION, LookInput, ServiceFilter
from core.media import Picture
from feed.queries import boards_of, pins_of

FEW = 6


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One section. Without pictures and words it shows nothing yet."""

    code: str
    title: str
    pictures: Sequence[Picture] = ()
    words: str = ""


def strips(
    *, seller_id: int, viewer: Viewer, look: LookInput, names: dict[str, str]
) -> list[Strip]:
    """The sections of a look in their order; `names` by code. A few queries for each section."""
    return [
        Strip(
            code=code,
            title=names[code],
            pictures=_pictures(code, seller_id, viewer)[:FEW],
            words=look.story[:200] if code == "story" else "",
        )
        for code in look.sections
        if code in names
    ]


def _pictures(code: str, seller_id: int, viewer: Viewer) -> list[Picture]:
    cards: Sequence[object] = ()
    if code == "pins":
        cards = pins_of(author_id=seller_id, viewer=viewer).cards
    elif code == "new":
        cards = products_of(seller_id=seller_id, limit=FEW).cards
    elif code == "collections":
        cards = collections_of(seller_id=seller_id)
    elif code == "services":
        cards = services_wall(wanted=ServiceFilter(seller_id=seller_id), limit=FEW).cards
    elif code == "boards":
        page = boards_of(profile_id=seller_id, viewer=viewer)
        return [cover for board in page.boards for cover in board.covers[:1]]
    elif code.startswith(COLLECTION_SECTION):
        one = code.removeprefix(COLLECTION_SECTION)
        found = collection_shelves(seller_id=seller_id, public_ids=[one], limit=FEW)
        cards = found[one].cards if one in found else ()
    return [picture for card in cards if (picture := getattr(card, "picture", None))]
