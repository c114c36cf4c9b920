"""How a product reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from catalog.models import Product
from catalog.queries.categories import categories
from catalog.types import Availability, CategoryRef
from search.types import DocumentData

KIND = "product"


def documents_of(product_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the products that are on sale for everybody. One query."""
    active = Q(variants__active=True)
    rows = (
        Product.objects.public()
        .filter(pk__in=product_ids)
        .order_by("pk")
        .annotate(
            value_names=ArrayAgg("options__values__name", distinct=True, default=[]),
            skus=ArrayAgg("variants__sku", filter=active, distinct=True, default=[]),
        )
        .values_list(
            "public_id",
            "title",
            "description",
            "details",
            "category_id",
            "seller__name",
            "seller__handle",
            "seller__public_id",
            "price_from",
            "currency",
            "availability",
            "value_names",
            "skus",
        )
    )
    paths = {one.id: one for one in categories()}
    return [_document(row, paths.get(row[4])) for row in rows]


def _document(row: tuple[Any, ...], category: CategoryRef | None) -> DocumentData:
    (
        public_id,
        title,
        description,
        details,
        _category_id,
        seller,
        handle,
        owner,
        price,
        currency,
        availability,
        values,
        skus,
    ) = row
    path = category.path if category else ()
    words = [seller, *path, *values, *skus, description, details]
    return DocumentData(
        kind=KIND,
        public_id=public_id,
        title=title,
        body="\n".join(word for word in words if word),
        facets={
            "category": _slugs(category),
            "owner": owner,
            "seller": handle,
            "price": price,
            "currency": currency,
            "in_stock": availability != Availability.SOLD_OUT,
        },
        popularity=0.0,
    )


def _slugs(category: CategoryRef | None) -> list[str]:
    """The category and all above it, so that asking for a branch finds its leaves."""
    above = {one.slug: one for one in categories()}
    found = []
    while category is not None:
        found.append(category.slug)
        category = above.get(category.parent_slug or "")
    return found
