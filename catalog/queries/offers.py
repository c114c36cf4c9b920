"""The one answer behind every buy button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.types import ProfileRef
from catalog.away import away_columns, away_until
from catalog.models import Product, Variant
from catalog.rows import PICTURE_WIDTH, PROFILE_WIDTH, picture_columns, picture_of, profile_columns
from catalog.types import Availability, Offer
from core.money import Money
from core.prepared import Prepared

_PLAIN = (
    "id",
    "public_id",
    "title",
    "sku",
    "price",
    "availability",
    "version",
    "product__public_id",
    "product__slug",
    "product__title",
    "product__currency",
    "product__vat_rate",
    "product__return_days",
    "product__lead_days",
)
_COLUMNS = (
    *_PLAIN,
    *picture_columns("image"),
    *picture_columns("product__cover"),
    *profile_columns("product__seller"),
    *away_columns("product__seller"),
)


def offers(
    *, variant_ids: Sequence[str] | None = None, variant_pks: Sequence[int] | None = None
) -> dict[str, Offer]:
    """Price and availability now, keyed by the variants' public ids. One query, none for no ids.

    Only active variants of products that are on sale for everybody are in the answer, and those
    have a price and an SKU: a variant that is missing cannot be bought, whatever the reason. A
    sold-out one is there, not `buyable`, and so is one whose brand is away.
    """
    if (variant_ids is None) == (variant_pks is None):
        raise TypeError("offers takes either variant_ids or variant_pks")
    wanted: Sequence[Any] = variant_ids if variant_ids is not None else variant_pks or ()
    if not wanted:
        return {}
    asked = _BY_PUBLIC_ID if variant_ids is not None else _BY_ID
    return {offer.variant_id: offer for offer in map(_offer, asked(list(wanted)))}


def _rows(**which: Any) -> QuerySet[Any, Any]:
    rows = Variant.objects.filter(
        **which,
        active=True,
        price__isnull=False,
        sku__isnull=False,
        product__in=Product.objects.public(),
    )
    return rows.order_by().values_list(*_COLUMNS)


# Every bag, checkout and order asks this.
_BY_PUBLIC_ID = Prepared(lambda ids: _rows(public_id__among=ids))
_BY_ID = Prepared(lambda ids: _rows(pk__among=ids))


def _offer(row: Sequence[Any]) -> Offer:
    (
        pk,
        public_id,
        title,
        sku,
        price,
        availability,
        version,
        product_id,
        product_slug,
        product_title,
        currency,
        vat_rate,
        return_days,
        lead_days,
    ) = row[: len(_PLAIN)]
    cover_from = len(_PLAIN) + PICTURE_WIDTH
    seller_from = cover_from + PICTURE_WIDTH
    own = picture_of(row[len(_PLAIN) : cover_from])
    away_from = seller_from + PROFILE_WIDTH
    seller = ProfileRef.from_row(row[seller_from:away_from])
    away = away_until(*row[away_from : away_from + 2])
    return Offer(
        variant_pk=pk,
        variant_id=public_id,
        product_id=product_id,
        product_slug=product_slug,
        product_title=product_title,
        variant_title=title,
        sku=sku,
        seller_id=seller.id,
        seller=seller,
        price=Money(price, currency),
        vat_rate=vat_rate,
        availability=availability,
        picture=own or picture_of(row[cover_from:seller_from]),
        return_days=return_days,
        lead_days=lead_days,
        buyable=availability != Availability.SOLD_OUT and away is None,
        away_until=away,
        version=version,
    )
