"""The richest product of the demo, and what stands together there, made as the seed makes them."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from accounts.testing import make_brand, owner_of
from catalog.actions import save_attribute, save_category
from catalog.queries import product_for_seller
from catalog.testing import make_delivery_method, make_image
from demo.content.attributes import ATTRIBUTES
from demo.content.categories import CATEGORIES
from demo.content.collections import COLLECTIONS, FRONT
from demo.content.products import shots
from demo.content.studios import STUDIOS
from demo.steps import products
from demo.world import House, World

pytestmark = pytest.mark.django_db


def test_the_bottle_vase_has_nine_variants_and_five_pictures() -> None:
    for position, (slug, name, parent) in enumerate(CATEGORIES):
        save_category(slug=slug, name=name, parent=parent, position=position)
    for position, attribute in enumerate(ATTRIBUTES):
        save_attribute(data=attribute, position=position)
    brand = make_brand(name="Ondine Studio", handle="ondine-studio")
    make_delivery_method(seller=brand)
    owner = owner_of(brand)
    studio = next(one for one in STUDIOS if one.name == "Ondine Studio")
    house = House(studio, brand.pk, cast("Any", SimpleNamespace(user_id=owner.user_id)))
    world = World(now=datetime.now(UTC), deliver=lambda: None, houses={studio.name: house})
    world.images = {shot.file: make_image(alt=shot.alt).pk for shot in shots()}
    line = next(one for one in products.lines() if one.key == "bottle-vase")

    made = products._bring_out(world, line, number=2, stock=9)

    vase = product_for_seller(seller_id=brand.pk, public_id=made.product)
    assert vase is not None
    assert (vase.state, len(vase.variants), len(vase.pictures)) == ("published", 9, 5)
    assert [one.name for one in vase.options] == ["Colour", "Height"]
    assert len({one.price.amount for one in vase.variants}) == 3


def test_collections_name_what_the_demo_has() -> None:
    known = {(line.studio, line.key) for line in products.lines()}
    files = {shot.file for shot in shots()}
    titles = {put.title for put in COLLECTIONS if put.studio == FRONT.studio}

    assert [key for put in COLLECTIONS for key in put.keys if (put.studio, key) not in known] == []
    assert {put.cover for put in COLLECTIONS} - files == {""}
    assert any(one in titles for one in FRONT.sections)
