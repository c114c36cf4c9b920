"""Orders for the people who bought them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet

from accounts.queries import MYSELF, buyer_called
from accounts.types import BuyerRef, Viewer
from core.errors import NotFound, NotFoundByGuests
from core.money import Money
from orders.models import Order, OrderLine, Purchase
from orders.numbers import read_order_number
from orders.rows import order_pages
from orders.session import known_purchases
from orders.snapshots import bought_for_of, details_of, picture_of
from orders.states import OrderState
from orders.types import (
    BoughtLine,
    Details,
    OrderList,
    OrderPage,
    PurchasePage,
    PurchaseStanding,
)
from payments import queries as payments
from payments.types import PaymentData

PAGE = 20
_PAID = ("authorized", "captured", "refunded")
_LOST = ("declined", "expired", "voided")


def order_for(
    *, viewer: Viewer, session: SessionBase, number: str, even_of_fellows: bool = False
) -> OrderPage:
    """An order that the viewer bought, or that this guest's session may see.

    `even_of_fellows`: also one that somebody else placed for a company that the viewer may buy for.
    That is for reading alone, without how to reach that person. Six queries at most. Raises
    NotFound for a foreign and an absent one alike, to a guest NotFoundByGuests.
    """
    known = read_order_number(number)
    seen = _visible(viewer, session, "purchase__")
    if even_of_fellows and viewer.organizations:
        theirs = [one.id for one in viewer.organizations]
        seen |= Q(purchase__organization__in=theirs, purchase__failed_at=None)
    rows = Order.objects.filter(seen, number=known)
    found = order_pages(rows, buyers=even_of_fellows) if known else []
    if not found:
        raise _unseen(viewer)
    page = as_read_by(found[0], user_id=viewer.user_id)
    if page.state == OrderState.PENDING and _is_paid(page.purchase_id):
        return replace(page, state=OrderState.PAID)
    return page


def purchase_standing(*, viewer: Viewer, session: SessionBase, public_id: str) -> PurchaseStanding:
    """How a purchase stands, for whoever may see it. Two queries. Raises as `order_for` does."""
    rows = Purchase.objects.filter(_visible(viewer, session), public_id=public_id)
    purchase = rows.select_related("checkout").first()
    if purchase is None:
        raise _unseen(viewer)
    standing = _standing(purchase, payments.payment(reference=public_id))
    return PurchaseStanding(
        payment=standing,
        recorded=purchase.paid_at is not None or purchase.failed_at is not None,
        checkout_id=purchase.checkout.public_id if purchase.checkout else None,
    )


def purchase_for(*, viewer: Viewer, session: SessionBase, public_id: str) -> PurchasePage:
    """A purchase with its orders, for whoever may see them. Raises as `order_for` does."""
    rows = Purchase.objects.filter(_visible(viewer, session), public_id=public_id)
    purchase = rows.select_related("checkout").first()
    if purchase is None:
        raise _unseen(viewer)
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
        orders=tuple(order_pages(mine, paid=standing == "paid")),
        details=details_of(purchase),
        bought_for=bought_for_of(purchase),
    )


def as_read_by(page: OrderPage, *, user_id: int | None) -> OrderPage:
    """The order as somebody reads it who may: what another member placed for a company shows
    neither their e-mail address nor their telephone, and is not to be acted on."""
    if page.user_id in (None, user_id):
        return replace(page, placed_by="")
    one = page.details
    known = Details(email="", address=replace(one.address, phone=""))
    return replace(page, mine=False, details=known)


def orders_for(
    *,
    user_id: int,
    cursor: str | None = None,
    own_only: bool = False,
    organization_id: int | None = None,
    left_id: int | None = None,
) -> OrderList:
    """What a person bought, across brands, newest first. Four queries at most.

    `own_only` leaves out what they bought for a company. With `organization_id`, which must be of
    one that they may buy for, it is what anybody bought for that one; with `left_id`, of any other,
    what they themselves bought for it. Attempts whose payment failed are left out. An unreadable
    cursor starts from the top.
    """
    if organization_id is not None:
        rows = Order.objects.filter(purchase__organization=organization_id)
    else:
        rows = Order.objects.filter(user=user_id)
    if own_only:
        rows = rows.filter(purchase__organization=None)
    if left_id is not None:
        rows = rows.filter(purchase__organization=left_id)
    rows = _listed(rows).order_by("-id")
    if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    pages = order_pages(rows[: PAGE + 1], history=False, buyers=organization_id is not None)
    found = [as_read_by(one, user_id=user_id) for one in pages]
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return OrderList(orders=found[:PAGE], next=None if more is None else str(more))


def orders_asked(
    *, viewer: Viewer, asked: str, left: Sequence[BuyerRef], cursor: str | None = None
) -> OrderList:
    """The orders of somebody with an account, narrowed by what an address `asked` for: '' for all,
    MYSELF, or a company (public id) that they may buy for or that is in `left` (`companies_left`).

    As many queries as `orders_for`. Raises NotFound for any other company, and an absent one.
    """
    user_id = viewer.user_id or 0
    gone = next((one for one in left if one.public_id == asked), None)
    if gone is not None:
        return orders_for(user_id=user_id, cursor=cursor, left_id=gone.id)
    buyer = buyer_called(viewer=viewer, public_id=asked) if asked else None
    return orders_for(
        user_id=user_id,
        cursor=cursor,
        own_only=asked == MYSELF,
        organization_id=buyer.id if buyer else None,
    )


def companies_left(*, viewer: Viewer) -> list[BuyerRef]:
    """Companies that orders of the viewer's own are for though they may not buy for them any more,
    by the name that the newest of those orders keeps. One query; none for a guest."""
    if viewer.user is None:
        return []
    rows = _listed(Order.objects.filter(user=viewer.user.pk))
    rows = rows.exclude(purchase__organization__in=[one.id for one in viewer.organizations])
    rows = rows.filter(purchase__organization__isnull=False)
    newest = rows.order_by("purchase__organization", "-id").distinct("purchase__organization")
    found = newest.values_list(
        "purchase__organization",
        "purchase__organization__public_id",
        "purchase__bought_for__name",
    )
    named = [BuyerRef(id=key, public_id=public_id, name=name) for key, public_id, name in found]
    return sorted(named, key=lambda one: (one.name.casefold(), one.id))


def _listed(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Without attempts whose payment failed, or that were called off before it."""
    rows = rows.filter(purchase__failed_at=None)
    return rows.exclude(state="cancelled", paid_at=None)


def orders_on_the_way(*, user_id: int) -> int:
    """How many orders of somebody are paid and neither arrived nor cancelled. One query."""
    open_ = ("paid", "packed", "partially_shipped", "shipped")
    return Order.objects.filter(user=user_id, state__in=open_).count()


def order_for_seller(*, seller_id: int, number: str) -> OrderPage:
    """A paid order of this seller. Raises NotFound for a foreign and an absent one alike."""
    known = read_order_number(number)
    rows = Order.objects.filter(seller=seller_id, number=known, paid_at__isnull=False)
    found = order_pages(rows, colleagues=True) if known else []
    if not found:
        raise NotFound
    return found[0]


def orders_for_seller(*, seller_id: int, numbers: Collection[str]) -> list[OrderPage]:
    """Those of the numbers, written as we write them, that are paid orders of this seller, in the
    order of the numbers. As many queries as for one.
    """
    rows = Order.objects.filter(seller=seller_id, number__in=numbers, paid_at__isnull=False)
    found = {one.number: one for one in order_pages(rows, colleagues=True)}
    return [found[number] for number in numbers if number in found]


def has_bought(*, user_id: int, product_id: str) -> bool:
    """Whether the user paid for this product (public id) and kept it. One query."""
    paid = OrderLine.objects.filter(product_public_id=product_id, order__user=user_id)
    return paid.filter(order__paid_at__isnull=False).exclude(order__state="cancelled").exists()


def bought_line(*, user_id: int, number: str, line_id: str) -> BoughtLine | None:
    """A line (public id) of an order that the user paid for and did not call off, or None; also
    for what is not in the catalogue any more. One query."""
    rows = OrderLine.objects.filter(public_id=line_id, order__number=read_order_number(number))
    rows = rows.filter(order__user=user_id, order__paid_at__isnull=False)
    line = rows.exclude(order__state="cancelled").select_related("variant", "order__seller").first()
    if line is None or line.variant is None:
        return None
    return BoughtLine(
        id=line.pk,
        public_id=line.public_id,
        order_number=line.order.number,
        product_key=line.variant.product_id,
        seller_id=line.order.seller_id,
        seller_name=line.order.seller.name,
        title=line.title,
        variant_title=line.variant_title,
        picture=picture_of(line.picture),
        sent=line.shipped > 0,
    )


def _visible(viewer: Viewer, session: SessionBase, prefix: str = "") -> Q:
    own = Q(**{f"{prefix}user": viewer.user.pk}) if viewer.user else Q(pk__in=[])
    known: Collection[str] = known_purchases(session)
    guests = Q(**{f"{prefix}user": None, f"{prefix}public_id__in": list(known)})
    return own | guests if known else own


def _unseen(viewer: Viewer) -> NotFound:
    """Whether or not it exists. A mail led here, perhaps before its reader logged in."""
    return NotFound() if viewer.user else NotFoundByGuests()


def _is_paid(purchase_id: str) -> bool:
    payment = payments.payment(reference=purchase_id)
    return payment is not None and payment.state in _PAID


def _standing(purchase: Purchase, payment: PaymentData | None) -> str:
    if purchase.paid_at is not None:
        return "paid"
    if payment is None or payment.state in _LOST or purchase.failed_at is not None:
        return "failed"
    if payment.state in _PAID:
        return "paid"
    return "open" if payment.state == "requires_action" else "checking"


def guest_orders(*, session: SessionBase) -> OrderList:
    """Orders of the purchases that a guest's session may see. Four queries at most."""
    known = known_purchases(session)
    if not known:
        return OrderList(orders=[])
    rows = Order.objects.filter(purchase__public_id__in=known, user=None)
    return OrderList(orders=order_pages(_listed(rows).order_by("-id"), history=False))
