"""What crosses the border of inventory: levels, and the errors its actions raise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

Availability = Literal["in_stock", "low", "sold_out"]
ReservationStateName = Literal["held", "committed", "consumed", "released"]


class MovementKind(models.TextChoices):
    """Why the count of a variant changed. A count may go either way, the others only theirs."""

    RECEIVED = "received", _("Received")
    RETURNED = "returned", _("Returned")
    SOLD = "sold", _("Sold")
    WRITTEN_OFF = "written_off", _("Written off")
    COUNTED = "counted", _("Counted")


@dataclass(frozen=True, kw_only=True)
class StockLevel:
    """Counted and reserved units of one variant; at `low_at` available it counts as low."""

    variant_id: int
    on_hand: int
    reserved: int
    low_at: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One change to a count: signed, with what was on hand after it. `actor_id` is a user."""

    kind: str
    quantity: int
    after: int
    reference: str
    reason: str
    actor_id: int | None
    at: datetime

    @property
    def label(self) -> str:
        return str(MovementKind(self.kind).label)


@dataclass(frozen=True, kw_only=True)
class Movements:
    """A page of movements, newest first, with the token of the next."""

    rows: list[Movement]
    next: str | None


class SoldOut(DomainError):
    """Fewer units are left than wanted. `variants` are primary keys of variants."""

    code = "sold_out"
    message = _("Sorry, this has just sold out. Nothing was charged.")
    status = 409

    def __init__(self, *, variants: list[int]) -> None:
        super().__init__(variants=variants)
        self.variants = variants


class HoldLost(DomainError):
    """The hold ran out, or was given back, before it was committed."""

    code = "hold_lost"
    message = _("The time for which we kept your things is over. Please try again.")
    status = 409


class ReservationDiffers(DomainError):
    """The reference already holds something else: release it first."""

    code = "reservation_differs"
    message = _("Your bag has changed in the meantime. Please check it again.")
    status = 409


class NotReserved(DomainError):
    """More units were to be handed over or given back than the reference still holds."""

    code = "not_reserved"
    message = _("That many units are not reserved for this order.")
    status = 409


class NotEnoughStock(DomainError):
    """More units were to be written off than are free to write off. `variants` are primary keys."""

    code = "not_enough_stock"
    message = _("There are not that many free units to write off.")
    status = 409

    def __init__(self, *, variants: Sequence[int] = ()) -> None:
        super().__init__(variants=list(variants))
        self.variants = list(variants)


class BadQuantity(DomainError):
    code = "bad_quantity"
    message = _("A quantity is a whole number from 1 to 1,000,000.")
    status = 422
