"""What time does to checkouts, and what a buyer does who changes their mind while paying."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.types import Viewer
from core import clock
from core.errors import NotFound
from inventory import actions as inventory
from orders.actions.checkouts import CHANGEABLE, PAYING, own_checkout
from orders.actions.settling import LOST, SETTLED, catch_up, drop_failed
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
        hold_reference=reference, state__in=CHANGEABLE
    )
    for checkout in rows:
        _mark_expired(checkout)


def _mark_expired(checkout: Checkout) -> None:
    checkout.state = CheckoutState.EXPIRED
    checkout.updated_at = clock.now()
    checkout.save(update_fields=["state", "updated_at"])


def expire_checkouts(*, limit: int = 100) -> int:
    """Expire checkouts whose time is over, and finish purchases whose news was lost.

    Safe to run anywhere, any number of times. Returns how many rows were looked at.
    """
    now = clock.now()
    due = Checkout.objects.filter(state__in=CHANGEABLE, hold_until__lte=now).order_by("hold_until")
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        _expire(pk, now)
    waiting = _decided(before=now - timedelta(minutes=1))[:limit]
    for purchase_id in waiting:
        catch_up(purchase_id=purchase_id)
    stale = Purchase.objects.filter(
        failed_at__lt=now - PATIENCE, paid_at=None, orders__state="pending"
    )
    dropped = list(stale.distinct().values_list("public_id", flat=True)[:limit])
    for purchase_id in dropped:
        drop_failed(purchase_id=purchase_id)
    return len(waiting) + len(dropped)


@transaction.atomic
def _expire(pk: int, now: datetime) -> None:
    """The checkout's lock comes first, as for who pays: one who just began keeps their pieces."""
    rows = Checkout.objects.select_for_update(of=("self",))
    checkout = rows.filter(pk=pk, state__in=CHANGEABLE, hold_until__lte=now).first()
    if checkout is not None:
        inventory.release(reference=checkout.hold_reference)
        _mark_expired(checkout)


def _decided(*, before: datetime) -> list[str]:
    """Open purchases whose payment is decided, oldest first: what is still undecided, however much
    of it there is, keeps none of them waiting.
    """
    rows = Purchase.objects.filter(paid_at=None, failed_at=None, placed_at__lt=before)
    waiting = rows.exclude(orders__state="cancelled").order_by("id")
    references = list(waiting.values_list("public_id", flat=True))
    decided = payment_queries.in_states(references=references, states=(*SETTLED, *LOST))
    return [one for one in references if one in decided]


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
