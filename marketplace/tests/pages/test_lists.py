"""The lists of the studio: the same question in every face."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
    protect,
)
from catalog.testing import (
    make_collection,
    make_delivery_method,
    make_product,
    make_service,
)
from feed.testing import make_pin
from marketplace.tests.doors import STUDIO
from marketplace.tests.pages.lists import (
    BALANCE,
    CUSTOMERS,
    FEW,
    FORMS,
    HISTORY,
    LISTS,
    LOG,
    NO_ACTS,
    ORDERS,
    PINS,
    PRODUCTS,
    QUESTIONS,
    SERVICES,
    STOCK,
    TEAM,
    earn,
    file_of,
    page_of,
    want_quote,
)
from marketplace.tests.world import addresses, methods_of
from orders.models import Order
from orders.testing import make_buyer, make_paid_order, make_variant
from orders.views import selling

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(brand: Profile) -> Client:
    return client_for(protect(owner_of(brand)))


def test_the_file_has_the_rows_of_the_page_by_its_filters_search_and_order(
    brand: Profile, owner: Client
) -> None:
    for title, price, publish in (
        ("Vase A", 300, True),
        ("Vase B", 100, False),
        ("Bowl", 200, True),
    ):
        make_product(seller=brand, title=title, price=price, publish=publish)
    make_product(title="Vase of another")
    for query in (
        "",
        "q=vase",
        "state=draft",
        "sort=dearest",
        "q=vase&sort=cheapest&state=published",
    ):
        shown = [
            str(link.get_text())
            for link in page_of(owner, f"{PRODUCTS}?{query}").select("td.lead a.link")
        ]
        rows = file_of(owner, f"{PRODUCTS}?{query}&as=csv")
        assert [row["Product"] for row in rows] == shown, query
    row = file_of(owner, f"{PRODUCTS}?q=bowl&as=csv")[0]
    assert (row["Price, VAT included"], row["Currency"], row["State"]) == (
        "2.00",
        "EUR",
        "Published",
    )


def test_nothing_in_a_file_is_calculated(brand: Profile, owner: Client) -> None:
    make_delivery_method(seller=brand, price=600)
    buyer = make_buyer()[0]
    variant = make_variant(seller=brand, title="=1+1 vase")
    order = make_paid_order(variant=variant, person=buyer)
    order.purchase.name, order.purchase.line1 = "@SUM(A1)", "+1 Road"
    order.purchase.save(update_fields=["name", "line1"])
    (row,) = file_of(owner, ORDERS + "?as=csv")
    assert (row["Name"], row["Street"]) == ("'@SUM(A1)", "'+1 Road")
    assert row["Products"] == "1 x =1+1 vase"
    assert row["Total"] == "102.00"
    (row,) = file_of(owner, PRODUCTS + "?as=csv")
    assert row["Product"] == "'=1+1 vase"


def test_a_file_goes_on_behind_the_first_page(
    brand: Profile, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.listing.CHUNK", 2)
    for number in range(5):
        make_product(seller=brand, title=f"Vase {number}", price=100)
    for sort in ("newest", "title", "cheapest", "changed", "oldest"):
        rows = file_of(owner, f"{PRODUCTS}?as=csv&sort={sort}")
        assert sorted(row["Product"] for row in rows) == [f"Vase {n}" for n in range(5)], sort


def test_every_list_has_its_file(brand: Profile, owner: Client) -> None:
    variant = make_variant(seller=brand, title="Tall vase", stock=7)
    make_pin(author=brand, title="+Shelf")
    make_service(seller=brand, title="@Shoot")
    (row,) = file_of(owner, STOCK + "?as=csv")
    assert (row["Product"], row["SKU"], row["On the shelf"]) == ("Tall vase", variant.sku, "7")
    assert file_of(owner, STOCK + "?as=csv&q=nothing") == []
    (row,) = file_of(owner, PINS + "?as=csv")
    assert (row["Pin"], row["State"]) == ("'+Shelf", "On the wall")
    (row,) = file_of(owner, SERVICES + "?as=csv")
    assert (row["Service"], row["State"]) == ("'@Shoot", "Published")
    owner.post(PRODUCTS, {"do": "archived", "row": variant.product.public_id})
    rows = file_of(owner, LOG + "?as=csv&group=products")
    assert rows[0]["Did what"] == "archived a product"
    assert rows[0]["To what"] == "Tall vase"
    assert file_of(owner, LOG + "?as=csv&group=orders") == []
    assert all("Tall vase" in row["To what"] for row in file_of(owner, LOG + "?as=csv&q=TALL+va"))
    assert file_of(owner, LOG + "?as=csv&q=TALL+va")[0]["Did what"] == "archived a product"
    assert file_of(owner, LOG + "?as=csv&q=bowl") == []


def test_files_of_others_are_not_there(brand: Profile) -> None:
    make_product(seller=brand)
    for client in (client_for(make_person()), Client(), client_for(owner_of(make_brand()))):
        for address in LISTS:
            assert client.get(address + "?as=csv").status_code in (302, 404), address


def test_files_are_not_for_the_asking_all_day(
    brand: Profile, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.listing.FILES_PER_HOUR", 2)
    assert [owner.get(PRODUCTS + "?as=csv").status_code for _n in range(3)] == [200, 200, 429]


HOSTILE = (
    *("sort=user__password", "sort=-id", "state=%00", "tab=%27", "q=%00", "q=%25_%27%20OR", "as=x"),
    *("cursor=-1", "cursor=1.%00", "cursor=" + "9" * 900, "cursor=%ff", "tick=x"),
    *("sort=title&cursor=1", "sort=changed&cursor=1.2026", "sort=dearest&cursor=1." + "9" * 19),
    *("page=1000000000", "q=" + "x" * 9000),
)


@pytest.mark.slow
@pytest.mark.parametrize("address", LISTS)
def test_hostile_questions_are_passed_over(
    brand: Profile, owner: Client, address: str, subtests: pytest.Subtests
) -> None:
    make_product(seller=brand)
    for query in HOSTILE:
        with subtests.test(query=query):
            assert owner.get(f"{address}?{query}").status_code == 200


def test_pages_follow_each_other_in_every_order(
    brand: Profile, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_delivery_method(seller=brand, price=600)
    buyer = make_buyer()[0]
    numbers = {
        make_paid_order(variant=make_variant(seller=brand), person=buyer).number for _n in range(5)
    }
    monkeypatch.setattr(selling, "ORDERS", replace(selling.ORDERS, page_size=2))
    for sort in ("", "newest", "oldest", "largest"):
        address, seen = f"{ORDERS}?sort={sort}", []
        while address:
            page = page_of(owner, address)
            seen += [str(box["value"]) for box in page.select("td input[name=row]")]
            more = page.select_one(".more a")
            address = str(more["href"]) if more else ""
        assert len(seen) == 5, sort
        assert set(seen) == numbers


@pytest.mark.parametrize(
    ("asked", "named", "newest_first"),
    [
        ("", "What needs you first", False),
        ("?tab=all", "Newest first", True),
        ("?tab=all&sort=duty", "What needs you first", False),
        ("?tab=all&q=Vase", "What needs you first", False),
        ("?sort=newest", "Newest first", True),
    ],
)
def test_the_menu_of_orders_names_the_order_that_the_rows_have(
    brand: Profile, owner: Client, asked: str, named: str, newest_first: bool
) -> None:
    make_delivery_method(seller=brand, price=600)
    buyer, numbers = make_buyer()[0], []
    for n in range(2):
        variant = make_variant(seller=brand, title=f"Vase {n}")
        numbers.append(make_paid_order(variant=variant, person=buyer).number)
    page = page_of(owner, ORDERS + asked)
    rows = [str(box["value"]) for box in page.select("td input[name=row]")]
    assert rows == (numbers[::-1] if newest_first else numbers)
    current = [one.get_text(strip=True) for one in page.select(".menu a[aria-current]")]
    assert named in current


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (STOCK + "?state=low&q=vase", ["Few left"]),
        (STOCK + "?q=vase", ["All"]),
        (PRODUCTS + "?q=vase", ["All"]),
        (ORDERS + "?tab=pack", ["To pack 0"]),
        (ORDERS + "?tab=pack&q=vase", []),  # it looks through every tab
    ],
)
def test_beside_a_search_the_filter_that_narrows_it_stays_chosen(
    owner: Client, asked: str, chosen: list[str]
) -> None:
    current = page_of(owner, asked).select(".filters .chips")[0].select("[aria-current]")
    assert [one.get_text(strip=True) for one in current] == chosen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "most"),
    [
        # Session, user, memberships; products; the score of alt texts; the badge of open orders
        # is not read here.
        (PRODUCTS, 7),
        # Session, user, memberships; counts of tabs; orders; their lines; sources.
        (ORDERS, 8),
        # Session, user, memberships; counts of all pins; pins.
        (PINS, 6),
        # Session, user, memberships; services.
        (SERVICES, 5),
        # Session, user, memberships; variants; their levels.
        (STOCK, 6),
        # Session, user, memberships; the team as a filter; acts.
        (LOG, 6),
        # Session, user, memberships; questions with their askers and briefs; pictures of briefs.
        (QUESTIONS, 6),
        # Session, user, memberships; the currency; groups; their first and last orders; followers.
        (CUSTOMERS, 8),
        # Session, user, memberships; the team; invitations.
        (TEAM, 5),
        # Session, user, memberships; what is owed; the payout account; what changed it.
        (BALANCE, 6),
    ],
)
def test_a_longer_list_costs_no_more_queries(
    brand: Profile, owner: Client, address: str, most: int
) -> None:
    make_delivery_method(seller=brand, price=600)
    buyer = make_buyer()[0]
    counts = []
    for _round in range(2):
        for _n in range(3):
            make_paid_order(variant=make_variant(seller=brand), person=buyer)
            make_service(seller=brand)
            make_pin(author=brand, title="Shelf")
            want_quote(brand)
            make_member(brand=brand, role="chat")
            earn(brand)
        with CaptureQueriesContext(connection) as found:
            owner.get(address)
        counts.append(len(found))
    assert counts[0] == counts[1] <= most, counts


def test_an_empty_list_says_which_way_is_on(brand: Profile, owner: Client) -> None:
    for address in LISTS:
        page = page_of(owner, address if address != TEAM else TEAM + "?q=nobody-like-that")
        assert len(page.select(".void .btn")) == 1, address
        assert not page.select("a[download], .bulk")
    make_product(seller=brand)
    narrowed = page_of(owner, PRODUCTS + "?q=nothing&state=draft")
    link = narrowed.select_one(".void .btn")
    assert link is not None
    assert link["href"] == PRODUCTS


def test_a_list_without_acts_on_many_rows_says_why(brand: Profile, owner: Client) -> None:
    make_delivery_method(seller=brand, price=600)
    variant = make_variant(seller=brand)
    make_paid_order(variant=variant)
    make_pin(author=brand, title="Shelf")
    make_service(seller=brand)
    make_collection(seller=brand)
    want_quote(brand)
    earn(brand)
    owner.post(STOCK, {"kind": "counted", "variant": variant.public_id, "row": variant.public_id})
    bare = set()
    for address in [*LISTS, HISTORY]:
        page = page_of(owner, address.format(variant=variant.public_id))
        assert page.select("tbody tr"), address
        if not page.select(".bulk, td input[name=row]"):
            bare.add(address)
    assert bare == set(NO_ACTS)


def test_states_have_one_name_on_the_page_and_in_the_file(brand: Profile, owner: Client) -> None:
    make_delivery_method(seller=brand, price=600)
    order = make_paid_order(variant=make_variant(seller=brand))
    for state in ("paid", "packed", "partially_shipped", "shipped", "completed"):
        Order.objects.filter(pk=order.pk).update(state=state)
        pill = page_of(owner, ORDERS + "?tab=all").select_one("td .pill")
        assert pill is not None
        (row,) = file_of(owner, ORDERS + "?tab=all&as=csv")
        assert re.sub(r"\s+", " ", pill.get_text()).strip() == row["Status"]


def test_every_list_of_the_studio_is_tried_here() -> None:
    """A page of a studio as a whole is a list, or stands here with what else it is."""
    somebody = client_for(make_person())
    rooms = {
        name
        for name, parts in addresses()
        if name in STUDIO and parts == {"handle"} and "get" in methods_of(name, somebody)
    }
    listed = {resolve(address).view_name for address in LISTS}
    assert rooms - listed == set(FEW) | FORMS
