"""The pin as which something else that a brand offers lies on boards: a product, a service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.queries import are_blocked
from catalog.types import PinSource
from core.db import in_turn
from feed.access import saves_in_reach
from feed.actions.pins import create_pin
from feed.actions.publishing import put_on_wall
from feed.actions.saving import save_pin
from feed.audience import stands_in_lists, visible_pins
from feed.errors import PinNotFound
from feed.models import Pin, ServiceTag
from feed.types import PinState, Saved, TagData


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a pin stands for: the column of Pin that names it, its key and its seller's.

    `alone` are the seller's pins in lists that show it and nothing else; `make` makes one, quietly,
    where there is none.
    """

    column: str
    key: int
    seller_id: int
    alone: QuerySet[Pin]
    make: Callable[[], Pin]


def save_original(
    *,
    original: Original | None,
    saver_id: int,
    board_id: str | None,
    note: str,
    user_id: int | None,
) -> Saved:
    """Put the pin that stands for it on a board, in the caller's transaction, as `save_pin` does.

    Who has it as a pin that was closed since keeps that one. Raises PinNotFound: for None, behind a
    block, and where operators took its pin down.
    """
    if original is None or are_blocked(one_id=saver_id, other_id=original.seller_id):
        raise PinNotFound
    pin_id = _kept(original, saver_id=saver_id) or _pin_of(original)
    return save_pin(pin_id=pin_id, saver_id=saver_id, board_id=board_id, note=note, user_id=user_id)


def _kept(original: Original, *, saver_id: int) -> str | None:
    """The newest pin as which somebody has it and can open it."""
    saves = saves_in_reach().filter(saver=saver_id)
    pins = visible_pins().filter(**{original.column: original.key}, pk__in=saves.values("pin"))
    return pins.order_by("-id").values_list("public_id", flat=True).first()


def _pin_of(original: Original) -> str:
    """The pin that stands for it; two who ask at once get the same."""
    in_turn(f"{original.column}:{original.key}")
    stood = list(Pin.objects.filter(**{original.column: original.key}).order_by("-id"))
    for pin in stood:
        if _is_everybodys(pin):
            return str(pin.public_id)
    if any(pin.state == PinState.TAKEN_DOWN for pin in stood):
        raise PinNotFound
    pin = original.alone.order_by("-popularity", "-id").first() or original.make()
    Pin.objects.filter(pk=pin.pk).update(**{original.column: original.key})
    return str(pin.public_id)


def _is_everybodys(pin: Pin) -> bool:
    return pin.state == PinState.PUBLISHED and stands_in_lists(
        audience=pin.audience, published_at=pin.published_at
    )


def made_from(
    source: PinSource | None,
    *,
    seller_id: int,
    tags: Sequence[TagData] = (),
    service_id: int | None = None,
) -> Pin:
    """A pin of the source's first picture and words, on the wall, with these products or showing
    this service. Raises PinNotFound where there is no picture.

    It is dated to when its original came: nobody published it today, so it is no news on any wall.
    """
    if source is None or source.image is None:
        raise PinNotFound
    pin = create_pin(
        author_id=seller_id,
        image=source.image,
        title=source.title,
        text=source.description[:500],
        category=source.category_slug,
        tags=tags,
        publish_now=False,
    )
    if service_id is not None:
        ServiceTag.objects.create(pin=pin, service_id=service_id)
    pin.published_at = source.published_at
    put_on_wall(pin)
    return pin
