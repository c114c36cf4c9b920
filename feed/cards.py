"""From pin ids to cards: two queries for any number of cards.

One reads the pins with author, picture, tags and the viewer's saves; one asks the catalogue
for what the tagged products cost at this moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from catalog.queries import product_cards
from catalog.types import ProductCard, ServiceState
from core.media import PICTURE_FIELDS, Picture, picture_fields
from core.money import Money
from core.prepared import Prepared
from feed import audience
from feed.access import saves_in_reach
from feed.audience import listed_pins, visible_pins
from feed.models import Pin, ProductTag
from feed.types import Audience, PinCard, PinState, Reason, ServiceMention
from tracking.queries import touch_token

# From here on waiting is worth saying on the picture.
MADE_TO_ORDER_DAYS = 5


def pin_rows(
    pins: QuerySet[Pin], *, viewer_profile_id: int | None, products: Sequence[str] = ()
) -> dict[int, dict[str, Any]]:
    """Everything that a card needs of its pin, keyed by pin id; one query.

    With `products` (public ids) each row has `saved_products`, too: those that the viewer saved.
    """
    savers = None if viewer_profile_id is None else [viewer_profile_id]
    rows = _rows_of(pins, savers=savers)
    if products and savers:
        rows = rows.annotate(saved_products=_saved(products, savers))
    return {row["id"]: row for row in rows}


def _rows_of(pins: QuerySet[Pin], *, savers: Sequence[int] | None) -> Any:
    tags = ProductTag.objects.filter(pin=OuterRef("pk")).order_by("position")
    saved: Exists | Value = Value(False, output_field=BooleanField())
    if savers is not None:
        saved = Exists(saves_in_reach().filter(pin=OuterRef("pk"), saver_id__among=savers))
    return pins.annotate(
        is_saved=saved,
        tag_list=ArraySubquery(
            tags.values(
                json=JSONObject(
                    product="product__public_id",
                    variant="variant__public_id",
                    x="x",
                    y="y",
                    number="position",
                )
            )
        ),
    ).values(
        "id",
        "public_id",
        "title",
        "ai_made",
        "audience",
        "published_at",
        "is_saved",
        "tag_list",
        *MENTION,
        *profile_columns("author"),
        *picture_fields("image"),
    )


def saved_among(product_ids: Sequence[str], savers: Sequence[int]) -> QuerySet[Pin, str]:
    """Public ids of those of the products that one of the profiles saved as a pin that is there."""
    saved = saves_in_reach().filter(pin=OuterRef("pk"), saver_id__among=savers)
    pins = Pin.objects.filter(
        Exists(saved), stands_for__public_id__among=product_ids, state=PinState.PUBLISHED
    )
    return pins.values_list("stands_for__public_id", flat=True)


# What every wall asks, for a guest and for somebody who may have saved some of them.
_SHOWN_TO_GUEST = Prepared(
    lambda ids, before: _rows_of(_met(ids, savers=None, before=before), savers=None)
)
_SHOWN_TO_SAVER = Prepared(
    lambda ids, savers, before: _rows_of(_met(ids, savers=savers, before=before), savers=savers)
)
# The same of pins whose place on a page was decided before.
_OF_GUEST = Prepared(lambda ids: _rows_of(visible_pins().filter(pk__among=ids), savers=None))
_OF_SAVER = Prepared(
    lambda ids, savers: _rows_of(visible_pins().filter(pk__among=ids), savers=savers)
)


def _met(ids: Sequence[int], *, savers: Sequence[int] | None, before: Any) -> QuerySet[Pin]:
    return visible_pins().filter(audience.met(savers=savers, before=before), pk__among=ids)


def _shown_rows(ids: Sequence[int], *, viewer: Viewer) -> list[dict[str, Any]]:
    """The same for those of the pins that the viewer meets in lists, in no order."""
    before = [audience.day_ago()]
    if viewer.acting_id is None:
        return _SHOWN_TO_GUEST(list(ids), before)
    return _SHOWN_TO_SAVER(list(ids), [viewer.acting_id], before)


def _visible_rows(ids: Sequence[int], *, viewer: Viewer) -> list[dict[str, Any]]:
    """The same for visible pins by id, in no order."""
    if viewer.acting_id is None:
        return _OF_GUEST(list(ids))
    return _OF_SAVER(list(ids), [viewer.acting_id])


def shopped_rows(
    *, product_id: str, viewer: Viewer, limit: int, products: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The most popular pins for the viewer that carry the product (public id); one query.

    For somebody who acts each row has `saved_products`: which of `products` they saved.
    """
    before = [audience.day_ago()]
    if viewer.acting_id is None:
        return _shopped_of_guest(limit)([product_id], before)
    if viewer.hidden:
        pins = _with_product(listed_pins(viewer=viewer), [product_id])[:limit]
        rows = pin_rows(pins, viewer_profile_id=viewer.acting_id, products=products)
        return list(rows.values())
    return _shopped_of_saver(limit)([product_id], [viewer.acting_id], list(products), before)


def _saved(product_ids: Sequence[str], savers: Sequence[int]) -> ArraySubquery:
    return ArraySubquery(saved_among(product_ids, savers))


def _with_product(pins: QuerySet[Pin], product_ids: Sequence[str]) -> QuerySet[Pin]:
    found = pins.filter(tags__product__public_id__among=product_ids)
    return found.order_by("-popularity", "-id")


@cache
def _shopped_of_guest(limit: int) -> Prepared:
    return Prepared(
        lambda products, before: _rows_of(
            _shopped(products, savers=None, before=before)[:limit], savers=None
        )
    )


@cache
def _shopped_of_saver(limit: int) -> Prepared:
    return Prepared(
        lambda shown, savers, products, before: _rows_of(
            _shopped(shown, savers=savers, before=before)[:limit], savers=savers
        ).annotate(saved_products=_saved(products, savers))
    )


def _shopped(
    product_ids: Sequence[str], *, savers: Sequence[int] | None, before: Any
) -> QuerySet[Pin]:
    met = visible_pins().filter(audience.met(savers=savers, before=before))
    return _with_product(met, product_ids)


# What a pin says of the service that it shows, in the columns of the pin's own statement.
_SERVICE = "service_tag__service__"
MENTION = tuple(
    _SERVICE + name
    for name in (
        "public_id",
        "slug",
        "title",
        "pricing",
        "price_from",
        "currency",
        "state",
        "taken_down_at",
    )
)


def mention_of(row: Mapping[str, Any]) -> ServiceMention | None:
    """The service that the pin of a row with MENTION shows, while it is offered."""
    public_id, slug, title, pricing, price, currency, state, taken_down_at = (
        row[name] for name in MENTION
    )
    if public_id is None or state != ServiceState.PUBLISHED or taken_down_at is not None:
        return None
    return ServiceMention(
        public_id=public_id,
        slug=slug,
        title=title,
        pricing=pricing,
        price=None if price is None else Money(price, currency),
    )


def author_of(row: Mapping[str, Any], *, prefix: str = "author") -> ProfileRef:
    return ref_from_row(row, prefix)


def picture_of(row: Mapping[str, Any], *, prefix: str) -> Picture | None:
    if row[f"{prefix}public_id"] is None:
        return None
    return Picture.from_row(*(row[f"{prefix}{name}"] for name in PICTURE_FIELDS))


@dataclass(frozen=True)
class Tagged:
    """Cards of tagged products: the one of a named variant before the product's own."""

    products: Mapping[str, ProductCard]
    variants: Mapping[str, ProductCard]

    def card(self, tag: Mapping[str, Any]) -> ProductCard | None:
        """What a tag buys, or None when it cannot be shown any more."""
        return self.variants.get(tag["variant"]) or self.products.get(tag["product"])


def tagged_by(
    rows: Iterable[Mapping[str, Any]], *, viewer: Viewer, also: Sequence[str] = ()
) -> Tagged:
    """What all tags of these pins buy, and products asked for `also`; one query, or none.

    Without what is sold by somebody whom a block keeps from the viewer.
    """
    tags = [tag for row in rows for tag in row["tag_list"]]
    found = product_cards(
        public_ids=list({tag["product"] for tag in tags} | set(also)),
        variant_ids=[tag["variant"] for tag in tags if tag["variant"]],
    )
    found = [card for card in found if card.seller.id not in viewer.hidden.blocked]
    return Tagged(
        products={card.public_id: card for card in found if not card.chosen},
        variants={card.variant_id: card for card in found if card.chosen},
    )


def build_cards(
    *,
    ids: Sequence[int],
    viewer: Viewer,
    reasons: Mapping[int, Reason] | None = None,
    guest_saves: frozenset[str] = frozenset(),
    muted_too: bool = False,
) -> list[PinCard]:
    """Cards in the order of `ids`; what the viewer may not or does not want to see is left out.

    `muted_too` keeps what is muted, on the page of somebody to whom the viewer went, and takes who
    meets the pins there (`feed.audience`) for decided by the question that gave the ids.
    """
    if not ids:
        return []
    hidden = viewer.hidden
    if hidden.words and not muted_too:
        pins = listed_pins(viewer=viewer).filter(pk__in=list(ids))
        rows = pin_rows(pins, viewer_profile_id=viewer.acting_id)
    else:
        unseen = hidden.blocked if muted_too else hidden.ids
        found = (_visible_rows if muted_too else _shown_rows)(ids, viewer=viewer)
        rows = {row["id"]: row for row in found if row["author__id"] not in unseen}
    ordered = [rows[pin_id] for pin_id in ids if pin_id in rows]
    tagged = tagged_by(ordered, viewer=viewer)
    return [
        card_of(
            row,
            tagged=tagged,
            reason=(reasons or {}).get(row["id"]),
            guest_saves=guest_saves,
        )
        for row in ordered
    ]


def card_of(
    row: Mapping[str, Any],
    *,
    tagged: Tagged,
    reason: Reason | None = None,
    guest_saves: frozenset[str] = frozenset(),
) -> PinCard:
    picture = picture_of(row, prefix="image__")
    assert picture is not None  # noqa: S101 -- Pin.image is not null
    shown = [card for tag in row["tag_list"] if (card := tagged.card(tag))]
    single = shown[0] if len(shown) == 1 else None
    service = None if shown else mention_of(row)
    return PinCard(
        public_id=row["public_id"],
        title=row["title"],
        kind="product" if single else "look" if shown else "service" if service else "picture",
        picture=picture,
        author=author_of(row),
        reason=reason,
        tag_count=len(shown),
        price=single.price if single else None,
        availability=_availability(single),
        buy_variant_id=single.variant_id if single else None,
        product_id=single.public_id if single else None,
        product_slug=single.slug if single else None,
        saved=row["is_saved"] or row["public_id"] in guest_saves,
        touch=touch_token(
            source="pin", ref=row["public_id"], product=single.public_id if single else None
        ),
        ribbon=_sign(row) or _ribbon(single),
        ai_made=row["ai_made"],
        price_varies=single.price_varies if single else False,
        service=service,
        audience=row["audience"],
    )


def _sign(row: Mapping[str, Any]) -> str | None:
    """Those few who see a pin that not everybody does are told so."""
    if row["audience"] == Audience.LINK:
        return _("Only with the link")
    if audience.stands_in_lists(audience=row["audience"], published_at=row["published_at"]):
        return None
    return _("Followers first")


def _availability(product: ProductCard | None) -> str | None:
    """What the price tag says: a brand on vacation sells nothing, however much is in stock."""
    if product is None:
        return None
    return "away" if product.away_until else product.availability


def _ribbon(product: ProductCard | None) -> str | None:
    """Only scarcity and waiting are worth covering a picture for."""
    if product is None:
        return None
    if product.availability == "low":
        return _("Few left")
    if product.availability != "sold_out" and product.lead_days >= MADE_TO_ORDER_DAYS:
        return _("Made to order")
    return None
