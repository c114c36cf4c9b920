"""What crosses the border of inventory: levels, and the errors its actions raise."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

Availability = Literal["in_stock", "low", "sold_out"]
ReservationStateName = Literal["held", "committed", "consumed", "released"]


@dataclass(frozen=True, kw_only=True)
class StockLevel:
    """Counted and reserved units of one variant."""

    variant_id: int
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


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
    """More units were to be written off than are free to write off."""

    code = "not_enough_stock"
    message = _("There are not that many free units to write off.")
    status = 409


class BadQuantity(DomainError):
    code = "bad_quantity"
    message = _("A quantity is a whole number from 1 to 1,000,000.")
    status = 422
