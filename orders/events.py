"""What this app states as facts. Amounts are minor units of `currency`."""

from __future__ import annotations

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Event):
    """A purchase was written with its orders; the payment is still to come."""

    purchase_id: str
    order_numbers: list[str]


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Event):
    """One seller's order is paid. The touch fields name what led to it; '' when nothing did."""

    order_number: str
    purchase_id: str
    seller_id: int
    user_id: int | None
    total: int
    currency: str
    touch_source: str
    touch_ref: str
    touch_at: str


@dataclass(frozen=True, kw_only=True)
class OrderPacked(Event):
    """The seller packed it: it can no longer be cancelled by the buyer."""

    order_number: str


@dataclass(frozen=True, kw_only=True)
class OrderUnpacked(Event):
    """It was not packed after all: the buyer can cancel it again."""

    order_number: str


@dataclass(frozen=True, kw_only=True)
class OrderShipped(Event):
    """A parcel left; an order may have several."""

    order_number: str
    fulfilment_id: str


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    """It will not be delivered. `by` is buyer, seller, operator or system."""

    order_number: str
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class OrderRestCancelled(Event):
    """What had not left of it will not be delivered; the parcels that left are the whole order."""

    order_number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderGivenBack(Event):
    """Less of its total is paid than before: something was never taken, or went back."""

    order_number: str


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Event):
    """Everything arrived."""

    order_number: str
