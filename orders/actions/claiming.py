"""A guest's purchase becomes part of an account."""

from __future__ import annotations

from django.db import transaction

from orders.customers import add_up, keys_of
from orders.errors import LinkExpired
from orders.links import read_purchase_token
from orders.models import Checkout, Order, Purchase


@transaction.atomic
def claim_orders(*, token: str, user_id: int) -> str:
    """Give the purchase of a signed link to a user; returns its public id.

    Repeating it changes nothing. Raises LinkExpired for a bad link and for a purchase that belongs
    to somebody else already: the two cannot be told apart.
    """
    purchase_id = read_purchase_token(token)
    purchase = Purchase.objects.select_for_update().filter(public_id=purchase_id).first()
    if purchase is None or purchase.user_id not in (None, user_id):
        raise LinkExpired
    if purchase.user_id is None:
        orders = Order.objects.filter(purchase=purchase)
        guests = keys_of(orders)
        Purchase.objects.filter(pk=purchase.pk).update(user=user_id)
        Order.objects.filter(purchase=purchase).update(user=user_id)
        Checkout.objects.filter(purchases=purchase).update(user=user_id)
        add_up(guests | keys_of(orders))
    return purchase_id
