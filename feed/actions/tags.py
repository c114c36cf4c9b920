"""Naming products on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.queries import blocked_ids
from catalog.queries import offers, product_cards
from feed.errors import BadTags, TooManyTags
from feed.models import Pin, ProductTag
from feed.types import MAX_TAGS, TagData


@dataclass(frozen=True)
class Named:
    """A tag with the keys of what it names."""

    tag: TagData
    product: int
    variant: int | None


def resolve(tags: Sequence[TagData], *, author_id: int, pin: Pin | None = None) -> list[Named]:
    """Tags with the keys of what they name; four queries at most, none without tags.

    What a `pin` names already may stay on it when it is not on sale any more, or its seller is
    behind a block by now. Raises BadTags for anything else of that kind and for a product named
    twice, TooManyTags beyond twenty.
    """
    if len(tags) > MAX_TAGS:
        raise TooManyTags
    if len({tag.product_id for tag in tags}) != len(tags):
        raise BadTags
    found = that_fit(tags, author_id=author_id, pin=pin)
    kept = {one.tag.product_id for one in found}
    for tag in tags:
        if tag.product_id not in kept:
            raise BadTags(product_id=tag.product_id)
    return found


def that_fit(tags: Sequence[TagData], *, author_id: int, pin: Pin | None) -> list[Named]:
    """Those of the tags that may stand on the pin, with the same keys and in as many queries."""
    if not tags:
        return []
    cards = product_cards(public_ids=[tag.product_id for tag in tags])
    others = {card.seller.id for card in cards} - {author_id}
    unmet = blocked_ids(profile_id=author_id) if others else set()
    on_sale = {card.public_id: card.id for card in cards if card.seller.id not in unmet}
    wanted = [tag.variant_id for tag in tags if tag.variant_id]
    found = offers(variant_ids=wanted) if wanted else {}
    before = _named_by(pin)
    fitting = []
    for tag in tags:
        product, variant = on_sale.get(tag.product_id), None
        if tag.variant_id:
            offer = found.get(tag.variant_id)
            fits = offer is not None and offer.product_id == tag.product_id
            product = product if fits else None
            variant = offer.variant_pk if offer else None
        if product is None:
            product, variant = before.get((tag.product_id, tag.variant_id), (None, None))
        if product is not None:
            fitting.append(Named(tag, product, variant))
    return fitting


def _named_by(pin: Pin | None) -> dict[tuple[str, str | None], tuple[int, int | None]]:
    if pin is None:
        return {}
    rows = ProductTag.objects.filter(pin=pin).values_list(
        "product__public_id", "variant__public_id", "product_id", "variant_id"
    )
    return {(product, variant): (pk, variant_pk) for product, variant, pk, variant_pk in rows}


def write(pin: Pin, named: Sequence[Named]) -> None:
    """Put these tags in place of what the pin had, numbered in their order."""
    ProductTag.objects.filter(pin=pin).delete()
    ProductTag.objects.bulk_create(
        ProductTag(
            pin=pin,
            product_id=one.product,
            variant_id=one.variant,
            x=one.tag.x,
            y=one.tag.y,
            position=number,
        )
        for number, one in enumerate(named, start=1)
    )
