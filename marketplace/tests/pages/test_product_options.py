"""The options of a product as chips, and the variants that follow from them."""

import html
import json
import re

import pytest
from bs4 import BeautifulSoup

from catalog.models import Product
from catalog.testing import make_product
from inventory.actions import adjust
from inventory.queries import stock_levels
from marketplace.tests.pages.products import NEW, address, posted, typed

pytestmark = pytest.mark.django_db


GLAZED = {"option_0": "Glaze", "values_0": ["Teal", "Sand"], "had_0": ["Teal", "Sand"]}


def chips(page, axis=0):
    """The values of an option on the page, an empty field among them."""
    return re.findall(rf'name="values_{axis}" value="([^"]*)"', page)


def rows_of(page):
    """The variants of the grid, by their values."""
    packed = re.findall(r'name="v-\d+-values" value="([^"]*)"', page)
    return [tuple(json.loads(html.unescape(one))) for one in packed]


def test_an_option_and_its_values_are_added_and_taken_away_without_a_script(owner):
    page = owner.post(NEW, typed(**{"as": "axis"})).content.decode()
    assert 'name="option_0" value=""' in page
    assert chips(page) == [""]

    page = owner.post(NEW, typed(**GLAZED, **{"as": "value:0"})).content.decode()
    assert chips(page) == ["Teal", "Sand", ""]
    assert rows_of(page) == [("Teal",), ("Sand",)]

    page = owner.post(NEW, typed(**GLAZED, **{"as": "unvalue:0:0"})).content.decode()
    assert chips(page) == ["Sand"]
    assert rows_of(page) == [("Sand",)]

    page = owner.post(NEW, typed(**GLAZED, **{"as": "unaxis:0"})).content.decode()
    assert "option_0" not in page
    assert rows_of(page) == [()]
    assert not Product.objects.exists()


def test_a_value_may_hold_a_comma_and_several_are_told_apart_by_semicolons(owner):
    sizes = {"option_0": "Height", "values_0": ["S, 24 cm; M, 32 cm", "L, 44 cm"]}
    page = owner.post(NEW, typed(**sizes, **{"as": "variants"})).content.decode()
    assert chips(page) == ["S, 24 cm", "M, 32 cm", "L, 44 cm"]
    assert len(rows_of(page)) == 3


def test_an_option_taken_away_leaves_the_variants_of_the_others_as_they_are(brand, owner):
    product = make_product(seller=brand, sizes=["S", "L"])
    small, large = product.variants.order_by("position")
    form = posted(owner, product)
    two = {
        "option_1": "Glaze",
        "values_1": "Teal",
        "v-0-values": '["S", "Teal"]',
        "v-1-values": '["L", "Teal"]',
    }
    page = owner.post(address(product), {**form, **two, "as": "unaxis:1"}).content.decode()
    assert rows_of(page) == [("S",), ("L",)]
    assert [f'value="{one.sku}"' in page for one in (small, large)] == [True, True]
    assert product.variants.filter(active=True).count() == 2


def form_on(page, **changes):
    """The form on a page as a browser would post it, all that is on it kept."""
    form = BeautifulSoup(page, "html.parser").select_one("input[name=v-0-sku]").find_parent("form")
    data: dict[str, list[str]] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        kind = one.get("type", one.name)
        if kind in ("checkbox", "radio") and not one.has_attr("checked"):
            continue
        if kind == "select":
            chosen = one.select("option[selected]") or one.select("option")[:1]
            data.setdefault(str(one["name"]), []).extend(
                str(each.get("value", "")) for each in chosen
            )
        elif kind != "file":
            text = str(one.get("value", "")) if one.name == "input" else one.text.strip()
            data.setdefault(str(one["name"]), []).append(text)
    return {**data, "as": "save", **changes}


@pytest.mark.parametrize("saved_between", [True, False])
def test_a_value_that_comes_back_has_the_pieces_that_are_typed(brand, owner, saved_between):
    """Its variant is found again by its SKU, with the pieces it had: they are not added."""
    first = typed(
        option_0="Glaze",
        values_0=["Teal", "Ink"],
        **{"v-0-values": "[]", "as": "variants"},
    )
    page = owner.post(NEW, first).content.decode()
    owner.post(NEW, form_on(page, **{"v-0-stock": "2", "v-1-stock": "5"}))
    product = Product.objects.get()
    ink = product.variants.get(title="Ink")
    assert stock_levels(variant_pks=[ink.pk])[ink.pk].on_hand == 5

    page = owner.get(address(product)).content.decode()
    page = owner.post(address(product), form_on(page, **{"as": "unvalue:0:1"})).content.decode()
    if saved_between:
        assert owner.post(address(product), form_on(page)).status_code == 302
        ink.refresh_from_db()
        assert not ink.active
        page = owner.get(address(product)).content.decode()
    again = form_on(page, values_0=["Teal", "Ink"], had_0=["Teal"], **{"as": "variants"})
    page = owner.post(address(product), again).content.decode()
    sku = form_on(page)["v-1-sku"]
    assert sku == [ink.sku]
    answer = owner.post(address(product), form_on(page, **{"v-1-stock": "3"}))
    assert answer.status_code == 302
    ink.refresh_from_db()
    assert ink.active
    teal = product.variants.get(title="Teal")
    levels = stock_levels(variant_pks=[ink.pk, teal.pk])
    assert (levels[ink.pk].on_hand, levels[teal.pk].on_hand) == (3, 2)


def coloured(owner, colours, *, skus=False):
    """A draft in these colours with 5, 6, … pieces of them."""
    first = typed(
        option_0="Colour",
        values_0=colours,
        **{"v-0-values": "[]", "v-0-sku": "C" if skus else "", "as": "variants"},
    )
    page = owner.post(NEW, first).content.decode()
    stocks = {f"v-{n}-stock": str(5 + n) for n in range(len(colours))}
    assert owner.post(NEW, form_on(page, **stocks)).status_code == 302
    return Product.objects.get()


def pieces_of(product):
    """What is counted of each variant, those that are gone too."""
    titles = dict(product.variants.values_list("pk", "title"))
    return {titles[pk]: one.on_hand for pk, one in stock_levels(variant_pks=list(titles)).items()}


@pytest.mark.parametrize("skus", [True, False])
def test_a_variant_whose_option_goes_keeps_its_pieces_and_its_sales_meanwhile(owner, skus):
    product = coloured(owner, ["Red"], skus=skus)
    variant = product.variants.get()
    page = owner.get(address(product)).content.decode()
    page = owner.post(address(product), form_on(page, **{"as": "unaxis:0"})).content.decode()
    assert form_on(page)["v-0-stock"] == ["5"]
    adjust(changes={variant.pk: -1}, actor_id=None, reason="Sold at the fair")
    assert owner.post(address(product), form_on(page)).status_code == 302
    assert product.variants.get() == variant, "it is the same one"
    assert pieces_of(product) == {"": 4}


def test_values_that_change_their_names_with_each_other_have_what_is_typed(owner):
    product = coloured(owner, ["Red", "Blue"])
    page = owner.get(address(product)).content.decode()
    swapped = form_on(page, values_0=["Blue", "Red"])
    page = owner.post(address(product), {**swapped, "as": "variants"}).content.decode()
    assert rows_of(page) == [("Blue",), ("Red",)]
    assert owner.post(address(product), form_on(page)).status_code == 302
    assert pieces_of(product) == {"Blue": 5, "Red": 6}


def test_a_row_that_names_the_variant_of_another_product_makes_a_new_one(brand, owner):
    product, other = coloured(owner, ["Red"]), make_product(seller=brand)
    theirs = other.variants.get()
    adjust(changes={theirs.pk: 9}, actor_id=None)
    form = form_on(owner.get(address(product)).content.decode())
    gone = {**form, "v-0-key": theirs.public_id, "v-0-stock": "2", "as": "unaxis:0"}
    page = owner.post(address(product), gone).content.decode()
    assert owner.post(address(product), form_on(page)).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.product_id, pieces_of(other)) == (other.pk, {"": 9})
    assert pieces_of(product) == {"Red": 5, "": 2}


def test_a_new_option_takes_prices_from_the_variants_that_are_there(brand, owner):
    product = make_product(seller=brand, sizes=["S", "L"], price=4000)
    form = posted(owner, product)
    glaze = {"option_1": "Glaze", "values_1": ["Teal", "Sand"], "as": "variants"}
    page = owner.post(address(product), {**form, **glaze}).content.decode()
    prices = re.findall(r'name="v-\d+-price" value="([^"]*)"', page)
    assert prices == ["40.00", "40.00", "41.00", "41.00"]


def test_a_new_value_takes_the_price_of_the_variants_most_like_it(brand, owner):
    """Of a new glaze in large, the large one of another glaze; SKUs written by hand go on alike."""
    product = make_product(seller=brand, sizes=["S", "L"], price=4000)
    form = posted(owner, product)
    glaze = {"option_1": "Glaze", "values_1": ["Teal"], "as": "variants"}
    page = owner.post(address(product), {**form, **glaze}).content.decode()
    hand = {"v-0-sku": "OND-007-TS", "v-1-sku": "OND-007-TL"}
    more = form_on(page, values_1=["Teal", "Midnight"], **hand, **{"as": "variants"})
    page = owner.post(address(product), more).content.decode()
    grid = form_on(page)
    assert [grid[f"v-{n}-price"] for n in range(4)] == [["40.00"]] * 2 + [["41.00"]] * 2
    assert [grid[f"v-{n}-sku"] for n in (0, 2)] == [["OND-007-TS"], ["OND-007-TL"]]
    assert [grid[f"v-{n}-sku"] for n in (1, 3)] == [["OND-007-S-MIDNIGHT"], ["OND-007-L-MIDNIGHT"]]


@pytest.mark.parametrize(
    "act",
    [
        "unvalue:9:0",
        "unvalue:0:99",
        "unvalue:0",
        "unaxis:7",
        "unaxis:x",
        "value:9",
        "axis:1",
        ":::",
    ],
)
def test_buttons_that_no_page_has_move_nothing(owner, act):
    page = owner.post(NEW, typed(**GLAZED, **{"as": act})).content.decode()
    assert chips(page) == ["Teal", "Sand"]
    assert not Product.objects.exists()


def test_more_options_than_there_may_be_are_not_offered(owner):
    five = {f"option_{n}": f"Option {n}" for n in range(5)}
    page = owner.post(NEW, typed(**five, **{"as": "axis"})).content.decode()
    assert "option_5" not in page
    assert 'value="axis"' not in page
