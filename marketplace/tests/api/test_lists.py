"""The lists of the studio by program: narrowed and put in order as on their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from accounts.team_list import TEAM
from accounts.testing import make_brand, make_member, make_person, owner_of, protect
from catalog.testing import make_category, make_collection, make_product, make_service
from core import clock
from core.listing import Listing
from feed.actions import save_pin
from feed.pin_list import BRAND_PINS
from feed.testing import make_board, make_pin
from marketplace.pages.collection_list import COLLECTIONS
from marketplace.pages.service_list import SERVICES
from marketplace.pages.stock import STOCK
from marketplace.pages.studio_balance import BALANCE
from marketplace.pages.studio_customers import CUSTOMERS
from marketplace.pages.studio_products import PRODUCTS
from marketplace.tests.api.calling import Program, operations, refusal
from marketplace.tests.pages.lists import earn
from messaging.question_list import QUESTIONS
from orders.views.selling import ORDERS

LISTS: dict[str, Listing[Any]] = {
    "studio_products_list": PRODUCTS,
    "studio_services_list": SERVICES,
    "studio_collections_list": COLLECTIONS,
    "studio_pins_list": BRAND_PINS,
    "my_pins_list": BRAND_PINS,
    "studio_shelf_list": STOCK,
    "studio_orders_list": ORDERS,
    "studio_customers_list": CUSTOMERS,
    "studio_questions_list": QUESTIONS,
    "studio_balance_list": BALANCE,
    "studio_team_list": TEAM,
}
# Filters whose parameter has a name of its own.
NAMED = {"studio_shelf_list": {"state": "availability"}}
HERE = "studio/ondine/"
# As some keyboards send them: a letter and its mark apart, and a sign that nobody sees.
TYPED, MEANT = " E\u0301be\u0300ne\u200b  bowl", "Ébène bowl"


@pytest.mark.parametrize("name", LISTS)
def test_what_narrows_and_sorts_the_page_does_so_by_program(name: str) -> None:
    asks = {one.id: one.asks for _path, _method, one in operations()}[name]
    listing = LISTS[name]
    assert asks is not None
    fields = asks().fields
    assert not listing.search or fields["find"].run_validation(TYPED) == MEANT
    assert set(fields["sort"].choices if "sort" in fields else ()) == set(listing.sorts)
    for one in listing.filters:
        taken = fields[NAMED.get(name, {}).get(one.name, one.name)]
        assert set(taken.choices) >= {value for value in one.choices if value}, one.name


@pytest.fixture
def brand() -> Any:
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.mark.django_db
def test_lists_are_sorted_found_in_and_go_on_in_that_order(brand: Any) -> None:
    program = Program(owner_of(brand))
    for number, title in enumerate(("Tall vase", "Zinc bowl", "Ash bowl")):
        with clock.fixed(clock.now() + timedelta(minutes=number)):
            product = make_product(seller=brand, title=title, price=2000 + 1000 * number)
            make_service(seller=brand, title=title)
            make_collection(seller=brand, title=title, products=[product], shown=number > 0)
            make_pin(author=brand, title=title)

    def titles(path: str) -> list[str]:
        rows = program.get(HERE + path)["results"]
        return [str(one.get("collection", one)["title"])[:5] for one in rows]

    for name in ("products", "services", "collections", "pins"):
        assert titles(f"{name}/?sort=title") == ["Ash b", "Tall ", "Zinc "], name
        assert titles(f"{name}/?sort=oldest") == ["Tall ", "Zinc ", "Ash b"], name
        assert titles(f"{name}/?find=bowl&sort=title") == ["Ash b", "Zinc "], name
        assert refusal(program.call("GET", f"{HERE}{name}/?sort=handle")) == (422, "invalid")
    for kind in ("products", "services", "collections", "pins"):
        assert titles(f"{kind}/?find=%20%E2%80%8B") == titles(f"{kind}/"), "nothing was asked"
    assert titles("products/?sort=dearest")[0] == "Ash b"
    assert titles("collections/?state=draft") == ["Tall "]
    assert titles("collections/?kind=rule") == []


@pytest.mark.django_db
def test_what_is_typed_in_other_letters_finds_the_same(brand: Any) -> None:
    program = Program(owner_of(brand))
    product = make_product(seller=brand, title=MEANT)
    make_service(seller=brand, title=MEANT)
    make_pin(author=brand, title=MEANT)
    program.post(f"{HERE}collections/", {"title": MEANT, "shown": False})
    asked = f"?find={quote(TYPED)}"
    for name in ("products", "services", "pins", "collections"):
        assert len(program.get(f"{HERE}{name}/{asked}")["results"]) == 1, name
    log = program.get(f"{HERE}log/{asked}")["results"]
    assert {one["subject"] for one in log} == {MEANT}
    (found,) = program.get(f"{HERE}stock/{asked}")["results"]
    assert found["product_id"] == product.public_id
    sent = program.call("GET", f"{HERE}products/?find={'x' * 81}")
    assert refusal(sent) == (422, "invalid"), "refused, as anything else that is too long"


@pytest.mark.django_db
def test_a_page_may_end_at_the_longest_title_there_is(brand: Any) -> None:
    program, longest = Program(owner_of(brand)), "👨‍👩‍👧‍👦" * 60 + "x" * 60
    for title in ("Tall vase", longest):
        make_product(seller=brand, title=title, publish=False)
    names = {one["title"] for one in program.get(f"{HERE}products/")["results"]}
    assert names == {"Tall vase", longest}
    end = quote(f"{2**62}.{longest}")
    rest = program.get(f"{HERE}products/?sort=title&cursor={end}")["results"]
    assert longest not in {one["title"] for one in rest}, "the cursor was not read"
    assert program.get(f"{HERE}products/?sort=title&cursor={2**62}.A")["results"] != rest


@pytest.mark.django_db
def test_the_team_and_its_log_are_found_in(brand: Any) -> None:
    clerk = make_member(brand=brand, role="orders", person=make_person(name="Noor Haddad"))
    owner = Program(owner_of(brand))
    assert [one["person"]["name"] for one in owner.get(f"{HERE}team/?find=noor")["results"]] == [
        "Noor Haddad"
    ]
    assert len(owner.get(f"{HERE}team/?role=owner")["results"]) == 1
    # By an e-mail address for owners alone, who alone read it.
    assert clerk.user is not None
    asked = f"{HERE}team/?find={clerk.user.email}"
    assert len(owner.get(asked)["results"]) == 1
    assert Program(clerk).get(asked)["results"] == []
    for title in ("Tall vase", "Ash bowl"):
        owner.post(f"{HERE}collections/", {"title": title, "shown": False})
    log = owner.get(f"{HERE}log/?find=ash")["results"]
    assert [one["subject"] for one in log] == ["Ash bowl"]


@pytest.mark.django_db
def test_what_is_owed_is_the_sum_of_the_moves(brand: Any) -> None:
    finance = Program(protect(make_member(brand=brand, role="finance")))
    assert finance.get(f"{HERE}balance/owed/")["owed"]["amount"] == 0
    for amount in (5000, 9000):
        earn(brand, amount=amount)
    moves = finance.get(f"{HERE}balance/?sort=largest")["results"]
    assert [one["paid"]["amount"] for one in moves] == [9000, 5000]
    owed = finance.get(f"{HERE}balance/owed/")["owed"]["amount"]
    assert owed == sum(one["amount"]["amount"] for one in moves) > 0
    first = moves[0]["order"]
    assert [one["order"] for one in finance.get(f"{HERE}balance/?find={first}")["results"]] == [
        first
    ]


@pytest.mark.django_db
def test_somebodys_pins_of_one_kind(brand: Any) -> None:
    for slug in ("vases", "lamps"):
        make_category(slug=slug, name=slug.title())
    vase = make_product(seller=brand, title="Vase", price=4000, category="vases")
    lamp = make_product(seller=brand, title="Lamp", price=9000, category="lamps")
    look = make_pin(author=brand, title="Both", products=[vase, lamp])
    dear = make_pin(author=brand, title="Lamp", products=[lamp], category="lamps")
    plain = make_pin(author=brand, title="Kiln")
    reader, friend = make_person(), make_person()
    program = Program(reader)
    program.call("PUT", f"profiles/{friend.handle}/follow/")
    board = make_board(owner=friend)
    save_pin(pin_id=plain.public_id, saver_id=friend.pk, board_id=board.public_id)

    def shown(query: str) -> set[str]:
        rows = program.get(f"profiles/ondine/pins/{query}")["results"]
        return {one["id"] for one in rows}

    every = {look.public_id, dear.public_id, plain.public_id}
    assert shown("") == every
    assert shown("?looks=true") == {look.public_id}
    assert shown("?price_below=6000") == {look.public_id}
    assert shown("?category=lamps") == {dear.public_id}
    assert shown("?saved=true") == {plain.public_id}
    assert shown("?category=nothing") == shown("?looks=true&category=lamps") == set()
