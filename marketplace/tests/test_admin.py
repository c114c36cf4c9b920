"""The administration as a whole: every table of ours can be found, read and searched at a price
that does not grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, follow_all, make_brand, make_operator, make_person
from catalog.testing import make_product
from feed.testing import make_board, make_pin
from inventory.actions import receive
from marketplace.settings import OUR_APPS
from marketplace.tests.world import EVIL, make_world
from orders.testing import make_paid_order

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Counters of tries, dropped within a day; followers of a topic, as its page says them.
NOT_FOR_PEOPLE = {"core.TryCount", "accounts.TopicFollowers"}


def ours() -> list[type[models.Model]]:
    """What `core` makes up for its own tests stays out."""
    found = [one for app in OUR_APPS for one in apps.get_app_config(app).get_models()]
    return [one for one in found if ".tests." not in one.__module__]


def path_of(model: type[Any]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def more() -> None:
    """Another of everything that grows while a market runs."""
    brand, person = make_brand(), make_person()
    follow_all(person, [brand])
    product = make_product(seller=brand)
    variant = product.variants.get()
    receive(variant_id=variant.pk, quantity=5, actor_id=None)
    make_pin(author=brand, products=[product])
    make_board(owner=person)
    make_paid_order(variant=variant, person=person)
    client_for(person).post(f"/ask/product/{product.public_id}/", {"text": "Is it heavy?"})
    about = {"reason": "counterfeit", "note": "", "details": ""}
    client_for(person).post(f"/report/product/{product.public_id}/", about)


def test_every_table_has_its_place() -> None:
    sites = admin.site._registry
    shown = {*sites} | {part.model for one in sites.values() for part in one.inlines}
    assert {one._meta.label for one in ours() if one not in shown} == NOT_FOR_PEOPLE
    blind = [one._meta.label for one in ours() if one in sites and not sites[one].search_fields]
    assert blind == []


def test_every_list_costs_the_same_for_more_rows() -> None:
    make_world()
    operator = client_for(make_operator())
    operator.get("/admin/")  # what only the first request looks up

    def cost(model: type[Any]) -> int:
        with CaptureQueriesContext(connection) as spent:
            assert operator.get(path_of(model)).status_code == 200, model
        return len(spent)

    registered = [one for one in ours() if one in admin.site._registry]
    more()
    few = {one: (one._default_manager.count(), cost(one)) for one in registered}
    for _ in range(3):
        more()
    grown = 0
    for one, (rows, queries) in few.items():
        grown += one._default_manager.count() > rows > 0
        if rows:
            assert cost(one) <= queries, one._meta.label
    assert grown >= 25  # otherwise this test says little


def test_every_list_is_searched_and_every_row_is_read() -> None:
    make_world()
    operator = client_for(make_operator())
    for model in ours():
        if model not in admin.site._registry:
            continue
        for words in ("ondine", f"100%_\\ {EVIL}"):
            found = operator.get(path_of(model), {"q": words})
            assert found.status_code == 200, (model, words)
            assert EVIL not in found.content.decode(), model
        row = model._default_manager.first()
        if row is not None:
            page = operator.get(f"{path_of(model)}{row.pk}/change/")
            assert page.status_code == 200, model
            assert EVIL not in page.content.decode(), model
    nobody = Client()
    assert nobody.get("/admin/orders/order/").status_code == 302
