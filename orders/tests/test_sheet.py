"""Buying one thing through its sheet, as a browser without scripts would."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, make_person
from catalog import actions as catalog
from core.money import Money
from inventory.testing import counters
from orders.models import BagLine, Order, Purchase
from orders.testing import deliver, make_buyer, make_variant
from orders.tests.html import assert_good_html
from orders.tests.pages import FIVE, form_of, path_of, statements
from payments import queries as payments
from payments.testing import tell
from tracking import queries as tracking

pytestmark = pytest.mark.django_db


def test_a_guest_buys_with_five_fields(client, sandbox):
    variant = make_variant()
    with CaptureQueriesContext(connection) as first:
        page = client.get(f"/buy/{variant.public_id}/")
    assert_good_html(page.content.decode())
    assert "€102.00" in page.content.decode()
    with CaptureQueriesContext(connection) as second:
        going = client.post(
            f"/buy/{variant.public_id}/",
            {**form_of(page, "/buy/"), **FIVE, "do": "pay"},
            headers={"accept-language": "en"},
        )
    assert going.status_code == 303, going.content.decode()
    back = sandbox.pay(going["location"])
    # The provider's message comes before the buyer; webhooks do not count.
    sandbox.deliver(payments.payment(reference=Purchase.objects.get().public_id).payment_id)
    with CaptureQueriesContext(connection) as third:
        answer = client.get(path_of(back))
    assert answer.status_code == 303
    with CaptureQueriesContext(connection) as fourth:
        done = client.get(answer["location"])
    assert "It is paid" in done.content.decode()
    assert_good_html(done.content.decode())
    order = Order.objects.get()
    assert order.number in done.content.decode()
    keep = BeautifulSoup(done.content, "html5lib").select_one(".keep a")["href"]
    assert "email=guest%40mail.example&name=Gerda%20Gast&" in keep, "neither is typed again"
    assert counters(variant.pk) == (10, 1)
    counts = [len(statements(one)) for one in (first, second, third, fourth)]
    assert sum(counts) <= 30, counts
    deliver()
    assert Order.objects.get().state == "paid"


def test_a_returning_buyer_pays_in_one_press(sandbox):
    variant = make_variant()
    person, _card, _address = make_buyer()
    client = client_for(person)
    page = client.get(f"/buy/{variant.public_id}/")
    text = page.content.decode()
    assert "Buy in one tap" in text
    assert "Lange Straße 5" in text
    assert_good_html(text)
    paid = client.post(f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), "do": "pay"})
    assert paid.status_code == 303
    assert Order.objects.get().state == "paid"
    assert "It is paid" in client.get(paid["location"]).content.decode()


def test_the_sheet_for_the_dialog_is_only_the_block(client):
    variant = make_variant()
    page = client.get(f"/buy/{variant.public_id}/", headers={"x-fragment": "sheet"})
    assert "<html" not in page.content.decode()
    soup = assert_good_html(page.content.decode(), fragment=True)
    assert soup.select_one("[data-sheet-body] > footer, [data-sheet-body] form > footer")


def test_who_sells_is_named_before_one_pays(client):
    """The sheet is all that one sees between somebody's pin and paying."""
    one, other = make_variant(), make_variant()
    for path, sold in (
        (one.public_id, [one.seller]),
        (f"{one.public_id},{other.public_id}", [one.seller, other.seller]),
    ):
        for headers in ({}, {"x-fragment": "sheet"}):
            page = client.get(f"/buy/{path}/", headers=headers)
            soup = BeautifulSoup(page.content, "html5lib")
            rows = soup.select("[data-sheet-body] .row a")
            assert [(a["href"], a.get_text()) for a in rows] == [
                (f"/@{brand.handle}/", brand.name) for brand in sold
            ]
            foot = soup.select("[data-sheet-body] .sheet__law a")
            assert [a["href"] for a in foot] == [f"/@{brand.handle}/about/" for brand in sold]
            assert all(brand.name in a.get_text() for brand, a in zip(sold, foot, strict=True))
    about = client.get(f"/@{one.seller.handle}/about/").content.decode()
    assert one.seller.organization.name in about


def test_reading_the_sheet_reserves_nothing(client):
    variant = make_variant()
    client.get(f"/buy/{variant.public_id}/")
    client.post(f"/buy/{variant.public_id}/", {"do": "update", "quantity": "3"})
    assert counters(variant.pk) == (10, 0)
    assert not Purchase.objects.exists()


def test_everything_typed_is_kept_when_something_is_wrong(client):
    variant = make_variant()
    page = client.get(f"/buy/{variant.public_id}/")
    wrong = {**FIVE, "email": "guest@", "postcode": "1011"}
    answer = client.post(
        f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), **wrong, "do": "pay"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert_good_html(text)
    said = BeautifulSoup(text, "html5lib").get_text()
    assert said.count("Enter an e-mail address like name@example.org") == 2
    assert said.count("Enter a postcode of Germany, like 10115") == 2
    assert 'value="Gerda Gast"' in text
    assert 'value="1011"' in text
    assert not Purchase.objects.exists()


def test_the_dialog_shows_the_sheet_again_when_something_is_wrong(client):
    variant = make_variant()
    path, ask = f"/buy/{variant.public_id}/", {"x-fragment": "sheet"}
    page = client.get(path, headers=ask)
    wrong = {**form_of(page, "/buy/"), **FIVE, "postcode": "1011", "do": "pay"}
    answer = client.post(path, wrong, headers=ask)
    soup = assert_good_html(answer.content.decode(), fragment=True)
    assert answer.status_code == 200
    assert "Enter a postcode of Germany, like 10115" in soup.select_one(".errs").get_text()
    assert soup.select_one("[name=name]")["value"] == "Gerda Gast"
    assert not Purchase.objects.exists()


def test_the_dialog_is_told_where_to_go_on(client, sandbox):
    variant = make_variant()
    path, ask = f"/buy/{variant.public_id}/", {"x-fragment": "sheet"}
    typed = {**form_of(client.get(path, headers=ask), "/buy/"), **FIVE, "do": "pay"}
    told = client.post(path, typed, headers=ask)
    assert told.status_code == 200
    assert told.json() == {"location": client.post(path, typed)["location"]}
    client.get(path_of(sandbox.pay(told.json()["location"])))
    assert Purchase.objects.get().paid_at is not None


def test_who_has_no_address_yet_need_not_type_their_name():
    variant = make_variant()
    client = client_for(make_person(name="Nora Neu"))
    path = f"/buy/{variant.public_id}/"
    assert form_of(client.get(path), "/buy/")["name"] == "Nora Neu"
    typed = client.post(path, {"do": "update", "name": "N. Neu"})
    assert form_of(typed, "/buy/")["name"] == "N. Neu"
    client.post("/bag/add/", {"variant": variant.public_id})
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    assert form_of(client.get(started["location"]), "/checkout/")["name"] == "Nora Neu"
    assert form_of(Client().get(path), "/buy/")["name"] == ""


def test_a_changed_price_is_asked_again_with_both_prices(client):
    variant = make_variant()
    page = client.get(f"/buy/{variant.public_id}/")
    catalog.set_price(variant_id=variant.public_id, price=Money(9900, "EUR"), actor_id=None)
    answer = client.post(
        f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), **FIVE, "do": "pay"}
    )
    assert answer.status_code == 409
    assert "was €102.00 and is now €105.00" in answer.content.decode()
    assert 'value="Gerda Gast"' in answer.content.decode()
    assert not Purchase.objects.exists()
    assert counters(variant.pk) == (10, 0)


def test_two_tabs_and_two_presses_make_one_order(sandbox):
    variant = make_variant()
    person, _card, _address = make_buyer()
    client = client_for(person)
    one = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    two = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    first = client.post(f"/buy/{variant.public_id}/", {**one, "do": "pay"})
    second = client.post(f"/buy/{variant.public_id}/", {**two, "do": "pay"})
    third = client.post(f"/buy/{variant.public_id}/", {**one, "do": "pay"})
    assert first["location"] == second["location"] == third["location"]
    assert Order.objects.count() == 1
    later = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    client.post(f"/buy/{variant.public_id}/", {**later, "do": "pay"})
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    "quantity",
    [
        "0",
        "-1",
        "1.5",
        "1e9",
        "2147483648",
        "9223372036854775808",
        "NaN",
        " 1",
        "true",
        "[]",
        "\u0661",
    ],
)
def test_nonsense_quantities_change_nothing(client, quantity):
    variant = make_variant()
    for address, data in (
        ("/bag/add/", {"variant": variant.public_id, "quantity": quantity}),
        (f"/buy/{variant.public_id}/", {"quantity": quantity, "do": "pay", **FIVE}),
    ):
        assert 400 <= client.post(address, data).status_code < 500
    assert 400 <= client.get(f"/buy/{variant.public_id}:{quantity}/").status_code < 500
    assert not BagLine.objects.exists()
    assert not Purchase.objects.exists()
    assert counters(variant.pk) == (10, 0)


def test_fields_of_the_server_cannot_be_sent(sandbox):
    variant = make_variant()
    person, _card, _address = make_buyer()
    client = client_for(person)
    data = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    evil = {
        "price": "1",
        "discount": "100",
        "delivery": "0",
        "tax": "0",
        "user": "1",
        "state": "paid",
        "is_staff": "1",
        "seller": "1",
        "created_at": "2000-01-01",
    }
    client.post(f"/buy/{variant.public_id}/", {**data, **evil, "do": "pay"})
    order = Order.objects.get()
    assert (order.total, order.user_id, order.seller_id) == (
        10200,
        person.user_id,
        variant.seller_id,
    )


def test_somebody_elses_address_is_not_found():
    variant = make_variant()
    _other, _card, foreign = make_buyer()
    person, _card, _address = make_buyer()
    client = client_for(person)
    data = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    answer = client.post(
        f"/buy/{variant.public_id}/", {**data, "address": foreign.public_id, "do": "pay"}
    )
    assert answer.status_code == 404
    assert not Purchase.objects.exists()


@pytest.mark.parametrize("path", ["nothing", "a,b", "'", "x" * 200, "bcdfghjkmnpq:0"])
def test_addresses_that_name_nothing_are_not_found(client, path):
    assert client.get(f"/buy/{path}/").status_code in (404, 422)


def test_a_silent_provider_is_waited_for(settings):
    settings.PROVIDER_ORIGIN = "http://127.0.0.1:9"  # nobody listens there
    variant = make_variant()
    client = client_for(make_buyer()[0])
    data = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    going = client.post(f"/buy/{variant.public_id}/", {**data, "do": "pay"})
    page = client.get(going["location"])
    text = page.content.decode()
    assert "We are checking your payment" in text
    assert 'http-equiv="refresh"' in text
    assert_good_html(text)
    assert counters(variant.pk) == (10, 1)
    payment = payments.payment(reference=Purchase.objects.get().public_id)
    assert payment is not None
    tell(payment)
    assert "It is paid" in client.get(going["location"], follow=True).content.decode()


def test_one_tap_pay_costs_fourteen_queries(sandbox):
    variant = make_variant()
    client = client_for(make_buyer()[0])
    data = form_of(client.get(f"/buy/{variant.public_id}/"), "/buy/")
    with CaptureQueriesContext(connection) as context:
        client.post(f"/buy/{variant.public_id}/", {**data, "do": "pay"})
    found = statements(context)
    commit = next(
        i
        for i, sql in enumerate(found)
        if sql.startswith('UPDATE "inventory_stock"')
        or ("inventory_stock" in sql and "UPDATE" in sql)
    )
    assert commit + 1 <= 14, "\n".join(found)


def test_an_order_remembers_the_pin_that_led_to_it(client):
    variant = make_variant()
    token = tracking.touch_token(source="pin", ref="pinpinpinpin")
    page = client.get(f"/buy/{variant.public_id}/?t={token}")
    client.post(f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), **FIVE, "do": "pay"})
    touch = Order.objects.get().touch
    assert (touch["source"], touch["ref"]) == ("pin", "pinpinpinpin")
