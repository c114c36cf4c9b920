"""Rows of who bought from a brand, added up. `orders.models` offers them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Customer(models.Model):
    """What somebody bought from one brand, added up from their paid orders by `orders.customers`.

    `buyer` is u and the key of an account, e and the e-mail of a guest, or o and the key of an
    order of which neither is known any more. No names: those stay where they are erased. The e-mail
    of a guest is kept as long as it is with their purchases, and goes where `orders.leaving` drops
    it from them.
    """

    seller = models.ForeignKey("accounts.Profile", models.PROTECT, related_name="+")
    buyer = models.CharField(max_length=260)
    # No orders are deleted, and an index of all brands' last orders would be walked for one brand.
    first = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", db_index=False)
    last = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", db_index=False)
    orders = models.PositiveIntegerField()
    # Of the orders in the currency of the last one, without what was cancelled or given back.
    spent = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint("seller", "buyer", name="customer_once_per_seller"),
            models.CheckConstraint(
                name="customer_bought", condition=Q(orders__gte=1, spent__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "-last"], name="customer_bought_last"),
            models.Index(fields=["seller", "-spent", "-last"], name="customer_spent_most"),
            models.Index(fields=["seller", "-orders", "-last"], name="customer_most_orders"),
            models.Index(
                fields=["seller", "-last"], name="customer_came_back", condition=Q(orders__gt=1)
            ),
            models.Index(
                fields=["seller", "-last"], name="customer_bought_once", condition=Q(orders=1)
            ),
        ]

    def __str__(self) -> str:
        return f"customer {self.pk} of {self.seller_id}"
