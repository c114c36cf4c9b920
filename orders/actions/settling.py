"""What becomes of a purchase once the provider has spoken. Everything here may be repeated."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import clock
from core.errors import NotFound
from core.events import publish
from core.ids import new_secret_id
from inventory import actions as inventory
from inventory.types import HoldLost
from inventory.types import SoldOut as StockSoldOut
from orders.actions.bag import take_out_bought
from orders.actions.moves import move
from orders.actions.taking import take_for
from orders.events import OrderCancelled, OrderPaid
from orders.models import Checkout, Order, OrderLine, Purchase
from orders.pricing import price_now
from orders.snapshots import details_of, lines_json, parcels_json, ship_to, totals_columns
from orders.states import Actor, CheckoutState, OrderState
from orders.types import Placed, Want
from payments import actions as payments
from payments import queries as payment_queries
from payments.types import PaymentData, StartResult

SETTLED = ("authorized", "captured")
LOST = ("declined", "expired", "voided")
TOO_LATE = "The payment arrived after the pieces were sold to somebody else."
SUPERSEDED = "Paid twice: another payment for the same checkout was finished first."


def start(*, placed: Placed) -> StartResult:
    """Ask the provider for the money, outside of any transaction, 3 seconds at most.

    What it decides at once is settled at once, so that the next page already says so; the
    provider's own message later changes nothing. Raises payments' AnswerConfused: nothing changed.
    """
    result = payments.start_payment(payment_id=placed.payment_id)
    if result.state in SETTLED:
        settle(purchase_id=placed.purchase_id)
    elif result.state in LOST:
        fail(purchase_id=placed.purchase_id, code=_code(result))
    return result


def catch_up(*, purchase_id: str, ask: bool = False) -> None:
    """Bring a purchase to where its payment is, if it is decided.

    `ask` asks the provider first, outside of any transaction: a buyer who comes back may be faster
    than the provider's message. Raises NotFound, and when it asks payments' AnswerConfused.
    """
    payment = payment_queries.payment(reference=purchase_id)
    if payment is not None and ask and payment.undecided:
        payments.ask_now(payment_id=payment.payment_id)
        payment = payment_queries.payment(reference=purchase_id)
    if payment is None:
        raise NotFound
    if payment.state in SETTLED:
        settle(purchase_id=purchase_id)
    elif payment.state in LOST:
        fail(purchase_id=purchase_id, code=_code(payment))


def _code(end: StartResult | PaymentData) -> str:
    """Why a payment came to nothing; "closed" when its buyer left."""
    return "closed" if end.state == "expired" else end.failure_code


@transaction.atomic
def settle(*, purchase_id: str) -> None:
    """The money is held: promise the pieces for good and pay the orders.

    After a late success on a hold that ran out it reserves again; where that fails, the money goes
    back and the orders are cancelled with that reason. Unknown purchases are none of ours, and
    where the money is not held (any more), nothing changes. What could not be done while a person
    looked at the payment is done now: cancelled orders are given back, parcels are taken.
    """
    purchase = Purchase.objects.select_for_update().filter(public_id=purchase_id).first()
    if purchase is None:
        return
    orders = list(purchase.orders.select_for_update().order_by("id"))
    # Asked under the orders' locks: a hold that ends later finds them paid, and cancels them.
    payment = payment_queries.payment(reference=purchase_id)
    if payment is None or payment.state not in SETTLED:
        return
    pending = [order for order in orders if order.state == OrderState.PENDING]
    if not pending:
        if purchase.paid_at is None:
            _give_back(payment, SUPERSEDED)
        _give_back_cancelled(payment, orders)
        for order in orders:
            take_for(number=order.number)
        return
    if purchase.failed_at is not None and _has_successor(purchase):
        _cancel(purchase, payment, pending, SUPERSEDED)
        return
    lines = list(OrderLine.objects.filter(order__in=pending))
    if not _promise(purchase, lines):
        _cancel(purchase, payment, pending, TOO_LATE)
        _close_checkout(purchase, CheckoutState.CANCELLED)
        return
    purchase.paid_at, purchase.failed_at = clock.now(), None
    purchase.save(update_fields=["paid_at", "failed_at"])
    move(orders=pending, to=OrderState.PAID, actor=Actor.SYSTEM)
    _close_checkout(purchase, CheckoutState.COMPLETED)
    _empty_bag(purchase, lines)
    for order in pending:
        publish(_paid(order, purchase))


@transaction.atomic
def fail(*, purchase_id: str, code: str) -> None:
    """The payment came to nothing: free the pieces, open the checkout again, keep the bag.

    The orders stay pending and unseen, for the provider may still report a late success.
    """
    purchase = Purchase.objects.select_for_update().filter(public_id=purchase_id).first()
    if purchase is None or purchase.failed_at is not None or purchase.paid_at is not None:
        return
    if not purchase.orders.filter(state=OrderState.PENDING).exists():
        return
    inventory.release(reference=purchase.hold_reference)
    purchase.failed_at, purchase.failure_code = clock.now(), code[:60]
    checkout = purchase.checkout or _checkout_of(purchase)
    purchase.checkout = checkout
    purchase.save(update_fields=["failed_at", "failure_code", "checkout"])
    if checkout is not None:
        Checkout.objects.filter(
            pk=checkout.pk,
            state__in=[CheckoutState.IN_PROGRESS, CheckoutState.REQUIRES_ESCALATION],
        ).update(
            state=CheckoutState.READY,
            hold_until=None,
            messages=[{"code": "payment_failed", "subject": code}],
            updated_at=clock.now(),
        )


@transaction.atomic
def drop_failed(*, purchase_id: str) -> None:
    """Cancel the orders of an attempt that failed long ago; a later success is given back."""
    purchase = Purchase.objects.select_for_update().get(public_id=purchase_id)
    pending = purchase.orders.select_for_update().filter(state=OrderState.PENDING)
    if purchase.failed_at is not None and (orders := list(pending)):
        move(orders=orders, to=OrderState.CANCELLED, actor=Actor.SYSTEM, note="Never paid.")


def _promise(purchase: Purchase, lines: list[OrderLine]) -> bool:
    try:
        inventory.commit(reference=purchase.hold_reference)
    except HoldLost:
        wants: dict[int, int] = {}
        for line in lines:
            if line.variant_id is None:
                return False
            wants[line.variant_id] = wants.get(line.variant_id, 0) + line.quantity
        try:
            inventory.reserve(reference=purchase.hold_reference, wants=wants, until=None)
        except StockSoldOut:
            return False
        inventory.commit(reference=purchase.hold_reference)
    return True


def _has_successor(purchase: Purchase) -> bool:
    others = Purchase.objects.filter(checkout=purchase.checkout_id, failed_at=None)
    return purchase.checkout_id is not None and others.exclude(pk=purchase.pk).exists()


def _cancel(purchase: Purchase, payment: PaymentData, orders: list[Order], reason: str) -> None:
    inventory.release(reference=purchase.hold_reference)
    move(orders=orders, to=OrderState.CANCELLED, actor=Actor.SYSTEM, note=reason)
    _give_back(payment, reason)
    for order in orders:
        publish(OrderCancelled(order_number=order.number, reason=reason, by=Actor.SYSTEM))


def _give_back(payment: PaymentData, reason: str) -> None:
    payments.give_back(
        payment_id=payment.payment_id, reason=reason, key=f"late:{payment.reference}"
    )


def _give_back_cancelled(payment: PaymentData, orders: list[Order]) -> None:
    """Of orders that were cancelled while the payment was in review: it could not be done then."""
    for order in orders:
        if order.state == OrderState.CANCELLED:
            payments.give_back(
                payment_id=payment.payment_id,
                share_reference=order.number,
                reason=order.cancel_reason or "cancelled",
                key=f"cancel:{order.number}",
            )


def _close_checkout(purchase: Purchase, state: CheckoutState) -> None:
    if purchase.checkout_id is not None:
        Checkout.objects.filter(pk=purchase.checkout_id).update(
            state=state, hold_until=None, updated_at=clock.now()
        )


def _empty_bag(purchase: Purchase, lines: list[OrderLine]) -> None:
    bag_id = purchase.checkout.bag_id if purchase.checkout else None
    if bag_id is not None:
        quantities = {line.variant_id: line.quantity for line in lines if line.variant_id}
        take_out_bought(bag_id=bag_id, quantities=quantities)


def _checkout_of(purchase: Purchase) -> Checkout | None:
    """A page to go on with, for a two-tap purchase that had none."""
    orders = list(purchase.orders.prefetch_related("lines"))
    wants = [
        Want(variant_id=line.variant_public_id, quantity=line.quantity)
        for order in orders
        for line in order.lines.all()
    ]
    priced = price_now(wants=wants, country=purchase.country)
    if not priced.lines:
        return None
    return Checkout.objects.create(
        user_id=purchase.user_id,
        organization_id=purchase.organization_id,
        state=CheckoutState.IN_PROGRESS,
        lines=lines_json(priced),
        parcels=parcels_json(priced),
        hold_reference=new_secret_id(),
        touches={
            line.variant_public_id: order.touch
            for order in orders
            if order.touch
            for line in order.lines.all()
        },
        **ship_to(details_of(purchase)),
        **totals_columns(priced),
    )


def _paid(order: Order, purchase: Purchase) -> OrderPaid:
    touch: dict[str, Any] = order.touch or {}
    return OrderPaid(
        order_number=order.number,
        purchase_id=purchase.public_id,
        seller_id=order.seller_id,
        user_id=order.user_id,
        total=order.total,
        currency=order.currency,
        touch_source=str(touch.get("source", "")),
        touch_ref=str(touch.get("ref", "")),
        touch_at=str(touch.get("at", "")),
    )


__all__ = ["catch_up", "drop_failed", "fail", "settle", "start"]
