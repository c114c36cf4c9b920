"""A seller's own products, in whatever state. Callers check the seller's role first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from catalog.models import Product, ProductImage, Variant
from catalog.queries.page import read_pages
from catalog.rows import picture_columns, picture_of
from catalog.types import (
    AltScore,
    PinSource,
    ProductPage,
    ProductRow,
    ProductRows,
    ProductState,
)
from core.alt import described
from core.finding import MOST_WORDS
from core.money import Money
from core.paging import NEWEST, Order, moment, words

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
    "publish_at",
)
_MORE = ("category__name", "published_at")
_COUNTED = ("pictures", "described")
PAGE_SIZE = 30


# How the studio sorts its products.
PRODUCT_SORTS = {
    "newest": NEWEST,
    "oldest": Order(descending=False),
    "changed": Order(field="updated_at", read=moment),
    "title": Order(field="title", read=words, descending=False),
    "cheapest": Order(field="price", descending=False),
    "dearest": Order(field="price"),
}


def seller_products(
    *,
    seller_id: int,
    text: str = "",
    state: str = "",
    cursor: str | None = None,
    sort: str = "newest",
    size: int = PAGE_SIZE,
) -> ProductRows:
    """A page of the seller's products, newest first, by words of the title or an SKU. One query.

    `state` is one of ProductState, or "silent": a picture of it is not described. `sort` is one of
    PRODUCT_SORTS; what has no price yet counts as the cheapest.
    """
    rows = Product.objects.filter(seller_id=seller_id).annotate(
        pictures=_count_of(_pictures()),
        described=_count_of(_pictures().filter(described("shown_"))),
        price=Coalesce(F("price_from"), 0),
    )
    if state == "silent":
        rows = rows.filter(described__lt=F("pictures")).exclude(state=ProductState.ARCHIVED)
    elif state:
        rows = rows.filter(state=state)
    own = Variant.objects.filter(seller_id=seller_id)
    for word in text.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(pk__in=own.filter(sku__istartswith=word).values("product_id"))
        )
    order = PRODUCT_SORTS.get(sort, NEWEST)
    columns = (*_PLAIN, *_COUNTED, *_MORE, *picture_columns("cover"))
    found = list(order.sorted(rows, cursor).values_list(*columns)[: size + 1])
    shown = [_row(row) for row in found[:size]]
    return ProductRows(rows=shown, next=_cursor_of(shown[-1], order) if len(found) > size else None)


def _cursor_of(last: ProductRow, order: Order) -> str:
    values = {
        "title": last.title,
        "updated_at": last.updated_at,
        "price": last.price.amount if last.price else 0,
    }
    return order.cursor(tie=last.id, value=values.get(order.field))


def product_standings(*, seller_id: int, public_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Title and state of the seller's own products by public id; others are left out. One query."""
    rows = Product.objects.filter(seller_id=seller_id, public_id__in=list(public_ids))
    return {one: (title, state) for one, title, state in rows.values_list(*_STANDING)}


_STANDING = ("public_id", "title", "state")


def alt_score(*, seller_id: int) -> AltScore:
    """How many pictures of the seller's products are described; archived ones count no more. One
    query."""
    counted = (
        _pictures()
        .filter(product__seller_id=seller_id)
        .exclude(product__state=ProductState.ARCHIVED)
        .aggregate(pictures=Count("pk"), described=Count("pk", filter=described("shown_")))
    )
    return AltScore(**counted)


def _pictures() -> QuerySet[ProductImage]:
    """With the words that are read out: the product's own for a picture, else the picture's."""
    return ProductImage.objects.annotate(
        shown_alt=Coalesce(NullIf(F("alt"), Value("")), F("image__alt")),
        shown_file_name=F("image__file_name"),
    )


def _count_of(images: QuerySet[ProductImage]) -> Coalesce:
    own = images.filter(product=OuterRef("pk")).order_by().values("product")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def product_for_seller(*, seller_id: int, public_id: str) -> ProductPage | None:
    """A product of this seller in any state, or None. One query."""
    return next(iter(read_pages(seller_id=seller_id, public_ids=[public_id])), None)


def products_for_seller(*, seller_id: int, public_ids: Sequence[str]) -> list[ProductPage]:
    """Products of this seller in any state, as they are named; others are left out. One query."""
    pages = read_pages(seller_id=seller_id, public_ids=public_ids)
    found = {page.public_id: page for page in pages}
    return [found[one] for one in public_ids if one in found]


def _row(row: Any) -> ProductRow:
    names = (*_PLAIN, *_COUNTED, *_MORE)
    plain = dict(zip(names, row, strict=False))
    price_from, price_to = plain.pop("price_from"), plain.pop("price_to")
    currency, taken_down_at = plain.pop("currency"), plain.pop("taken_down_at")
    category = plain.pop("category__name") or ""
    return ProductRow(
        **plain,
        category=category,
        taken_down=taken_down_at is not None,
        price=None if price_from is None else Money(price_from, currency),
        price_to=None if price_to is None else Money(price_to, currency),
        price_varies=price_from != price_to,
        picture=picture_of(row[len(names) :]),
    )


def product_source(*, public_id: str, seller_id: int) -> PinSource | None:
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
    return PinSource(
        id=product.pk,
        title=product.title,
        description=product.description,
        category_slug=product.category.slug if product.category else "",
        image=product.cover,
        published_at=product.published_at,
    )


def public_ids_of(*, seller_id: int) -> list[str]:
    """Public ids of everything the seller ever published, newest first. One query."""
    rows = Product.objects.filter(seller_id=seller_id, published_at__isnull=False)
    return list(rows.order_by("-pk").values_list("public_id", flat=True))
