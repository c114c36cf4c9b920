"""Turning a price into a purchase: one durable transaction, whoever asks for it.

The order of statements matters. Reading comes first and locks nothing but the checkout's own row;
the purchase's row is the idempotency row of the request; the contended stock counter is last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hold_organization
from core import clock
from core.days import working_day
from core.db import is_wait_over, retrying
from core.errors import DomainError
from core.events import publish
from core.idempotency import InProgress, KeyMissing, KeyReused, hash_of
from core.money import Money, included_vat
from inventory import actions as inventory
from inventory.types import SoldOut as StockSoldOut
from orders.errors import DetailsMissing, NotDeliverable, PriceChanged, SellerAway, SoldOut
from orders.events import OrderPlaced
from orders.models import Checkout, Order, OrderLine, Purchase
from orders.snapshots import bought_for_json, picture_json, ship_to
from orders.touches import latest, touch_for
from orders.types import Details, Placed, Priced, PricedParcel
from payments import actions as payments
from payments import queries as payment_queries
from payments.types import Share

HOLD = timedelta(minutes=15)
GUEST = "guest"


@dataclass(frozen=True, kw_only=True)
class Key:
    """What makes a request to pay unique: whose it is, its key, and a hash of all it says."""

    principal: str
    key: str
    body_hash: str

    @classmethod
    def of(cls, *, user_id: int | None, key: str, body: Mapping[str, Any]) -> Key:
        """Keys of people are their own; a guest's is itself unguessable. Raises KeyMissing."""
        if not 16 <= len(key) <= 80 or not key.isascii() or not key.isprintable():
            raise KeyMissing
        principal = f"u:{user_id}" if user_id else GUEST
        return cls(principal=principal, key=key, body_hash=hash_of(body))


@dataclass(frozen=True, kw_only=True)
class Hold:
    """The reservation of a purchase; `until` is None when the units are held already."""

    reference: str
    until: datetime | None


def once(key: Key, work: Callable[[], Placed]) -> Placed:
    """Run `work` so that the same key answers the same, whatever happens in between.

    Raises KeyReused for the same key with another body and InProgress while a twin is running.
    A refusal leaves the key unused.
    """
    try:
        return _durably(work)
    except IntegrityError:
        # A twin was faster: its row holds the key.
        if (placed := replay(key)) is None:
            raise
        return placed
    except DomainError:
        # The world moved on after the first answer (sold out: by ourselves). Same key, same answer.
        if (placed := replay(key)) is None:
            raise
        return placed
    except OperationalError as error:
        if is_wait_over(error):
            raise InProgress from error
        raise


@retrying
def _durably(work: Callable[[], Placed]) -> Placed:
    with transaction.atomic(durable=True):
        return work()


def replay(key: Key) -> Placed | None:
    """The answer that this key was given before, or None. Raises KeyReused for another body."""
    purchase = Purchase.objects.filter(principal=key.principal, idempotency_key=key.key).first()
    if purchase is None:
        return None
    if purchase.body_hash != key.body_hash:
        raise KeyReused
    return placed_before(purchase)


def placed_before(purchase: Purchase) -> Placed:
    """The answer about a purchase that exists already."""
    payment = payment_queries.payment(reference=purchase.public_id)
    return Placed(
        purchase_id=purchase.public_id,
        payment_id=payment.payment_id if payment else "",
        orders=list(purchase.orders.order_by("id").values_list("number", flat=True)),
        replayed=True,
    )


def check(*, priced: Priced, details: Details, shown_total: Money, held: bool) -> None:
    """Whether what was shown can be bought as it was shown.

    Raises SoldOut, NotDeliverable, DetailsMissing, PriceChanged. What the buyer holds counts as
    available, although the catalogue may say sold out because of that very hold.
    """
    if priced.missing or not priced.lines:
        raise SoldOut(variants=list(priced.missing))
    if priced.away is not None and not held:
        raise SellerAway(until=str(priced.away.lines[0].away_until))
    if priced.sold_out and not held:
        raise SoldOut(variants=list(priced.sold_out))
    if priced.undeliverable:
        raise NotDeliverable(sellers=[parcel.seller.id for parcel in priced.undeliverable])
    if not details.complete:
        raise DetailsMissing
    if priced.total != shown_total:
        raise PriceChanged(
            was=shown_total.amount, now=priced.total.amount, currency=priced.currency
        )


def company_columns(*, user_id: int | None, organization_id: int | None) -> dict[str, Any]:
    """What a purchase for a company keeps of it; nothing for one of the buyer's own.

    Until the end of the purchase's transaction nobody leaves the company. Before any row that names
    it. Raises BuyingChanged for a company that the user may not buy for (any more).
    """
    if organization_id is None:
        return {}
    held = hold_organization(user_id=user_id, organization_id=organization_id)
    return {"organization_id": organization_id, "bought_for": bought_for_json(held)}


def write_purchase(
    *,
    priced: Priced,
    details: Details,
    user_id: int | None,
    bought_for: Mapping[str, Any],
    key: Key,
    checkout: Checkout | None,
    hold: Hold,
    method_id: str | None,
    session: SessionBase | None,
    touches: Mapping[str, Any] | None = None,
    public_id: str,
) -> Placed:
    """All rows of a purchase. Must run inside of the transaction of `once`.

    `bought_for` is what `company_columns` answered. Raises SoldOut.
    """
    now = clock.now()
    purchase = Purchase.objects.create(
        public_id=public_id,
        checkout=checkout,
        user_id=user_id,
        principal=key.principal,
        idempotency_key=key.key,
        body_hash=key.body_hash,
        currency=priced.currency,
        total=priced.total.amount,
        hold_reference=hold.reference,
        placed_at=now,
        **ship_to(details),
        **bought_for,
    )
    orders = Order.objects.bulk_create(
        _order(purchase, parcel, now, _touch(parcel, session, touches or {}))
        for parcel in priced.parcels
    )
    OrderLine.objects.bulk_create(
        line
        for order, parcel in zip(orders, priced.parcels, strict=True)
        for line in _lines(order, parcel)
    )
    numbers = [order.number for order in orders]
    address = f"{settings.SITE_URL}{reverse('orders:checkout_return', args=[public_id])}"
    payment = payments.open_payment(
        reference=public_id,
        amount=priced.total,
        shares=[
            Share(
                reference=order.number,
                seller_id=order.seller_id,
                amount=Money(order.total, order.currency),
            )
            for order in orders
        ],
        user_id=user_id,
        method_id=method_id,
        return_url=address,
        cancel_url=f"{address}?closed=1",
        description=", ".join(numbers),
        expires_at=now + HOLD * 2,
    )
    publish(OrderPlaced(purchase_id=public_id, order_numbers=numbers))
    if hold.until is not None:
        _reserve(priced, hold)
    return Placed(purchase_id=public_id, payment_id=payment.payment_id, orders=numbers)


def _reserve(priced: Priced, hold: Hold) -> None:
    wants = {line.variant_pk: line.quantity for line in priced.lines}
    try:
        inventory.reserve(reference=hold.reference, wants=wants, until=hold.until)
    except StockSoldOut as error:
        raise sold_out(priced, error) from error


def sold_out(priced: Priced, error: StockSoldOut) -> SoldOut:
    """Inventory's refusal in terms of what the buyer wanted."""
    short = set(error.variants)
    return SoldOut(variants=[line.variant_id for line in priced.lines if line.variant_pk in short])


def _touch(
    parcel: PricedParcel, session: SessionBase | None, touches: Mapping[str, Any]
) -> dict[str, Any] | None:
    products = [line.product_id for line in parcel.lines]
    now = touch_for(session=session, product_ids=products)
    return latest([now, *(touches.get(product) for product in products)])


def _order(
    purchase: Purchase, parcel: PricedParcel, now: datetime, touch: dict[str, Any] | None
) -> Order:
    if parcel.chosen is None:
        raise NotDeliverable(sellers=[parcel.seller.id])
    return Order(
        purchase=purchase,
        seller_id=parcel.seller.id,
        user_id=purchase.user_id,
        currency=purchase.currency,
        items_total=parcel.items.amount,
        delivery_total=parcel.delivery.amount,
        tax_total=parcel.tax.amount,
        total=parcel.total.amount,
        delivery_name=parcel.chosen.name,
        arrives_from=parcel.chosen.earliest,
        arrives_by=parcel.chosen.latest,
        ship_by=working_day(timezone.localdate(now), parcel.lead_days),
        touch=touch,
        buyer_name=purchase.name,
        buyer_company=purchase.bought_for["name"] if purchase.bought_for else "",
        placed_at=now,
    )


def _lines(order: Order, parcel: PricedParcel) -> list[OrderLine]:
    return [
        OrderLine(
            order=order,
            variant_id=line.variant_pk,
            variant_public_id=line.variant_id,
            product_public_id=line.product_id,
            title=line.title,
            variant_title=line.variant_title,
            sku=line.sku,
            picture=picture_json(line.picture),
            quantity=line.quantity,
            unit_price=line.unit_price.amount,
            total=line.total.amount,
            tax=included_vat(line.total, line.vat_rate).amount,
            vat_rate=line.vat_rate,
            return_days=line.return_days,
        )
        for line in parcel.lines
    ]
