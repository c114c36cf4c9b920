"""Changing a pin, before and after it was published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from catalog.queries import categories
from core import clock, withdrawn
from core.db import retrying
from core.media import describe_image
from feed import acts
from feed.actions import tags
from feed.actions.boards import create_board
from feed.actions.further import write_further
from feed.actions.publishing import (
    give_title,
    index_pins,
    own_pin,
    pictures_of,
    publish_pin,
    refresh_author,
    schedule_pin,
)
from feed.actions.saving import save_pin, unsave_pin
from feed.audience import day_is_over, visible_pins
from feed.errors import BoardNotFound, DayOver, PinOvertaken, TitleMissing
from feed.models import Board, Pin, PinPicture, PinRevision, ProductTag
from feed.types import Audience, PinData, PinState


@retrying
@transaction.atomic
def edit_pin(
    *,
    public_id: str,
    author_id: int,
    data: PinData,
    user_id: int | None = None,
    then: str = "",
    at: datetime | None = None,
    version: int | None = None,
) -> Pin:
    """Write all of a pin anew. What was published once keeps its former versions.

    With the `version` that was shown, nobody's change is written over unseen; who says only what is
    stored by now is not refused, since the same press may come twice.

    `then` "publish" also puts it on the wall, "schedule" lets it go there `at` a moment to come
    (None: not any more): both or neither, with the errors of those actions.
    Raises PinNotFound, PinOvertaken, BadTags, TooManyTags, BoardNotFound, BoardTitleTaken,
    BadPictures, TooManyPictures, OffThePicture, DayOver, and TitleMissing for a pin on the wall, or
    on its way there by its time with no product to lend it one.
    `user_id` as in `create_pin`.
    """
    pin = own_pin(public_id=public_id, author_id=author_id)
    overtaken = version not in (None, pin.version)
    said, beside = snapshot(pin), _beside(pin)
    had = pin.board
    if not overtaken:
        pin.version += 1
    due = at if then == "schedule" else pin.publish_at
    goes_out = then == "publish" or due is not None
    # The same press, when it comes twice, finds on the wall what it has put there.
    lends = goes_out and (overtaken or pin.state == PinState.DRAFT)
    _write(pin, data, lends=lends, user_id=user_id)
    says_other = snapshot(pin) != said
    changed = says_other or _beside(pin) != beside
    if overtaken and changed:
        raise PinOvertaken(version=pin.version)
    once_out = pin.published_at is not None
    if once_out and says_other:
        PinRevision.objects.create(pin=pin, by_id=user_id, at=clock.now(), was=said)
    # What was never out and is put there by the same press is told as that alone.
    if changed and (once_out or then != "publish"):
        acts.record(acts.PIN_CHANGED, brand_id=author_id, user_id=user_id, subject=pin.title)
    if pin.state == PinState.PUBLISHED:
        refresh_author(pin.author_id)
        index_pins([pin])
        _move(pin, had)
    who: dict[str, Any] = {
        "public_id": public_id,
        "author_id": author_id,
        "user_id": user_id,
    }
    if then == "publish":
        return publish_pin(**who)
    if then == "schedule":
        return schedule_pin(at=at, **who)
    return pin


def _write(pin: Pin, data: PinData, *, lends: bool, user_id: int | None) -> None:
    """Let a locked pin be what the author described; what is None stays. Its first product
    `lends` a title and a category where there is none."""
    named = tags.resolve(data.tags, author_id=pin.author_id, pin=pin)
    showed = pictures_of(pin)
    _take(pin, data, user_id=user_id)
    tags.write(pin, named)
    if lends:
        give_title(pin)
    elif pin.state == PinState.PUBLISHED and not pin.title:
        raise TitleMissing
    pin.save()
    if data.further is not None:
        write_further(pin, data.further)
    # Those that came, too: under a pin that was taken off the wall they are out of sight.
    if other := showed ^ pictures_of(pin):
        withdrawn.changed(other)
    if data.alt is not None or data.focus is not None:
        describe_image(public_id=pin.image.public_id, owner_id=None, alt=data.alt, focus=data.focus)


def _take(pin: Pin, data: PinData, *, user_id: int | None) -> None:
    late = day_is_over(published_at=pin.published_at)
    if data.audience == Audience.FOLLOWERS != pin.audience and late:
        raise DayOver
    by_slug = {item.slug: item.id for item in categories()}
    pin.title, pin.text, pin.link = data.title, data.text, data.link
    pin.category_id = by_slug.get(data.category or "")
    pin.ai_made = data.ai_made
    pin.board, pin.changed_at = _board(pin, data, user_id), clock.now()
    for name in ("image", "audience", "comments_open"):
        value = getattr(data, name)
        if value is not None:
            setattr(pin, name, value)


def _board(pin: Pin, data: PinData, user_id: int | None) -> Board | None:
    if data.new_board:
        # The one that this press made when it came first is no other board of the same name.
        if pin.board is not None and pin.board.title == data.new_board:
            return pin.board
        return create_board(owner_id=pin.author_id, title=data.new_board, user_id=user_id)
    if not data.board:
        return None
    board = Board.objects.filter(owner=pin.author_id, public_id=data.board).first()
    if board is None:
        raise BoardNotFound
    return board


def _move(pin: Pin, had: Board | None) -> None:
    """The author's pin lies on the board that the author chose for it, and not on the last one."""
    if had == pin.board or not visible_pins().filter(pk=pin.pk).exists():
        return
    if had is not None:
        unsave_pin(pin_id=pin.public_id, saver_id=pin.author_id, board_id=had.public_id)
    if pin.board is not None:
        save_pin(pin_id=pin.public_id, saver_id=pin.author_id, board_id=pin.board.public_id)


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


def _beside(pin: Pin) -> tuple[Any, ...]:
    """What an edit can change beside what the pin says, as it is stored now."""
    beside = ("board", "comments_open", "image__focus_x", "image__focus_y")
    row: tuple[Any, ...] = Pin.objects.filter(pk=pin.pk).values_list(*beside).get()
    return row
