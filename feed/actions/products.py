"""Saving a product: what is saved is the pin that stands for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q

from accounts.queries import are_blocked
from catalog.queries import product_cards, product_source
from catalog.types import ProductCard
from core.db import in_turn, retrying
from feed.access import saves_in_reach
from feed.actions.pins import MIDDLE, create_pin
from feed.actions.publishing import put_on_wall
from feed.actions.saving import save_pin, take_off
from feed.audience import shown_pins, stands_in_lists, visible_pins
from feed.errors import PinNotFound
from feed.models import Pin
from feed.types import PinState, Saved, TagData, Unsaved


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
        found = product_cards(public_ids=[product_id])
        if not found or are_blocked(one_id=saver_id, other_id=found[0].seller.id):
            raise PinNotFound
        pin_id = _kept(found[0], saver_id=saver_id) or _pin_of(found[0])
        return save_pin(
            pin_id=pin_id, saver_id=saver_id, board_id=board_id, note=note, user_id=user_id
        )


def unsave_product(
    *, product_id: str, saver_id: int, board_id: str | None = None, user_id: int | None = None
) -> Unsaved:
    """Take a product off the boards where somebody saved it, as `unsave_pin` does a pin: whichever
    pin stood for it then."""
    which = Q(pin__stands_for__public_id=product_id)
    return take_off(which, saver_id=saver_id, board_id=board_id, user_id=user_id)


def _kept(product: ProductCard, *, saver_id: int) -> str | None:
    """The newest pin as which somebody has the product and can open it."""
    saves = saves_in_reach().filter(saver=saver_id)
    pins = visible_pins().filter(stands_for=product.id, pk__in=saves.values("pin"))
    return pins.order_by("-id").values_list("public_id", flat=True).first()


def _pin_of(product: ProductCard) -> str:
    """The pin that stands for a product; two who ask at once get the same."""
    in_turn(f"stands-for:{product.id}")
    stood = list(Pin.objects.filter(stands_for=product.id).order_by("-id"))
    for pin in stood:
        if _is_everybodys(pin):
            return str(pin.public_id)
    if any(pin.state == PinState.TAKEN_DOWN for pin in stood):
        raise PinNotFound
    return _appoint(product)


def _is_everybodys(pin: Pin) -> bool:
    return pin.state == PinState.PUBLISHED and stands_in_lists(
        audience=pin.audience, published_at=pin.published_at
    )


def _appoint(product: ProductCard) -> str:
    alone = shown_pins().filter(author=product.seller.id).annotate(shown=Count("tags"))
    alone = alone.filter(shown=1, pk__in=Pin.objects.filter(tags__product=product.id).values("pk"))
    pin = alone.order_by("-popularity", "-id").first() or _made(product)
    Pin.objects.filter(pk=pin.pk).update(stands_for=product.id)
    return str(pin.public_id)


def _made(product: ProductCard) -> Pin:
    source = product_source(public_id=product.public_id, seller_id=product.seller.id)
    if source is None or source.image is None:
        raise PinNotFound
    pin = create_pin(
        author_id=product.seller.id,
        image=source.image,
        title=source.title,
        text=source.description[:500],
        category=source.category_slug,
        tags=[TagData(product_id=product.public_id, x=MIDDLE, y=MIDDLE)],
        publish_now=False,
    )
    # Nobody published it today: it is no news on any wall.
    pin.published_at = source.published_at
    put_on_wall(pin)
    return pin
