"""What a brand states about itself and its parcels."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Product, Storefront
from catalog.queries.delivery import delivery_terms
from catalog.types import StorefrontData


def storefront(*, profile_id: int) -> StorefrontData | None:
    """Story, promises, delivery terms and the number of products on sale. Two queries."""
    on_sale = (
        Product.objects.public()
        .filter(seller_id=OuterRef("profile_id"))
        .order_by()
        .values("seller_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    row = (
        Storefront.objects.filter(profile_id=profile_id)
        .annotate(product_count=Coalesce(Subquery(on_sale, output_field=IntegerField()), 0))
        .values(
            "story",
            "reply_hours",
            "return_days",
            "returns_free",
            "delivery_policy",
            "returns_policy",
            "product_count",
        )
        .first()
    )
    if row is None:
        return None
    return StorefrontData(**row, delivery=tuple(delivery_terms(seller_id=profile_id)))
