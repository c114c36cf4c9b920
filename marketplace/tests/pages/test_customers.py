"""A brand's customers: who bought, how often, for how much; nothing a seller may not know."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import erase_account, follow
from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
)
from catalog.testing import make_delivery_method
from core import audits
from marketplace.testing.html import assert_good_html
from marketplace.tests.api.calling import Program, refusal
from marketplace.tests.pages.lists import file_of
from marketplace.tests.pages.test_list_plans import multiply
from orders import actions
from orders.customers import add_up, keys_of
from orders.leaving import drop_contact
from orders.links import purchase_token
from orders.models import Customer, Order
from orders.queries import seller_orders
from orders.testing import buy, finish, make_buyer, make_paid_order, make_variant, told
from orders.types import Actor

pytestmark = pytest.mark.django_db

CUSTOMERS = "/studio/ondine/customers/"


@pytest.fixture
def brand() -> Profile:
    brand = make_brand(name="Ondine Studio", handle="ondine")
    make_delivery_method(seller=brand, price=600)
    return brand


@pytest.fixture
def owner(brand: Profile) -> Client:
    return client_for(owner_of(brand))


def sell(brand: Profile, *, price: int = 9400, person: Profile | None = None) -> Order:
    """A paid order of that much and six for the delivery, by a new buyer unless told."""
    variant = make_variant(seller=brand, price=price)
    return make_paid_order(variant=variant, person=person or make_buyer()[0])


def guest_buys(brand: Profile, *, email: str) -> Order:
    placed = buy(make_variant(seller=brand), email=email)
    told(placed)
    return Order.objects.get(number=placed.orders[0])


def page_of(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return assert_good_html(answer.content.decode())


def numbers_on(client: Client, query: str = "") -> list[str]:
    """The orders that stand for the customers on the page."""
    links = page_of(client, CUSTOMERS + query).select("td.lead a")
    return [str(link["href"]).split("/")[-2] for link in links]


def test_orders_of_one_person_are_one_customer_and_add_up(brand: Profile, owner: Client) -> None:
    buyer = make_buyer()[0]
    first = sell(brand, price=9400, person=buyer)
    sell(brand, price=400, person=buyer)
    cancelled = sell(brand, price=70000, person=buyer)
    actions.cancel_order(number=cancelled.number, actor=Actor.BUYER, actor_user_id=None)
    other = sell(brand)
    sell(make_brand_with_delivery(), person=buyer)
    assert numbers_on(owner) == [other.number, first.number]
    row = next(one for one in file_of(owner, CUSTOMERS + "?as=csv") if one["Orders"] == "3")
    assert (row["Spent"], row["Currency"], row["Country"]) == ("110.00", "EUR", "Germany")
    assert row["Follows you"] == "No"


def make_brand_with_delivery() -> Profile:
    brand = make_brand()
    make_delivery_method(seller=brand, price=600)
    return brand


def test_guests_are_known_by_their_address_however_it_is_written(
    brand: Profile, owner: Client
) -> None:
    one = guest_buys(brand, email="gerda@mail.example")
    guest_buys(brand, email="Gerda@Mail.example")
    other = guest_buys(brand, email="hans@mail.example")
    assert numbers_on(owner) == [other.number, one.number]


def test_whoever_bought_as_a_guest_and_with_an_account_stands_twice_and_it_says_why(
    brand: Profile, owner: Client
) -> None:
    email = sell(brand).purchase.email
    order = guest_buys(brand, email=email)
    rows = page_of(owner, CUSTOMERS).select("td.lead")
    said = [row.get_text(" ", strip=True) for row in rows]
    assert [email in one for one in said] == [True, True]
    assert ["bought as a guest" in one for one in said] == [True, False]
    assert "bought as a guest" in page_of(owner, f"{CUSTOMERS}{order.number}/").get_text()


def test_a_page_has_what_there_is_between_the_two(brand: Profile, owner: Client) -> None:
    buyer = make_buyer()[0]
    first, second = sell(brand, person=buyer), sell(brand, person=buyer)
    foreign = sell(make_brand_with_delivery(), person=buyer)
    follow(follower_id=buyer.pk, followed_id=brand.pk)
    client_for(buyer).post(f"/ask/order/{first.number}/", {"text": "Is it dishwasher safe?"})
    page = page_of(owner, f"{CUSTOMERS}{second.number}/").get_text(" ")
    for words in (first.number, second.number, "€200.00", "Follows you", "dishwasher safe"):
        assert words in page
    assert foreign.number not in page
    assert buyer.handle not in page, "an order tells a name, not who that is elsewhere"
    clerk = client_for(make_member(brand=brand, role="orders"))
    seen = page_of(clerk, f"{CUSTOMERS}{second.number}/").get_text(" ")
    assert second.number in seen
    assert "dishwasher safe" not in seen, "questions are for those who answer them"


def test_who_deleted_their_account_is_a_line_without_a_name(brand: Profile, owner: Client) -> None:
    buyer = make_buyer()[0]
    order = sell(brand, person=buyer)
    assert buyer.user is not None
    email = buyer.user.email
    erase_account(user_id=buyer.user.pk)
    for address in (CUSTOMERS, f"{CUSTOMERS}{order.number}/"):
        page = page_of(owner, address).get_text(" ")
        assert "Account deleted" in page
        assert "Noor" not in page
        assert email not in page
    (row,) = file_of(owner, CUSTOMERS + "?as=csv")
    assert (row["Customer"], row["E-mail"]) == ("Account deleted", "")
    assert numbers_on(owner, "?q=noor") == [], "nor is it found by the name"


def test_search_filters_and_orders(brand: Profile, owner: Client) -> None:
    often = make_buyer()[0]
    little = sell(brand, price=100, person=often)
    sell(brand, price=100, person=often)
    much = sell(brand, price=90000)
    guest = guest_buys(brand, email="hans@mail.example")
    assert numbers_on(owner) == [guest.number, much.number, little.number]
    assert numbers_on(owner, "?sort=spent")[0] == much.number
    assert numbers_on(owner, "?sort=orders")[0] == little.number
    assert numbers_on(owner, "?kind=again") == [little.number]
    assert numbers_on(owner, "?kind=once") == [guest.number, much.number]
    assert numbers_on(owner, "?q=HANS@") == [guest.number]
    assert numbers_on(owner, "?q=%25") == []
    for query in ("?sort=user__password", "?kind=%27", "?cursor=x.y", "?sort=spent&cursor=1.%00"):
        assert len(numbers_on(owner, query)) == 3


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["last", "spent", "orders"])
def test_the_file_has_everybody_once_in_every_order(
    brand: Profile, owner: Client, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr("core.listing.CHUNK", 2)
    for number in range(5):
        guest_buys(brand, email=f"guest{number}@mail.example")
    rows = file_of(owner, f"{CUSTOMERS}?as=csv&sort={sort}")
    assert sorted(row["E-mail"] for row in rows) == [f"guest{n}@mail.example" for n in range(5)]


def kept(brand: Profile) -> list[tuple[str, int, int]]:
    """What the list knows: kind of key, how many orders, for how much."""
    rows = Customer.objects.filter(seller=brand).order_by("pk")
    return [(one.buyer[0], one.orders, one.spent) for one in rows]


def everything_adds_up() -> None:
    assert list(audits.violations(invariants=frozenset({"I4"}))) == []


def test_what_is_kept_follows_what_becomes_of_orders(brand: Profile, owner: Client) -> None:
    buyer = make_buyer()[0]
    first, second = sell(brand, person=buyer, price=5000), sell(brand, person=buyer, price=9000)
    assert kept(brand) == [("u", 2, 15_200)]
    actions.cancel_order(
        number=second.number,
        actor=Actor.SELLER,
        seller_id=brand.pk,
        actor_user_id=owner_of(brand).user_id,
        reason="The kiln broke",
    )
    finish(second)
    assert kept(brand) == [("u", 2, 5_600)], "it was ordered, and nothing is kept of it"
    assert numbers_on(owner, "?kind=again") == [first.number]
    everything_adds_up()


def test_the_same_news_twice_counts_once(brand: Profile) -> None:
    order = sell(brand, price=5000)
    for _again in range(2):
        add_up(keys_of(Order.objects.filter(number=order.number)))
    assert kept(brand) == [("u", 1, 5_600)]
    assert Customer.objects.get().first_id == order.pk


def test_a_guest_who_gets_an_account_is_one_customer(brand: Profile) -> None:
    person = make_person()
    assert person.user is not None
    sell(brand, person=make_buyer()[0], price=1000)
    guests = guest_buys(brand, email="gerda@mail.example")
    guest_buys(brand, email="gerda@mail.example")
    assert [one[:2] for one in kept(brand)] == [("u", 1), ("e", 2)]
    token = purchase_token(purchase_id=guests.purchase.public_id)
    actions.claim_orders(token=token, user_id=person.user.pk)
    assert sorted(one[:2] for one in kept(brand)) == [("e", 1), ("u", 1), ("u", 1)]
    everything_adds_up()


def test_an_address_that_goes_leaves_the_list(brand: Profile) -> None:
    """Whoever drops it. Those who leave do, and they are known by their account; guests keep it."""
    order = guest_buys(brand, email="gerda@mail.example")
    Order.objects.filter(pk=order.pk).update(state="completed", completed_at=order.paid_at)
    drop_contact(purchase_id=order.purchase_id)
    assert Customer.objects.get().buyer == f"o{order.pk}"
    everything_adds_up()


def test_of_a_great_many_a_tab_counts_so_many_and_says_more(brand: Profile, owner: Client) -> None:
    order = sell(brand)
    gone = {"state": "'cancelled'", "cancelled_at": "now()"}
    multiply(order, 1_005, number="'N' || n", public_id="'n' || n", **gone)
    counts = seller_orders(seller_id=brand.pk).counts
    assert (counts["open"], counts["cancelled"], counts["all"]) == (1, 1_000, 1_000)
    assert "999+" in page_of(owner, "/studio/ondine/orders/").get_text(" ")
    unpaid = Order.objects.filter(state="cancelled").order_by("pk")[10:].values("pk")
    Order.objects.filter(pk__in=list(unpaid.values_list("pk", flat=True))).update(paid_at=None)
    assert seller_orders(seller_id=brand.pk).counts["cancelled"] == 10


def test_customers_of_others_are_like_none(brand: Profile, owner: Client) -> None:
    mine = sell(brand)
    foreign = sell(make_brand_with_delivery())
    absent = owner.get(f"{CUSTOMERS}P-ZZZZ-ZZZZ/")
    other = owner.get(f"{CUSTOMERS}{foreign.number}/")
    assert absent.status_code == other.status_code == 404
    unpaid = buy(make_variant(seller=brand))
    assert owner.get(f"{CUSTOMERS}{unpaid.orders[0]}/").status_code == 404
    guest = Client()
    for client in (guest, client_for(make_person()), client_for(owner_of(make_brand()))):
        for address in (CUSTOMERS, f"{CUSTOMERS}{mine.number}/", CUSTOMERS + "?as=csv"):
            assert client.get(address).status_code == (302 if client is guest else 404)
    chat = client_for(make_member(brand=brand, role="chat"))
    assert chat.get(CUSTOMERS).status_code == 404
    assert PASSWORD not in page_of(owner, CUSTOMERS).get_text()


def test_more_customers_cost_no_more_queries(brand: Profile, owner: Client) -> None:
    counts = []
    for _round in range(2):
        buyers = [make_buyer()[0] for _n in range(3)]
        orders = [sell(brand, person=buyer) for buyer in buyers]
        with CaptureQueriesContext(connection) as listed:
            owner.get(CUSTOMERS)
        with CaptureQueriesContext(connection) as one:
            owner.get(f"{CUSTOMERS}{orders[0].number}/")
        counts.append((len(listed), len(one)))
    # Session, user, memberships; customers, their orders, who follows.
    # One customer: whose order, sums in two, first and last order, who follows, orders, lines,
    # parcels, questions.
    assert counts[0] == counts[1]
    assert counts[0][0] <= 7
    assert counts[0][1] <= 12


def test_nobody_bought_yet(owner: Client) -> None:
    page = page_of(owner, CUSTOMERS)
    assert "No customers yet" in page.get_text()
    assert len(page.select(".void .btn")) == 1


def test_programs_read_the_same_customers(brand: Profile, owner: Client) -> None:
    buyer = make_buyer()[0]
    first = sell(brand, price=9400, person=buyer)
    second = sell(brand, price=400, person=buyer)
    other = guest_buys(brand, email="mara@mail.example")
    sell(make_brand_with_delivery(), person=buyer)
    program = Program(make_member(brand=brand, role="finance"))
    here = "studio/ondine/customers/"
    for query, wanted in (
        ("", [other, first]),
        ("?kind=again", [first]),
        ("?sort=orders", [first, other]),
        ("?find=mara%40mail", [other]),
        ("?find=nobody-at-all", []),
    ):
        found = [one["number"] for one in program.get(here + query)["results"]]
        assert found == [one.number for one in wanted], query
    page = program.get(f"{here}{second.number}/")
    assert page["customer"]["number"] == first.number
    assert (page["customer"]["orders"], page["customer"]["spent"]["amount"]) == (2, 11_000)
    assert [one["number"] for one in page["orders"]] == [second.number, first.number]
    assert "user_id" not in page["customer"]
    assert buyer.user is not None
    erase_account(user_id=buyer.user.pk)
    gone = program.get(f"{here}{first.number}/")["customer"]
    assert (gone["gone"], gone["name"], gone["email"]) == (True, "", "")
    packer = Program(make_member(brand=brand, role="catalogue"))
    assert refusal(packer.call("GET", here))[0] == 404


def test_the_page_of_one_customer_shows_what_they_bought(brand: Profile, owner: Client) -> None:
    order = sell(brand)
    page = page_of(owner, f"{CUSTOMERS}{order.number}/")
    assert page.select_one("main td picture, main td img") is not None
