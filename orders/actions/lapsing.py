"""What becomes of an order whose money is not held any more, though nobody cancelled it."""

from __future__ import annotations

from django.db import transaction

from core.events import publish
from inventory import actions as inventory
from orders.actions.fulfilling import by_variant
from orders.actions.moves import move
from orders.events import OrderCancelled, OrderRestCancelled
from orders.models import Order
from orders.states import Actor, OrderState

LAPSED = "The bank stopped holding the money before everything was sent."
ENDED = "The payment was ended before everything was sent."


@transaction.atomic
def cancel_unpaid(*, number: str, lapsed: bool) -> None:
    """Cancel what has not left of an order that nothing pays for any more; both sides are told.

    The pieces go back on the shelf. `lapsed`: the bank's doing, not ours. Repeating it changes
    nothing, nor does it touch an order that is cancelled, unpaid, or wholly on its way; unknown
    numbers are none of ours.
    """
    rows = Order.objects.select_for_update(of=("self",)).select_related("purchase")
    order = rows.filter(number=number).first()
    if order is None:
        return
    reason = LAPSED if lapsed else ENDED
    if order.state in (OrderState.PAID, OrderState.PACKED):
        move(orders=[order], to=OrderState.CANCELLED, actor=Actor.SYSTEM, note=reason)
        publish(OrderCancelled(order_number=number, reason=reason, by=Actor.SYSTEM))
    elif order.state == OrderState.PARTIALLY_SHIPPED:
        # Nothing more will leave: what has left is the whole of it.
        move(orders=[order], to=OrderState.SHIPPED, actor=Actor.SYSTEM, note=reason)
        publish(OrderRestCancelled(order_number=number, reason=reason))
    else:
        return
    rest = [(line, line.quantity - line.shipped) for line in order.lines.all()]
    quantities = by_variant([(line, count) for line, count in rest if count])
    inventory.release_part(reference=order.purchase.hold_reference, quantities=quantities)
