"""A seller's own products, in whatever state. Callers check the seller's role first."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from catalog.models import Product
from catalog.queries.page import read_page
from catalog.rows import picture_columns, picture_of
from catalog.types import ProductPage, ProductRow, ProductRows, ProductSource, ProductState
from core.money import Money

_PLAIN = (
    "id",
    "public_id",
    "slug",
    "title",
    "state",
    "availability",
    "variant_count",
    "updated_at",
    "taken_down_at",
    "price_from",
    "price_to",
    "currency",
)
PAGE_SIZE = 30


def seller_products(
    *, seller_id: int, text: str = "", state: str = "", cursor: str | None = None
) -> ProductRows:
    """A page of the seller's products, newest first, by words of the title or an SKU. One query."""
    rows = Product.objects.filter(seller_id=seller_id)
    if state:
        rows = rows.filter(state=state)
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(pk__in=Product.objects.filter(variants__sku__istartswith=word).values("pk"))
        )
    if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(pk__lt=int(cursor))
    found = list(
        rows.order_by("-pk").values_list(*_PLAIN, *picture_columns("cover"))[: PAGE_SIZE + 1]
    )
    shown = found[:PAGE_SIZE]
    return ProductRows(
        rows=[_row(row) for row in shown],
        next=str(shown[-1][0]) if len(found) > PAGE_SIZE else None,
    )


def product_for_seller(*, seller_id: int, public_id: str) -> ProductPage | None:
    """A product of this seller in any state, or None. One query."""
    return read_page(Product.objects.filter(seller_id=seller_id, public_id=public_id))


def _row(row: Any) -> ProductRow:
    plain = dict(zip(_PLAIN, row, strict=False))
    price_from, price_to = plain.pop("price_from"), plain.pop("price_to")
    currency, taken_down_at = plain.pop("currency"), plain.pop("taken_down_at")
    return ProductRow(
        **plain,
        taken_down=taken_down_at is not None,
        price=None if price_from is None else Money(price_from, currency),
        price_varies=price_from != price_to,
        picture=picture_of(row[len(_PLAIN) :]),
    )


def product_source(*, public_id: str, seller_id: int) -> ProductSource | None:
    """What a pin of the seller's own published product starts from, else None. One query."""
    product = (
        Product.objects.filter(
            public_id=public_id,
            seller_id=seller_id,
            state=ProductState.PUBLISHED,
            taken_down_at=None,
        )
        .select_related("category", "cover")
        .first()
    )
    if product is None:
        return None
    return ProductSource(
        id=product.pk,
        title=product.title,
        description=product.description,
        category_slug=product.category.slug,
        image=product.cover,
    )


def public_ids_of(*, seller_id: int) -> list[str]:
    """Public ids of everything the seller ever published, newest first. One query."""
    rows = Product.objects.filter(seller_id=seller_id, published_at__isnull=False)
    return list(rows.order_by("-pk").values_list("public_id", flat=True))
