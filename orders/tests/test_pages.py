"""Buying through pages, as a browser without scripts would."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, make_person
from catalog import actions as catalog
from core import clock
from core.money import Money
from inventory.testing import counters
from orders import actions
from orders.models import BagLine, Checkout, Order, Purchase
from orders.testing import buy, deliver, make_buyer, make_paid_order, make_variant
from orders.tests.html import assert_good_html
from payments import queries as payments
from payments.testing import DECLINED, tell
from tracking import queries as tracking

pytestmark = pytest.mark.django_db
FIVE = {
    "email": "guest@mail.example",
    "name": "Gerda Gast",
    "street": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


def statements(context):
    ignored = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in context if not one["sql"].startswith(ignored)]


def form_of(response, action=""):
    """Fields of the form that posts to `action`, as they stand."""
    soup = BeautifulSoup(response.content, "html5lib")
    form = next(
        one for one in soup.find_all("form", method="post") if action in str(one.get("action"))
    )
    fields: dict[str, str] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            fields[str(name)] = str(chosen["value"]) if chosen else ""
        else:
            fields[str(name)] = str(field.get("value", ""))
    return fields


def path_of(location):
    return re.sub(r"^https?://[^/]+", "", location)


# --- the sheet -----------------------------------------------------------------------------------


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
    assert text.count("Enter an e-mail address like name@example.org") == 2
    assert text.count("Enter a postcode of Germany, like 10115") == 2
    assert 'value="Gerda Gast"' in text
    assert 'value="1011"' in text
    assert not Purchase.objects.exists()


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


# --- bag and checkout ----------------------------------------------------------------------------


def filled_bag(client, count=3):
    variants = [make_variant() for _ in range(count)]
    for variant in variants:
        client.post("/bag/add/", {"variant": variant.public_id})
    return variants


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
    assert Order.objects.filter(state="paid").count() == 3
    assert Purchase.objects.get().total == 30600
    assert not BagLine.objects.exists()
    assert len({order.number for order in Order.objects.all()}) == 3


def begun(client):
    """A checkout of one piece, filled in: the variant, its address and what its form would post."""
    (variant,) = filled_bag(client, 1)
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    page = client.get(started["location"])
    data = {**form_of(page, "/checkout/"), **FIVE, "do": "pay"}
    return variant, started["location"], data


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


def test_a_closed_payment_window_is_said_and_gone_on_from(client, sandbox):
    variant, address, data = begun(client)
    going = client.post(address, data)
    # The window is still open elsewhere: the checkout says so, a second Pay goes to the same one.
    waiting = client.get(address)
    assert "A payment is under way" in waiting.content.decode()
    assert_good_html(waiting.content.decode())
    assert client.post(address, data)["location"] == going["location"]
    back = client.get(path_of(sandbox.leave(going["location"])), follow=True)
    assert "You left the payment page, so nothing was charged." in back.content.decode()
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


def test_a_stale_bag_is_shown_again(client):
    filled_bag(client, 1)
    stale = form_of(client.get("/bag/"), "/checkout/")
    filled_bag(client, 1)
    answer = client.post("/checkout/", stale)
    assert answer.status_code == 409
    assert "another tab" in answer.content.decode()
    assert not Checkout.objects.exists()


def test_removing_can_be_undone(client):
    (variant,) = filled_bag(client, 1)
    removed = client.post(f"/bag/line/?variant={variant.public_id}", {"quantity": "0"}, follow=True)
    assert not BagLine.objects.exists()
    undo = re.search(r'formaction="(/bag/add/[^"]+)"', removed.content.decode()).group(1)
    client.post(undo.replace("&amp;", "&"))
    assert BagLine.objects.get().variant == variant


def test_adding_to_the_bag_costs_six_queries():
    variant = make_variant()
    client = client_for(make_person())
    for _time in range(2):
        with CaptureQueriesContext(connection) as context:
            client.post("/bag/add/", {"variant": variant.public_id})
        assert len(statements(context)) <= 6, "\n".join(statements(context))
    assert BagLine.objects.get().quantity == 2


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


def test_a_guests_bag_joins_the_account_and_leaves_the_device(client):
    (variant,) = filled_bag(client, 1)
    person = make_person()
    from django.test import RequestFactory

    from accounts import actions as accounts

    request = RequestFactory().post("/")
    request.session = client.session
    accounts.log_in(request=request, user_id=person.user_id or 0)
    line = BagLine.objects.get()
    assert line.bag.user_id == person.user_id
    assert line.variant == variant
    assert "bag" not in request.session


# --- foreign and absent --------------------------------------------------------------------------


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
    from orders.links import purchase_token
    from orders.testing import buy, told

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


# --- what led here, and what changed -------------------------------------------------------------


def archive(product):
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )


def test_an_order_remembers_the_pin_that_led_to_it(client):
    variant = make_variant()
    token = tracking.touch_token(source="pin", ref="pinpinpinpin")
    page = client.get(f"/buy/{variant.public_id}/?t={token}")
    client.post(f"/buy/{variant.public_id}/", {**form_of(page, "/buy/"), **FIVE, "do": "pay"})
    touch = Order.objects.get().touch
    assert (touch["source"], touch["ref"]) == ("pin", "pinpinpinpin")


def test_a_bag_keeps_what_led_to_each_line(client):
    variant = make_variant()
    token = tracking.touch_token(source="search", ref="vase")
    client.get(f"/buy/{variant.public_id}/?t={token}")
    client.post("/bag/add/", {"variant": variant.public_id})
    assert BagLine.objects.get().touch["ref"] == "vase"


def test_the_bag_explains_what_changed_since(client):
    variants = filled_bag(client, 2)
    catalog.set_price(variant_id=variants[0].public_id, price=Money(10500, "EUR"), actor_id=None)
    product = variants[1].product
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    page = client.get("/bag/").content.decode()
    assert_good_html(page)
    assert "The price went up by €9.00." in page
    assert "No longer for sale" in page
    assert "€111.00" in page  # 105 and 6 for delivery: what is gone is in no sum


def test_unavailable_pieces_are_left_behind_at_checkout(client):
    variants = filled_bag(client, 2)
    product = variants[1].product
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    assert started.status_code == 303
    assert [line["variant"] for line in Checkout.objects.get().lines] == [variants[0].public_id]
    assert counters(variants[1].pk) == (10, 0)


def test_somebody_faster_is_told_before_paying(client):
    variant = make_variant(stock=1)
    client.post("/bag/add/", {"variant": variant.public_id})
    bag = form_of(client.get("/bag/"), "/checkout/")
    buy(variant)
    answer = client.post("/checkout/", bag)
    assert answer.status_code == 409
    assert Checkout.objects.count() == 1  # that of the faster one
    assert counters(variant.pk) == (1, 1)


def test_pages_with_nothing_in_them_say_what_to_do(client):
    assert "Your bag is empty" in client.get("/bag/").content.decode()
    page = client.get("/orders/").content.decode()
    assert "No orders yet" in page
    assert_good_html(page)
