"""Making a pin, publishing it, taking it down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from accounts.actions import record_act
from catalog.queries import categories, offers, product_cards, product_source
from core import clock
from core.events import publish
from core.media import Image
from feed.cards import visible_pins
from feed.errors import BadTags, PinNotFound, TooManyTags
from feed.events import PinPublished, PinTakenDown
from feed.models import AuthorLast, Pin, ProductTag
from feed.types import MAX_TAGS, PinState, TagData
from search.actions import put_documents, remove_documents
from search.types import DocumentData

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
    publish_now: bool = True,
    actor_id: int | None = None,
) -> Pin:
    """A pin by a profile. Texts are taken as cleaned; `category` is a slug.

    `actor_id` is the user who pins for a brand: it goes into the brand's log. A person has none.
    Raises BadTags when a tag names a product or variant that is not on sale, TooManyTags
    beyond twenty.
    """
    resolved = _resolve(tags)
    by_slug = {item.slug: item.id for item in categories()}
    with transaction.atomic():
        pin = Pin.objects.create(
            author_id=author_id,
            image=image,
            title=title,
            text=text,
            link=link,
            category_id=by_slug.get(category or ""),
            ai_made=ai_made,
            created_at=clock.now(),
        )
        ProductTag.objects.bulk_create(
            ProductTag(
                pin=pin,
                product_id=product_pk,
                variant_id=variant_pk,
                x=tag.x,
                y=tag.y,
                position=number,
            )
            for number, (tag, product_pk, variant_pk) in enumerate(resolved, start=1)
        )
        if publish_now:
            _publish(pin)
        if actor_id is not None:
            record_act(brand_id=author_id, actor_id=actor_id, act="feed.pin_added", subject=title)
    return pin


def _resolve(tags: Sequence[TagData]) -> list[tuple[TagData, int, int | None]]:
    """Tags with the keys of what they name."""
    if len(tags) > MAX_TAGS:
        raise TooManyTags
    if not tags:
        return []
    products = {
        card.public_id: card.id
        for card in product_cards(public_ids=[tag.product_id for tag in tags])
    }
    wanted = [tag.variant_id for tag in tags if tag.variant_id]
    found = offers(variant_ids=wanted) if wanted else {}
    resolved: list[tuple[TagData, int, int | None]] = []
    for tag in tags:
        offer = found.get(tag.variant_id) if tag.variant_id else None
        mismatch = tag.variant_id and (offer is None or offer.product_id != tag.product_id)
        if tag.product_id not in products or mismatch:
            raise BadTags(product_id=tag.product_id)
        resolved.append((tag, products[tag.product_id], offer.variant_pk if offer else None))
    if len({product for _tag, product, _variant in resolved}) != len(resolved):
        raise BadTags
    return resolved


def publish_pin(*, public_id: str, author_id: int, actor_id: int | None = None) -> Pin:
    """Put a draft on the wall; a pin that is already there stays as it is.

    `actor_id` as in `create_pin`.
    """
    with transaction.atomic():
        pin = (
            Pin.objects.select_for_update()
            .filter(public_id=public_id, author=author_id)
            .exclude(state=PinState.TAKEN_DOWN)
            .first()
        )
        if pin is None:
            raise PinNotFound
        if pin.state == PinState.DRAFT:
            _publish(pin)
            if actor_id is not None:
                record_act(
                    brand_id=author_id,
                    actor_id=actor_id,
                    act="feed.pin_published",
                    subject=pin.title,
                )
    return pin


def _publish(pin: Pin) -> None:
    now = clock.now()
    pin.state = PinState.PUBLISHED
    pin.published_at = now
    pin.save(update_fields=["state", "published_at"])
    AuthorLast.objects.bulk_create(
        [AuthorLast(author_id=pin.author_id, last_at=now)],
        update_conflicts=True,
        unique_fields=["author"],
        update_fields=["last_at"],
    )
    index_pins([pin])
    publish(PinPublished(pin_id=pin.public_id, author_id=pin.author_id))


def index_pins(pins: Sequence[Pin]) -> None:
    """Write pins into the search index, as far as anybody may see them. Two queries.

    Those of a brand that is not approved follow when it is: till then even their number is nobody's
    business.
    """
    shown = visible_pins().filter(pk__in=[pin.pk for pin in pins]).select_related("author")
    put_documents(
        documents=[
            DocumentData(
                kind="pin",
                public_id=pin.public_id,
                title=pin.title,
                body=pin.text,
                facets={"owner": pin.author.public_id},
                popularity=pin.popularity,
            )
            for pin in shown
        ]
    )


def pin_from_product(*, product_id: str, author_id: int, actor_id: int | None = None) -> Pin:
    """Pin a product as it is: its first picture, its title, one tag in the middle.

    Raises BadTags when the product (public id) is not on sale or not this author's. `actor_id`
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
        actor_id=actor_id,
    )


def take_down_pin(*, public_id: str, operator_id: int | None, reason: str) -> Pin:
    """Take a pin off every page, for a stated reason. Doing it twice keeps the first reason."""
    with transaction.atomic():
        pin = Pin.objects.select_for_update().filter(public_id=public_id).first()
        if pin is None:
            raise PinNotFound
        if pin.state == PinState.TAKEN_DOWN:
            return pin
        pin.state = PinState.TAKEN_DOWN
        pin.taken_down_at = clock.now()
        pin.taken_down_by_id = operator_id
        pin.taken_down_reason = reason
        pin.save(update_fields=["state", "taken_down_at", "taken_down_by", "taken_down_reason"])
        _refresh_author(pin.author_id)
        remove_documents(kind="pin", public_ids=[pin.public_id])
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
    """Put a pin back that was taken down by mistake, at its old place on the walls."""
    with transaction.atomic():
        pin = Pin.objects.select_for_update().filter(public_id=public_id).first()
        if pin is None:
            raise PinNotFound
        if pin.state != PinState.TAKEN_DOWN:
            return pin
        pin.state = PinState.PUBLISHED if pin.published_at else PinState.DRAFT
        pin.taken_down_at = None
        pin.taken_down_by = None
        pin.taken_down_reason = ""
        pin.save(update_fields=["state", "taken_down_at", "taken_down_by", "taken_down_reason"])
        _refresh_author(pin.author_id)
        if pin.state == PinState.PUBLISHED:
            index_pins([pin])
    return pin


def _refresh_author(author_id: int) -> None:
    last = Pin.objects.filter(author=author_id, state=PinState.PUBLISHED).aggregate(
        last=Max("published_at")
    )["last"]
    if last is None:
        AuthorLast.objects.filter(author=author_id).delete()
    else:
        AuthorLast.objects.update_or_create(author_id=author_id, defaults={"last_at": last})
