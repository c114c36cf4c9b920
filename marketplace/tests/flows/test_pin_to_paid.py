"""From a pin to a parcel, from beginning to end. Read this first: it is how the market works.

Noor has bought before, so Parley knows her address, and the payment provider keeps her card. Inès
owns a studio. Everything below happens on pages, without a script; the workers' part is done by
`deliver_all`, and the provider is the real sandbox process.
"""

from __future__ import annotations

import pytest

from accounts.testing import client_for, follow_all, make_address, make_brand, make_person, owner_of
from catalog.testing import make_delivery_method, make_product
from core.testing import deliver_all
from feed.testing import make_pin
from insights.queries import order_sources
from inventory.actions import receive
from inventory.queries import available
from marketplace.tests.flows.steps import Visitor
from notifications.testing import mails_to
from orders.testing import Order
from payments.queries import payment
from payments.testing import Sandbox, keep_card, wrong_in_the_books

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS_LATER = ("media", "mail")


def test_from_a_pin_to_a_parcel(sandbox: Sandbox) -> None:
    # A studio sells a vase, has five of them, and pins a picture of it.
    studio = make_brand(name="Ondine Studio", handle="ondine")
    vase = make_product(seller=studio, title="Tall vase", price=9_600, with_delivery=False)
    make_delivery_method(seller=studio, price=690)
    shelf = vase.variants.get()
    receive(variant_id=shelf.pk, quantity=5, actor_id=None)
    pin = make_pin(author=studio, title="A shelf at noon", products=[vase])

    # Noor follows the studio; its pin is on her Following wall, with the price of this moment.
    noor = make_person(name="Noor Haddad", email="noor@mail.example")
    assert noor.user is not None
    make_address(user=noor.user)
    keep_card(user_id=noor.user.pk)
    follow_all(noor, [studio])
    buyer = Visitor(client_for(noor))
    buyer.open("/following/")
    buyer.says("A shelf at noon", "€96")

    # First tap: the price tag. The sheet shows the final total; nothing is reserved by reading it.
    buyer.open(buyer.link("Buy A shelf at noon"))
    buyer.says("Tall vase", "Lange Straße 5", "Visa", "€102.90", "VAT")
    assert available(variant_pks=[shelf.pk]) == {shelf.pk: 5}

    # Second tap: Pay. The order stands, the money is held, one vase is promised to her.
    buyer.press("Pay now")
    deliver_all(except_queues=WORKERS_LATER)
    buyer.open("/orders/")
    buyer.says("Tall vase", "€102.90")
    buyer.open(str(buyer.soup.select("a[href^='/order/']")[0]["href"]))
    number = buyer.at.strip("/").split("/")[-1]
    assert available(variant_pks=[shelf.pk]) == {shelf.pk: 4}

    # The provider's own message comes after the fact, and again, and changes nothing.
    held = payment_of(number)
    sandbox.deliver(held)
    sandbox.deliver(held)
    deliver_all(except_queues=WORKERS_LATER)
    assert available(variant_pks=[shelf.pk]) == {shelf.pk: 4}

    # The studio finds the order, and the pin that earned it.
    seller = Visitor(client_for(owner_of(studio)))
    seller.open("/studio/ondine/orders/")
    seller.says(number, "Tall vase", "A shelf at noon")
    assert order_sources(order_numbers=[number]) == {number: ("pin", pin.public_id)}

    # It ships the parcel. Noor's page, her notices and her mail say so.
    seller.open(f"/studio/ondine/orders/{number}/")
    seller.press("Mark shipped", carrier="DHL", tracking="JD014600009812345678")
    deliver_all()
    buyer.open(f"/order/{number}/")
    buyer.says("DHL", "JD014600009812345678")
    buyer.open("/notifications/")
    buyer.says(number)
    assert any(number in mail.subject + mail.text for mail in mails_to("noor@mail.example"))

    # What was captured is in the books to the cent: every account together is zero.
    sandbox.deliver(held)
    deliver_all()
    taken = payment(reference=purchase_of(number))
    assert taken is not None
    assert taken.captured.amount == 10_290
    assert wrong_in_the_books() == []


def payment_of(number: str) -> str:
    """The provider's name for the payment of an order."""
    found = payment(reference=purchase_of(number))
    assert found is not None
    return found.payment_id


def purchase_of(number: str) -> str:
    return str(Order.objects.get(number=number).purchase.public_id)
