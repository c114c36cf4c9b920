"""Saving a service: what is saved is the pin that stands for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from catalog.queries import service_cards, service_source
from catalog.types import ServiceCard
from core.db import retrying
from feed.actions.saving import take_off
from feed.actions.stand_ins import Original, made_from, save_original
from feed.audience import shown_pins
from feed.models import Pin
from feed.types import Saved, Unsaved


@retrying
def save_service(
    *,
    service_id: str,
    saver_id: int,
    board_id: str | None = None,
    note: str = "",
    user_id: int | None = None,
) -> Saved:
    """Put a service that is offered on a board (public ids), as `save_product` does a product.

    Its pin is one of its seller's portfolio that shows no product; where there is none it is made
    of the service's first picture and words, dated to when it was first offered, and joins the
    portfolio. Raises PinNotFound (also for one without a picture), BoardNotFound.
    """
    with transaction.atomic():
        return save_original(
            original=next(map(_original, service_cards(public_ids=[service_id])), None),
            saver_id=saver_id,
            board_id=board_id,
            note=note,
            user_id=user_id,
        )


def unsave_service(
    *, service_id: str, saver_id: int, board_id: str | None = None, user_id: int | None = None
) -> Unsaved:
    """Take a service off the boards where somebody saved it, as `unsave_product` does."""
    which = Q(pin__stands_for_service__public_id=service_id)
    return take_off(which, saver_id=saver_id, board_id=board_id, user_id=user_id)


def _original(service: ServiceCard) -> Original:
    return Original(
        column="stands_for_service",
        key=service.id,
        seller_id=service.seller.id,
        alone=shown_pins().filter(
            author=service.seller.id, service_tag__service=service.id, tags=None
        ),
        make=lambda: _made(service),
    )


def _made(service: ServiceCard) -> Pin:
    return made_from(
        service_source(public_id=service.public_id, seller_id=service.seller.id),
        seller_id=service.seller.id,
        service_id=service.id,
    )
