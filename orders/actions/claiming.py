"""A guest's purchase becomes part of an account: by the link of its receipt, or because the account
confirms the address that the receipt went to (docs/adr/0080).
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models.functions import Lower

from accounts import queries as accounts
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
        _give([purchase.pk], user_id=user_id)
    return purchase_id


@transaction.atomic
def claim_by_address(*, user_id: int) -> int:
    """Give a user what guests paid for with an address that this user has confirmed.

    Returns how many purchases that were. Repeating it changes nothing. What belongs to somebody
    already stays theirs; what is not paid stays with the browser that is about to pay it.
    """
    written = {address.lower() for address in accounts.confirmed_addresses(user_id=user_id)}
    rows = Purchase.objects.filter(user=None, paid_at__isnull=False)
    rows = rows.alias(address=Lower("email")).filter(address__in=written - {""})
    found = [row.pk for row in rows.order_by("pk").select_for_update(of=("self",))]
    if found:
        _give(found, user_id=user_id)
    return len(found)


def _give(purchase_ids: Collection[int], *, user_id: int) -> None:
    """Purchases of nobody, locked by the caller."""
    orders = Order.objects.filter(purchase__in=purchase_ids)
    guests = keys_of(orders)
    Purchase.objects.filter(pk__in=purchase_ids).update(user=user_id)
    orders.update(user=user_id)
    Checkout.objects.filter(purchases__in=purchase_ids).update(user=user_id)
    add_up(guests | keys_of(orders))
