"""Which touch earned which order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core import clock


class Conversion(models.Model):
    """One paid order, credited to the last click of its buyer, or to nobody ("direct").

    Every paid order has exactly one row, so that the report's total is the orders' total.
    `touched_at` is the click; `total` is minor units, VAT and delivery included, without what was
    never taken or went back.
    """

    class State(models.TextChoices):
        CREDITED = "credited"
        REVERSED = "reversed"

    order_number = models.CharField(max_length=20, unique=True)
    seller = models.ForeignKey("accounts.Profile", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    # A public id, or what was searched: as long as tracking lets it be.
    ref = models.CharField(max_length=80, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    total = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREDITED)
    # Bought by somebody of the seller's own team: it counts as sold, and credits nothing.
    by_team = models.BooleanField("bought by the seller's team", default=False, db_default=False)
    created_at = models.DateTimeField(default=clock.now)
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["credited", "reversed"]), name="conversion_state_known"
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="conversion_total"),
            models.CheckConstraint(
                condition=Q(source="direct") | Q(touched_at__isnull=False),
                name="conversion_touch_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="reversed") | Q(reversed_at__isnull=False),
                name="conversion_reversed_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "created_at"], name="conversion_by_seller"),
            models.Index(fields=["source", "ref"], name="conversion_by_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.source}"
