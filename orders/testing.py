"""A small world to buy in, and a provider that answers as it is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Profile
from accounts.testing import make_address, make_brand, make_person, viewer_for
from accounts.types import AddressData, Viewer
from catalog.models import DeliveryMethod, Variant
from catalog.testing import make_delivery_method, make_product
from core import clock
from core.money import Money
from core.testing import deliver_all
from inventory import actions as inventory
from orders import actions
from orders.models import Order
from orders.types import Details, Placed, Want
from payments import gateway
from payments.models import PaymentMethod
from payments.provider import (
    OperationKind,
    ProviderNews,
    ProviderPayment,
    ProviderSilent,
    ProviderState,
    StartRequest,
)

_numbers = itertools.count(1)
ADDRESS = AddressData(
    name="Noor Haddad", line1="Lange Straße 5", postcode="10115", city="Berlin", country="DE"
)


@dataclass
class FakeProvider:
    """Answers with `state` (or not at all while `silent`), remembers what it was asked."""

    name: str = "sandbox"
    state: ProviderState = "authorized"
    failure_code: str = ""
    silent: bool = False
    payments: dict[str, ProviderPayment] = field(default_factory=dict)
    started: list[str] = field(default_factory=list)
    operations: dict[str, tuple[str, str, Money]] = field(default_factory=dict)

    def start(self, *, request: StartRequest) -> ProviderPayment:
        self.started.append(request.payment_id)
        state: ProviderState = self.state if request.token else "requires_action"
        payment = ProviderPayment(
            payment_id=request.payment_id,
            provider_ref=f"ref-{request.payment_id}",
            state=state,
            amount=request.amount,
            redirect_url=f"http://provider.example/pay/{request.payment_id}",
            failure_code=self.failure_code if state == "declined" else "",
            card=None,
        )
        payment = self.payments.setdefault(request.payment_id, payment)
        if self.silent:
            raise ProviderSilent
        return payment

    def find(self, *, payment_id: str) -> ProviderPayment | None:
        if self.silent:
            raise ProviderSilent
        return self.payments.get(payment_id)

    def cancel(self, *, payment_id: str) -> ProviderPayment | None:
        if payment_id in self.payments and self.payments[payment_id].state == "requires_action":
            self.decide(payment_id, "expired")
        return self.payments.get(payment_id)

    def operate(
        self, *, kind: OperationKind, payment_id: str, operation_id: str, amount: Money
    ) -> None:
        self.operations[operation_id] = (kind, payment_id, amount)

    def forget(self, *, token: str) -> None:
        return None

    def read_news(self, *, raw: bytes, signature: str, now: datetime) -> ProviderNews:
        raise NotImplementedError

    def decide(self, payment_id: str, state: ProviderState, code: str = "") -> None:
        """What the buyer does on the provider's page."""
        old = self.payments[payment_id]
        self.payments[payment_id] = replace(old, state=state, failure_code=code)

    def total(self, kind: str) -> int:
        """Minor units of all operations of a kind."""
        return sum(amount.amount for one, _id, amount in self.operations.values() if one == kind)


@contextmanager
def provider(**options: object) -> Iterator[FakeProvider]:
    """Let payments talk to a fake provider within this block."""
    fake = FakeProvider(**options)  # type: ignore[arg-type]
    real = gateway._provider
    gateway._provider = lambda *_args: fake  # type: ignore[assignment]
    try:
        yield fake
    finally:
        gateway._provider = real


def make_variant(
    *,
    stock: int = 10,
    price: int = 9600,
    seller: Profile | None = None,
    delivery: int = 600,
    lead_days: int = 1,
    title: str = "",
) -> Variant:
    """A variant on the shelf of a seller who delivers to Germany, France and Austria."""
    new = seller is None
    seller = seller or make_brand()
    extra = {"title": title} if title else {}
    product = make_product(
        seller=seller, price=price, with_delivery=False, lead_days=lead_days, **extra
    )
    if new or not seller_delivers(seller):
        make_delivery_method(seller=seller, price=delivery)
    variant = product.variants.get()
    if stock:
        inventory.receive(variant_id=variant.pk, quantity=stock, actor_id=None)
    return variant


def seller_delivers(seller: Profile) -> bool:
    """Whether the seller has a delivery method already."""
    return DeliveryMethod.objects.filter(seller=seller).exists()


def make_card(*, person: Profile, token: str = "tok-ok") -> PaymentMethod:
    """A kept card of a person."""
    return PaymentMethod.objects.create(
        user_id=person.user_id,
        provider="sandbox",
        token=f"{token}-{next(_numbers)}",
        brand="Visa",
        last4="4242",
        exp_month=12,
        exp_year=2031,
        is_default=False,
        created_at=clock.now(),
    )


def make_buyer() -> tuple[Profile, PaymentMethod, AddressData]:
    """Somebody who bought before: with an address and a kept card."""
    person = make_person(name="Noor Haddad")
    assert person.user is not None
    return person, make_card(person=person), make_address(user=person.user)


def new_key() -> str:
    """An idempotency key as a form would carry it."""
    return f"key-for-this-test-{next(_numbers)}"


def buy(
    variant: Variant,
    *,
    quantity: int = 1,
    person: Profile | None = None,
    card: PaymentMethod | None = None,
    total: int | None = None,
    key: str = "",
    email: str = "noor@mail.example",
    delivery: int = 600,
) -> Placed:
    """Buy through the action as the sheet does, up to the commit, in one parcel."""
    amount = variant.price * quantity + delivery if total is None else total
    return actions.buy_now(
        user_id=person.user_id if person else None,
        session=None,
        wants=[Want(variant_id=variant.public_id, quantity=quantity)],
        details=Details(email=email, address=ADDRESS),
        methods=(),
        shown_total=Money(amount, "EUR"),
        idempotency_key=key or new_key(),
        method_id=card.public_id if card else None,
    )


def make_paid_order(
    *, variant: Variant | None = None, quantity: int = 1, person: Profile | None = None
) -> Order:
    """A paid order of a returning buyer, through the real actions and a fake provider."""
    variant = variant or make_variant()
    if person is None:
        person, card, _address = make_buyer()
    else:
        card = make_card(person=person)
    with provider():
        placed = buy(variant, quantity=quantity, person=person, card=card)
        actions.start(placed=placed)
        deliver_all(except_queues=("media", "mail"))
    return Order.objects.get(number=placed.orders[0])


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
