"""The lists of the studio stay quick as they grow: what they ask is answered by an index.

Not a matter of time but of how PostgreSQL means to go about it: one brand's rows among many of
others, looked at with the statistics of a table that size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BrandAct
from accounts.testing import Profile, client_for, make_brand, owner_of, protect
from catalog.models import Product, Service, Variant
from catalog.testing import make_delivery_method, make_product, make_service
from feed.models import Pin
from feed.testing import make_pin
from inventory.models import Stock, StockMovement
from marketplace.tests.pages.lists import earn
from messaging.models import Enquiry
from orders.models import Customer, Order, OrderLine
from orders.testing import make_buyer, make_paid_order, make_variant
from payments.models import LedgerEntry, LedgerTransaction

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OURS, THEIRS = 300, 4_000
BIG: tuple[type[Model], ...] = (
    *(Product, Variant, Stock, StockMovement, Service, Pin, Order, BrandAct, Enquiry),
    *(Customer, LedgerEntry, LedgerTransaction),
)
STUDIO = "/studio/ondine/"
# More than any page shows at once.
PAGE = 100
LISTS = {
    "products": (
        *("", "?state=draft", "?state=published", "?state=archived", "?state=silent"),
        *("?sort=oldest", "?sort=changed", "?sort=title", "?sort=cheapest", "?q=tall+vase"),
    ),
    "stock": ("", "?state=low", "?state=sold_out", "?q=tall"),
    "services": ("", "?state=draft", "?state=published", "?sort=title", "?q=portrait"),
    "pins": ("", "?state=draft", "?state=published", "?sort=saves", "?sort=title", "?q=shelf"),
    "orders": (
        *("", "?tab=pack", "?tab=ship", "?tab=shipped", "?tab=cancelled", "?tab=all"),
        *("?tab=all&sort=newest", "?tab=all&sort=largest", "?tab=all&q=noor"),
    ),
    "customers": ("", "?sort=spent", "?kind=again", "?q=noor"),
    "questions": ("", "?show=answered", "?show=all", "?kind=quote", "?sort=oldest", "?q=glaze"),
    "balance": ("", "?kind=refund", "?sort=oldest", "?sort=largest", "?q=A"),
    "log": ("", "?group=products", "?q=vase"),
}


def multiply(row: Model, times: int, **said: str) -> None:
    """The row again, so many times; `said` are columns of its table as SQL of the number `n`."""
    meta = row._meta
    columns = [str(one.column) for one in meta.concrete_fields if one.column != "id"]
    values = [said.get(name, f'one."{name}"').replace("%", "%%") for name in columns]
    key = meta.pk.column if meta.pk else "id"
    quoted = ", ".join(f'"{one}"' for one in columns)
    statement = (
        f"INSERT INTO {meta.db_table} ({quoted}) SELECT {', '.join(values)} "
        f'FROM {meta.db_table} one, generate_series(1, %s) n WHERE one."{key}" = %s'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [times, row.pk])


def fill(brand: Profile, times: int) -> None:
    """So many more of everything that the studio lists; most of it done, little of it waiting."""
    make_delivery_method(seller=brand, price=600)
    word = f"{brand.pk}n' || n"
    product = make_product(seller=brand, title="Tall vase", with_delivery=False)
    states = "(ARRAY['published', 'published', 'published', 'draft', 'archived'])[1 + n % 5]"
    multiply(product, times, public_id=f"'p{word}", state=states, default_variant_id="NULL")
    variant = make_variant(seller=brand, stock=5)
    rows = {"public_id": f"'v{word}", "sku": f"'S{word}", "combination": "n::text"}
    multiply(
        variant, times, **rows, availability="CASE n % 50 WHEN 0 THEN 'low' ELSE 'in_stock' END"
    )
    counter = Stock.objects.get(pk=variant.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inventory_stock (variant_id, on_hand, reserved, low_at, updated_at) "
            "SELECT id, 0, 0, 3, now() FROM catalog_variant WHERE seller_id = %s "
            "ON CONFLICT DO NOTHING",
            [brand.pk],
        )
    multiply(StockMovement.objects.filter(stock=counter)[0], times)
    service = make_service(seller=brand, title="Portrait")
    multiply(service, times, public_id=f"'s{word}", state=states)
    pin = make_pin(author=brand, title="Shelf")
    multiply(pin, times, public_id=f"'w{word}", state="(ARRAY['published', 'draft'])[1 + n % 2]")
    order = make_paid_order(variant=make_variant(seller=brand), person=make_buyer()[0])
    Order.objects.filter(pk=order.pk).update(completed_at=order.paid_at, shipped_at=order.paid_at)
    state = "CASE n % 40 WHEN 0 THEN 'paid' WHEN 1 THEN 'packed' ELSE 'completed' END"
    multiply(order, times, public_id=f"'o{word}", number=f"'{word}", state=state)
    names = [str(one.column) for one in OrderLine._meta.concrete_fields[3:]]
    same = ", ".join(f"line.{one}" for one in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO orders_orderline (public_id, order_id, {', '.join(names)}) "
            f"SELECT 'l' || other.id, other.id, {same} "
            "FROM orders_orderline line, orders_order other "
            "WHERE line.order_id = %s AND other.seller_id = %s AND other.id <> line.order_id",
            [order.pk, brand.pk],
        )
    multiply(Customer.objects.get(seller=brand), times, buyer=f"'e{word}", orders="1 + n % 3")
    multiply(BrandAct.objects.filter(brand=brand)[0], times)
    question = Enquiry.objects.create(
        kind="brand",
        ref=brand.public_id,
        title=brand.name,
        url="/",
        to=brand,
        name="Noor",
        email="noor@mail.example",
        text="Which glaze is it?",
    )
    answered = "CASE n % 20 WHEN 0 THEN NULL ELSE now() END"
    multiply(question, times, public_id=f"'q{word}", answered_at=answered)


def fill_books(brand: Profile, times: int) -> None:
    """So many captures for the brand: they sum to zero, as the books must."""
    earn(brand)
    taken = LedgerTransaction.objects.filter(kind="capture").order_by("-id")[0]
    first = taken.pk
    multiply(taken, times, key=f"'{brand.pk}k' || n")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_ledgerentry "
            "(transaction_id, account, owner_profile_id, amount, currency) "
            "SELECT other.id, account, owner_profile_id, amount, currency "
            "FROM payments_ledgerentry entry, payments_ledgertransaction other "
            "WHERE entry.transaction_id = %s AND other.id > %s",
            [first, first],
        )


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for one in plan.get("Plans", ()):
        yield from nodes(one)


def plans_of(client: Client, address: str) -> list[dict[str, Any]]:
    """How PostgreSQL means to answer what a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    found = []
    with connection.cursor() as cursor:
        for one in asked.captured_queries:
            if one["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN (FORMAT JSON) " + one["sql"].replace("%", "%%"))
                (row,) = cursor.fetchone()
                found.append((json.loads(row) if isinstance(row, str) else row)[0]["Plan"])
    return found


def of_big(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Nodes that read one of the big tables."""
    tables = {one._meta.db_table for one in BIG}
    return (node for node in nodes(plan) if node.get("Relation Name") in tables)


def is_whole(node: dict[str, Any]) -> bool:
    """Whether rows of other brands are read along: the table, or an index from its beginning."""
    kind = node["Node Type"]
    return kind.endswith("Seq Scan") or (
        kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    )


def is_sorted_anew(plan: dict[str, Any]) -> bool:
    """Whether a page of rows is cut from more than a page that had to be sorted first."""
    return plan["Node Type"] == "Limit" and any(
        node["Node Type"] == "Sort" and node["Plan Rows"] > PAGE for node in nodes(plan)
    )


@pytest.fixture
def owner() -> Client:
    """Of a brand whose rows are few among many."""
    ours = make_brand(name="Ondine Studio", handle="ondine")
    # The others came later: their rows stand before ours in every order by age.
    fill(ours, OURS)
    fill_books(ours, OURS)
    others = make_brand()
    fill(others, THEIRS)
    fill_books(others, THEIRS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return client_for(protect(owner_of(ours)))


def test_a_list_reads_its_own_rows_by_an_index_and_the_first_page_is_not_sorted(
    owner: Client,
) -> None:
    whole, sorted_anew, seen = [], [], 0
    for name, queries in LISTS.items():
        for query in queries:
            for plan in plans_of(owner, f"{STUDIO}{name}/{query}"):
                big = list(of_big(plan))
                seen += len(big)
                whole += [
                    f"{name}{query}: {one['Node Type']} {one['Relation Name']}"
                    for one in big
                    if is_whole(one)
                ]
                if not query and big and is_sorted_anew(plan):
                    sorted_anew.append(name)
    assert whole == []
    assert sorted_anew == []
    assert seen > len(LISTS), "the control: the lists do read these tables"


def test_the_control_of_plans(owner: Client) -> None:
    """A search without its brand, and an order that no index has, are seen."""
    with connection.cursor() as cursor:
        found = []
        for order in ("title", "id"):
            cursor.execute(
                "EXPLAIN (FORMAT JSON) SELECT title FROM catalog_product "
                f"WHERE title ILIKE '%vase%' ORDER BY {order} LIMIT 30"
            )
            found.append(cursor.fetchone()[0][0]["Plan"])
    by_title, by_age = found
    assert is_sorted_anew(by_title)
    assert any(is_whole(one) for one in of_big(by_title))
    assert any(is_whole(one) for one in of_big(by_age))
