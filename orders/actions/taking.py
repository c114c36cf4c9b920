"""Taking from the card what has left, and counting what went back to it."""

from __future__ import annotations

from django.db import transaction

from core.events import publish
from core.money import Money
from orders.events import OrderGivenBack
from orders.models import Fulfilment, Order
from payments import actions as payments
from payments import queries as payment_queries
from payments.types import BadAmount, NotPossible

IN_REVIEW = "review"


@transaction.atomic
def take_for(*, number: str) -> bool:
    """Ask for the money of every parcel of an order, each once: its id is the key.

    False if nothing is held for one of them any more, so that nobody will ever pay it. While a
    person looks at the payment nothing is asked for: `settle` does so when that has ended well. An
    order without a parcel, or none of ours, is as well off as one that is taken.
    """
    rows = Fulfilment.objects.filter(order__number=number, amount__gt=0)
    parcels = list(rows.select_related("order__purchase").order_by("id"))
    if not parcels:
        return True
    purchase_id = parcels[0].order.purchase.public_id
    payment = payment_queries.payment(reference=purchase_id)
    if payment is None:
        return True
    asked = [_take(parcel, payment.payment_id) for parcel in parcels]  # all, also after a loss
    return all(asked)


def _take(parcel: Fulfilment, payment_id: str) -> bool:
    order = parcel.order
    try:
        payments.capture(
            payment_id=payment_id,
            share_reference=order.number,
            amount=Money(parcel.amount, order.currency),
            key=f"parcel:{parcel.public_id}",
        )
    except BadAmount:
        return False
    except NotPossible:
        now = payment_queries.payment(reference=order.purchase.public_id)
        return now is not None and now.state == IN_REVIEW
    return True


@transaction.atomic
def count_given_back(*, number: str, payment_id: str) -> None:
    """Keep with an order what its share of the payment says was dropped or refunded.

    Repeating it changes nothing; unknown numbers are none of ours.
    """
    order = Order.objects.select_for_update().filter(number=number).first()
    if order is None:
        return
    # Read behind the lock: of two that count at once, the second sees what the first saw, or more.
    shares = payment_queries.shares_of(payment_id=payment_id)
    back = sum(s.voided.amount + s.refunded.amount for s in shares if s.reference == number)
    if back != order.given_back:
        order.given_back = back
        order.save(update_fields=["given_back"])
        publish(OrderGivenBack(order_number=number))
