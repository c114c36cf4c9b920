"""Changing a pin, before and after it was published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.actions import record_act
from catalog.queries import categories
from core import clock
from core.media import describe_image
from feed.actions import tags
from feed.actions.boards import create_board
from feed.actions.further import write_further
from feed.actions.publishing import (
    give_title,
    index_pins,
    own_pin,
    publish_pin,
    refresh_author,
    schedule_pin,
)
from feed.actions.saving import save_pin, unsave_pin
from feed.audience import visible_pins
from feed.errors import BoardNotFound, PinOvertaken, TitleMissing
from feed.models import Board, Pin, PinPicture, PinRevision, ProductTag
from feed.types import PinData, PinState


@transaction.atomic
def edit_pin(
    *,
    public_id: str,
    author_id: int,
    data: PinData,
    actor_id: int | None = None,
    then: str = "",
    at: datetime | None = None,
    version: int | None = None,
) -> Pin:
    """Write all of a pin anew. What was published once keeps its former versions.

    With the `version` that was shown, nobody's change is written over unseen.

    `then` "publish" also puts it on the wall, "schedule" lets it go there `at` a moment to come
    (None: not any more): both or neither, with the errors of those actions.
    Raises PinNotFound, PinOvertaken, BadTags, TooManyTags, BoardNotFound, BoardTitleTaken,
    BadPictures, TooManyPictures, OffThePicture, and TitleMissing for a pin on the wall, or on its
    way there by its time with no product to lend it one.
    `actor_id` as in `create_pin`.
    """
    pin = own_pin(public_id=public_id, author_id=author_id)
    if version is not None and version != pin.version:
        raise PinOvertaken(version=pin.version)
    if pin.state == PinState.PUBLISHED and not data.title:
        raise TitleMissing
    named = tags.resolve(data.tags, author_id=author_id, pin=pin)
    board = _board(author_id=author_id, data=data)
    was = snapshot(pin) if pin.published_at is not None else None
    had = pin.board

    _take(pin, data)
    pin.board, pin.changed_at, pin.version = board, clock.now(), pin.version + 1
    pin.save()
    tags.write(pin, named)
    if data.further is not None:
        write_further(pin, data.further)
    if data.alt is not None or data.focus is not None:
        describe_image(public_id=pin.image.public_id, owner_id=None, alt=data.alt, focus=data.focus)
    if was is not None:
        _keep(pin, was, actor_id=actor_id)
    if pin.state == PinState.PUBLISHED:
        refresh_author(pin.author_id)
        index_pins([pin])
        _move(pin, had, board)
    who: dict[str, Any] = {
        "public_id": public_id,
        "author_id": author_id,
        "actor_id": actor_id,
    }
    if then == "publish":
        return publish_pin(**who)
    if then == "schedule":
        return schedule_pin(at=at, **who)
    if pin.publish_at is not None:
        give_title(pin)
        pin.save(update_fields=["title", "category"])
    return pin


def _take(pin: Pin, data: PinData) -> None:
    """Let the row say what the author described; what is None stays."""
    by_slug = {item.slug: item.id for item in categories()}
    pin.title, pin.text, pin.link = data.title, data.text, data.link
    pin.category_id = by_slug.get(data.category or "")
    pin.ai_made = data.ai_made
    for name in ("image", "audience", "comments_open"):
        value = getattr(data, name)
        if value is not None:
            setattr(pin, name, value)


def _board(*, author_id: int, data: PinData) -> Board | None:
    if data.new_board:
        return create_board(owner_id=author_id, title=data.new_board)
    if not data.board:
        return None
    board = Board.objects.filter(owner=author_id, public_id=data.board).first()
    if board is None:
        raise BoardNotFound
    return board


def _move(pin: Pin, had: Board | None, board: Board | None) -> None:
    """The author's pin lies on the board that the author chose for it, and not on the last one."""
    if had == board or not visible_pins().filter(pk=pin.pk).exists():
        return
    if had is not None:
        unsave_pin(pin_id=pin.public_id, saver_id=pin.author_id, board_id=had.public_id)
    if board is not None:
        save_pin(pin_id=pin.public_id, saver_id=pin.author_id, board_id=board.public_id)


def snapshot(pin: Pin) -> dict[str, Any]:
    """All that a pin says and to whom, as it is stored now; whether others may write under it is
    not said by the pin. Three queries."""
    row: dict[str, Any] = dict(
        Pin.objects.filter(pk=pin.pk)
        .annotate(slug=F("category__slug"), alt=F("image__alt"), picture=F("image__public_id"))
        .values("title", "text", "link", "ai_made", "audience", "slug", "alt", "picture")
        .get()
    )
    named = ProductTag.objects.filter(pin=pin).order_by("position")
    row["tags"] = [
        {"product": product, "title": title, "variant": variant, "x": str(x), "y": str(y)}
        for product, title, variant, x, y in named.values_list(
            "product__public_id", "product__title", "variant__public_id", "x", "y"
        )
    ]
    further = PinPicture.objects.filter(pin=pin).order_by("position")
    row["further"] = [
        {"picture": picture, "alt": alt}
        for picture, alt in further.values_list("image__public_id", "image__alt")
    ]
    return row


def _keep(pin: Pin, was: dict[str, Any], *, actor_id: int | None) -> None:
    now = snapshot(pin)
    if now == was:
        return
    PinRevision.objects.create(pin=pin, by_id=actor_id, at=clock.now(), was=was)
    if actor_id is not None:
        record_act(
            brand_id=pin.author_id, actor_id=actor_id, act="feed.pin_changed", subject=pin.title
        )
