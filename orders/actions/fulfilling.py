"""The seller's part: pack, ship in parcels, cancel; and the buyer's word that it arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.actions import record_act
from core import clock
from core.errors import NotFound
from core.events import publish
from core.text import clean_text
from inventory import actions as inventory
from orders.actions.moves import move
from orders.errors import BadQuantity, NotAllowed, NotCancellable
from orders.events import (
    OrderCancelled,
    OrderCompleted,
    OrderPacked,
    OrderShipped,
    OrderUnpacked,
)
from orders.models import Fulfilment, FulfilmentLine, Order, OrderLine
from orders.states import Actor, OrderState, may_move
from payments import actions as payments
from payments import queries as payment_queries


@transaction.atomic
def mark_packed(*, numbers: Sequence[str], seller_id: int, actor_user_id: int) -> list[str]:
    """Mark a seller's orders as packed, all of them or none; returns their numbers.

    Those that are packed already are passed over, so that a second press does no harm. Raises
    NotFound (also for a foreign number) and NotAllowed.
    """
    orders = _all_of(seller_id, numbers)
    fresh = [order for order in orders if order.state != OrderState.PACKED]
    move(orders=fresh, to=OrderState.PACKED, actor=Actor.SELLER, user_id=actor_user_id)
    return _tell(fresh, actor_user_id, "orders.packed", OrderPacked)


@transaction.atomic
def take_packed_back(*, numbers: Sequence[str], seller_id: int, actor_user_id: int) -> list[str]:
    """A seller's orders are to be packed again, all of them or none; returns their numbers.

    Those that are to be packed anyhow are passed over. The buyer may cancel them again. Raises
    NotFound (also for a foreign number) and NotAllowed, which is what has left or was cancelled.
    """
    orders = _all_of(seller_id, numbers)
    packed = [order for order in orders if order.state != OrderState.PAID]
    move(orders=packed, to=OrderState.PAID, actor=Actor.SELLER, user_id=actor_user_id)
    return _tell(packed, actor_user_id, "orders.unpacked", OrderUnpacked)


@transaction.atomic
def ship(
    *,
    number: str,
    seller_id: int,
    actor_user_id: int,
    carrier: str = "",
    tracking: str = "",
    quantities: Mapping[str, int] | None = None,
) -> str:
    """Send a parcel and return its public id; without `quantities` everything that is left.

    `quantities` maps public ids of lines to numbers; 0 leaves a line out. What is shipped leaves
    the stock and is captured. Raises NotFound, NotAllowed, BadQuantity.
    """
    order = _orders_of(seller_id).filter(number=number).first()
    if order is None:
        raise NotFound
    lines = list(order.lines.select_for_update())
    parcel = _contents(lines, quantities)
    everything = all(line.shipped == line.quantity for line in lines)
    target = OrderState.SHIPPED if everything else OrderState.PARTIALLY_SHIPPED
    if not may_move(current=order.state, target=target, actor=Actor.SELLER):
        raise NotAllowed
    first = not order.fulfilments.exists()
    amount = sum(line.unit_price * count for line, count in parcel)
    fulfilment = Fulfilment.objects.create(
        order=order,
        carrier=clean_text(carrier, limit=60, single_line=True),
        tracking=clean_text(tracking, limit=80, single_line=True),
        amount=amount + (order.delivery_total if first else 0),
        shipped_at=clock.now(),
    )
    FulfilmentLine.objects.bulk_create(
        FulfilmentLine(fulfilment=fulfilment, line=line, quantity=count) for line, count in parcel
    )
    OrderLine.objects.bulk_update([line for line, _count in parcel], ["shipped"])
    move(orders=[order], to=target, actor=Actor.SELLER, user_id=actor_user_id)
    record_act(
        brand_id=seller_id,
        actor_id=actor_user_id,
        act="orders.shipped",
        subject=order.number,
        detail=" ".join(filter(None, (fulfilment.carrier, fulfilment.tracking))),
    )
    publish(OrderShipped(order_number=order.number, fulfilment_id=fulfilment.public_id))
    inventory.consume(
        reference=order.purchase.hold_reference,
        quantities=by_variant(parcel),
    )
    return str(fulfilment.public_id)


@transaction.atomic
def cancel_order(
    *,
    number: str,
    actor: Actor,
    actor_user_id: int | None,
    reason: str = "",
    seller_id: int | None = None,
) -> None:
    """Cancel an order that has not left: stock and money go back, both sides are told.

    The caller has checked whose order it is; `seller_id` narrows to a seller's own. A buyer may
    until it is packed, a seller needs a reason. Cancelling twice changes nothing. Raises NotFound,
    NotCancellable.
    """
    rows = Order.objects.select_for_update(of=("self",)).select_related("purchase")
    if seller_id is not None:
        rows = rows.filter(seller_id=seller_id)
    order = rows.filter(number=number).first()
    if order is None:
        raise NotFound
    if order.state == OrderState.CANCELLED:
        return
    was_paid = order.paid_at is not None
    if not was_paid or not may_move(current=order.state, target=OrderState.CANCELLED, actor=actor):
        raise NotCancellable
    reason = clean_text(reason, limit=500, single_line=True)
    move(
        orders=[order],
        to=OrderState.CANCELLED,
        actor=actor,
        user_id=actor_user_id,
        note=reason,
    )
    if actor == Actor.SELLER:
        record_act(
            brand_id=order.seller_id,
            actor_id=actor_user_id,
            act="orders.cancelled",
            subject=order.number,
            detail=reason,
        )
    payment = payment_queries.payment(reference=order.purchase.public_id)
    if payment is not None:
        payments.give_back(
            payment_id=payment.payment_id,
            share_reference=order.number,
            reason=reason or "cancelled",
            key=f"cancel:{order.number}",
        )
    publish(OrderCancelled(order_number=order.number, reason=reason, by=actor))
    parcel = [(line, line.quantity) for line in order.lines.all()]
    inventory.release_part(reference=order.purchase.hold_reference, quantities=by_variant(parcel))


@transaction.atomic
def confirm_delivery(*, number: str, actor: Actor, actor_user_id: int | None) -> None:
    """Everything arrived. Repeating it changes nothing. Raises NotFound, NotAllowed."""
    order = Order.objects.select_for_update().filter(number=number).first()
    if order is None:
        raise NotFound
    if order.state == OrderState.COMPLETED:
        return
    move(orders=[order], to=OrderState.COMPLETED, actor=actor, user_id=actor_user_id)
    publish(OrderCompleted(order_number=order.number))


def _orders_of(seller_id: int):  # type: ignore[no-untyped-def]
    rows = Order.objects.select_for_update(of=("self",)).select_related("purchase")
    return rows.filter(seller_id=seller_id, paid_at__isnull=False)


def _all_of(seller_id: int, numbers: Sequence[str]) -> list[Order]:
    """A seller's orders of these numbers, locked. Raises NotFound where one is none of theirs."""
    wanted = list(dict.fromkeys(numbers))
    orders = list(_orders_of(seller_id).filter(number__in=wanted).order_by("id"))
    if not wanted or len(orders) != len(wanted):
        raise NotFound
    return orders


def _tell(
    orders: Sequence[Order],
    actor_user_id: int,
    act: str,
    fact: type[OrderPacked | OrderUnpacked],
) -> list[str]:
    """Into the log of their seller's team, and to whoever listens; returns their numbers."""
    for order in orders:
        record_act(brand_id=order.seller_id, actor_id=actor_user_id, act=act, subject=order.number)
        publish(fact(order_number=order.number))
    return [order.number for order in orders]


def _contents(
    lines: Sequence[OrderLine], quantities: Mapping[str, int] | None
) -> list[tuple[OrderLine, int]]:
    """Lines of a parcel with their numbers, which are added to `shipped`. Raises BadQuantity."""
    if quantities is not None and not set(quantities) <= {line.public_id for line in lines}:
        raise NotFound
    parcel = []
    for line in lines:
        left = line.quantity - line.shipped
        count = left if quantities is None else quantities.get(line.public_id, 0)
        if type(count) is not int or not 0 <= count <= left:
            raise BadQuantity
        if count:
            line.shipped += count
            parcel.append((line, count))
    if not parcel:
        raise NotAllowed
    return parcel


def by_variant(parcel: Sequence[tuple[OrderLine, int]]) -> dict[int, int]:
    """Lines with their numbers, in terms of inventory."""
    counts: dict[int, int] = {}
    for line, count in parcel:
        # A variant that was deleted has no stock row left to settle.
        if line.variant_id is not None:
            counts[line.variant_id] = counts.get(line.variant_id, 0) + count
    return counts
