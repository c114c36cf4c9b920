"""Credit every paid order; take the credit back when it is cancelled."""

from __future__ import annotations

from datetime import datetime

from core import clock
from core.events import subscribe
from insights.models import Conversion
from orders.events import OrderCancelled, OrderPaid
from orders.queries import paid_total

DIRECT = "direct"


def connect() -> None:
    subscribe(OrderPaid, credit_order)
    subscribe(OrderCancelled, reverse_order)


def credit_order(event: OrderPaid) -> None:
    """Last touch: the click that orders found within its window, or nobody."""
    touched = bool(event.touch_source and event.touch_at)
    Conversion.objects.get_or_create(
        order_number=event.order_number,
        defaults={
            "seller_id": event.seller_id,
            "source": event.touch_source if touched else DIRECT,
            "ref": event.touch_ref if touched else "",
            "touched_at": datetime.fromisoformat(event.touch_at) if touched else None,
            "total": event.total,
            "currency": event.currency,
        },
    )


def reverse_order(event: OrderCancelled) -> None:
    """A cancelled order earned nobody anything. One that was never paid has no row.

    The cancellation may be heard first: then it leaves the row that the payment will find.
    """
    sold = paid_total(number=event.order_number)
    if sold is None:
        return
    seller_id, total = sold
    Conversion.objects.get_or_create(
        order_number=event.order_number,
        defaults={
            "seller_id": seller_id,
            "source": DIRECT,
            "total": total.amount,
            "currency": total.currency,
        },
    )
    Conversion.objects.filter(
        order_number=event.order_number, state=Conversion.State.CREDITED
    ).update(state=Conversion.State.REVERSED, reversed_at=clock.now())
