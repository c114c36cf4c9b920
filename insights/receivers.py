"""Credit every paid order; take the credit back when it is cancelled or its money goes back.

Facts come in any order: whoever comes first writes the row, and each fills in what it knows.
"""

from __future__ import annotations

from datetime import datetime

from accounts.queries import acts_for
from core import clock
from core.events import subscribe
from insights.models import Conversion
from orders.events import OrderCancelled, OrderGivenBack, OrderPaid
from orders.queries import kept_total

DIRECT = "direct"


def connect() -> None:
    subscribe(OrderPaid, credit_order)
    subscribe(OrderCancelled, reverse_order)
    subscribe(OrderGivenBack, recount_order)


def credit_order(event: OrderPaid) -> None:
    """Last touch: the click that orders found within its window, or nobody.

    Nobody is credited for what somebody of the seller's own team bought: else a brand makes its
    pins "sell" by buying from itself. Operators find these orders by the mark.
    """
    by_team = event.user_id is not None and acts_for(
        user_id=event.user_id, profile_id=event.seller_id
    )
    touched = bool(event.touch_source and event.touch_at) and not by_team
    touch = {
        "by_team": by_team,
        "source": event.touch_source if touched else DIRECT,
        "ref": event.touch_ref if touched else "",
        "touched_at": datetime.fromisoformat(event.touch_at) if touched else None,
    }
    Conversion.objects.update_or_create(
        order_number=event.order_number,
        defaults=touch,
        create_defaults={
            **touch,
            "seller_id": event.seller_id,
            "total": event.total,
            "currency": event.currency,
        },
    )


def reverse_order(event: OrderCancelled) -> None:
    """A cancelled order earned nobody anything. One that was never paid has no row."""
    _recount(event.order_number)
    Conversion.objects.filter(
        order_number=event.order_number, state=Conversion.State.CREDITED
    ).update(state=Conversion.State.REVERSED, reversed_at=clock.now())


def recount_order(event: OrderGivenBack) -> None:
    """What its buyer does not pay, or has back, was not sold."""
    _recount(event.order_number)


def _recount(order_number: str) -> None:
    sold = kept_total(number=order_number)
    if sold is None:
        return
    seller_id, kept = sold
    credit, made = Conversion.objects.select_for_update().get_or_create(
        order_number=order_number,
        defaults={
            "seller_id": seller_id,
            "source": DIRECT,
            "total": kept.amount,
            "currency": kept.currency,
        },
    )
    # Read again behind the lock: of two at once, the later one writes what is so by then.
    if not made and (sold := kept_total(number=order_number)) is not None:
        credit.total = sold[1].amount
        credit.save(update_fields=["total"])
