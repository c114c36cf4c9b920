"""What this app does about facts of the apps below and its own. All of it may be repeated."""

from __future__ import annotations

from accounts.events import AddressConfirmed
from core.money import Money
from inventory.events import HoldExpired
from orders import notices
from orders.actions.claiming import claim_by_address
from orders.actions.lapsing import cancel_unpaid
from orders.actions.settling import catch_up, fail
from orders.actions.sweeping import hold_ended
from orders.actions.taking import count_given_back, take_for
from orders.customers import add_up, keys_of
from orders.events import (
    OrderCancelled,
    OrderCompleted,
    OrderGivenBack,
    OrderPacked,
    OrderPaid,
    OrderRestCancelled,
    OrderShipped,
    OrderUnpacked,
)
from orders.leaving import drop_contact_of_order
from orders.models import Fulfilment, Order
from orders.states import Actor
from payments.events import (
    CaptureFailed,
    PaymentAuthorized,
    PaymentExpired,
    PaymentFailed,
    PaymentRefunded,
    PaymentVoided,
)
from payments.types import NOT_HELD


def claim_what_guests_bought(event: AddressConfirmed) -> None:
    """Whoever holds the mailbox of a receipt could have claimed the order by its link."""
    claim_by_address(user_id=event.user_id)


def on_authorized(event: PaymentAuthorized) -> None:
    """The money was held when this was said; what counts is how the payment stands now."""
    catch_up(purchase_id=event.reference)


def on_failed(event: PaymentFailed) -> None:
    """The card was declined."""
    fail(purchase_id=event.reference, code=event.code)


def on_expired(event: PaymentExpired) -> None:
    """The buyer left the provider's page."""
    fail(purchase_id=event.reference, code="closed")


def on_voided(event: PaymentVoided) -> None:
    """Nothing is held for it any more: what has not left must not leave, and of what left and was
    not asked for in time its seller must hear.
    """
    cancel_unpaid(number=event.share_reference, lapsed=event.lapsed)
    _take(event.share_reference)


def count_back(event: PaymentVoided | PaymentRefunded) -> None:
    """What was sold is worth less by that."""
    count_given_back(number=event.share_reference, payment_id=event.payment_id)


def on_hold_expired(event: HoldExpired) -> None:
    """Nobody paid in time."""
    hold_ended(reference=event.reference)


def capture_parcel(event: OrderShipped) -> None:
    """What was shipped is taken from the card."""
    _take(event.order_number)


def _take(number: str) -> None:
    if not take_for(number=number):
        notices.tell_capture_failed(order=_order(number), code=NOT_HELD)


def add_up_customer(
    event: OrderPaid | OrderCancelled | OrderGivenBack,
) -> None:
    """Whose order it is has bought more, or less."""
    add_up(keys_of(Order.objects.filter(number=event.order_number)))


def tell_paid(event: OrderPaid) -> None:
    """Buyer and seller hear of it."""
    order = _order(event.order_number)
    notices.tell_paid(order=order)
    notices.push(order=order)


def show_packed(event: OrderPacked) -> None:
    """Open pages follow."""
    notices.push(order=_order(event.order_number))
    drop_contact_of_order(number=event.order_number)


def show_unpacked(event: OrderUnpacked) -> None:
    """Open pages follow."""
    notices.push(order=_order(event.order_number))


def tell_shipped(event: OrderShipped) -> None:
    """The buyer hears of the parcel."""
    order = _order(event.order_number)
    notices.tell_shipped(order=order, parcel=Fulfilment.objects.get(public_id=event.fulfilment_id))
    notices.push(order=order)


def tell_cancelled(event: OrderCancelled) -> None:
    """Whoever did not do it hears of it, and so does who did: it is about money."""
    order = _order(event.order_number)
    notices.tell_cancelled(order=order, by=event.by, reason=event.reason)
    notices.push(order=order)
    drop_contact_of_order(number=event.order_number)


def tell_rest_cancelled(event: OrderRestCancelled) -> None:
    """Both sides hear that no further parcel comes."""
    order = _order(event.order_number)
    notices.tell_cancelled(order=order, by=Actor.SYSTEM, reason=event.reason, rest=True)
    notices.push(order=order)


def show_completed(event: OrderCompleted) -> None:
    """Open pages follow."""
    notices.push(order=_order(event.order_number))


def tell_refunded(event: PaymentRefunded) -> None:
    """The buyer hears that money comes back."""
    order = Order.objects.filter(number=event.share_reference).first()
    if order is not None:
        amount = Money(event.amount, event.currency)
        notices.tell_refunded(order=_order(order.number), amount=amount, refund_id=event.refund_id)


def tell_capture_failed(event: CaptureFailed) -> None:
    """The seller hears that the money did not come."""
    if Order.objects.filter(number=event.share_reference).exists():
        notices.tell_capture_failed(order=_order(event.share_reference), code=event.code)


def _order(number: str) -> Order:
    rows = Order.objects.select_related("seller", "purchase").prefetch_related("lines")
    return rows.get(number=number)
