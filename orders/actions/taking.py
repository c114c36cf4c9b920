"""Taking from the card what has left."""

from __future__ import annotations

from django.db import transaction

from core.money import Money
from orders.models import Fulfilment
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
