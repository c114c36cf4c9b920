"""Values about parcels: where they go, for how much, how long. Prices include VAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, Invalid
from core.money import Money

# Where a reader is taken to be until they say otherwise.
HOME_COUNTRY = "DE"
# Member states, in the order of their English names. Parcels go nowhere else yet.
EU_COUNTRIES = (
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
)


@dataclass(frozen=True, kw_only=True)
class DeliveryOption:
    """One way to receive a seller's parcel, with its price for this subtotal and its dates."""

    method_id: str
    name: str
    price: Money
    earliest: date
    latest: date


@dataclass(frozen=True, kw_only=True)
class DeliveryTerms:
    """A delivery method as its seller stated it."""

    method_id: str
    name: str
    zone: str
    countries: tuple[str, ...]
    price: Money
    free_from: Money | None
    min_days: int
    max_days: int
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class DeliveryMethodData:
    """A delivery method as its seller states it. Days are working days in transit."""

    name: str
    zone: str
    countries: Sequence[str]
    price: Money
    min_days: int
    max_days: int
    free_from: Money | None = None


class DeliveryRefused(Invalid):
    """A delivery method makes no sense as stated; `field` names the part of DeliveryMethodData."""

    code = "delivery_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class LastMethod(Conflict):
    """A brand that sells always has one way for its parcels."""

    code = "last_delivery_method"
    message = _("This is your only delivery method while you sell. Add another one first.")
