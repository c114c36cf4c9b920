"""Rows of inventory: the counter of each variant, every change to it, and who holds how much."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.limits import Limited
from inventory.states import OPEN, ReservationState
from inventory.types import MovementKind
from inventory.words import LOW_AT, MOST_LOW_AT


class Stock(Limited):
    """How many units of a variant were counted, and how many of them are promised."""

    variant = models.OneToOneField(
        "catalog.Variant", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    low_at = models.PositiveIntegerField(default=LOW_AT)
    updated_at = models.DateTimeField(auto_now=True)

    mark_column: ClassVar[str] = "low_at"

    class Meta(Limited.Meta):
        verbose_name_plural = "stock"
        constraints = [
            *Limited.Meta.constraints,
            models.CheckConstraint(
                condition=Q(low_at__lte=MOST_LOW_AT), name="inventory_stock_low_at"
            ),
        ]

    def __str__(self) -> str:
        return f"variant {self.variant_id}: {self.on_hand} on hand, {self.reserved} reserved"


class StockMovement(models.Model):
    """One change to what was counted; the sum of a variant's movements is its on-hand."""

    Kind = MovementKind
    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=MovementKind.choices)
    quantity = models.IntegerField(help_text="Signed: what came in is positive.")
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    # The user who did it; none when an order did.
    actor_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["stock", "-id"], name="movement_of_stock")]
        constraints = [
            models.CheckConstraint(
                name="movement_kind_and_sign",
                condition=Q(kind__in=["received", "returned"], quantity__gt=0)
                | Q(kind__in=["sold", "written_off"], quantity__lt=0)
                | (Q(kind="counted") & ~Q(quantity=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity:+d}"


class Reservation(models.Model):
    """Units of one variant that a reference holds. Inventory never looks behind the reference."""

    reference = models.CharField(max_length=80)
    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="reservations")
    quantity = models.PositiveIntegerField()
    consumed = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default=ReservationState.HELD)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "stock"], name="reservation_once"),
            models.CheckConstraint(
                name="reservation_state",
                condition=Q(state__in=[s.value for s in ReservationState]),
            ),
            models.CheckConstraint(
                name="reservation_quantities",
                condition=Q(quantity__gt=0) & Q(quantity__gte=F("consumed") + F("released")),
            ),
            # Only what is merely held can run out.
            models.CheckConstraint(
                name="reservation_expiry", condition=Q(expires_at=None) | Q(state="held")
            ),
            # Nothing open is left in an ended reservation, and something is left in a live one.
            models.CheckConstraint(
                name="reservation_open",
                condition=(
                    Q(state__in=[s.value for s in OPEN])
                    & Q(quantity__gt=F("consumed") + F("released"))
                )
                | (
                    ~Q(state__in=[s.value for s in OPEN])
                    & Q(quantity=F("consumed") + F("released"))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="reservation_due", condition=Q(state="held"))
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.quantity} of variant {self.stock_id}, {self.state}"

    @property
    def open(self) -> int:
        return self.quantity - self.consumed - self.released
