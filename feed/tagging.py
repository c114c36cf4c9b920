"""Tags on their way between a form and the pin: rows, what one does with them, how they look.

A row holds what was typed, whatever it says, so that the editor works without a script and through
any number of rounds. Nothing here is stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.types import Hidden
from catalog.queries import product_cards, products_of, variant_choices
from catalog.types import ProductCard
from core.ids import is_public_id
from feed.types import MAX_TAGS, TagData
from search.queries import find

# Where the next tag goes when no place was chosen: the middle first, then around it.
_PLACES = ((50, 50), (30, 40), (70, 40), (30, 65), (70, 65), (50, 28), (50, 75), (20, 25), (80, 25))
HITS = 5
Row = TypeVar("Row")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9])?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class TagRow:
    """One tag as typed; `x` and `y` in percent of width and height, to a tenth."""

    product: str
    variant: str = ""
    x: str = "50"
    y: str = "50"

    @property
    def packed(self) -> str:
        """For the button that brings it back."""
        return f"{self.product},{self.variant},{self.x},{self.y}"

    @property
    def place(self) -> tuple[Decimal, Decimal] | None:
        """The point in percent, or None when it is none."""
        if not (_PERCENT.fullmatch(self.x) and _PERCENT.fullmatch(self.y)):
            return None
        x, y = Decimal(self.x), Decimal(self.y)
        return (x, y) if x <= 100 and y <= 100 else None


@dataclass(frozen=True, kw_only=True)
class PlacedTag:
    """A tag as the editor shows it. `card` is None when the product is not on sale any more."""

    number: int
    row: TagRow
    title: str
    card: ProductCard | None
    choices: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def x(self) -> int:
        return round((self.row.place or (50, 50))[0])

    @property
    def y(self) -> int:
        return round((self.row.place or (50, 50))[1])


def rows_in(data: QueryDict) -> list[TagRow]:
    """The tags of a form, whatever they say; at most one more than a pin can carry."""
    rows = []
    for number in range(MAX_TAGS + 1):
        lead = f"t-{number}-"
        product = data.get(f"{lead}product", "")
        if not is_public_id(product):
            break
        variant = data.get(f"{lead}variant", "")
        rows.append(
            TagRow(
                product=product,
                variant=variant if is_public_id(variant) else "",
                x=_typed(data.get(f"{lead}x", "")),
                y=_typed(data.get(f"{lead}y", "")),
            )
        )
    return rows


def _typed(text: str) -> str:
    return text.replace("\x00", "").strip()[:10]


def added(rows: Sequence[TagRow], *, product: str, x: str = "", y: str = "") -> list[TagRow]:
    """With one more tag, at the point that was chosen or at a free one. A product once."""
    if not is_public_id(product) or any(row.product == product for row in rows):
        return list(rows)
    chosen = TagRow(product=product, x=x, y=y)
    if chosen.place is None:
        taken: set[object] = {row.place for row in rows}
        free = next((place for place in _PLACES if place not in taken), (50, 50))
        chosen = replace(chosen, x=str(free[0]), y=str(free[1]))
    return [*rows, chosen]


def removed(rows: Sequence[Row], *, number: str) -> tuple[list[Row], Row | None]:
    """Without the row of this number, and which it was."""
    at = _index(rows, number)
    if at is None:
        return list(rows), None
    return [*rows[:at], *rows[at + 1 :]], rows[at]


def brought_back(rows: Sequence[TagRow], *, packed: str, number: str) -> list[TagRow]:
    """With a removed tag (as `packed`) where it was."""
    product, variant, x, y = (*packed.split(","), "", "", "", "")[:4]
    back = added(rows, product=product, x=x, y=y)
    if len(back) == len(rows):
        return back
    last = replace(back[-1], variant=variant if is_public_id(variant) else "")
    return put_back(rows, last, number=number)


def put_back(rows: Sequence[Row], row: Row, *, number: str) -> list[Row]:
    """With a row that was removed at this number; the last one, if that is none."""
    at = _index([*rows, row], number)
    return [*rows, row] if at is None else [*rows[:at], row, *rows[at:]]


def sorted_by(rows: Sequence[Row], *, move: str) -> list[Row]:
    """With one row a place `earlier` or `later`: `2-earlier`."""
    number, _dash, way = move.partition("-")
    at = _index(rows, number)
    if at is None:
        return list(rows)
    to = at - 1 if way == "earlier" else at + 1
    if not 0 <= to < len(rows):
        return list(rows)
    moved = list(rows)
    moved[at], moved[to] = moved[to], moved[at]
    return moved


def _index(rows: Sequence[object], number: str) -> int | None:
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        return None
    return int(number) - 1 if 1 <= int(number) <= len(rows) else None


def to_tags(rows: Sequence[TagRow]) -> list[TagData]:
    """As the action takes them; rows without a point were refused by `problems` before."""
    return [
        TagData(
            product_id=row.product,
            variant_id=row.variant or None,
            x=place[0] / 100,
            y=place[1] / 100,
        )
        for row in rows
        if (place := row.place) is not None
    ]


def problems(rows: Sequence[TagRow]) -> dict[int, str]:
    """What is wrong with which row, by its index."""
    return {
        index: _("Write percent from 0 to 100, with one decimal at most.")
        for index, row in enumerate(rows)
        if row.place is None
    }


def placed(
    rows: Sequence[TagRow],
    *,
    hidden: Hidden,
    gone: dict[str, str] | None = None,
    checked: bool = False,
) -> list[PlacedTag]:
    """Rows as the editor shows them; two queries, none without rows.

    `gone` names products that are not on sale any more, by public id; `checked` says what is wrong.
    What sellers behind a block offer looks like what is not on sale.
    """
    ids = [row.product for row in rows]
    variants = [row.variant for row in rows if row.variant]
    cards = product_cards(public_ids=ids, variant_ids=variants)
    found = [card for card in cards if card.seller.id not in hidden.blocked]
    products = {card.public_id: card for card in found if not card.chosen}
    chosen = {card.variant_id: card for card in found if card.chosen}
    choices = variant_choices(public_ids=list(products))
    wrong = problems(rows) if checked else {}
    tags = []
    for index, row in enumerate(rows):
        card = chosen.get(row.variant) or products.get(row.product)
        title = card.title if card else (gone or {}).get(row.product, _("Not on sale any more"))
        tags.append(
            PlacedTag(
                number=index + 1,
                row=row,
                title=title,
                card=card,
                choices=choices.get(row.product, []),
                error=wrong.get(index, ""),
            )
        )
    return tags


def taggable(
    *,
    text: str,
    author_id: int,
    hidden: Hidden,
    without: Sequence[TagRow] = (),
    limit: int = HITS,
) -> list[ProductCard]:
    """Products on sale that answer to some words; without words, the author's own newest.

    Anybody's product may be named: its seller sells it, at the seller's price; only
    those whom the viewer blocked or muted are not found. Two queries.
    """
    named = {row.product for row in without}
    if text.strip():
        most = limit + len(named)
        hits = find(text=text, kinds=["product"], limit=most, without=hidden.owners).items
        cards = product_cards(public_ids=[hit.public_id for hit in hits])
    else:
        cards = products_of(seller_id=author_id, limit=limit + len(named)).cards
    return [card for card in cards if card.public_id not in named][:limit]
