"""Saving a product: what is saved is the pin that stands for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q

from catalog.queries import product_cards, product_source
from catalog.types import ProductCard
from core.db import retrying
from feed.actions.pins import MIDDLE
from feed.actions.saving import take_off
from feed.actions.stand_ins import Original, made_from, save_original
from feed.audience import shown_pins
from feed.models import Pin
from feed.types import Saved, TagData, Unsaved


@retrying
def save_product(
    *,
    product_id: str,
    saver_id: int,
    board_id: str | None = None,
    note: str = "",
    user_id: int | None = None,
) -> Saved:
    """Put a product that is on sale on a board (public ids), as `save_pin` does a pin.

    Its pin is one of its seller's that shows it alone; where there is none it is made of the
    product's first picture and words, quietly: dated to when the product came on sale. Who has it
    as a pin that was closed since keeps that one. Raises PinNotFound (also behind a block, and
    where operators took the pin down), BoardNotFound.
    """
    with transaction.atomic():
        return save_original(
            original=next(map(_original, product_cards(public_ids=[product_id])), None),
            saver_id=saver_id,
            board_id=board_id,
            note=note,
            user_id=user_id,
        )


def unsave_product(
    *, product_id: str, saver_id: int, board_id: str | None = None, user_id: int | None = None
) -> Unsaved:
    """Take a product off the boards where somebody saved it, as `unsave_pin` does a pin: whichever
    pin stood for it then."""
    which = Q(pin__stands_for__public_id=product_id)
    return take_off(which, saver_id=saver_id, board_id=board_id, user_id=user_id)


def _original(product: ProductCard) -> Original:
    alone = shown_pins().filter(author=product.seller.id).annotate(shown=Count("tags"))
    shows = Pin.objects.filter(tags__product=product.id)
    return Original(
        column="stands_for",
        key=product.id,
        seller_id=product.seller.id,
        alone=alone.filter(shown=1, pk__in=shows.values("pk")),
        make=lambda: _made(product),
    )


def _made(product: ProductCard) -> Pin:
    return made_from(
        product_source(public_id=product.public_id, seller_id=product.seller.id),
        seller_id=product.seller.id,
        tags=[TagData(product_id=product.public_id, x=MIDDLE, y=MIDDLE)],
    )
