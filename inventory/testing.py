"""Factories: variants with counted units. They go through the same actions as people."""

from typing import Any

from catalog.testing import Variant, make_product
from inventory import actions
from inventory.models import Reservation, Stock, StockMovement

__all__ = ["Reservation", "Stock", "StockMovement", "Variant", "counters", "make_stocked"]


def make_stocked(quantity: int = 10, **product: Any) -> int:
    """Primary key of the only variant of a new published product, with units on the shelf."""
    variant = Variant.objects.get(product=make_product(**product))
    if quantity:
        actions.receive(variant_id=variant.pk, quantity=quantity, actor_id=None)
    return variant.pk


def counters(variant_id: int) -> tuple[int, int]:
    """On hand and reserved."""
    return Stock.objects.values_list("on_hand", "reserved").get(pk=variant_id)
