"""Search and suggestions by program: the same filters as on the page."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.testing import make_brand
from catalog.actions import archive_service, change_rating
from catalog.models import Product
from catalog.testing import (
    make_attribute,
    make_category,
    make_delivery_method,
    make_product,
    make_service,
)
from core.money import Money
from core.testing import deliver_all
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    make_category(slug="vases", name="Vases")
    make_category(slug="lamps", name="Lamps")
    make_attribute(code="colour", choices=["Teal", "Rust"])
    make_attribute(code="height", kind="number", unit="cm")
    make_attribute(code="hand_made", kind="yes_no")
    brand = make_brand(name="Clay Works", handle="clay")
    make_delivery_method(seller=brand, countries=["PT"], name="South")
    for number in range(4):
        make_product(
            seller=brand,
            title=f"Clay vase {number}",
            price=2000 + 1000 * number,
            attributes={
                "colour": "teal" if number < 3 else "rust",
                "height": Decimal(10 + number),
                "hand_made": number == 1,
            },
        )
    lamp = make_product(title="Clay lamp", price=9000, category="lamps")
    make_pin(title="Clay evening", products=[lamp])
    deliver_all(except_queues=("media", "mail"))


def found(**query):
    answer = Client().get("/api/v1/search/", {"q": "clay", **query})
    assert answer.status_code == 200
    items = answer.json()["results"]
    assert {one["kind"] for one in items} <= {"product"}
    return [one["product"]["title"] for one in items]


FILTERED: list[tuple[dict[str, Any], list[Any]]] = [
    ({"brand": "clay", "sort": "price"}, [0, 1, 2, 3]),
    ({"brand": ["clay", "nobody"], "sort": "-price"}, [3, 2, 1, 0]),
    ({"brand": "nobody"}, []),
    ({"category": "lamps"}, ["lamp"]),
    ({"category": "nonsense"}, []),
    ({"ships_to": "PT", "price_max": 2000}, [0]),
    ({"attribute": "colour:rust"}, [3]),
    ({"attribute": ["colour:rust", "colour:teal"], "sort": "price"}, [0, 1, 2, 3]),
    ({"attribute": "hand_made:yes"}, [1]),
    ({"attribute": ["height:11..12", "hand_made:no"]}, [2]),
    ({"attribute": "height:12.5.."}, [3]),
    ({"attribute": "height:..10"}, [0]),
    ({"attribute": "height:13"}, [3]),
    ({"attribute": "height:tall"}, []),
    ({"attribute": ["height:tall", "height:10"]}, []),
    ({"attribute": "hand_made:perhaps"}, []),
    ({"attribute": "nonsense:1"}, []),
    ({"attribute": ["height:10..20", "height_min:3"]}, []),
    ({"attribute": ["height_max:3", "height:10..20", "height_max:3"]}, []),
]


def test_the_filters_of_the_page(shop, subtests):
    for query, wanted in FILTERED:
        with subtests.test(query=query):
            titles = [
                f"Clay vase {one}" if isinstance(one, int) else f"Clay {one}" for one in wanted
            ]
            assert found(**query) == titles


def test_filters_are_counted_and_another_spelling_is_proposed(shop):
    def counts(**query):
        answer = Client().get("/api/v1/search/counts/", {"q": "clay", **query})
        assert answer.status_code == 200
        return answer.json()

    def of(rows):
        return {one["value"]: one["count"] for one in rows}

    said = counts()
    assert {kind: n for kind, n in of(said["kinds"]).items() if n} == {
        "product": 5,
        "pin": 1,
        "brand": 1,
    }
    assert of(said["categories"]) == {"vases": 4, "lamps": 1}
    assert {one["handle"]: one["count"] for one in said["brands"]}["clay"] == 4
    assert of(said["ships_to"])["PT"] == 4
    attributes = {one["code"]: one for one in said["attributes"]}
    assert of(attributes["colour"]["values"]) == {"teal": 3, "rust": 1}
    assert of(attributes["hand_made"]["values"])["yes"] == 1
    assert (attributes["height"]["low"], attributes["height"]["high"]) == (10, 13)
    assert sum(one["count"] for one in said["prices"]) == 5
    assert all(one["price_min"] < one["price_max"] for one in said["prices"])
    # A filter is counted under all others, not under its own.
    rust = counts(attribute="colour:rust")
    assert of(rust["kinds"]) == {"product": 1}
    colours = {one["code"]: of(one["values"]) for one in rust["attributes"]}["colour"]
    assert (colours, of(rust["categories"])) == ({"teal": 3, "rust": 1}, {"vases": 1})
    assert (said["meant"], counts(q="cley vase")["meant"]) == (None, "clay vase")
    nothing = counts(q="")
    assert not any(of(nothing["kinds"]).values())


def test_products_are_found_and_counted_by_their_stars(shop):
    for number, stars in enumerate((4, 3)):
        product = Product.objects.get(title=f"Clay vase {number}")
        change_rating(product_id=product.pk, stars=stars, people=1)
    assert found(rating_min="4") == ["Clay vase 0"]
    assert found(rating_min="3", sort="price") == ["Clay vase 0", "Clay vase 1"]
    said = Client().get("/api/v1/search/counts/", {"q": "clay", "rating_min": "4"}).json()
    assert said["ratings"] == [{"value": "3", "count": 2}, {"value": "4", "count": 1}]
    assert Client().get("/api/v1/search/", {"q": "clay", "rating_min": "2"}).status_code == 422


@pytest.mark.parametrize("asked", [{"kind": "pin"}, {"ai": "no"}, {"kind": "pin", "ai": "yes"}])
def test_pins_are_counted_by_how_they_were_made(shop, asked):
    for number in range(2):
        make_pin(title=f"Clay dream {number}", ai_made=True)
    deliver_all(except_queues=("media", "mail"))
    said = Client().get("/api/v1/search/counts/", {"q": "clay", **asked}).json()
    assert {one["value"]: one["count"] for one in said["ai"]} == {"yes": 2, "no": 1}
    assert (said["categories"], said["prices"], said["in_stock"]) == ([], [], 0)


@pytest.mark.parametrize("asked", [{}, {"kind": "product"}, {"kind": "brand"}, {"kind": "service"}])
def test_what_is_no_pin_is_not_counted_by_how_it_was_made(shop, asked):
    with CaptureQueriesContext(connection) as queries:
        said = Client().get("/api/v1/search/counts/", {"q": "clay", **asked}).json()
    assert said["ai"] == []
    # Filters are counted where products are asked for, and nowhere else.
    counts = "bars AS" in str(queries.captured_queries)
    assert counts == bool(said["categories"]) == (asked.get("kind", "product") == "product")


def test_services_are_among_what_is_found(shop):
    service = make_service(title="Clay portraits", pricing="fixed", price=Money(9000, "EUR"))
    make_service(title="Clay weddings", publish=False)
    for query in ({}, {"kind": "service"}):
        items = Client().get("/api/v1/search/", {"q": "clay", **query}).json()["results"]
        (hit,) = [one for one in items if one["kind"] == "service"]
        assert hit["service"]["id"] == service.public_id
        assert hit["service"]["price"] == {"amount": 9000, "currency": "EUR"}
        assert hit["product"] is hit["pin"] is hit["profile"] is None
    assert len(items) == 1
    archive_service(service_id=service.public_id, seller_id=service.seller_id, actor_id=None)
    assert Client().get("/api/v1/search/", {"q": "clay", "kind": "service"}).json()["results"] == []


REFUSED: list[dict[str, Any]] = [
    {"attribute": "COLOUR:teal"},
    {"attribute": "colour"},
    {"attribute": ["colour:teal"] * 21},
    {"brand": ["x"] * 21},
    {"category": "x" * 100},
    {"ships_to": "US"},
    {"sort": "user__password"},
    {"price_min": "ten"},
]


def test_what_is_no_filter_is_refused(shop, subtests):
    for query in REFUSED:
        with subtests.test(query=query):
            answer = Client().get("/api/v1/search/", {"q": "clay", **query})
            assert answer.status_code in (400, 422)
            assert answer["Content-Type"].startswith("application/problem+json")


def test_suggestions_are_those_of_the_page(shop):
    answer = Client().get("/api/v1/search/suggestions/", {"q": "cla"})
    assert answer.status_code == 200
    said = answer.json()
    assert said["searches"] == ["clay"]
    assert len(said["products"]) == 3
    assert [one["title"] for one in said["pins"]] == ["Clay evening"]
    assert "clay" in [one["handle"] for one in said["brands"]]
    assert said["people"] == said["services"] == []
    nothing = Client().get("/api/v1/search/suggestions/", {"q": "c"}).json()
    assert not any(nothing.values())
