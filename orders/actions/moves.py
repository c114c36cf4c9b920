"""The one way in which an order changes its state: checked by the table, written to the audit."""

from __future__ import annotations

from collections.abc import Sequence

from core import clock
from orders.errors import NotAllowed
from orders.models import Order, OrderEvent
from orders.states import Actor, OrderState, may_move

_DATED = {
    OrderState.PAID: "paid_at",
    OrderState.PACKED: "packed_at",
    OrderState.SHIPPED: "shipped_at",
    OrderState.COMPLETED: "completed_at",
    OrderState.CANCELLED: "cancelled_at",
}


def move(
    *,
    orders: Sequence[Order],
    to: OrderState,
    actor: Actor,
    user_id: int | None = None,
    note: str = "",
) -> None:
    """Move locked orders, all of them or none, and write one audit row each.

    Two statements, however many orders. Raises NotAllowed.
    """
    now = clock.now()
    if not all(may_move(current=order.state, target=to, actor=actor) for order in orders):
        raise NotAllowed
    audit = [
        OrderEvent(
            order=order,
            at=now,
            from_state=order.state,
            to_state=to,
            actor=actor,
            actor_user_id=user_id,
            note=note[:500],
        )
        for order in orders
    ]
    fields = {"state"}
    for order in orders:
        unpacked = (order.state, to) == (OrderState.PACKED, OrderState.PAID)
        order.state = to
        if unpacked:
            # It stays paid when it was paid.
            order.packed_at = None
            fields.add("packed_at")
        elif (column := _DATED.get(to)) is not None:
            setattr(order, column, now)
            fields.add(column)
        if to == OrderState.CANCELLED:
            order.cancelled_by, order.cancel_reason = actor.value, note[:500]
            fields |= {"cancelled_by", "cancel_reason"}
    Order.objects.bulk_update(orders, sorted(fields))
    OrderEvent.objects.bulk_create(audit)
