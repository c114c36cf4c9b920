"""What every market asks of its products without a demo."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.test import Client

from accounts.testing import client_for, make_operator
from catalog import actions, queries
from catalog.models import Attribute, Category, CategoryAttribute
from catalog.testing import make_attribute, make_category, make_product
from core.errors import NotFound
from search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    return client_for(make_operator())


def make_by_hand(operator: Client, slug: str, parent: Category | None = None) -> Category:
    """A category as an operator makes it."""
    form = {"name": slug.title(), "slug": slug, "position": "0"}
    if parent:
        form["parent"] = str(parent.pk)
    assert operator.post("/admin/catalog/category/add/", form).status_code == 302
    return Category.objects.get(slug=slug)


def asked(slug: str) -> list[str]:
    return [one.code for one in queries.attributes_asked(category=slug)]


def test_a_fresh_market_asks_what_is_made_by_hand_and_finds_it(operator: Client) -> None:
    home = make_by_hand(operator, "home")
    make_by_hand(operator, "vases", home)
    assert asked("home") == asked("vases") == ["hand_made"]
    assert CategoryAttribute.objects.count() == 1
    thrown = make_product(title="Thrown vase", category="vases", attributes={"hand_made": True})
    make_product(title="Cast vase", category="vases", attributes={"hand_made": False})
    found = find(text="vase", facets={"a_hand_made": True})
    assert [hit.public_id for hit in found.items] == [thrown.public_id]
    page = Client().get("/search/?q=vase&category=vases").content.decode()
    assert "Made by hand" in page


def test_a_branch_that_becomes_a_root_asks_it_itself(operator: Client) -> None:
    vases = make_by_hand(operator, "vases", make_by_hand(operator, "home"))
    change = f"/admin/catalog/category/{vases.pk}/change/"
    renamed = {"name": "All vases", "position": "0", "parent": str(vases.parent_id)}
    assert operator.post(change, renamed).status_code == 302
    assert CategoryAttribute.objects.count() == 1, "asked above it"
    for _time in range(2):
        assert operator.post(change, {**renamed, "parent": ""}).status_code == 302
    assert Category.objects.get(slug="vases").parent_id is None
    assert asked("home") == asked("vases") == ["hand_made"]
    CategoryAttribute.objects.filter(category=vases).delete()
    assert operator.post(change, {**renamed, "parent": ""}).status_code == 302
    assert asked("vases") == [], "whoever takes it from a root does not find it back"


def test_what_an_operator_made_of_it_stays(operator: Client) -> None:
    make_attribute(code="hand_made", name="By hand", kind="yes_no")
    make_by_hand(operator, "home")
    actions.ask_standard(category="home")
    assert Attribute.objects.get().name == "By hand"
    assert CategoryAttribute.objects.count() == 2, "where it stood, and at the new root"
    with pytest.raises(NotFound):
        actions.ask_standard(category="nowhere")


def test_a_market_that_was_there_asks_it_after_the_upgrade() -> None:
    ask = importlib.import_module("catalog.migrations.0019_hand_made").ask
    ask(apps, None)
    assert not Attribute.objects.exists(), "an empty market has nobody to ask"
    make_category(slug="home")
    make_category(slug="vases", parent="home")
    for _time in range(2):
        ask(apps, None)
    asks = CategoryAttribute.objects.values_list("category__slug", "attribute__code")
    assert list(asks) == [("home", "hand_made")]
