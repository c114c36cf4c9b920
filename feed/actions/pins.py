"""Making a pin, publishing it, taking it down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from accounts.actions import hold_actor
from catalog.queries import categories, product_source
from core import clock, withdrawn
from core.events import publish
from core.media import Image
from feed import acts
from feed.actions.further import write_further
from feed.actions.hashtags import keep_hashtags
from feed.actions.publishing import (
    index_pins,
    put_on_wall,
    refresh_author,
    settle_pictures,
)
from feed.actions.tags import resolve, write
from feed.errors import BadTags, PinNotFound
from feed.events import PinTakenDown
from feed.models import Pin
from feed.types import Audience, FurtherPicture, PinState, TagData
from search.actions import remove_documents

MIDDLE = Decimal("0.5")


def create_pin(
    *,
    author_id: int,
    image: Image,
    title: str,
    text: str = "",
    link: str = "",
    category: str | None = None,
    tags: Sequence[TagData] = (),
    ai_made: bool = False,
    audience: str = Audience.EVERYONE,
    further: Sequence[FurtherPicture] = (),
    publish_now: bool = True,
    user_id: int | None = None,
) -> Pin:
    """A pin by a profile. Texts are taken as cleaned; `category` is a slug.

    `user_id` is the user who pins for a brand: it goes into the brand's log. A person has none.
    Raises BadTags when a tag names a product or variant that is not on sale, TooManyTags
    beyond twenty, BadPictures for further pictures of somebody else's, TooManyPictures beyond four,
    NotFound for a closed account.
    """
    named = resolve(tags, author_id=author_id)
    by_slug = {item.slug: item.id for item in categories()}
    with transaction.atomic():
        hold_actor(profile_id=author_id)
        pin = Pin.objects.create(
            author_id=author_id,
            image=image,
            title=title,
            text=text,
            link=link,
            category_id=by_slug.get(category or ""),
            ai_made=ai_made,
            audience=audience,
            created_at=clock.now(),
        )
        write(pin, named)
        withdrawn.used_again([image.pk, *(one.pk for one in write_further(pin, further))])
        if publish_now:
            put_on_wall(pin)
        acts.record(acts.PIN_ADDED, brand_id=author_id, user_id=user_id, subject=pin.title)
    return pin


def pin_from_product(*, product_id: str, author_id: int, user_id: int | None = None) -> Pin:
    """Pin a product as it is: its first picture, its title, one tag in the middle.

    Raises BadTags when the product (public id) is not on sale or not this author's. `user_id`
    as in `create_pin`.
    """
    source = product_source(public_id=product_id, seller_id=author_id)
    if source is None or source.image is None:
        raise BadTags(product_id=product_id)
    return create_pin(
        author_id=author_id,
        image=source.image,
        title=source.title,
        text=source.description[:500],
        category=source.category_slug,
        tags=[TagData(product_id=product_id, x=MIDDLE, y=MIDDLE)],
        user_id=user_id,
    )


def take_down_pin(*, public_id: str, operator_id: int | None, reason: str) -> Pin:
    """Take a pin off every page, for a stated reason. Doing it twice keeps the first reason."""
    with transaction.atomic():
        pin = Pin.objects.select_for_update().filter(public_id=public_id).first()
        if pin is None:
            raise PinNotFound
        if pin.state == PinState.TAKEN_DOWN:
            return pin
        pin.state_before, pin.state = pin.state, PinState.TAKEN_DOWN
        pin.publish_at = pin.deleted_at = None
        pin.taken_down_at = clock.now()
        pin.taken_down_by_id = operator_id
        pin.taken_down_reason = reason[:500]  # its author is told all of it
        pin.save()
        refresh_author(pin.author_id)
        keep_hashtags([pin])
        remove_documents(kind="pin", public_ids=[pin.public_id])
        settle_pictures(pin)
        publish(
            PinTakenDown(
                pin_id=pin.public_id,
                author_id=pin.author_id,
                title=pin.title,
                reason=reason,
                at=pin.taken_down_at.isoformat(),
            )
        )
    return pin


def restore_pin(*, public_id: str) -> Pin:
    """Put a pin back that was taken down by mistake, at its old place on the walls.

    What its author had not published, or had deleted, comes back as a draft.
    """
    with transaction.atomic():
        pin = Pin.objects.select_for_update().filter(public_id=public_id).first()
        if pin is None:
            raise PinNotFound
        if pin.state != PinState.TAKEN_DOWN:
            return pin
        on_wall = pin.state_before in ("", PinState.PUBLISHED) and pin.published_at
        pin.state = PinState.PUBLISHED if on_wall else PinState.DRAFT
        pin.state_before = ""
        pin.taken_down_at = None
        pin.taken_down_by = None
        pin.taken_down_reason = ""
        pin.save()
        refresh_author(pin.author_id)
        settle_pictures(pin)
        if pin.state == PinState.PUBLISHED:
            index_pins([pin])
    return pin
