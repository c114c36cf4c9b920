"""What somebody bought, and that nobody else finds it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.testing import (
    PASSWORD,
    client_for,
    make_fellow,
    make_organization,
    make_person,
    make_token,
    owner_of,
)
from catalog import actions as catalog
from core import clock
from orders.links import purchase_token
from orders.models import Order
from orders.testing import buy, make_buyer, make_paid_order, make_variant, told
from orders.tests.html import assert_good_html

pytestmark = pytest.mark.django_db


def test_foreign_and_absent_orders_are_the_same_nothing(client):
    order = make_paid_order()
    stranger = client_for(make_buyer()[0])
    pages = {
        "/order/{}/": (order.number, "2222-2222"),
        "/order/{}/track/": (order.number, "2222-2222"),
        "/order/{}/cancel/": (order.number, "2222-2222"),
        "/orders/purchase/{}/": (order.purchase.public_id, "zzzzzzzzzzzz"),
    }
    for path, names in pages.items():
        for address in map(path.format, names):
            assert stranger.get(address).status_code == 404
            # A guest may have come by a link of a mail: first they say who they are.
            assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    for browser in (client, stranger):
        assert browser.post(f"/order/{order.number}/cancel/").status_code == 404
    order.refresh_from_db()
    assert order.state == "paid"


def test_an_order_leads_to_what_is_still_sold_and_to_nothing_else():
    variant = make_variant()
    person = make_buyer()[0]
    order, browser = make_paid_order(variant=variant, person=person), client_for(person)

    def links():
        page = BeautifulSoup(browser.get(f"/order/{order.number}/").content, "html5lib")
        return [one["href"] for one in page.select(".parcel__pics b a")]

    product = variant.product
    assert links() == [f"/product/{product.public_id}/{product.slug}/"]
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    assert links() == []


def test_a_link_of_a_mail_that_is_opened_before_logging_in_leads_to_its_page(client):
    buyer = make_buyer()[0]
    order = make_paid_order(person=buyer)
    people = {"buyer": buyer, "seller": owner_of(order.seller)}
    for who, path in (
        ("buyer", f"/orders/purchase/{order.purchase.public_id}/"),
        ("buyer", f"/order/{order.number}/"),
        ("seller", f"/studio/{order.seller.handle}/orders/{order.number}/"),
    ):
        asked = client.get(path)
        assert asked["Location"] == client.head(path)["Location"]
        typed = {"login": people[who].user.email, "password": PASSWORD}
        there = client.post(asked["Location"], typed, follow=True)
        assert there.redirect_chain == [(path, 302)]
        assert order.number in there.content.decode()
        client.post("/accounts/logout/")


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
    assert "/accounts/login/" in client.get(f"/order/{placed.orders[0]}/")["Location"]
    assert client_for(make_person()).post(f"/order/claim/{token}/").status_code == 404
    assert Order.objects.get().user_id == person.user_id
    with clock.fixed(clock.now() + timedelta(days=1)):
        opened = client.get(f"/order/claim/{token}/", follow=True)
        assert "/accounts/login/" in opened.redirect_chain[-1][0]


def test_before_money_goes_back_the_buyer_is_asked():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    browser = client_for(buyer)
    page = BeautifulSoup(browser.get(f"/order/{order.number}/").content, "html5lib")
    (link,) = (one for one in page.select(".parcel__btns a") if "Cancel" in one.get_text())
    asked = assert_good_html(browser.get(str(link["href"])).content.decode())
    form = asked.select_one("main form")
    assert form is not None
    assert f"All of €{order.total / 100:.2f} goes back to your card" in form.get_text()
    assert order.seller.name in form.get_text()
    assert [one.get_text() for one in form.select("button, a")] == ["Cancel the order", "Keep it"]
    keep = form.a
    assert keep is not None
    assert keep["href"] == f"/order/{order.number}/"
    order.refresh_from_db()
    assert order.state == "paid", "to ask cancels nothing"
    browser.post(str(form["action"]))
    order.refresh_from_db()
    assert order.state == "cancelled"
    again = browser.get(str(link["href"]))
    assert again.status_code == 302
    assert again["location"] == f"/order/{order.number}/"


def test_only_what_is_packed_says_that_it_is_too_late_to_cancel():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    browser = client_for(buyer)
    seller = client_for(owner_of(order.seller), acting=order.seller)
    studio = f"/studio/{order.seller.handle}/orders/"

    def foot() -> str:
        page = BeautifulSoup(browser.get(f"/order/{order.number}/").content, "html5lib")
        return " ".join(page.select(".parcel__foot")[-1].get_text(" ").split())

    assert foot().startswith("Cancel free until")
    seller.post(f"{studio}pack/", {"order": [order.number]})
    assert foot().startswith("It is packed, so it can no longer be cancelled.")
    seller.post(f"{studio}{order.number}/ship/")
    browser.post(f"/order/{order.number}/received/")
    assert foot() == "Return it within 30 days of its arrival."


def test_pages_with_nothing_in_them_say_what_to_do(client):
    assert "Your bag is empty" in client.get("/bag/").content.decode()
    page = client.get("/orders/").content.decode()
    assert "No orders yet" in page
    assert_good_html(page)


def test_where_nothing_was_bought_for_one_buyer_nobody_is_told_that_they_have_no_orders():
    buyer = make_buyer()[0]
    company = make_organization(person=buyer, name="Zweite AG")
    make_paid_order(person=buyer)
    client = client_for(buyer)

    def said(asked):
        page = assert_good_html(client.get(f"/orders/?for={asked}").content.decode())
        assert page.select_one("main").find("a", string="All orders")["href"] == "/orders/"
        return " ".join(page.select_one("main").get_text(" ").split())

    assert "Nothing was bought for Zweite AG yet" in said(company.public_id)
    Order.objects.all().update(user=None)
    assert "Nothing was bought for yourself yet" in said("me")


def test_a_company_one_left_still_finds_ones_own_orders_of_it_and_no_others():
    buyer = make_buyer()[0]
    company = make_organization(person=buyer, name="Zweite AG")
    fellow = make_fellow(organization=company)
    own = make_paid_order(person=buyer, organization=company)
    make_paid_order(person=buyer)
    theirs = make_paid_order(person=fellow, organization=company)
    client, only = client_for(buyer), f"/orders/?for={company.public_id}"

    def listed(path):
        soup = assert_good_html(client.get(path).content.decode())
        return {one["data-live-order"] for one in soup.select("article[data-live-order]")}

    def tabs():
        soup = assert_good_html(client.get("/orders/").content.decode())
        return [one.get_text(strip=True) for one in soup.select(".till__head nav a")]

    assert listed(only) == {own.number, theirs.number}
    assert tabs() == ["All", "Myself", "Zweite AG"]
    accounts.leave_organization(user_id=buyer.user_id or 0, public_id=company.public_id)
    assert tabs() == ["All", "Myself", "Zweite AG"]
    assert listed(only) == {own.number}
    token = make_token(buyer).secret
    answer = client_for(None).get(
        f"/api/v1/orders/?bought_for={company.public_id}",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert [one["number"] for one in answer.json()["results"]] == [own.number]
    assert client_for(make_person()).get(only).status_code == 404


def test_companies_one_left_cost_one_statement_and_those_never_paid_for_are_none():
    buyer = make_buyer()[0]
    client, counts = client_for(buyer), []
    for round_ in range(3):
        company = make_organization(person=buyer, name=f"Company {round_}")
        placed = make_paid_order(person=buyer, organization=company)
        accounts.leave_organization(user_id=buyer.user_id or 0, public_id=company.public_id)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/orders/?for={company.public_id}").content.decode()
        assert placed.number in page
        counts.append(len(asked))
    assert counts[1] == counts[2]
    failed = make_organization(person=buyer, name="Never Paid AG")
    told(buy(make_variant(), person=buyer, organization=failed), "payment.declined")
    accounts.leave_organization(user_id=buyer.user_id or 0, public_id=failed.public_id)
    assert "Never Paid AG" not in client.get("/orders/").content.decode()
    assert client.get(f"/orders/?for={failed.public_id}").status_code == 404
