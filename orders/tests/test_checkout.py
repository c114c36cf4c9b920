"""The checkout through its pages: paying, failing, coming back."""

import re
from datetime import timedelta

import pytest

from accounts import actions as hiding
from accounts.testing import client_for
from core import clock
from inventory.testing import counters
from orders import actions
from orders.models import BagLine, Checkout, Order, Purchase
from orders.testing import deliver, make_buyer, make_variant
from orders.tests.html import assert_good_html
from orders.tests.pages import FIVE, archive, begun, filled_bag, form_of, path_of
from payments.testing import DECLINED

pytestmark = pytest.mark.django_db


def test_a_bag_of_three_brands_becomes_three_orders(client, sandbox):
    variants = filled_bag(client)
    page = client.get("/bag/")
    assert_good_html(page.content.decode())
    started = client.post("/checkout/", form_of(page, "/checkout/"))
    assert started.status_code == 303
    assert all(counters(variant.pk) == (10, 1) for variant in variants)
    checkout = client.get(started["location"])
    assert_good_html(checkout.content.decode())
    assert "€306.00" in checkout.content.decode()
    going = client.post(
        started["location"], {**form_of(checkout, "/checkout/"), **FIVE, "do": "pay"}
    )
    assert going.status_code == 303, going.content.decode()
    answer = client.get(path_of(sandbox.pay(going["location"])))
    done = client.get(answer["location"])
    assert_good_html(done.content.decode())
    assert done.content.decode().count("€6.00") == 3, "delivery is said for each parcel"
    assert Order.objects.filter(state="paid").count() == 3
    assert Purchase.objects.get().total == 30600
    assert not BagLine.objects.exists()
    assert len({order.number for order in Order.objects.all()}) == 3


def test_a_declined_card_comes_back_with_the_reason_and_the_bag(client, sandbox):
    variant, address, data = begun(client)
    going = client.post(address, data)
    answer = client.get(path_of(sandbox.pay(going["location"], number=DECLINED)), follow=True)
    text = answer.content.decode()
    assert_good_html(text)
    assert "Your bank declined the card. Nothing was charged" in text
    assert 'value="Gerda Gast"' in text
    assert BagLine.objects.exists()
    assert counters(variant.pk) == (10, 0)
    again = client.post(address, {**form_of(answer, "/checkout/"), "do": "pay"})
    done = client.get(path_of(sandbox.pay(again["location"])), follow=True)
    assert "It is paid" in done.content.decode()
    deliver()
    assert Order.objects.filter(state="paid").count() == 1
    assert not BagLine.objects.exists()
    assert counters(variant.pk) == (10, 1)


def test_who_bought_without_a_bag_is_not_sent_to_one(client, sandbox):
    variant = make_variant()
    page = client.get(f"/buy/{variant.public_id}/")
    going = client.post(
        f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), **FIVE, "do": "pay"}
    )
    back = client.get(path_of(sandbox.pay(going["location"], number=DECLINED)), follow=True)
    soup = assert_good_html(back.content.decode())
    assert "Your bank declined the card" in soup.get_text()
    product = f"/product/{variant.product.public_id}/{variant.product.slug}/"
    assert soup.select_one("#sum header a")["href"] == f"{product}?v={variant.public_id}"
    assert not soup.select("main a[href*='/bag/']")
    left = client.post(
        path_of(back.request["PATH_INFO"]), {**form_of(back, "/checkout/"), "do": "pay"}
    )
    back = client.get(path_of(sandbox.leave(left["location"])), follow=True)
    assert "Everything you typed is kept: pay again" in back.content.decode()
    assert "Your bag" not in back.content.decode()
    archive(variant.product)
    gone = client.get(path_of(back.request["PATH_INFO"]))
    assert gone.status_code == 200
    assert_good_html(gone.content.decode())


def test_a_closed_payment_window_is_said_and_gone_on_from(client, sandbox):
    variant, address, data = begun(client)
    going = client.post(address, data)
    # The window is still open elsewhere: the checkout says so, a second Pay goes to the same one.
    waiting = client.get(address)
    assert "A payment is under way" in waiting.content.decode()
    assert_good_html(waiting.content.decode())
    assert client.post(address, data)["location"] == going["location"]
    back = client.get(path_of(sandbox.leave(going["location"])), follow=True)
    page = back.content.decode()
    assert re.search(
        r'class="hint">.{0,400}You left the payment page, so nothing was charged', page
    )
    assert "Your bag and everything you typed are kept" in page
    assert 'role="alert"' not in page, "leaving on purpose is no error"
    assert 'value="Gerda Gast"' in back.content.decode()
    assert counters(variant.pk) == (10, 0)
    assert Purchase.objects.count() == 1


def test_a_stopped_payment_opens_the_checkout_again(client, sandbox):
    variant, address, data = begun(client)
    client.post(address, data)
    client.post(f"{address}stop/")
    assert Checkout.objects.get().state == "ready"
    assert counters(variant.pk) == (10, 0)


def test_what_is_being_paid_cannot_be_changed(client, sandbox):
    _variant, address, data = begun(client)
    going = client.post(address, data)
    answer = client.post(address, {**data, "name": "Somebody Else", "country": "FR"})
    assert answer["location"] == going["location"]
    assert Purchase.objects.get().name == "Gerda Gast"
    assert Order.objects.get().total == 10200


def test_an_expired_hold_can_be_renewed(client):
    variant, address, data = begun(client)
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        actions.expire_checkouts()
        assert counters(variant.pk) == (10, 0)
        refused = client.post(address, data)
        assert refused.status_code == 409
        assert "Your 15 minutes are over" in refused.content.decode()
        assert not Purchase.objects.exists()
        client.post(address, {"do": "renew"})
        assert Checkout.objects.get().state == "incomplete"
        assert counters(variant.pk) == (10, 1)


def test_a_checkout_of_a_person_is_nobody_elses(client):
    person = client_for(make_buyer()[0])
    _variant, address, data = begun(person)
    for stranger in (client, client_for(make_buyer()[0])):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, data).status_code == 404
        assert stranger.post(f"{address}stop/").status_code == 404
    assert not Purchase.objects.exists()


def blocked_meanwhile():
    """A checkout whose seller blocks its buyer once it is begun: client, variant, address, form."""
    buyer = make_buyer()[0]
    client = client_for(buyer)
    variant, address, data = begun(client)
    hiding.block(blocker_id=variant.product.seller_id, blocked_id=buyer.pk)
    return client, variant, address, data


def test_a_block_ends_a_checkout_that_exists():
    client, variant, address, data = blocked_meanwhile()
    refused = client.post(address, data)
    assert refused.status_code == 409
    page = client.get(address).content.decode()
    assert_good_html(page)
    assert f"{variant.product.title} is no longer for sale" in page
    assert not Purchase.objects.exists()
    assert Checkout.objects.get().state == "ready"
    assert counters(variant.pk) == (10, 1)


def test_a_block_keeps_an_expired_checkout_expired():
    client, variant, address, _data = blocked_meanwhile()
    with clock.fixed(clock.now() + timedelta(days=1)):
        actions.expire_checkouts()
        assert client.post(address, {"do": "renew"}).status_code == 409
    assert Checkout.objects.get().state == "expired"
    assert counters(variant.pk) == (10, 0)
    assert not Purchase.objects.exists()
