"""Products as cards: one flat statement a set, whatever its size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.types import ProfileRef
from catalog.away import away_columns, away_until
from catalog.models import Product, Variant
from catalog.rows import PICTURE_WIDTH, PROFILE_WIDTH, picture_columns, picture_of, profile_columns
from catalog.types import CardPage, ProductCard, RelatedProducts
from core.media import PICTURE_FIELDS
from core.money import Money
from core.prepared import Prepared

_PLAIN = (
    "id",
    "public_id",
    "slug",
    "title",
    "price_from",
    "price_to",
    "currency",
    "availability",
    "default_variant__public_id",
    "variant_count",
    "lead_days",
)
CARD_COLUMNS = (
    *_PLAIN,
    *picture_columns("cover"),
    *profile_columns("seller"),
    *away_columns("seller"),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def product_cards(
    *,
    ids: Sequence[int] | None = None,
    public_ids: Sequence[str] | None = None,
    variant_ids: Sequence[str] = (),
) -> list[ProductCard]:
    """Cards of these products in the order asked for, by primary keys or by public ids.

    What is not on sale for everybody is left out. For each active variant in `variant_ids` a
    further card follows, `chosen`, with that variant's picture, price and availability: two tags
    may name two variants of one product. One query; none for empty lists.
    """
    if (ids is None) == (public_ids is None):
        raise TypeError("product_cards takes either ids or public_ids")
    wanted: Sequence[Any] = ids if ids is not None else public_ids or ()
    if not wanted and not variant_ids:
        return []
    key = "id" if ids is not None else "public_id"
    rows = (
        _ASKED[key, True](list(wanted), list(variant_ids))
        if variant_ids
        else _ASKED[key, False](list(wanted))
    )
    found: dict[Any, ProductCard] = {}
    chosen: dict[str, ProductCard] = {}
    for row in rows:
        card = card_of(row, chosen=bool(row[-1]))
        if card.chosen:
            chosen[card.variant_id] = card
        else:
            found[getattr(card, key)] = card
    return [found[one] for one in dict.fromkeys(wanted) if one in found] + list(chosen.values())


def _of_products(key: str, wanted: Sequence[Any]) -> QuerySet[Any, Any]:
    """The columns of a card, and that nobody named a variant of it."""
    rows = Product.objects.public().filter(**{f"{key}__among": wanted})
    return rows.order_by().values_list(*CARD_COLUMNS, Value(0))


def _of_variants(variant_ids: Sequence[str]) -> QuerySet[Any, Any]:
    """The same columns as a card's, of variants instead of products."""
    own = {name: f"own_{number}" for number, name in enumerate(PICTURE_FIELDS)}
    price = F("price")
    rows = Variant.objects.filter(
        public_id__among=variant_ids, active=True, product__in=Product.objects.public()
    )
    return (
        rows.order_by()
        .annotate(
            price_to=price,
            **{
                alias: Coalesce(F(f"image__{name}"), F(f"product__cover__{name}"))
                for name, alias in own.items()
            },
        )
        .values_list(
            "product__id",
            "product__public_id",
            "product__slug",
            "product__title",
            "price",
            "price_to",
            "product__currency",
            "availability",
            "public_id",
            "product__variant_count",
            "product__lead_days",
            *own.values(),
            *profile_columns("product__seller"),
            *away_columns("product__seller"),
            Value(1),
        )
    )


def _asked(key: str, *, chosen: bool) -> Prepared:
    if not chosen:
        return Prepared(lambda wanted: _of_products(key, wanted))
    return Prepared(
        lambda wanted, variants: _of_products(key, wanted).union(_of_variants(variants), all=True)
    )


# Every wall asks this.
_ASKED = {
    (key, chosen): _asked(key, chosen=chosen)
    for key in ("id", "public_id")
    for chosen in (True, False)
}


def products_of(
    *,
    seller_id: int,
    cursor: str | None = None,
    limit: int = 24,
    exclude_id: int | None = None,
) -> CardPage:
    """A brand's products on sale, newest first. An unreadable cursor starts from the top.

    One query. Nothing is missed or shown twice while products are published between two pages.
    """
    rows = Product.objects.public().filter(seller_id=seller_id)
    if exclude_id is not None:
        rows = rows.exclude(pk=exclude_id)
    rows = rows.filter(after(cursor)).order_by("-published_at", "-pk")
    found = list(rows.values_list("published_at", *CARD_COLUMNS)[: limit + 1])
    shown = found[:limit]
    following = cursor_of(shown[-1][0], shown[-1][1]) if len(found) > limit else None
    return CardPage(cards=[card_of(row[1:]) for row in shown], next=following)


@cache
def _related(limit: int) -> Prepared:
    """Of each group so many, with its mark and when it was published before a card's columns."""

    def group(mark: int, rows: QuerySet[Product]) -> QuerySet[Any, Any]:
        marked = rows.order_by("-published_at", "-pk").annotate(group=Value(mark))
        return marked.values_list("group", "published_at", *CARD_COLUMNS)[:limit]

    def both(
        product_ids: list[int], seller_ids: list[int], category_ids: list[int], without: list[int]
    ) -> QuerySet[Any, Any]:
        others = Product.objects.public().exclude(pk__among=product_ids)
        others = others.exclude(seller_id__among=without)
        similar = (
            others.filter(category_id__among=category_ids)
            .exclude(seller_id__among=seller_ids)
            .exclude(availability="sold_out")
        )
        own = group(0, others.filter(seller_id__among=seller_ids))
        return own.union(group(1, similar), all=True)

    return Prepared(both)


def related_products(
    *,
    product_id: int,
    seller_id: int,
    category_id: int | None,
    limit: int = 6,
    without: Collection[int] = (),
) -> RelatedProducts:
    """More of the same brand, and of the same category by others that can be had. One query.

    `without` what these sellers sell. Nothing is similar to what is in no category yet.
    """
    in_category = [] if category_id is None else [category_id]
    both = _related(limit)([product_id], [seller_id], in_category, list(without))
    rows = sorted(both, key=lambda row: (row[1], row[2]), reverse=True)
    return RelatedProducts(
        by_seller=[card_of(row[2:]) for row in rows if row[0] == 0],
        similar=[card_of(row[2:]) for row in rows if row[0] == 1],
    )


def card_of(row: Sequence[Any], *, chosen: bool = False) -> ProductCard:
    """The card of a row that begins with CARD_COLUMNS."""
    (
        pk,
        public_id,
        slug,
        title,
        price_from,
        price_to,
        currency,
        availability,
        variant_id,
        variant_count,
        lead_days,
    ) = row[: len(_PLAIN)]
    seller_from = len(_PLAIN) + PICTURE_WIDTH
    away_from = seller_from + PROFILE_WIDTH
    return ProductCard(
        id=pk,
        public_id=public_id,
        slug=slug,
        title=title,
        price=Money(price_from, currency),
        price_varies=price_to != price_from,
        availability=availability,
        picture=picture_of(row[len(_PLAIN) : seller_from]),
        seller=ProfileRef.from_row(row[seller_from:away_from]),
        away_until=away_until(*row[away_from : away_from + 2]),
        variant_id=variant_id,
        variant_count=variant_count,
        lead_days=lead_days,
        chosen=chosen,
    )


def after(cursor: str | None) -> Q:
    """What stands behind the position in a list by date and key; everything for a bad cursor."""
    found = _read_cursor(cursor)
    if found is None:
        return Q()
    at, pk = found
    return Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk)


def cursor_of(at: datetime, pk: int) -> str:
    """The position of the last row that was shown, as `after` reads it."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1):x}-{pk:x}"


def _read_cursor(cursor: str | None) -> tuple[datetime, int] | None:
    if not cursor or len(cursor) > 40 or not cursor.isascii():
        return None
    moment, _, pk = cursor.partition("-")
    try:
        at = _EPOCH + timedelta(microseconds=int(moment, 16))
        number = int(pk, 16)
    except (ValueError, OverflowError):
        return None
    return (at, number) if 0 <= number < 2**63 else None
