"""Operators: every list searches, costs a constant number of queries, and take-downs ask first."""

import pytest

from accounts.testing import client_for, make_operator, make_person
from catalog import queries
from catalog.models import Product, ProductMove
from catalog.testing import make_collection, make_product

pytestmark = pytest.mark.django_db
MODELS = [
    "category",
    "product",
    "variant",
    "storefront",
    "deliverymethod",
    "productimage",
    "option",
    "optionvalue",
    "productmove",
    "collection",
    "collectionitem",
]


@pytest.fixture
def operator():
    return client_for(make_operator())


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_lists_search_at_a_constant_number_of_queries(
    operator, model, django_assert_max_num_queries
):
    first = make_product(sizes=["S", "L"])
    make_collection(seller=first.seller, products=[first])
    operator.get(f"/admin/catalog/{model}/")
    for _ in range(4):
        product = make_product(sizes=["S", "M", "L"])
        make_collection(seller=product.seller, products=[product])
    with django_assert_max_num_queries(10):
        answer = operator.get(f"/admin/catalog/{model}/", {"q": "vase"})
    assert answer.status_code == 200


def test_a_product_is_read_and_not_edited(operator):
    product = make_product(title="Tall vase")
    address = f"/admin/catalog/product/{product.pk}/change/"
    assert b"Tall vase" in operator.get(address).content
    assert operator.post(address, {"title": "Mine"}).status_code == 403
    assert operator.get("/admin/catalog/product/add/").status_code == 403
    product.refresh_from_db()
    assert product.title == "Tall vase"


def act(client, product, action, **data):
    return client.post(
        "/admin/catalog/product/", {"action": action, "_selected_action": product.pk, **data}
    )


def test_a_take_down_asks_for_a_reason_first(operator):
    product = make_product(title="Tall vase")
    answer = act(operator, product, "take_down")
    assert b"Tall vase" in answer.content
    assert b"Reason" in answer.content
    answer = act(operator, product, "take_down", confirmed="1", reason="  ")
    assert b"Give a reason" in answer.content
    assert len(queries.product_cards(ids=[product.pk])) == 1

    act(operator, product, "take_down", confirmed="1", reason="Counterfeit.")
    assert queries.product_cards(ids=[product.pk]) == []
    assert ProductMove.objects.filter(product=product, reason="Counterfeit.").exists()
    act(operator, product, "restore", confirmed="1", reason="It was real.")
    assert len(queries.product_cards(ids=[product.pk])) == 1


def test_nobody_else_takes_anything_down():
    product = make_product()
    for client in (client_for(None), client_for(make_person())):
        act(client, product, "take_down", confirmed="1", reason="Mine.")
    assert not Product.objects.filter(taken_down_at__isnull=False).exists()
