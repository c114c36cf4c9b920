"""Names of the places that orders come from, for the lists of orders below."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from catalog.queries import product_cards
from feed.queries import board_titles, pin_titles
from orders import sources


def connect() -> None:
    sources.register("pin", lambda refs: pin_titles(public_ids=list(refs)))
    sources.register("board", lambda refs: board_titles(public_ids=list(refs)))
    sources.register("product", _products)


def _products(refs: Collection[str]) -> Mapping[str, tuple[str, str]]:
    cards = product_cards(public_ids=list(refs))
    return {card.public_id: (card.title, card.url) for card in cards}
