"""What somebody bought, and that nobody else finds it."""

from datetime import timedelta

import pytest

from accounts.testing import client_for, make_person
from core import clock
from orders.links import purchase_token
from orders.models import Order
from orders.testing import buy, make_buyer, make_paid_order, make_variant, told
from orders.tests.html import assert_good_html

pytestmark = pytest.mark.django_db


def test_foreign_and_absent_orders_are_the_same_nothing(client):
    order = make_paid_order()
    stranger = client_for(make_buyer()[0])
    for browser in (client, stranger):
        for path in ("/order/{}/", "/order/{}/track/"):
            foreign = browser.get(path.format(order.number))
            absent = browser.get(path.format("2222-2222"))
            assert foreign.status_code == absent.status_code == 404
        assert browser.post(f"/order/{order.number}/cancel/").status_code == 404
        assert browser.get(f"/orders/purchase/{order.purchase.public_id}/").status_code == 404
    order.refresh_from_db()
    assert order.state == "paid"


def test_a_guests_link_opens_the_purchase_and_expires(client):
    placed = buy(make_variant())
    told(placed)
    token = purchase_token(placed.purchase_id)
    opened = client.get(f"/order/claim/{token}/", follow=True)
    assert placed.orders[0] in opened.content.decode()
    assert client.get(f"/order/claim/{token[:-2]}xx/").status_code == 404
    person = make_person()
    browser = client_for(person)
    browser.post(f"/order/claim/{token}/")
    assert Order.objects.get().user_id == person.user_id
    assert client.get(f"/order/{placed.orders[0]}/").status_code == 404
    assert client_for(make_person()).post(f"/order/claim/{token}/").status_code == 404
    assert Order.objects.get().user_id == person.user_id
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert client.get(f"/order/claim/{token}/", follow=True).status_code == 404


def test_pages_with_nothing_in_them_say_what_to_do(client):
    assert "Your bag is empty" in client.get("/bag/").content.decode()
    page = client.get("/orders/").content.decode()
    assert "No orders yet" in page
    assert_good_html(page)
