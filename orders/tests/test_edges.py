"""Rare ways through buying that once went wrong."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from accounts.queries import addresses_for
from accounts.testing import client_for, make_address
from catalog import actions as catalog
from core import clock
from inventory.testing import counters
from orders import actions
from orders.models import Checkout, Order, Purchase
from orders.testing import buy, deliver, make_buyer, make_variant, told
from payments import queries as payments

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Gerda Gast",
    "street": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


def hidden_in(page, action):
    """The hidden fields of the form that posts to `action`."""
    soup = BeautifulSoup(page.content, "html5lib")
    form = next(one for one in soup.find_all("form") if action in str(one.get("action")))
    return {str(one["name"]): str(one["value"]) for one in form.find_all(type="hidden")}


def checkout_of_one(client, *, stock):
    """A guest's checkout of one piece: the variant, and where the checkout is."""
    variant = make_variant(stock=stock)
    client.post("/bag/add/", {"variant": variant.public_id})
    started = client.post("/checkout/", hidden_in(client.get("/bag/"), "/checkout/"))
    return variant, started["location"]


def pay_to_a_new_address(person, variant):
    client = client_for(person)
    page = client.get(f"/buy/{variant.public_id}/")
    card = payments.methods_for(user_id=person.user_id)[0].method_id
    form = {**hidden_in(page, "/buy/"), **TYPED, "address": "new", "method": card, "do": "pay"}
    return client, form, client.post(f"/buy/{variant.public_id}/", form)


def test_a_full_address_book_stops_no_purchase(sandbox):
    variant = make_variant()
    person, _card, _address = make_buyer()
    assert person.user is not None
    for _number in range(19):
        make_address(user=person.user, is_default=False)
    client, _form, paid = pay_to_a_new_address(person, variant)
    assert paid.status_code == 303, paid.content.decode()
    assert "It is paid" in client.get(paid["location"]).content.decode()
    assert len(addresses_for(user_id=person.user_id or 0)) == 20
    assert Order.objects.get().state == "paid"


def test_two_presses_keep_one_new_address(sandbox):
    variant = make_variant()
    person, _card, _address = make_buyer()
    client, form, _paid = pay_to_a_new_address(person, variant)
    client.post(f"/buy/{variant.public_id}/", form)
    assert len(addresses_for(user_id=person.user_id or 0)) == 2
    assert Purchase.objects.count() == 1


def test_a_lapsed_hold_of_the_last_piece_is_renewed_by_its_own_buyer(client):
    variant, address = checkout_of_one(client, stock=1)
    with clock.fixed(clock.now() + timedelta(minutes=15, seconds=1)):  # not swept yet
        client.post(address, {"do": "renew"})
        assert counters(variant.pk) == (1, 1)
        assert Checkout.objects.filter(hold_until__gt=clock.now()).exists()
        actions.expire_checkouts()
    assert counters(variant.pk) == (1, 1)


def test_a_guests_bag_counts_nothing_of_what_was_bought(client, sandbox):
    _variant, address = checkout_of_one(client, stock=10)
    assert client.session["bag_count"] == 1
    typed = {**hidden_in(client.get(address), "/checkout/"), **TYPED}
    going = client.post(address, {**typed, "email": "gerda@mail.example", "do": "pay"})
    sandbox.pay(going["location"])
    purchase = Purchase.objects.get()
    sandbox.deliver(payments.payment(reference=purchase.public_id).payment_id)
    deliver()
    done = client.get(f"/orders/purchase/{purchase.public_id}/")
    assert "It is paid" in done.content.decode()
    assert client.session["bag_count"] == 0


def test_a_failed_payment_for_what_is_gone_is_not_called_paid():
    variant = make_variant()
    person, card, _address = make_buyer()
    placed = buy(variant, person=person, card=card)
    product = variant.product
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    told(placed, "payment.declined")
    assert Purchase.objects.get().checkout is None  # nothing is left to check out
    page = client_for(person).get(f"/orders/purchase/{placed.purchase_id}/", follow=True)
    text = page.content.decode()
    assert "The payment did not go through" in text
    assert "It is paid" not in text
    assert 'http-equiv="refresh"' not in text
