"""The variants among which somebody who names a product may choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from catalog.models import Product, Variant


def variant_choices(*, public_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Public id and title of the active variants of these products, in their sellers' order.

    Only of products on sale that come in more than one variant. One query; none for no ids.
    """
    if not public_ids:
        return {}
    rows = Variant.objects.filter(
        product__in=Product.objects.public().filter(public_id__in=list(public_ids)), active=True
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for product, variant, title in rows.order_by("position", "id").values_list(
        "product__public_id", "public_id", "title"
    ):
        found[product].append((variant, title))
    return {product: choices for product, choices in found.items() if len(choices) > 1}
