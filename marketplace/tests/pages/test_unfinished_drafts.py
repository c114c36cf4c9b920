"""A draft of a title: every page, list, file and program copes with what it does not say yet."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, make_person
from catalog.actions import create_product
from catalog.models import Product
from catalog.testing import make_delivery_method, make_image, make_product, make_service
from catalog.types import PictureInput, ProductData, VariantInput
from inventory.queries import stock_levels
from marketplace.tests.pages.products import NEW, address, edit_form, typed

pytestmark = pytest.mark.django_db
LIST = "/studio/ondine/products/"
EMPTY = {"category": "", "description": "", "v-0-sku": "", "v-0-price": "", "v-0-stock": "0"}


@pytest.fixture
def draft(brand):
    data = ProductData(title="Half a vase", variants=[VariantInput(sku="", price=None)])
    return create_product(seller_id=brand.pk, actor_id=None, data=data)


def test_a_title_is_saved_and_comes_back_as_it_was(brand, owner):
    answer = owner.post(NEW, typed(**{**EMPTY, "title": "Half a vase", "v-0-stock": "3"}))
    assert answer.status_code == 302
    product = Product.objects.get()
    variant = product.variants.get()
    assert (variant.sku, variant.price, variant.active) == (None, None, True)
    assert stock_levels(variant_pks=[variant.pk])[variant.pk].on_hand == 3
    page = owner.get(address(product)).content.decode()
    assert "No price yet" in page
    form = edit_form(owner, product)
    assert (form["v-0-sku"], form["v-0-price"], form["category"]) == ("", "", "")

    finished = {**form, "category": "vases", "v-0-sku": "H-1", "v-0-price": "12"}
    assert owner.post(address(product), finished).status_code == 302
    variant.refresh_from_db()
    assert (variant.sku, variant.price) == ("H-1", 1200)
    assert stock_levels(variant_pks=[variant.pk])[variant.pk].on_hand == 3


def test_several_variants_without_an_sku_keep_their_own_stock(brand, owner):
    axes = {"option_0": "Size", "values_0": ["S", "L"], "v-1-values": '["L"]', "v-1-sku": ""}
    more = {"v-1-price": "", "v-1-stock": "7", "v-1-was": "", "v-1-on": "1"}
    first = {**EMPTY, "v-0-values": '["S"]', "v-0-stock": "2", "v-0-was": ""}
    assert owner.post(NEW, typed(**axes, **more, **first)).status_code == 302
    product = Product.objects.get()
    found = {one.title: one.pk for one in product.variants.all()}
    levels = stock_levels(variant_pks=list(found.values()))
    assert {title: levels[pk].on_hand for title, pk in found.items()} == {"S": 2, "L": 7}


@pytest.mark.parametrize("to", ["published", "scheduled"])
def test_publishing_it_says_what_is_open_beside_the_fields_and_saves_nothing(owner, draft, to):
    form = {**edit_form(owner, draft), "to": to, "title": "Typed", "publish_at": "2031-01-01T10:00"}
    answer = owner.post(address(draft), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for place in ("id_category_error", "v-0-price_error", "v-0-sku_error", "id_pictures_error"):
        assert f'id="{place}"' in page, place
    assert "Say how you deliver" in page
    assert 'value="Typed"' in page
    draft.refresh_from_db()
    assert (draft.title, draft.state, draft.publish_at) == ("Half a vase", "draft", None)


def todos(page):
    panel = re.search(r'aria-labelledby="check-h".*?</section>', page, re.DOTALL)[0]
    lines = re.findall(r"<li(.*?)</li>", panel, re.DOTALL)
    return [(' class="open"' in one, "<b>" in one) for one in lines], panel


def test_the_editor_shows_the_list_and_what_is_needed_stands_out(owner, draft):
    lines, panel = todos(owner.get(address(draft)).content.decode())
    assert lines.count((True, True)) == 5
    assert lines.count((True, False)) == 1
    assert "6 open" in panel
    assert 'href="#v-0-price"' in panel
    assert 'href="/studio/ondine/delivery/"' in panel


def test_what_only_warns_is_said_after_publishing(brand, owner):
    make_delivery_method(seller=brand)
    picture = make_image(owner_id=brand.pk, alt="").public_id
    answer = owner.post(NEW, typed(kept=picture, to="published"), follow=True)
    page = answer.content.decode()
    assert "Tall vase is on sale. Still open: Picture 1 needs alt text" in page
    assert Product.objects.get().state == "published"


def test_many_at_once_are_told_the_same(brand, owner, draft):
    picture = PictureInput(image_id=make_image(owner_id=brand.pk, alt="").pk)
    fine = make_product(seller=brand, title="Fine", publish=False, pictures=[picture])
    form = {"do": "published", "row": [draft.public_id, fine.public_id]}
    page = owner.post(LIST, form, follow=True).content.decode()
    assert "1 product is on sale. Fine: Still open: Picture 1 needs alt text" in page
    assert "Half a vase: Before you publish: Choose a category; Add a picture" in page
    draft.refresh_from_db()
    fine.refresh_from_db()
    assert (draft.state, fine.state) == ("draft", "published")


@pytest.mark.parametrize(
    ("make", "path", "column"),
    [
        (make_product, LIST, "page_variants"),
        (make_service, "/studio/ondine/services/", "page_packages"),
    ],
)
def test_what_is_open_of_many_is_asked_once(brand, owner, make, path, column):
    make_delivery_method(seller=brand)
    picture = PictureInput(image_id=make_image(owner_id=brand.pk, alt="").pk)

    def published(count):
        """How often whole pages are read while so many are published and remarked upon."""
        made = [
            make(seller=brand, title=f"Bowl {n}", publish=False, pictures=[picture])
            for n in range(count)
        ]
        form = {"do": "published", "row": [one.public_id for one in made]}
        with CaptureQueriesContext(connection) as asked:
            owner.post(path, form)
        read = sum(column in one["sql"] for one in asked.captured_queries)
        page = owner.get(path).content.decode()
        assert "Bowl 0: Still open:" in page
        assert ("And 2 more." in page) is (count == 5)
        return read

    # Each is read before it is published, and all of them once after that.
    assert [published(count) for count in (1, 5)] == [1 + 1, 5 + 1]


def test_lists_files_and_the_stock_cope(owner, draft):
    assert "No price yet" in owner.get(LIST).content.decode()
    for path in (f"{LIST}?as=csv", f"{LIST}?sort=cheapest", "/studio/ondine/stock/"):
        answer = owner.get(path)
        assert answer.status_code == 200
        assert b"Half a vase" in (b"".join(answer) if answer.streaming else answer.content)
    variant = draft.variants.get().public_id
    history = owner.get(f"/studio/ondine/stock/{variant}/")
    assert history.status_code == 200
    assert "None" not in history.content.decode()


def test_its_preview_says_so_and_strangers_find_nothing(owner, draft):
    path = f"/product/{draft.public_id}/{draft.slug}/"
    page = owner.get(path).content.decode()
    assert "No price yet" in page
    assert "Buy now" not in page
    assert client_for(make_person()).get(path).status_code == 404


def test_it_cannot_be_bought_by_its_number(owner, draft):
    variant = draft.variants.get().public_id
    assert owner.get(f"/buy/{variant}/").status_code == 404
    answer = owner.post("/bag/add/", {"variant": variant}, follow=True)
    assert "Half a vase" not in answer.content.decode()
