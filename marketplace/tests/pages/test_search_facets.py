"""The filters of the search page, through HTTP: a plain form of GET."""

import re
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from accounts.testing import make_brand
from catalog import actions, queries
from catalog.actions import change_rating
from catalog.models import Product
from catalog.testing import make_attribute, make_category, make_delivery_method, make_product
from core.testing import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """Six vases of two brands, one of which ships to Italy."""
    make_category(slug="home", name="Home")
    make_category(slug="vases", name="Vases", parent="home")
    make_category(slug="lamps", name="Lamps", parent="home")
    make_attribute(code="colour", choices=["Teal", "Rust"], categories=["home"])
    make_attribute(code="height", kind="number", unit="cm")
    make_attribute(code="hand_made", kind="yes_no")
    near = make_brand(name="Near & Co", handle="near")
    far = make_brand(name="Far Works", handle="far")
    make_delivery_method(seller=far, countries=["IT", "DE"])
    for number in range(6):
        make_product(
            seller=far if number == 0 else near,
            title=f"Clay vase {number}",
            price=2000 + 1500 * number,
            category="vases",
            availability="sold_out" if number == 5 else "in_stock",
            attributes={
                "colour": "teal" if number < 4 else "rust",
                "height": Decimal(10 + number),
                "hand_made": number == 3,
            },
        )
    make_product(seller=near, title="Clay lamp", price=9000, category="lamps")
    deliver_all(except_queues=("media", "mail"))
    queries.categories()


def page_of(client, **query):
    answer = client.get("/search/", {"q": "clay", **query})
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page):
    return sorted(set(re.findall(r">(Clay (?:vase \d|lamp))</a></h", page)))


def box(page, name, value):
    """The count beside a box, and whether it is ticked."""
    found = re.search(
        rf'<label class="tick[^>]*><input [^>]*name="{name}" value="{value}"( checked)?>'
        r".*?<span>([\d,]+)</span></label>",
        page,
    )
    return (int(found[2]), bool(found[1])) if found else None


def test_every_filter_is_there_with_its_counts(client, shop):
    page = page_of(client)
    assert box(page, "brand", "near") == (6, False)
    assert box(page, "brand", "far") == (1, False)
    assert box(page, "category", "home") == (7, False)
    assert box(page, "category", "vases") is None, "roots stand open, branches when chosen"
    assert box(page, "stock", "1") == (6, False)
    assert box(page, "a_colour", "teal") == (4, False)
    assert '<option value="IT">Italy (1)</option>' in page
    assert "Near &amp; Co" in page
    # Only vases are asked for their height: it comes with their category.
    assert 'name="a_height_min"' not in page
    page = page_of(client, category="vases")
    assert box(page, "category", "vases") == (6, True)
    assert box(page, "category", "lamps") == (1, False)
    assert box(page, "a_hand_made", "yes") == (1, False)
    assert 'name="a_height_min" value="" aria-label="Height, at least" placeholder="10"' in page


NARROWED: list[tuple[dict[str, Any], list[str]]] = [
    ({"brand": "far"}, ["Clay vase 0"]),
    ({"brand": ["far", "near"], "max": "30"}, ["Clay vase 0"]),
    ({"category": "lamps"}, ["Clay lamp"]),
    ({"to": "IT"}, ["Clay vase 0"]),
    ({"to": "it", "min": "20", "max": "20"}, ["Clay vase 0"]),
    ({"min": "95"}, ["Clay vase 5"]),
    ({"min": "90", "stock": "1"}, ["Clay lamp"]),
    ({"a_colour": "rust"}, ["Clay vase 4", "Clay vase 5"]),
    ({"category": "vases", "a_height_min": "13.5", "a_height_max": "14"}, ["Clay vase 4"]),
    ({"category": "vases", "a_height_min": "14,5"}, ["Clay vase 5"]),
    ({"category": "vases", "a_hand_made": "yes"}, ["Clay vase 3"]),
]


def test_filters_narrow_alone_and_together(client, shop, subtests):
    for query, wanted in NARROWED:
        with subtests.test(query=query):
            assert titles(page_of(client, **query)) == wanted


def test_products_are_found_by_their_stars(client, shop):
    assert 'name="rating"' not in page_of(client), "nobody gave any"
    for number, stars in enumerate(((5, 4), (3,), (2, 5), (1,))):
        for one in stars:
            product = Product.objects.get(title=f"Clay vase {number}")
            change_rating(product_id=product.pk, stars=one, people=1)
    page = page_of(client)
    assert (box(page, "rating", "4"), box(page, "rating", "3")) == ((1, False), (3, False))
    assert titles(page_of(client, rating="4")) == ["Clay vase 0"]
    assert titles(page_of(client, rating="3")) == ["Clay vase 0", "Clay vase 1", "Clay vase 2"]
    assert titles(page_of(client, rating="3", brand="far")) == ["Clay vase 0"]
    page = page_of(client, rating="4")
    assert (box(page, "rating", "4"), box(page, "rating", "3")) == ((1, True), (3, False))
    assert "4 stars and up" in page
    for nonsense in ("2", "5", "x", "-1"):
        assert len(titles(page_of(client, rating=nonsense))) == 7


def test_counts_say_what_a_further_box_would_find(client, shop):
    page = page_of(client, a_colour="rust", brand="near")
    assert box(page, "a_colour", "teal") == (3, False), "counted without its own filter"
    assert box(page, "a_colour", "rust") == (2, True)
    assert box(page, "brand", "far") is None
    assert "Show 2 products" in page


def test_each_filter_that_is_on_can_be_dropped_alone(client, shop):
    page = page_of(client, brand="near", category="vases", a_colour="teal", to="DE", stock="1")
    chips = dict(
        re.findall(r'<a class="cut" href="([^"]*)">([^<]*?) <svg', page.replace("&amp;", "&"))
    )
    assert set(chips.values()) == {"Vases", "Near & Co", "Ships to Germany", "In stock", "Teal"}
    dropped = {words: address for address, words in chips.items()}
    assert "brand" not in dropped["Near & Co"]
    assert "a_colour=teal" in dropped["Near & Co"]
    assert "a_colour" not in dropped["Vases"], "its attributes go with their category"
    for address in chips:
        assert client.get(address).status_code == 200


def test_prices_are_drawn_and_told(client, shop):
    page = page_of(client, min="40", max="60")
    assert re.search(r'<svg class="bars"[^>]* role="img" aria-label="Prices: 7 products', page)
    table = re.findall(r'<td><a href="([^"]*)">([^<]*)</a></td><td class="num">(\d+)', page)
    assert sum(int(count) for _address, _words, count in table) == 7
    lit = page.count('class="on"/>')
    assert 0 < lit < len(table)
    address, _words, count = table[0]
    found = client.get(address.replace("&amp;", "&")).content.decode()
    assert len(titles(found)) == int(count)


def test_what_was_typed_wrong_is_told_and_the_rest_counts(client, shop):
    query = {"q": "clay", "category": "vases", "a_height_min": "tall", "min": "x", "stock": "1"}
    answer = client.get("/search/", query)
    page = answer.content.decode()
    assert answer.status_code == 400
    for name, typed in (("a_height_min", "tall"), ("min", "x")):
        assert f'href="#f-{name}"' in page
        assert f'id="{name}-error"' in page
        assert f'id="f-{name}" name="{name}" value="{typed}"' in page
    assert len(titles(page)) == 5


def test_nothing_left_says_which_filter_to_drop(client, shop):
    page = page_of(client, brand="far", a_colour="rust")
    assert "Nothing answers to" in page
    ways = re.findall(r'<a class="btn btn--line" href="([^"]*)">without “([^”]*)”', page)
    assert [words for _address, words in ways] == ["Far Works", "Rust"] or len(ways) == 2
    for address, _words in ways:
        assert titles(client.get(address.replace("&amp;", "&")).content.decode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ({}, True),
        ({"q": "qqqq zzzz"}, False),
        ({"q": "qqqq zzzz", "kind": "product"}, False),
        ({"q": "qqqq zzzz", "max": "30"}, True),
        ({"q": "qqqq zzzz", "max": "cheap"}, True),
    ],
)
def test_filters_are_offered_where_they_could_do_something(client, shop, query, offered):
    page = client.get("/search/", {"q": "clay", **query}).content.decode()
    assert ('id="facets"' in page) is offered
    assert ('popovertarget="facets"' in page) is offered


def test_a_word_that_nobody_has_is_offered_spelt_right(client, shop):
    page = page_of(client, q="clay vaise")
    assert re.search(r'Did you mean <a class="link" href="/search/\?q=clay\+vase"', page)
    assert "Did you mean" not in page_of(client)


def test_quoted_words_must_stand_so_and_can_be_freed(client, shop):
    assert titles(page_of(client, q='"vase 3"')) == ["Clay vase 3"]
    page = page_of(client, q='"3 vase"')
    assert "Nothing answers to" in page
    assert 'href="/search/?q=3+vase"' in page


HOSTILE: list[dict[str, Any]] = [
    {"brand": ["'"] * 500},
    {"brand": "\x00", "to": "\x00", "category": "\x00"},
    {"category": "x" * 10_000},
    {"to": "XX"},
    {"to": "DE' OR 1=1"},
    {"a_colour": "'; DROP TABLE search_document; --"},
    {"a_colour": ["teal"] * 1_000},
    {"a_user__password": "x", "a_": "y", "a_'": "z"},
    {"a_height_min": "9" * 400},
    {"a_height_min": "1e999", "category": "vases"},
    {"a_height_max": "NaN", "category": "vases"},
    {"a_height_max": "-1", "category": "vases"},
    {"a_height_max": "\u0661", "category": "vases"},
    {"min": "99999999999999999999"},
    {"min": "50", "max": "10"},
    {"page": "9" * 5000, "brand": "near"},
    {"stock": "\x00", "kind": "product", "sort": "price"},
]


def test_hostile_filters_get_a_sane_answer(client, shop, subtests):
    for query in HOSTILE:
        with subtests.test(query=query):
            answer = client.get("/search/", {"q": "clay", **query})
            assert answer.status_code in (200, 400)
            assert "Traceback" not in answer.content.decode()


def test_other_kinds_have_no_filters(client, shop):
    page = page_of(client, kind="brand")
    assert 'id="facets"' not in page


def test_a_brand_that_ships_elsewhere_is_found_there(client, shop):
    method = queries.methods_of(seller_id=make_brand(handle="third", name="Third").pk)
    assert method == []
    third = make_product(title="Clay vase 9")
    make_delivery_method(seller=third.seller, countries=["PT"], name="Express")
    assert titles(page_of(client, to="PT")) == []
    deliver_all(except_queues=("media", "mail"))
    assert titles(page_of(client, to="PT")) == ["Clay vase 9"]
    express = queries.methods_of(seller_id=third.seller_id)[-1]
    actions.switch_delivery_method(seller_id=third.seller_id, method_id=express.method_id, on=False)
    deliver_all(except_queues=("media", "mail"))
    assert titles(page_of(client, to="PT")) == []


@pytest.mark.parametrize("name", ["", "a_height_"])
def test_ends_the_wrong_way_round_are_said_beside_the_field(client, shop, name):
    asked = {"q": "clay", f"{name}min": "40", f"{name}max": "11"}
    answer = client.get("/search/", asked)
    assert answer.status_code == 400
    page = BeautifulSoup(answer.content, "html5lib")
    field = page.select_one(f"main input[name={name}max]")
    assert field["value"] == "11"
    said = page.select_one(f"#{field['aria-describedby'].split()[-1]}").get_text(strip=True)
    assert said == "Error:“Up to” is less than “from”."
