"""Variants by themselves: their names for other apps, and a seller's list of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from catalog.models import GONE, Variant
from catalog.types import ProductState, VariantName, VariantRow, VariantRows
from core.finding import each_word
from core.media import PICTURE_FIELDS, Picture

PAGE_SIZE = 50
_NAME = ("public_id", "title", "sku", "product__title", "seller_id", "seller__handle")
_PLAIN = ("id", "public_id", "title", "sku", "availability", "active")
_OF_PRODUCT = ("product__title", "product__public_id", "product__state")


def variant_names(*, variant_pks: Collection[int]) -> dict[int, VariantName]:
    """What these variants (by primary key) are called, whatever their state. One query."""
    rows = Variant.objects.filter(pk__in=list(variant_pks)).order_by("pk")
    return {
        pk: VariantName(
            public_id=public_id,
            title=title,
            sku=sku or "",
            product_title=product_title,
            seller_id=seller_id,
            seller_handle=handle,
        )
        for pk, public_id, title, sku, product_title, seller_id, handle in rows.values_list(
            "pk", *_NAME
        )
    }


def seller_variants(
    *,
    seller_id: int,
    text: str = "",
    availability: str = "",
    cursor: str | None = None,
    public_ids: Collection[str] | None = None,
    size: int = PAGE_SIZE,
) -> VariantRows:
    """A page of the seller's variants that are not archived, by product and position. One query.

    By words of the product's title, the variant's or its SKU; by one of Availability; or only
    those named in `public_ids`, without pages.
    """
    rows = _of_seller(seller_id)
    where = ("product__title__icontains", "title__icontains", "sku__istartswith")
    rows = rows.filter(each_word(text, *where))
    if availability:
        rows = rows.filter(availability=availability)
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    elif (after := _read_cursor(cursor)) is not None:
        product, position, pk = after
        rows = rows.filter(
            Q(product__lt=product)
            | Q(product=product, position__gt=position)
            | Q(product=product, position=position, pk__gt=pk)
        )
    shown = [Coalesce(F(f"image__{name}"), F(f"product__cover__{name}")) for name in PICTURE_FIELDS]
    names = {f"shown_{number}": column for number, column in enumerate(shown)}
    found = list(
        rows.annotate(**names)
        .order_by("-product_id", "position", "pk")
        .values_list("product_id", "position", *_PLAIN, *_OF_PRODUCT, *names)[
            : None if public_ids is not None else size + 1
        ]
    )
    page = found if public_ids is not None else found[:size]
    more = len(found) > len(page)
    return VariantRows(
        rows=[_row(row[2:]) for row in page],
        next="-".join(str(one) for one in page[-1][:3]) if more else None,
    )


def _of_seller(seller_id: int) -> QuerySet[Variant]:
    # Both say the same: so the products of others need not be read to find those of the seller.
    return (
        Variant.objects.filter(seller_id=seller_id, product__seller_id=seller_id)
        .exclude(product__state=ProductState.ARCHIVED)
        .exclude(combination__startswith=GONE)
    )


def _row(row: Any) -> VariantRow:
    plain = dict(zip(_PLAIN, row, strict=False))
    product_title, product_id, state = row[len(_PLAIN) :][:3]
    picture = row[len(_PLAIN) + len(_OF_PRODUCT) :]
    plain["sku"] = plain["sku"] or ""
    return VariantRow(
        **plain,
        product_title=product_title,
        product_id=product_id,
        on_sale=state == ProductState.PUBLISHED,
        picture=None if picture[0] is None else Picture.from_row(*picture),
    )


def _read_cursor(cursor: str | None) -> tuple[int, int, int] | None:
    parts = (cursor or "").split("-")
    if len(parts) != 3 or not all(
        one.isascii() and one.isdigit() and len(one) < 19 for one in parts
    ):
        return None
    product, position, pk = (int(one) for one in parts)
    return product, min(position, 2**15 - 1), pk
