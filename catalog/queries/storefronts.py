"""What a brand states about itself and its parcels."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from catalog.away import away_until
from catalog.models import DeliveryMethod, Product, Storefront
from catalog.rows import DELIVERY_COLUMNS, terms_of
from catalog.types import DeliveryTerms, StorefrontData

_PLAIN = (
    "story",
    "reply_hours",
    "return_days",
    "returns_free",
    "delivery_policy",
    "returns_policy",
    "product_count",
    "away_note",
)


def storefront(*, profile_id: int) -> StorefrontData | None:
    """Story, promises, delivery terms and the number of products on sale. One query."""
    on_sale = (
        Product.objects.public()
        .filter(seller_id=OuterRef("profile_id"))
        .order_by()
        .values("seller_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    methods = DeliveryMethod.objects.filter(seller_id=OuterRef("profile_id"), active=True)
    columns = JSONObject(**{name: name for name in DELIVERY_COLUMNS})
    row = (
        Storefront.objects.filter(profile_id=profile_id)
        .annotate(
            product_count=Coalesce(Subquery(on_sale, output_field=IntegerField()), 0),
            methods=ArraySubquery(methods.values(json=columns)),
        )
        .values(*_PLAIN, "methods", "away_from", "away_until")
        .first()
    )
    if row is None:
        return None
    return StorefrontData(
        **{name: row[name] for name in _PLAIN},
        away_first=row["away_from"],
        away_last=row["away_until"],
        away_until=away_until(row["away_from"], row["away_until"]),
        delivery=tuple(
            terms_of([one[name] for name in DELIVERY_COLUMNS]) for one in row["methods"]
        ),
    )


def terms_of_seller(*, seller_id: int) -> tuple[DeliveryTerms, ...]:
    """The delivery methods that a seller offers now, in their own order. One query."""
    rows = DeliveryMethod.objects.filter(seller_id=seller_id, active=True)
    return tuple(terms_of(row) for row in rows.values_list(*DELIVERY_COLUMNS))
