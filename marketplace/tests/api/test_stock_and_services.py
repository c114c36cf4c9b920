"""A brand's shelves and services by program, by the same actions as its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import make_brand, make_person, owner_of
from catalog.models import Service
from catalog.testing import make_collection, make_product, make_service
from core.testing import deliver_all, picture_file
from feed.actions import show_service
from feed.testing import make_pin
from inventory.actions import receive
from inventory.models import StockMovement
from inventory.queries import stock_levels
from marketplace.tests.api.calling import Program, refusal
from messaging.models import Brief

pytestmark = pytest.mark.django_db


def shop() -> tuple[Program, Any, Any]:
    """A brand's program, the brand, and a vase of which nine were counted."""
    brand = make_brand(name="Ondine Studio", handle="ondine")
    vase = make_product(seller=brand, title="Tall vase")
    receive(variant_id=vase.variants.get().pk, quantity=9, actor_id=None)
    return Program(owner_of(brand)), brand, vase


SHELF = "studio/ondine/stock/"


def book(program: Program, **sheet: Any) -> Any:
    return program.call("POST", SHELF, sheet)


def test_what_was_counted_received_and_written_off_is_booked_and_told() -> None:
    program, _brand, vase = shop()
    variant = vase.variants.get()
    line = {"variant_id": variant.public_id}
    (found,) = program.get(f"{SHELF}?find=vase")["results"]
    assert (found["on_hand"], found["available"], found["low_at"]) == (9, 9, 3)
    (counted,) = program.good(
        book(program, kind="counted", lines=[{**line, "pieces": 4, "low_at": 5}])
    )["results"]
    assert (counted["on_hand"], counted["low_at"], counted["availability"]) == (4, 5, "low")
    program.good(book(program, kind="received", lines=[{**line, "pieces": 3}]))
    program.good(book(program, kind="written_off", reason="Broken", lines=[{**line, "pieces": 2}]))
    history = program.get(f"{SHELF}{variant.public_id}/")["results"]
    assert [(one["kind"], one["quantity"], one["after"]) for one in history] == [
        ("written_off", -2, 5),
        ("received", 3, 7),
        ("counted", -5, 4),
        ("received", 9, 9),
    ]
    assert (history[0]["reason"], history[0]["by"]) == ("Broken", owner_of(_brand).name)


def test_one_line_that_does_not_work_changes_none() -> None:
    program, brand, vase = shop()
    variant = vase.variants.get()
    other = make_product(seller=brand, title="Bowl").variants.get()
    theirs = make_product(seller=make_brand()).variants.get()
    fine = {"variant_id": variant.public_id, "pieces": 5}
    before = StockMovement.objects.count()
    cases: dict[str, tuple[Any, int]] = {
        "foreign": (
            book(program, kind="counted", lines=[fine, {"variant_id": theirs.public_id}]),
            404,
        ),
        "absent": (
            book(program, kind="counted", lines=[fine, {"variant_id": "zzzzzzzzzzzz"}]),
            404,
        ),
        "too many": (
            book(
                program,
                kind="written_off",
                reason="x",
                lines=[fine, {"variant_id": other.public_id, "pieces": 1}],
            ),
            409,
        ),
        "twice": (book(program, kind="counted", lines=[fine, fine]), 422),
        "no reason": (book(program, kind="written_off", lines=[fine]), 422),
        "sold is said by orders": (book(program, kind="sold", lines=[fine]), 422),
    }
    for name, (answer, status) in cases.items():
        assert refusal(answer)[0] == status, (name, answer.content)
    assert StockMovement.objects.count() == before
    assert stock_levels(variant_pks=[variant.pk])[variant.pk].on_hand == 9
    assert refusal(program.call("GET", f"{SHELF}{theirs.public_id}/"))[0] == 404


SERVICE: dict[str, Any] = {
    "title": "Glazing to your colours",
    "category": "vases",
    "pricing": "packages",
    "packages": [
        {
            "name": "A dozen",
            "price": {"amount": 24000, "currency": "EUR"},
            "revisions": 2,
            "lead_days": 10,
        }
    ],
    "countries": ["DE"],
    "languages": ["de"],
}
SERVICES = "studio/ondine/services/"


def test_a_service_is_described_offered_found_and_archived() -> None:
    program, brand, _vase = shop()
    picture = program.upload("pictures/", picture_file(), headers={"Acting-As": "ondine"}).json()
    pin = make_pin(author=brand, title="Twelve bowls")
    body = {**SERVICE, "pictures": [{"picture_id": picture["id"]}], "pins": [pin.public_id]}
    made = program.post(SERVICES, body)
    assert (made["state"], made["price"]) == ("draft", {"amount": 24000, "currency": "EUR"})
    assert made["pins"] == [pin.public_id]
    guest, here = Program(None), f"{SERVICES}{made['id']}/"
    assert refusal(guest.call("GET", f"services/{made['id']}/"))[0] == 404
    assert program.post(f"{here}publish/")["state"] == "published"
    assert [one["id"] for one in guest.get("services/?country=DE&budget=24000")["results"]] == [
        made["id"]
    ]
    # What its page shows; and the portfolio stays where no pins are named.
    assert guest.get(f"services/{made['id']}/")["pins"] == [pin.public_id]
    plain = {name: said for name, said in body.items() if name != "pins"}
    assert program.put(here, plain)["pins"] == [pin.public_id]
    assert len(guest.get("services/?brand=ondine")["results"]) == 1
    brand_less = ("brand=nobody", f"brand={make_brand().handle}")
    narrowed = ("budget=23999", "country=FR", "pricing=hourly", "days=1", "category=nothing")
    for narrow in (*brand_less, *narrowed):
        assert guest.get(f"services/?{narrow}")["results"] == [], narrow
    changed = program.put(here, {**body, "title": "Glazing", "pins": []})
    assert (changed["title"], changed["packages"][0]["revisions"]) == ("Glazing", 2)
    assert changed["pins"] == guest.get(f"services/{made['id']}/")["pins"] == []
    assert [one["title"] for one in program.get(SERVICES)["results"]] == ["Glazing"]
    assert program.post(f"{here}archive/")["state"] == "archived"
    assert guest.get("services/")["results"] == []


def test_the_pins_of_a_service_are_read_by_their_ids_alone() -> None:
    program, brand, vase = shop()
    pins = [make_pin(author=brand, products=[vase]).public_id for _number in range(3)]
    offered = make_service(seller=brand)
    show_service(author_id=brand.pk, service_id=offered.pk, pin_ids=pins[2:])
    made = program.post(SERVICES, {**SERVICE, "pins": pins[:2]})
    here, plain = f"{SERVICES}{made['id']}/", {**SERVICE, "title": "Glazing"}
    asks: list[tuple[Callable[[], Any], list[str]]] = [
        (lambda: program.get(here), [pins[1], pins[0]]),
        (lambda: program.put(here, plain), [pins[1], pins[0]]),
        (lambda: program.put(here, {**plain, "pins": [pins[0]]}), [pins[0]]),
        (lambda: Program(None).get(f"services/{offered.public_id}/"), [pins[2]]),
    ]
    for ask, wanted in asks:
        with CaptureQueriesContext(connection) as queries:
            assert ask()["pins"] == wanted
        said = [one["sql"] for one in queries if one["sql"].startswith('SELECT "feed_pin"."p')]
        (shown,) = [sql for sql in said if "feed_servicetag" in sql]
        assert "," not in shown.partition(" FROM ")[0]


def test_whoever_names_the_version_they_read_overwrites_nobody() -> None:
    program, brand, vase = shop()
    product, service = f"studio/ondine/products/{vase.public_id}/", f"{SERVICES}%s/"
    service %= make_service(seller=brand, title="Glazing", publish=False).public_id
    program.post(f"{product}redraft/")  # one on sale would have to keep a picture
    variant = {"sku": "V-1", "price": {"amount": 9600, "currency": "EUR"}}
    bodies: dict[str, dict[str, Any]] = {
        product: {"title": "Vase", "category": "vases", "variants": [variant]},
        service: SERVICE,
    }
    for path, body in bodies.items():
        read = program.get(path)["version"]
        first = program.put(path, {**body, "title": "First", "version": read})
        assert (first["title"], first["version"]) == ("First", read + 1)
        second = program.call("PUT", path, {**body, "title": "Second", "version": read})
        kind = "product" if path == product else "service"
        assert refusal(second) == (409, f"{kind}_overtaken")
        assert second.json()["version"] == read + 1
        assert program.get(path)["title"] == "First"
        assert program.put(path, {**body, "title": "Third"})["title"] == "Third"


def test_what_people_see_is_refused_in_other_words_than_what_they_do_not_see_yet() -> None:
    """Of what is live a program reads the way out: that it is live it knows."""
    program, brand, vase = shop()
    priceless = {"title": "Vase", "category": "vases", "variants": [{"sku": "V-1"}]}
    drafted = make_product(seller=brand, publish=False, pictures=[])
    service = make_service(seller=brand)
    collection = make_collection(seller=brand, products=[vase])
    empty = {"title": "Empty", "kind": "hand", "products": []}
    ways = {
        ("PUT", f"studio/ondine/products/{vase.public_id}/"): (
            priceless,
            "What is on sale needs this: Add a picture; Give it a price. "
            "To end its sale, archive it.",
        ),
        ("POST", f"studio/ondine/products/{drafted.public_id}/publish/"): (
            {},
            "Before you publish: Add a picture.",
        ),
        ("PUT", f"{SERVICES}{service.public_id}/"): (
            SERVICE,
            "What is offered needs this: Add a picture. To offer it no more, archive it.",
        ),
        ("PUT", f"studio/ondine/collections/{collection.public_id}/"): (
            empty,
            "What is shown needs this: Add a product. To show it no more, make it a draft.",
        ),
        ("POST", "studio/ondine/collections/"): (empty, "Before you publish: Add a product."),
    }
    for (method, path), (body, words) in ways.items():
        answer = program.call(method, path, body)
        assert refusal(answer)[0] == 422, answer.content
        assert answer.json()["detail"] == words
    vase.refresh_from_db()
    assert (vase.title, vase.state) == ("Tall vase", "published")


def test_a_service_that_is_not_right_names_the_field_and_is_not_made() -> None:
    program, _brand, _vase = shop()
    package = {**SERVICE["packages"][0], "price": {"amount": 0, "currency": "EUR"}}
    answer = program.call("POST", SERVICES, {**SERVICE, "packages": [package]})
    assert refusal(answer) == (422, "service_refused")
    assert [one["field"] for one in answer.json()["errors"]] == ["packages.0.price"]
    foreign = make_pin(author=make_person(), title="Not theirs")
    answer = program.call("POST", SERVICES, {**SERVICE, "pins": [foreign.public_id]})
    assert refusal(answer)[0] == 404
    assert not Service.objects.exists()


def test_a_quote_is_asked_for_and_reaches_the_brand() -> None:
    brand = make_brand(handle="ondine")
    service = make_service(seller=brand, title="Glazing")
    pin = make_pin(author=brand, title="Twelve bowls")
    asker = make_person(name="Noor Haddad")
    program = Program(asker)
    picture = program.upload("pictures/", picture_file()).json()
    path = f"services/{service.public_id}/quote/"
    body = {
        "text": "Forty cups.",
        "quantity": 40,
        "unit": "cups",
        "budget": {"amount": 90000, "currency": "EUR"},
        "destination": "Lisbon",
        "picture_ids": [picture["id"]],
        "pin_ids": [pin.public_id],
    }
    made = program.post(path, body)
    deliver_all()
    program.post("questions/", {"kind": "brand", "id": brand.public_id, "text": "Hello?"})
    plain, found = Program(owner_of(brand)).get("studio/ondine/questions/")["results"]
    assert (found["id"], found["name"], found["text"]) == (made["id"], "Noor Haddad", "Forty cups.")
    (shown,) = found["brief"].pop("pictures")
    assert (shown["id"], found["brief"]) == (
        picture["id"],
        {
            "package": "",
            "quantity": 40,
            "unit": "cups",
            "budget": {"amount": 90000, "currency": "EUR"},
            "destination": "Lisbon",
            "needed_by": None,
            "pins": [pin.public_id],
        },
    )
    assert (plain["text"], plain["brief"]) == ("Hello?", None)

    theirs = Program(make_person()).upload("pictures/", picture_file()).json()["id"]
    wrong: dict[str, tuple[dict[str, Any], int]] = {
        "picture of another": ({"picture_ids": [theirs]}, 404),
        "no such pin": ({"pin_ids": ["zzzzzzzzzzzz"]}, 404),
        "no such package": ({"package": "Huge"}, 422),
        "a day that is over": ({"needed_by": "2020-01-01"}, 422),
        "dollars": ({"budget": {"amount": 90000, "currency": "USD"}}, 422),
        "of what": ({"quantity": None}, 422),
    }
    for name, (change, status) in wrong.items():
        answer = program.call("POST", path, {**body, **change})
        assert refusal(answer)[0] == status, (name, answer.content)
    assert Brief.objects.count() == 1
