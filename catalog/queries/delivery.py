"""Delivery methods of sellers, priced and dated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from catalog import delivery
from catalog.models import DeliveryMethod
from catalog.rows import DELIVERY_COLUMNS, terms_of
from catalog.types import DeliveryOption, DeliveryTerms
from core.money import Money
from core.prepared import Prepared


def delivery_options(
    *,
    seller_ids: Sequence[int],
    country: str,
    subtotals: Mapping[int, Money],
    lead_days: Mapping[int, int],
    today: date,
) -> dict[int, list[DeliveryOption]]:
    """Ways to `country` (ISO 3166 alpha-2) for each seller, the cheapest first. One query.

    `subtotals` and `lead_days` (the slowest of the seller's lines) are keyed by seller. A seller
    with an empty list does not deliver there.
    """
    methods: dict[int, list[DeliveryTerms]] = {seller_id: [] for seller_id in seller_ids}
    if methods:
        for seller_id, *columns in _ACTIVE(list(methods)):
            methods[seller_id].append(terms_of(columns))
    return {
        seller_id: delivery.options_to(
            found,
            country=country,
            subtotal=subtotals[seller_id],
            lead_days=lead_days.get(seller_id, 0),
            today=today,
        )
        for seller_id, found in methods.items()
    }


_ACTIVE = Prepared(
    lambda sellers: DeliveryMethod.objects.filter(
        seller_id__among=sellers, active=True
    ).values_list("seller_id", *DELIVERY_COLUMNS)
)


def methods_of(*, seller_id: int) -> list[DeliveryTerms]:
    """All delivery methods of a seller in their own order, those switched off too. One query."""
    rows = DeliveryMethod.objects.filter(seller_id=seller_id)
    found = rows.values_list("active", *DELIVERY_COLUMNS)
    return [replace(terms_of(columns), active=active) for active, *columns in found]
