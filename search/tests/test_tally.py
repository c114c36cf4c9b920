"""How facets are counted over what answers: a count is what choosing the value would find."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from search.actions import put_documents
from search.filters import BARS
from search.queries import find
from search.types import DocumentData, TallyOf

pytestmark = pytest.mark.django_db

BRANDS = ("ada", "bo", "cy")
COLOURS = ("teal", "rust", "oat")
OF = TallyOf(
    kind="product",
    names={"seller": "seller_name", "in_stock": ""},
    prefix="a_",
    spread="price",
)


@pytest.fixture(autouse=True)
def shelf():
    put_documents(
        documents=[
            DocumentData(
                kind="product",
                public_id=f"p{n}",
                title="Lantern" if n % 7 else "Lamp",
                facets={
                    "owner": BRANDS[n % 3],
                    "seller": BRANDS[n % 3],
                    "seller_name": BRANDS[n % 3].title(),
                    "in_stock": n % 4 > 0,
                    "price": 1000 + 700 * n,
                    "a_colour": list(COLOURS[: 1 + n % 3]),
                    "a_height": [n, n + 0.5],
                    "a_hand_made": n % 2 == 0,
                    **({"a_rare": ["yes"]} if n == 5 else {}),
                },
            )
            for n in range(40)
        ]
    )
    put_documents(
        documents=[
            DocumentData(kind="pin", public_id="x", title="Lantern", facets={"seller": "ada"})
        ]
    )


def count(facets: Mapping[str, Any]) -> int:
    return find(text="lantern", kinds=["product"], facets=facets).total


@pytest.mark.parametrize(
    "on",
    [
        {},
        {"seller": ["ada"]},
        {"seller": ["ada", "bo"], "a_colour": ["oat"]},
        {"price_min": 5000, "price_max": 20000},
        {"in_stock": True, "a_height_min": Decimal("10.5"), "a_hand_made": True},
        {"seller": ["nobody"]},
        {"a_rare": ["yes"], "in_stock": True},
    ],
)
def test_each_count_is_what_its_value_would_find(on):
    page = find(text="lantern", kinds=["product"], facets=on, tally=OF)
    for name, values in (("seller", BRANDS), ("a_colour", COLOURS), ("a_rare", ("yes",))):
        counted = page.tallies[name].values if name in page.tallies else {}
        for value in values:
            assert counted.get(value, 0) == count({**on, name: [value]}), (name, value)
    stock = page.tallies["in_stock"].values if "in_stock" in page.tallies else {}
    assert stock.get("true", 0) == count({**on, "in_stock": True})
    others = {key: value for key, value in on.items() if not key.startswith("price")}
    assert sum(n for _low, n in page.spread.counts) == count(others)


def test_a_word_that_nobody_has_is_counted_as_it_is_found():
    page = find(text="lantrn", kinds=["product"], facets={"seller": ["ada"]}, tally=OF)
    assert page.total > 0
    assert page.tallies["seller"].values["ada"] == page.total


def test_values_come_with_their_words_and_numbers_with_their_ends():
    page = find(text="lantern", tally=OF)
    assert page.tallies["seller"].labels == {"ada": "Ada", "bo": "Bo", "cy": "Cy"}
    height = page.tallies["a_height"]
    assert [height.low, height.high] == [Decimal(1), Decimal("39.5")]
    assert list(page.tallies["a_colour"].values) == ["teal", "rust", "oat"]
    assert "owner" not in page.tallies


def test_bars_are_few_and_begin_at_multiples_of_their_width():
    spread = find(text="lantern", tally=OF).spread
    assert spread.step == 2000
    assert 1 < len(spread.counts) <= BARS + 1
    assert all(low % spread.step == 0 for low, _n in spread.counts)


def test_one_price_is_one_bar_and_nothing_is_none():
    put_documents(
        documents=[
            DocumentData(kind="product", public_id="o", title="Solitary", facets={"price": 4200})
        ]
    )
    assert find(text="solitary", tally=OF).spread.counts == ((4200, 1),)
    assert find(text="zzzz", tally=OF).spread.counts == ()
    assert find(text="zzzz", tally=OF).tallies == {}


def test_who_is_not_met_is_not_counted(django_assert_num_queries):
    with django_assert_num_queries(1):
        page = find(text="lantern", tally=OF, without=["ada"])
    assert set(page.tallies["seller"].values) == {"bo", "cy"}


def test_the_fold_of_kinds_counts_products_alone():
    page = find(text="lantern", tally=OF)
    assert page.of_kind["pin"] == 1
    assert sum(page.tallies["seller"].values.values()) == page.of_kind["product"]
