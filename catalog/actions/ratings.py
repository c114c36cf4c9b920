"""The stars of a product, as whoever keeps its reviews counts them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from catalog.actions import upkeep
from catalog.models import Product


@transaction.atomic
def change_rating(*, product_id: int, stars: int, people: int) -> None:
    """Add stars and people who gave them to those of a product (primary key); both may be negative.

    Call it last in the transaction of what changed: the row is locked from here to its end.
    """
    Product.objects.filter(pk=product_id).update(
        rating_sum=F("rating_sum") + stars, rating_count=F("rating_count") + people
    )
    upkeep.index_all([product_id], gone=[])
