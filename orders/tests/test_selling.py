"""The seller's part: packing, parcels, cancelling, and who is told."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import (
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_organization,
    make_person,
    make_user,
    owner_of,
)
from inventory.testing import counters
from notifications import queries as notifications
from orders import actions, queries
from orders.errors import NotAllowed, NotCancellable
from orders.models import Fulfilment, Order, OrderEvent
from orders.testing import buy, deliver, finish, make_buyer, make_paid_order, make_variant, told
from orders.tests.html import assert_good_html
from orders.tests.pages import said_on
from orders.types import Actor
from payments import queries as payments
from payments.testing import Operation

pytestmark = pytest.mark.django_db


def titles(profile):
    return [row.title for row in notifications.notices_for(profile_id=profile.pk, cursor=None).rows]


def seller_of(order):
    owner = owner_of(order.seller)
    return owner, client_for(owner), f"/studio/{order.seller.handle}/orders/"


def test_shipping_takes_two_clicks_and_tells_the_buyer():
    buyer, _card, _address = make_buyer()
    variant = make_variant()
    order = make_paid_order(variant=variant, quantity=2, person=buyer)
    owner, client, studio = seller_of(order)
    listing = client.get(studio)
    assert_good_html(listing.content.decode())
    assert order.number in listing.content.decode()
    page = client.get(f"{studio}{order.number}/")
    assert_good_html(page.content.decode())
    client.post(f"{studio}{order.number}/ship/", {"carrier": "DHL", "tracking": "12345"})
    order.refresh_from_db()
    assert order.state == "shipped"
    assert counters(variant.pk) == (8, 0)
    finish(order)
    payment = payments.payment(reference=order.purchase.public_id)
    assert payment.captured.amount == order.total
    assert any("On its way" in title for title in titles(buyer))
    assert any("Sold" in title for title in titles(owner))
    seen = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "Track it at DHL" in seen
    assert_good_html(seen)


def test_what_somebody_without_a_profile_did_is_shown_without_a_name():
    order = make_paid_order()
    _owner, client, studio = seller_of(order)
    actions.mark_packed(
        numbers=[order.number],
        seller_id=order.seller_id,
        actor_user_id=make_user(staff=True).pk,
    )
    lines = said_on(client, f"{studio}{order.number}/")
    assert lines[0] == ("Packed", order.seller.name)


def test_two_parcels_are_captured_one_by_one_and_add_up():
    variant = make_variant()
    order = make_paid_order(variant=variant, quantity=3)
    _owner, client, studio = seller_of(order)
    line = order.lines.get()
    client.post(f"{studio}{order.number}/ship/", {f"line-{line.public_id}": "1"})
    order.refresh_from_db()
    assert order.state == "partially_shipped"
    assert counters(variant.pk) == (9, 2)
    client.post(f"{studio}{order.number}/ship/")
    order.refresh_from_db()
    assert order.state == "shipped"
    assert list(Fulfilment.objects.values_list("amount", flat=True)) == [9600 + 600, 2 * 9600]
    finish(order)
    assert payments.payment(reference=order.purchase.public_id).captured.amount == order.total
    assert counters(variant.pk) == (7, 0)


def test_buyer_and_seller_read_what_happened_when_and_who_did_it():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(quantity=2, person=buyer)
    owner, seller, studio = seller_of(order)
    line = order.lines.get()
    seller.post(f"{studio}pack/", {"order": [order.number]})
    seller.post(f"{studio}{order.number}/ship/", {f"line-{line.public_id}": "1"})
    seller.post(f"{studio}{order.number}/ship/")
    client_for(buyer).post(f"/order/{order.number}/received/")
    brand = order.seller.name

    def lines(by, brand):
        return [
            ("Delivered", by),
            ("Everything is on its way", brand),
            ("A parcel left, more to come", brand),
            ("Packed", brand),
            ("Paid: the amount is held on the card", "Payment provider"),
            ("Ordered", by),
        ]

    name = order.purchase.name
    colleague = f"{owner.name} for {brand}"
    for client, path, by, sold_by in (
        (client_for(buyer), f"/order/{order.number}/", "You", brand),
        (client_for(buyer), f"/orders/purchase/{order.purchase.public_id}/", "You", brand),
        (seller, f"{studio}{order.number}/", name, colleague),
    ):
        assert said_on(client, path) == lines(by, sold_by), path


def test_what_happened_to_the_money_stands_there_with_the_time_and_by_whom(settings):
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    _owner, seller, studio = seller_of(order)
    seller.post(f"{studio}{order.number}/ship/")
    finish(order)
    give = {"action": "give_back", "confirmed": "1", "reason": "It never came"}
    row = Operation.objects.get().payment_id
    client_for(make_operator()).post(
        "/admin/payments/payment/", {**give, "_selected_action": [row]}
    )
    finish(order)
    deliver()

    team = f"The team of {settings.SITE_NAME}"
    total = f"€{order.total / 100:.2f}"
    told = [
        (f"{total} went back to the card", team),
        (f"{total} was taken from the card", "Payment provider"),
    ]
    for client, path in (
        (client_for(buyer), f"/order/{order.number}/"),
        (client_for(buyer), f"/orders/purchase/{order.purchase.public_id}/"),
        (seller, f"{studio}{order.number}/"),
    ):
        assert said_on(client, path)[:2] == told, path
        page = client.get(path).content.decode()
        assert f"Of order {order.number}, {total} of {total} was given back." in page


def test_what_was_never_taken_is_not_said_to_have_been_given_back():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    _owner, seller, studio = seller_of(order)
    seller.post(f"{studio}{order.number}/cancel/", {"reason": "It broke in the kiln"})
    finish(order)
    total = f"€{order.total / 100:.2f}"
    for client, path in (
        (client_for(buyer), f"/order/{order.number}/"),
        (client_for(buyer), f"/orders/purchase/{order.purchase.public_id}/"),
        (seller, f"{studio}{order.number}/"),
    ):
        page = client.get(path).content.decode()
        assert f"Of order {order.number}, {total} of {total} was never taken." in page, path
        assert "given back" not in page, path


@pytest.mark.parametrize(
    ("actor", "by"), [(Actor.OPERATOR, "The team of {}"), (Actor.SYSTEM, "{}, by itself")]
)
def test_the_market_s_team_and_what_happens_by_itself_have_words_of_their_own(actor, by, settings):
    order = make_paid_order()
    _owner, seller, studio = seller_of(order)
    operator = make_operator()
    actions.cancel_order(
        number=order.number, actor=actor, actor_user_id=operator.user_id, reason="A fake"
    )
    who = by.format(settings.SITE_NAME)
    assert said_on(seller, f"{studio}{order.number}/")[0] == ("Cancelled: A fake", who)
    assert operator.name not in seller.get(f"{studio}{order.number}/").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("count", ["4", "-1", "x", "1.5", ""])
def test_a_parcel_holds_no_more_than_was_ordered(count):
    order = make_paid_order(quantity=3)
    _owner, client, studio = seller_of(order)
    line = order.lines.get()
    answer = client.post(f"{studio}{order.number}/ship/", {f"line-{line.public_id}": count})
    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == "paid"
    assert not Fulfilment.objects.exists()


def test_packing_ends_the_buyers_right_to_cancel():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    _owner, client, studio = seller_of(order)
    client.post(f"{studio}pack/", {"order": [order.number]})
    order.refresh_from_db()
    assert order.state == "packed"
    answer = client_for(buyer).post(f"/order/{order.number}/cancel/")
    assert answer.status_code == 409
    order.refresh_from_db()
    assert order.state == "packed"
    client.post(f"{studio}pack/", {"order": [order.number]})
    assert OrderEvent.objects.filter(to_state="packed").count() == 1


def test_cancelling_before_packing_gives_everything_back():
    buyer, _card, _address = make_buyer()
    variant = make_variant()
    order = make_paid_order(variant=variant, quantity=2, person=buyer)
    owner = owner_of(order.seller)
    for _time in range(2):
        assert client_for(buyer).post(f"/order/{order.number}/cancel/").status_code == 303
    order.refresh_from_db()
    assert (order.state, order.cancelled_by) == ("cancelled", "buyer")
    assert counters(variant.pk) == (10, 0)
    finish(order)
    assert payments.payment(reference=order.purchase.public_id).state == "voided"
    assert sum("Cancelled" in title for title in titles(buyer)) == 1
    assert sum("Cancelled" in title for title in titles(owner)) == 1


def test_one_of_three_orders_is_cancelled_alone():
    first, second = make_variant(), make_variant()
    placed = _buy_both(first, second)
    one, other = (Order.objects.get(number=number) for number in placed.orders)
    actions.cancel_order(number=one.number, actor=Actor.BUYER, actor_user_id=None)
    finish(one)
    other.refresh_from_db()
    assert other.state == "paid"
    assert counters(first.pk) == (10, 0)
    assert counters(second.pk) == (10, 1)
    payment = payments.payment(reference=placed.purchase_id)
    shares = {
        s.reference: s.voided.amount for s in payments.shares_of(payment_id=payment.payment_id)
    }
    assert shares == {one.number: one.total, other.number: 0}


def _buy_both(first, second):
    from core.money import Money
    from orders.testing import ADDRESS, new_key
    from orders.types import Details, Want

    placed = actions.buy_now(
        user_id=None,
        session=None,
        wants=[Want(variant_id=one.public_id, quantity=1) for one in (first, second)],
        details=Details(email="noor@mail.example", address=ADDRESS),
        methods=(),
        shown_total=Money(20400, "EUR"),
        idempotency_key=new_key(),
        method_id=None,
    )
    told(placed)
    return placed


def test_a_seller_cancels_with_a_reason():
    buyer, _card, _address = make_buyer()
    order = make_paid_order(person=buyer)
    _owner, client, studio = seller_of(order)
    refused = client.post(f"{studio}{order.number}/cancel/", {"reason": "  "})
    assert refused.status_code == 422
    assert_good_html(refused.content.decode())
    order.refresh_from_db()
    assert order.state == "paid"
    client.post(f"{studio}{order.number}/cancel/", {"reason": "The kiln broke."})
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("cancelled", "The kiln broke.")
    deliver()
    page = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "The kiln broke." in page
    assert_good_html(page)


def test_shipped_orders_cannot_be_cancelled_by_anybody():
    variant = make_variant()
    order = make_paid_order(variant=variant)
    actions.ship(number=order.number, seller_id=order.seller_id, actor_user_id=order.user_id or 0)
    for actor in Actor:
        with pytest.raises(NotCancellable):
            actions.cancel_order(number=order.number, actor=actor, actor_user_id=None)
    with pytest.raises(NotAllowed):
        actions.ship(
            number=order.number, seller_id=order.seller_id, actor_user_id=order.user_id or 0
        )
    order.refresh_from_db()
    assert order.state == "shipped"
    assert counters(variant.pk) == (9, 0)


def test_other_brands_strangers_and_guests_find_nothing():
    order = make_paid_order()
    rival = client_for(owner_of(make_brand()))
    chat = client_for(make_member(brand=order.seller, role="chat"))
    studio = f"/studio/{order.seller.handle}/orders/"
    other = make_brand()
    own = client_for(owner_of(other))
    guest = client_for(None)
    for client in (rival, chat, client_for(make_person()), guest):
        for path in (studio, f"{studio}{order.number}/"):
            assert client.get(path).status_code == (302 if client is guest else 404)
        assert client.post(f"{studio}{order.number}/ship/").status_code == 404
        assert client.post(f"{studio}pack/", {"order": order.number}).status_code == 404
        assert client.post(f"{studio}{order.number}/cancel/", {"reason": "x"}).status_code == 404
    mine = f"/studio/{other.handle}/orders/"
    assert own.get(f"{mine}{order.number}/").status_code == 404
    assert own.post(f"{mine}pack/", {"order": order.number}).status_code == 404
    assert own.post(f"{mine}{order.number}/ship/").status_code == 404
    order.refresh_from_db()
    assert order.state == "paid"


def test_finance_may_read_but_not_act():
    order = make_paid_order()
    client = client_for(make_member(brand=order.seller, role="finance"))
    studio = f"/studio/{order.seller.handle}/orders/"
    page = client.get(f"{studio}{order.number}/")
    assert page.status_code == 200
    assert "Mark shipped" not in page.content.decode()
    assert client.post(f"{studio}{order.number}/ship/").status_code == 404
    order.refresh_from_db()
    assert order.state == "paid"


def test_the_list_of_orders_costs_the_same_for_more():
    seller = make_brand()
    from catalog.testing import make_delivery_method

    make_delivery_method(seller=seller, price=600)
    buyer = make_buyer()[0]
    client = client_for(owner_of(seller))
    own_client = client_for(buyer)
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_paid_order(variant=make_variant(seller=seller), person=buyer)
        with CaptureQueriesContext(connection) as studio:
            client.get(f"/studio/{seller.handle}/orders/")
        with CaptureQueriesContext(connection) as own:
            own_client.get("/orders/")
        counts.append((len(studio), len(own)))
    assert counts[0][0] == counts[1][0] <= 8
    assert counts[0][1] == counts[1][1] <= 7


def test_orders_are_found_by_number_name_product_and_sku():
    variant = make_variant(title="Tall vase")
    order = make_paid_order(variant=variant)
    number = order.number.lower().replace("-", "")
    for text in (order.number, number, "noor", "tall", variant.sku or ""):
        found = queries.seller_orders(seller_id=order.seller_id, text=text)
        assert [one.number for one in found.orders] == [order.number], text
    assert not queries.seller_orders(seller_id=order.seller_id, text="' OR 1=1 %_").orders


def test_an_order_is_found_by_the_company_it_was_bought_for_and_its_row_says_it():
    buyer, variant = make_buyer()[0], make_variant()
    company = make_organization(person=buyer, name="Zweite AG")
    order = make_paid_order(variant=variant, person=buyer, organization=company)
    own = make_paid_order(variant=variant, person=buyer)
    _owner, client, studio = seller_of(order)

    def rows(query):
        soup = assert_good_html(client.get(f"{studio}{query}").content.decode())
        return {
            one.get_text(strip=True): one.parent.get_text(" ") for one in soup.select(".goods a")
        }

    found = rows("?q=zweite")
    assert list(found) == [order.number]
    assert "for Zweite AG" in found[order.number]
    assert "for " not in rows("?tab=all")[own.number]
    assert not rows("?q=werkstra"), "its name alone"
    other = make_paid_order()
    assert not queries.seller_orders(seller_id=other.seller_id, text="Zweite").orders


def test_pages_of_the_studio_stand_with_nothing_in_them():
    brand = make_brand()
    client = client_for(owner_of(brand))
    page = client.get(f"/studio/{brand.handle}/orders/")
    assert "No orders yet" in page.content.decode()
    assert_good_html(page.content.decode())
    for query in (
        "?q=%00",
        "?q=" + "x" * 3000,
        "?tab=nothing",
        "?cursor=-1",
        "?cursor=9999999999999999999999",
    ):
        assert client.get(f"/studio/{brand.handle}/orders/{query}").status_code == 200


def test_an_unpaid_order_is_not_the_sellers_business():
    variant = make_variant()
    placed = buy(variant)
    order = Order.objects.get()
    client = client_for(owner_of(order.seller))
    studio = f"/studio/{order.seller.handle}/orders/"
    assert client.get(f"{studio}{placed.orders[0]}/").status_code == 404
    assert client.post(f"{studio}{placed.orders[0]}/ship/").status_code == 404


def test_an_operator_cancels_with_a_confirmation_and_a_reason():
    order = make_paid_order()
    client = client_for(make_operator())
    address = "/admin/orders/order/"
    asked = {"action": "cancel_orders", "_selected_action": [order.pk]}
    first = client.post(address, asked).content.decode()
    assert "This cannot be undone" in first
    assert f"<li>{order.number}</li>" in first
    for reason in ("", " ", "x" * 501):
        again = client.post(address, {**asked, "confirmed": "1", "reason": reason})
        assert 'class="errorlist"' in again.content.decode()
    order.refresh_from_db()
    assert order.state == "paid"
    assert not LogEntry.objects.exists()
    client.post(address, {**asked, "confirmed": "1", "reason": "Fraud"})
    order.refresh_from_db()
    assert (order.state, order.cancelled_by) == ("cancelled", "operator")
    assert "Fraud" in LogEntry.objects.get(object_id=str(order.pk)).change_message


def test_who_may_only_look_at_orders_cancels_none():
    order = make_paid_order()
    clerk = make_operator().user
    clerk.is_superuser = False
    clerk.save()
    address = "/admin/orders/order/"
    asked = {"action": "cancel_orders", "_selected_action": [order.pk]}
    done = {**asked, "confirmed": "1", "reason": "Fraud"}

    clerk.user_permissions.set(Permission.objects.filter(codename="view_order"))
    client = client_for(clerk)
    assert order.number in client.get(address).content.decode()
    assert "cancel_orders" not in client.get(address).content.decode()
    for sent in (asked, done):
        client.post(address, sent)
    order.refresh_from_db()
    assert (order.state, order.given_back) == ("paid", 0)
    assert not LogEntry.objects.exists()

    clerk.user_permissions.set(Permission.objects.filter(codename__endswith="_order"))
    client_for(clerk).post(address, done)
    order.refresh_from_db()
    assert order.state == "cancelled"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["bag", "bagline", "checkout", "purchase", "order", "orderline", "fulfilment", "orderevent"],
)
def test_the_administration_lists_and_finds(name):
    order = make_paid_order()
    client = client_for(make_operator())
    found = client.get(f"/admin/orders/{name}/?q={order.number}")
    assert found.status_code == 200
    assert BeautifulSoup(found.content, "html5lib").select_one("#changelist")
