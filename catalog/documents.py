"""How a product reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from catalog.attribute_types import FACET_PREFIX
from catalog.models import AttributeValue, DeliveryMethod, Product
from catalog.queries.categories import categories
from catalog.types import RATING_STEPS, Availability, CategoryRef
from core.prepared import Prepared
from search.types import DocumentData

KIND = "product"
_ANSWER = {
    "code": "attribute__code",
    "filterable": "attribute__filterable",
    "choice": "choice__slug",
    "choice_name": "choice__name",
    "number": "number",
    "yes": "yes",
    "text": "text",
}


def documents_of(product_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the products that are on sale for everybody. One query."""
    paths = {one.id: one for one in categories()}
    return [_document(row, paths.get(row[4])) for row in _ROWS(list(product_ids))]


def _rows(product_ids: Any) -> QuerySet[Product, tuple[Any, ...]]:
    active = Q(variants__active=True)
    answers = AttributeValue.objects.filter(
        Q(variant=None) | Q(variant__active=True), product=OuterRef("pk")
    ).order_by("attribute__position", "attribute_id", "choice__position", "id")
    methods = DeliveryMethod.objects.filter(seller=OuterRef("seller"), active=True)
    countries = methods.values(country=Func("countries", function="unnest")).distinct()
    return (
        Product.objects.public()
        .filter(pk__among=product_ids)
        .order_by("pk")
        .annotate(
            value_names=ArrayAgg("options__values__name", distinct=True, default=[]),
            skus=ArrayAgg("variants__sku", filter=active, distinct=True, default=[]),
            answers=ArraySubquery(answers.values(json=JSONObject(**_ANSWER))),
            ships_to=ArraySubquery(countries.order_by("country")),
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
            "answers",
            "ships_to",
            "published_at",
            "rating_sum",
            "rating_count",
        )
    )


_ROWS = Prepared(_rows)


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
        answers,
        ships_to,
        published_at,
        stars,
        ratings,
    ) = row
    path = category.path if category else ()
    said = [one["choice_name"] or one["text"] for one in answers]
    words = [seller, *path, *values, *skus, *dict.fromkeys(said), description, details]
    return DocumentData(
        kind=KIND,
        public_id=public_id,
        title=title,
        body="\n".join(word for word in words if word),
        facets={
            "category": _slugs(category),
            "owner": owner,
            "seller": handle,
            "seller_name": seller,
            "ships_to": ships_to,
            # When it came on sale, in seconds: what is newest.
            "at": int(published_at.timestamp()),
            "price": price,
            "currency": currency,
            "in_stock": availability != Availability.SOLD_OUT,
            # Each step that its average reaches, so that asking for one finds all that are better.
            "rating": [str(step) for step in RATING_STEPS if ratings and stars >= step * ratings],
            **_answered(answers),
        },
        popularity=0.0,
    )


def _answered(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Facets of the attributes: lists of slugs and of numbers (of the product and of all its
    variants), booleans. A number is compared with any of its list."""
    found: dict[str, Any] = {}
    for one in answers:
        if not one["filterable"]:
            continue
        name = FACET_PREFIX + one["code"]
        if one["yes"] is not None:
            found[name] = one["yes"]
        elif (value := one["choice"] or one["number"]) is not None:
            values = found.setdefault(name, [])
            if value not in values:
                values.append(value)
    return found


def _slugs(category: CategoryRef | None) -> list[str]:
    """The category and all above it, so that asking for a branch finds its leaves."""
    above = {one.slug: one for one in categories()}
    found = []
    while category is not None:
        found.append(category.slug)
        category = above.get(category.parent_slug or "")
    return found
