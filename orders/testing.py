"""A small world to buy in. Everything goes through the same actions as people."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from accounts.testing import Profile as Profile
from accounts.testing import make_address, make_brand, make_person, viewer_for
from accounts.types import AddressData, BuyerRef, Viewer
from catalog.testing import Variant as Variant
from catalog.testing import make_delivery_method, make_product
from core import outbox
from core.models import Delivery
from core.money import Money
from core.testing import deliver_all
from inventory import actions as inventory
from orders import actions
from orders.models import Order as Order
from orders.models import Purchase as Purchase
from orders.types import Details, Placed, Want
from payments import queries as payments
from payments.testing import keep_card, tell, tell_done
from payments.types import MethodData

# Renditions and mails need no worker here, and operations are told by the test itself.
QUIET = ("media", "mail")
_numbers = itertools.count(1)
ADDRESS = AddressData(
    name="Noor Haddad", line1="Lange Straße 5", postcode="10115", city="Berlin", country="DE"
)


def make_variant(
    *,
    stock: int = 10,
    price: int = 9600,
    seller: Profile | None = None,
    delivery: int | None = 600,
    countries: tuple[str, ...] = ("DE", "FR", "AT"),
    lead_days: int = 1,
    title: str = "",
) -> Variant:
    """A variant on the shelf. A new seller gets a delivery method, unless `delivery` is None."""
    with_delivery = seller is None
    seller = seller or make_brand()
    extra: dict[str, Any] = {"title": title} if title else {}
    product = make_product(
        seller=seller, price=price, with_delivery=False, lead_days=lead_days, **extra
    )
    if with_delivery and delivery is not None:
        make_delivery_method(seller=seller, price=delivery, countries=countries)
    variant = product.variants.get()
    if stock:
        inventory.receive(variant_id=variant.pk, quantity=stock, actor_id=None)
    return variant


def make_buyer() -> tuple[Profile, MethodData, AddressData]:
    """Somebody who bought before: with an address and a kept card."""
    person = make_person(name="Noor Haddad")
    assert person.user is not None
    return person, keep_card(user_id=person.user.pk), make_address(user=person.user)


def new_key() -> str:
    """An idempotency key as a form would carry it."""
    return f"key-for-this-test-{next(_numbers)}"


def buy(
    variant: Variant,
    *,
    quantity: int = 1,
    person: Profile | None = None,
    card: MethodData | None = None,
    total: int | None = None,
    key: str = "",
    email: str = "noor@mail.example",
    delivery: int = 600,
    organization: BuyerRef | None = None,
) -> Placed:
    """Buy through the action as the sheet does, up to the commit, in one parcel."""
    amount = (variant.price or 0) * quantity + delivery if total is None else total
    return actions.buy_now(
        user_id=person.user_id if person else None,
        session=None,
        wants=[Want(variant_id=variant.public_id, quantity=quantity)],
        details=Details(email=email, address=ADDRESS),
        methods=(),
        shown_total=Money(amount, "EUR"),
        idempotency_key=key or new_key(),
        method_id=card.method_id if card else None,
        organization_id=organization.id if organization else None,
    )


def deliver() -> None:
    """Run what the workers would. Only asking the provider may fail: most tests have none."""
    deliver_all(except_queues=QUIET, raise_errors=False)
    failed = Delivery.objects.exclude(last_error="").exclude(receiver__startswith="payments.")
    assert not failed, [one.last_error for one in failed]


def hear_only(event_type: str) -> None:
    """Let the waiting facts of one type be heard, and leave all others to wait."""
    waiting = Delivery.objects.filter(state="pending", event__type=event_type)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        failed = outbox.deliver_one(pk)
        assert failed is None, failed


def told(placed: Placed, kind: str = "payment.authorized", **changes: object) -> None:
    """Let the provider say what became of the payment, and let everybody hear of it."""
    payment = payments.payment(reference=placed.purchase_id)
    assert payment is not None
    tell(payment, kind, **changes)
    deliver()


def make_paid_order(
    *,
    variant: Variant | None = None,
    quantity: int = 1,
    person: Profile | None = None,
    organization: BuyerRef | None = None,
) -> Order:
    """A paid order of a returning buyer, through the real actions."""
    placed = buy(
        variant or make_variant(),
        quantity=quantity,
        person=person or make_buyer()[0],
        organization=organization,
    )
    told(placed)
    return Order.objects.get(number=placed.orders[0])


def finish(order: Order) -> None:
    """Let the provider do what was asked of it: captures, voids, refunds."""
    deliver()
    payment = payments.payment(reference=order.purchase.public_id)
    assert payment is not None
    tell_done(payment)
    deliver()


def guest() -> tuple[Viewer, SessionStore]:
    """A visitor without an account, with a session."""
    session = SessionStore()
    session.create()
    return Viewer(session=session), session


def viewer_of(person: Profile) -> tuple[Viewer, SessionStore]:
    """The same for somebody who is logged in."""
    session = SessionStore()
    session.create()
    return viewer_for(person), session
