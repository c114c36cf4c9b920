"""What time does to checkouts, and what a buyer does who changes their mind while paying."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.types import Viewer
from core import clock
from core.errors import NotFound
from inventory import actions as inventory
from orders.actions.checkouts import PAYING, own_checkout
from orders.actions.settling import catch_up, drop_failed
from orders.models import Checkout, Purchase
from orders.states import CheckoutState
from payments import actions as payments
from payments import queries as payment_queries

# A late success may still come within this time; after it, it is given back.
PATIENCE = timedelta(days=3)


@transaction.atomic
def hold_ended(*, reference: str) -> None:
    """Inventory let a hold run out: the checkout that had it expires, unless it is being paid."""
    rows = Checkout.objects.select_for_update().filter(
        hold_reference=reference, state__in=[CheckoutState.INCOMPLETE, CheckoutState.READY]
    )
    for checkout in rows:
        checkout.state = CheckoutState.EXPIRED
        checkout.updated_at = clock.now()
        checkout.save(update_fields=["state", "updated_at"])


def expire_checkouts(*, limit: int = 100) -> int:
    """Expire checkouts whose time is over, and finish purchases whose news was lost.

    Safe to run anywhere, any number of times. Returns how many rows were looked at.
    """
    now = clock.now()
    due = Checkout.objects.filter(
        state__in=[CheckoutState.INCOMPLETE, CheckoutState.READY], hold_until__lte=now
    ).values_list("hold_reference", flat=True)[:limit]
    for reference in list(due):
        with transaction.atomic():
            inventory.release(reference=reference)
            hold_ended(reference=reference)
    open_rows = Purchase.objects.filter(
        paid_at=None, failed_at=None, placed_at__lt=now - timedelta(minutes=1)
    ).order_by("id")
    waiting = list(
        open_rows.exclude(orders__state="cancelled").values_list("public_id", flat=True)[:limit]
    )
    for purchase_id in waiting:
        catch_up(purchase_id=purchase_id)
    stale = Purchase.objects.filter(
        failed_at__lt=now - PATIENCE, paid_at=None, orders__state="pending"
    )
    dropped = list(stale.distinct().values_list("public_id", flat=True)[:limit])
    for purchase_id in dropped:
        drop_failed(purchase_id=purchase_id)
    return len(waiting) + len(dropped)


def stop_payment(*, viewer: Viewer, public_id: str) -> None:
    """Close the payment of a checkout that its buyer wants to change. Calls the provider.

    It may turn out to be paid already: then it stays so. Raises NotFound.
    """
    checkout = own_checkout(viewer=viewer, public_id=public_id)
    if checkout.state not in PAYING:
        return
    purchase = Purchase.objects.filter(checkout=checkout, failed_at=None).first()
    if purchase is None:
        raise NotFound
    payment = payment_queries.payment(reference=purchase.public_id)
    if payment is not None:
        payments.cancel_payment(payment_id=payment.payment_id)
        catch_up(purchase_id=purchase.public_id)
