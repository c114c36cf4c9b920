"""Orders for the people who bought them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from accounts.types import Viewer
from core.errors import NotFound
from core.money import Money
from orders.models import Order, OrderLine, Purchase
from orders.numbers import read_order_number
from orders.rows import order_pages, sellers_of, with_parts
from orders.session import known_purchases
from orders.snapshots import details_of
from orders.types import OrderList, OrderPage, PurchasePage
from payments import queries as payments
from payments.types import PaymentData, PaymentState

PAGE = 20
_PAID = (PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.REFUNDED)
_LOST = (PaymentState.DECLINED, PaymentState.EXPIRED, PaymentState.VOIDED)


def order_for(*, viewer: Viewer, session: SessionBase, number: str) -> OrderPage:
    """An order that the viewer bought, or that this guest's session may see.

    Eight queries at most. Raises NotFound for a foreign and an absent one alike.
    """
    known = read_order_number(number)
    rows = Order.objects.filter(_visible(viewer, session, "purchase__"), number=known)
    found = list(with_parts(rows)) if known else []
    if not found:
        raise NotFound
    return order_pages(found, sellers=sellers_of(rows), paid=_is_paid(found[0]))[0]


def purchase_for(*, viewer: Viewer, session: SessionBase, public_id: str) -> PurchasePage:
    """A purchase with its orders, for whoever may see them. Raises NotFound."""
    rows = Purchase.objects.filter(_visible(viewer, session), public_id=public_id)
    purchase = rows.select_related("checkout").first()
    if purchase is None:
        raise NotFound
    payment = payments.payment(reference=public_id)
    standing = _standing(purchase, payment)
    mine = Order.objects.filter(purchase=purchase).order_by("id")
    return PurchasePage(
        public_id=public_id,
        checkout_id=purchase.checkout.public_id if purchase.checkout else None,
        user_id=purchase.user_id,
        email=purchase.email,
        total=Money(purchase.total, purchase.currency),
        placed_at=purchase.placed_at,
        payment=standing,
        failure_code=purchase.failure_code or (payment.failure_code if payment else ""),
        redirect_url=payment.redirect_url if payment else "",
        method_label=payment.method_label if payment else "",
        orders=tuple(
            order_pages(with_parts(mine), sellers=sellers_of(mine), paid=standing == "paid")
        ),
        details=details_of(purchase),
    )


def orders_for(*, user_id: int, cursor: str | None = None) -> OrderList:
    """What a person bought, across brands, newest first. Five queries.

    Attempts whose payment failed are left out. An unreadable cursor starts from the top.
    """
    rows = Order.objects.filter(user=user_id, purchase__failed_at=None)
    rows = rows.exclude(state="cancelled", paid_at=None).order_by("-id")
    if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    found = list(with_parts(rows, history=False)[: PAGE + 1])
    shown = found[:PAGE]
    sellers = sellers_of(Order.objects.filter(pk__in=[row.pk for row in shown]))
    return OrderList(
        orders=order_pages(shown, sellers=sellers, history=False),
        next=str(shown[-1].pk) if len(found) > PAGE else None,
    )


def order_for_seller(*, seller_id: int, number: str) -> OrderPage:
    """A paid order of this seller. Raises NotFound for a foreign and an absent one alike."""
    known = read_order_number(number)
    rows = Order.objects.filter(seller=seller_id, number=known, paid_at__isnull=False)
    found = list(with_parts(rows)) if known else []
    if not found:
        raise NotFound
    return order_pages(found, sellers=sellers_of(rows))[0]


def has_bought(*, user_id: int, product_id: str) -> bool:
    """Whether the user paid for this product (public id) and kept it. One query."""
    paid = OrderLine.objects.filter(product_public_id=product_id, order__user=user_id)
    return paid.filter(order__paid_at__isnull=False).exclude(order__state="cancelled").exists()


def _visible(viewer: Viewer, session: SessionBase, prefix: str = "") -> Q:
    own = Q(**{f"{prefix}user": viewer.user.pk}) if viewer.user else Q(pk__in=[])
    known: Collection[str] = known_purchases(session)
    guests = Q(**{f"{prefix}user": None, f"{prefix}public_id__in": list(known)})
    return own | guests if known else own


def _is_paid(row: Order) -> bool:
    if row.state != "pending":
        return False
    payment = payments.payment(reference=row.purchase.public_id)
    return payment is not None and payment.state in _PAID


def _standing(purchase: Purchase, payment: PaymentData | None) -> str:
    if purchase.paid_at is not None:
        return "paid"
    if payment is None or payment.state in _LOST or purchase.failed_at is not None:
        return "failed"
    if payment.state in _PAID:
        return "paid"
    return "open" if payment.state == PaymentState.REQUIRES_ACTION else "checking"


def guest_orders(*, session: SessionBase) -> OrderList:
    """Orders of the purchases that a guest's session may see. Five queries, none for none."""
    known = known_purchases(session)
    if not known:
        return OrderList(orders=[])
    rows = Order.objects.filter(purchase__public_id__in=known, user=None)
    rows = rows.filter(purchase__failed_at=None).exclude(state="cancelled", paid_at=None)
    found = list(with_parts(rows.order_by("-id"), history=False))
    return OrderList(orders=order_pages(found, sellers=sellers_of(rows), history=False))
