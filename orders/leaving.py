"""What of buying goes with an account, and what the law wants kept.

A tax office asks for ten years who bought what and where it went: name and address stay on paid
orders, and of a company that it was bought for what an invoice names. Phone and e-mail go as soon
as nothing is on its way any more; checkouts that came to
nothing go at once. A closed brand has nothing left to send.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.erasure_hooks import Leaver
from core.errors import Conflict
from orders.customers import add_up, keys_of
from orders.models import Checkout, Order, Purchase
from orders.states import CheckoutState, OrderState

DONE = (OrderState.COMPLETED, OrderState.CANCELLED)
IDLE = (
    CheckoutState.INCOMPLETE,
    CheckoutState.READY,
    CheckoutState.EXPIRED,
    CheckoutState.CANCELLED,
)


def erase(leaver: Leaver) -> None:
    """Checkouts without a purchase go; contact data of finished purchases too."""
    Checkout.objects.filter(user=leaver.user_id, state__in=IDLE, purchases__isnull=True).delete()
    for purchase_id in Purchase.objects.filter(user=leaver.user_id).values_list("pk", flat=True):
        drop_contact(purchase_id=purchase_id)


@transaction.atomic
def drop_contact(*, purchase_id: int) -> None:
    """Forget phone and e-mail of a purchase of somebody who left, once all of it is done."""
    if Order.objects.filter(purchase=purchase_id).exclude(state__in=DONE).exists():
        return
    orders = Order.objects.filter(purchase=purchase_id)
    known = keys_of(orders)
    Purchase.objects.filter(pk=purchase_id).update(email="", phone="")
    for purchase in Purchase.objects.filter(pk=purchase_id, bought_for__isnull=False):
        purchase.bought_for = {**(purchase.bought_for or {}), "email": ""}
        purchase.save(update_fields=["bought_for"])
    Checkout.objects.filter(purchases=purchase_id).update(email="", phone="")
    now = keys_of(orders)
    if now != known:
        add_up(known | now)


def drop_contact_of_order(*, number: str) -> None:
    """The same when an order ends whose buyer has left since."""
    found = Order.objects.filter(number=number, user__is_active=False).values_list(
        "purchase_id", flat=True
    )
    for purchase_id in found:
        drop_contact(purchase_id=purchase_id)


def check_nothing_open(brand_id: int) -> None:
    """Raises Conflict while a brand still owes something to a buyer."""
    waiting = Order.objects.filter(seller=brand_id).exclude(state__in=DONE).count()
    if waiting:
        raise Conflict(
            _("%(count)s orders are still open. Send or cancel them first.") % {"count": waiting}
        )
