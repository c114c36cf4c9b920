"""The same purchase as on the pages, by a program with a token. Written to be read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import DateTimeField
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, make_address, make_brand, make_person, owner_of
from catalog.testing import make_delivery_method, make_product
from core.testing import deliver_all
from feed.testing import make_pin
from inventory.actions import receive
from inventory.queries import available
from marketplace.tests.api.calling import Program, refusal
from notifications.testing import notices_of
from orders.models import Order, OrderEvent, OrderLine, Purchase
from orders.tests.pages import form_of
from payments.testing import keep_card

pytestmark = pytest.mark.django_db(transaction=True)


def market() -> tuple[Any, Any, Any]:
    """A brand with a pinned vase of which there are three, and a buyer with address and card."""
    brand = make_brand(name="Ondine Studio", handle="ondine")
    make_delivery_method(seller=brand, price=600)
    vase = make_product(seller=brand, title="Tall vase", with_delivery=False)
    receive(variant_id=vase.variants.get().pk, quantity=3, actor_id=None)
    make_pin(author=brand, title="Late light", products=[vase])
    buyer = make_person(name="Noor Haddad")
    assert buyer.user is not None
    make_address(user=buyer.user)
    keep_card(user_id=buyer.user.pk)
    return brand, buyer, vase


@pytest.mark.usefixtures("sandbox")
def test_from_the_wall_to_a_parcel() -> None:
    brand, buyer, vase = market()

    # A program of Noor's, with just what it needs: it sees walls, and it buys.
    shop = Program(buyer, scopes=["feed:read", "orders:read", "orders:write"])
    (pin,) = shop.get("walls/explore/")["results"]
    variant = pin["buy_variant_id"]

    # What it costs is asked first, with tax and delivery to the address that is used first.
    quote = shop.get(f"quote/?items={variant}:2")
    assert quote["total"] == {"amount": 2 * pin["price"]["amount"] + 600, "currency": "EUR"}

    # What was quoted is what is paid, with the card that is used first.
    order = {
        "items": [{"variant_id": variant, "quantity": 2}],
        "total": quote["total"],
        "touch": pin["touch"],
    }
    key = "my-own-number-0001"
    bought = shop.post("purchases/", order, Idempotency_Key=key)
    assert bought["payment"] == "paid"
    assert bought["total"] == quote["total"]
    assert bought["details"]["address"]["city"] == "Berlin"
    (number,) = [one["number"] for one in bought["orders"]]

    # The line was bad, the program tries again: the same answer, and nothing is bought twice.
    again = shop.post("purchases/", order, Idempotency_Key=key)
    assert again["id"] == bought["id"]
    assert Purchase.objects.count() == 1
    assert available(variant_pks=[vase.variants.get().pk]) == {vase.variants.get().pk: 1}

    # The brand's program packs and ships; it needs other scopes, and of nobody else.
    deliver_all(except_queues=("media",))
    desk = Program(owner_of(brand), scopes=["sales:read", "sales:write"])
    (sold,) = desk.get("studio/ondine/orders/")["results"]
    assert sold["number"] == number
    assert sold["details"]["address"]["name"] == "Noor Haddad"
    assert sold["came_from"] == {
        "kind": "pin",
        "title": "Late light",
        "url": f"/pin/{pin['id']}/",
    }
    desk.post("studio/ondine/orders/pack/", {"orders": [number]})
    desk.post(f"studio/ondine/orders/{number}/ship/", {"carrier": "DHL", "tracking": "0034043"})

    # Noor's program sees the parcel, and says that it arrived.
    deliver_all(except_queues=("media",))
    mine = shop.get(f"orders/{number}/")
    assert mine["state"] == "shipped"
    assert [parcel["tracking"] for parcel in mine["parcels"]] == ["0034043"]
    assert shop.post(f"orders/{number}/received/")["state"] == "completed"

    # And it is counted for the pin that led there.
    figures = desk.get("studio/ondine/?days=7")
    assert [earner["pin_id"] for earner in figures["pins"]] == [pin["id"]]


@pytest.mark.usefixtures("sandbox")
def test_the_same_by_way_of_the_bag() -> None:
    _brand, buyer, vase = market()
    shop = Program(buyer, scopes=["orders:read", "orders:write"])
    variant = vase.variants.get().public_id

    bag = shop.post("bag/lines/", {"variant_id": variant, "quantity": 1})
    session = shop.post("checkouts/", {"version": bag["version"]})
    assert session["held"]
    assert session["state"] == "ready"

    done = shop.post(
        f"checkouts/{session['id']}/complete/",
        {"version": session["version"], "total": session["priced"]["total"]},
        Idempotency_Key="my-own-number-0002",
    )
    assert done["payment"] == "paid"
    deliver_all(except_queues=("media",))
    assert shop.get("bag/")["items"] == []
    assert [one["number"] for one in shop.get("orders/")["results"]] == [
        one["number"] for one in done["orders"]
    ]


@pytest.mark.usefixtures("sandbox")
def test_a_packed_hundred_is_read_with_the_questions_of_one() -> None:
    brand, buyer, vase = market()
    receive(variant_id=vase.variants.get().pk, quantity=1, actor_id=None)
    numbers = []
    for turn in range(4):
        order = {
            "items": [{"variant_id": vase.variants.get().public_id, "quantity": 1}],
            "total": {"amount": vase.variants.get().price + 600, "currency": "EUR"},
        }
        Program(buyer).post("purchases/", order, Idempotency_Key=f"my-own-number-1{turn:03}")
        deliver_all(except_queues=("media",))
        numbers.append(Order.objects.latest("id").number)
    desk = Program(owner_of(brand), scopes=["sales:write"])

    def histories_read(*wanted: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            packed = desk.post("studio/ondine/orders/pack/", {"orders": list(wanted)})["results"]
        assert [one["number"] for one in packed] == sorted(wanted, key=numbers.index)
        return sum('FROM "orders_orderevent"' in one["sql"] for one in asked)

    assert histories_read(numbers[0]) == histories_read(numbers[3], numbers[1], numbers[2]) > 0


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("scopes", [["orders:read"], ["feed:read", "profile", "payments"]])
def test_without_the_scope_nothing_is_bought(scopes: list[str]) -> None:
    _brand, buyer, vase = market()
    variant = vase.variants.get()
    order = {
        "items": [{"variant_id": variant.public_id, "quantity": 1}],
        "total": {"amount": variant.price + 600, "currency": "EUR"},
    }
    answer = Program(buyer, scopes=scopes).call(
        "POST", "purchases/", order, Idempotency_Key="my-own-number-0003"
    )
    assert refusal(answer) == (403, "scope_missing")
    assert answer.json()["scope"] == "orders:write"
    assert Purchase.objects.count() == 0
    assert available(variant_pks=[variant.pk]) == {variant.pk: 3}


@pytest.mark.usefixtures("sandbox")
def test_another_total_is_asked_again_and_nothing_is_bought() -> None:
    _brand, buyer, vase = market()
    variant = vase.variants.get()
    order = {
        "items": [{"variant_id": variant.public_id, "quantity": 1}],
        "total": {"amount": 1, "currency": "EUR"},
    }
    answer = Program(buyer).call("POST", "purchases/", order, Idempotency_Key="k" * 20)
    assert refusal(answer) == (409, "price_changed")
    assert answer.json()["now"] == variant.price + 600
    assert Purchase.objects.count() == 0


# What tells two purchases from each other, and when each step was made.
OWN = {
    *("id", "public_id", "number", "purchase", "order", "user", "email", "actor_user"),
    *("principal", "idempotency_key", "body_hash", "hold_reference"),
}


def kept(purchase: Purchase) -> list[dict[str, Any]]:
    """All columns of a purchase, its orders, lines and events, without what is its own."""
    orders = Order.objects.filter(purchase=purchase)
    rows = [
        purchase,
        *orders,
        *OrderLine.objects.filter(order__in=orders),
        *OrderEvent.objects.filter(order__in=orders).order_by("id"),
    ]
    return [
        {
            field.name: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in OWN and not isinstance(field, DateTimeField)
        }
        for row in rows
    ]


@pytest.mark.usefixtures("sandbox")
def test_a_page_and_a_program_leave_the_same_behind() -> None:
    """Lines, tax, delivery, promised days, events, what the brand is told, and what is left."""
    brand, noor, vase = market()
    mara = make_person(name="Noor Haddad")
    assert mara.user is not None
    make_address(user=mara.user)
    keep_card(user_id=mara.user.pk)
    variant = vase.variants.get()
    page = client_for(mara)
    form = form_of(page.get(f"/buy/{variant.public_id}/"), "/buy/")
    assert page.post(f"/buy/{variant.public_id}/", {**form, "do": "pay"}).status_code == 303
    total = {"amount": variant.price + 600, "currency": "EUR"}
    order = {"items": [{"variant_id": variant.public_id, "quantity": 1}], "total": total}
    Program(noor).post("purchases/", order, Idempotency_Key="my-own-number-0009")
    deliver_all(except_queues=("media",))
    by_page, by_program = (Purchase.objects.get(user=one.user) for one in (mara, noor))
    assert len(kept(by_page)) > 3
    assert kept(by_page) == kept(by_program)
    assert available(variant_pks=[variant.pk]) == {variant.pk: 1}
    told = [notice.kind for notice in notices_of(owner_of(brand).pk)]
    assert len(told) == 2
    assert len(set(told)) == 1
