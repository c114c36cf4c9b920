"""A brand's overview: for its team only, in a constant number of queries, with words for all."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of
from accounts.types import Role
from catalog.actions import publish_product
from catalog.testing import make_delivery_method, make_product, make_service
from core import clock
from feed.testing import make_pin
from insights.models import Conversion
from marketplace.testing.html import assert_good_html
from orders.testing import make_paid_order, make_variant

pytestmark = pytest.mark.django_db


def test_only_the_team_sees_it(client: Client) -> None:
    brand = make_brand(handle="ondine")
    finance = make_member(brand=brand, role="finance")
    for member in (owner_of(brand), finance):
        assert client_for(member).get("/studio/ondine/").status_code == 200
    for stranger in (client, client_for(make_person()), client_for(owner_of(make_brand()))):
        assert stranger.get("/studio/ondine/").status_code == (302 if stranger is client else 404)


def test_an_empty_studio_says_what_to_do() -> None:
    brand = make_brand(handle="ondine")
    answer = client_for(owner_of(brand)).get("/studio/ondine/")
    assert_good_html(answer.content.decode())
    html = answer.content.decode()
    assert "Nothing waits for you" in html
    assert "No pin has earned an order" in html


def test_the_first_step_is_a_product_until_one_was_published() -> None:
    brand = make_brand(handle="ondine")

    def first(member: Profile) -> list[tuple[str, str]]:
        page = BeautifulSoup(client_for(member).get("/studio/ondine/").content, "html5lib")
        return [
            (one.get_text(), str(one["href"])) for one in page.select(".desk__head .btn--solid")
        ]

    new_pin = ("New pin", "/studio/ondine/pins/new/")
    owner, finance = owner_of(brand), make_member(brand=brand, role="finance")
    assert first(owner) == [("Add your first product", "/studio/ondine/products/new/")]
    assert first(finance) == []
    product = make_product(seller=brand, publish=False)
    assert first(owner) == [("Publish your first product", "/studio/ondine/products/")]
    publish_product(product_id=product.public_id, seller_id=brand.pk, actor_id=None)
    assert first(owner) == [new_pin]


def test_who_offers_services_is_not_sent_to_products() -> None:
    brand = make_brand(handle="ondine")
    make_service(seller=brand)
    html = client_for(owner_of(brand)).get("/studio/ondine/").content.decode()
    assert "first product" not in html
    assert "New pin" in html


@pytest.mark.parametrize("days", ["7", "30", "90", "abc", "-1", "1e9", "%00"])
def test_a_strange_period_is_thirty_days(days: str) -> None:
    brand = make_brand(handle="ondine")
    assert client_for(owner_of(brand)).get(f"/studio/ondine/?days={days}").status_code == 200


@pytest.mark.parametrize("orders", [1, 4])
def test_orders_are_there_with_totals_and_the_queries_do_not_grow(
    orders: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    brand = make_brand(handle="ondine")
    make_delivery_method(seller=brand, price=600)
    made = [make_paid_order(variant=make_variant(seller=brand, stock=5)) for _ in range(orders)]
    client = client_for(owner_of(brand))
    client.get("/studio/ondine/")
    # session, user, products, days, pins that sell, their counts, sources, clicks, checkouts (2),
    # tabs, orders with lines, parcels and sellers, pins and products of the lists, titles
    with django_assert_max_num_queries(20):
        html = client.get("/studio/ondine/").content.decode()
    assert made[0].number in html
    assert "Where orders came from" in html


@pytest.mark.slow
@pytest.mark.parametrize("role", ["owner", "orders", "finance", "ads", "catalogue", "chat"])
def test_money_is_for_those_who_see_orders_and_for_ads(role: Role) -> None:
    brand = make_brand(handle="ondine")
    make_delivery_method(seller=brand, price=600)
    pin = make_pin(author=brand, title="On the shelf")
    order = make_paid_order(variant=make_variant(seller=brand))
    Conversion.objects.update(source="pin", ref=pin.public_id, touched_at=clock.now())
    member = owner_of(brand) if role == "owner" else make_member(brand=brand, role=role)
    page = assert_good_html(client_for(member).get("/studio/ondine/").content.decode())
    seen = " ".join(page.select_one("main").get_text(" ").split())
    assert "On the shelf" in seen
    assert "From pin to purchase" in seen
    assert ("1 order" in seen) is (role in ("catalogue", "chat"))
    for words in ("€", "Sales", "Where orders came from", "compared with"):
        assert (words in seen) is (role not in ("catalogue", "chat")), words
    assert (order.number in seen) is (role in ("owner", "orders", "finance"))


def test_the_chooser_goes_straight_to_the_only_studio() -> None:
    owner = make_person()
    make_brand(handle="ondine", owner=owner)
    answer = client_for(owner).get("/studio/")
    assert answer.headers["Location"] == "/studio/ondine/"
    make_brand(handle="second", owner=owner)
    html = client_for(owner).get("/studio/").content.decode()
    assert "/studio/ondine/" in html
    assert "/studio/second/" in html


def test_somebody_without_a_brand_is_told_how() -> None:
    assert "No brand yet" in client_for(make_person()).get("/studio/").content.decode()


def test_every_room_says_how_many_orders_wait_to_those_who_may_see_them() -> None:
    brand = make_brand(handle="ondine")
    make_delivery_method(seller=brand, price=600)
    variant = make_variant(seller=brand, stock=5)
    for _ in range(2):
        make_paid_order(variant=variant)
    foreign = make_paid_order()

    def badge(client: Client, path: str) -> str | None:
        html = BeautifulSoup(client.get(path).content, "html5lib")
        links = [one for one in html.select(".desk__nav a") if one["href"].endswith("/orders/")]
        pill = links[0].select_one(".pill") if links else None
        return pill.text if pill else None

    owner = client_for(owner_of(brand))
    rooms = ["", "orders/", "products/", "pins/", "team/", "log/", "customers/"]
    for room in rooms:
        assert badge(owner, f"/studio/ondine/{room}") == "2", room
    catalogue = client_for(make_member(brand=brand, role="catalogue"))
    assert badge(catalogue, "/studio/ondine/products/") is None
    theirs = client_for(owner_of(foreign.seller))
    assert badge(theirs, f"/studio/{foreign.seller.handle}/team/") == "1"
