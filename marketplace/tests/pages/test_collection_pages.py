"""What everybody sees of a brand's collections: the list, one of them, the sitemap."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from accounts.testing import make_person
from catalog.actions import archive_product
from catalog.testing import make_collection, make_product
from catalog.types import CollectionRule
from marketplace.tests.pages.cards import cards_on

pytestmark = pytest.mark.django_db


def test_all_collections_of_a_brand(brand, owner, vases):
    path = "/@ondine/collections/"
    assert "Make a collection" in owner.get(path).content.decode()
    assert "See the products" in Client().get(path).content.decode()
    assert f'href="{path}"' not in Client().get("/@ondine/").content.decode()
    make_collection(seller=brand, title="Winter", products=vases)
    make_collection(seller=brand, title="Kept back", shown=False)
    page = Client().get(path).content.decode()
    assert "3 products" in page
    assert "Kept back" not in page
    assert f'href="{path}"' in Client().get("/@ondine/").content.decode()
    assert Client().get("/@rival/collections/").status_code == 404
    make_person(handle="noor")
    assert Client().get("/@noor/collections/").status_code == 404


def test_an_empty_collection_has_a_way_on(brand, owner):
    vase = make_product(seller=brand)
    collection = make_collection(seller=brand, title="Winter", products=[vase])
    archive_product(product_id=vase.public_id, seller_id=brand.pk, actor_id=None)
    assert "See the products" in Client().get("/@ondine/collections/winter/").content.decode()
    assert (
        f"/studio/ondine/collections/{collection.public_id}/"
        in owner.get("/@ondine/collections/winter/").content.decode()
    )


def test_what_is_not_there(brand, owner):
    make_collection(seller=brand, title="Kept back", shown=False)
    for slug in ("kept-back", "nothing", "%00", "x" * 300, "..", "a%2Fb"):
        assert Client().get(f"/@ondine/collections/{slug}/").status_code == 404
        assert owner.get(f"/@ondine/collections/{slug}/").status_code == 404


def test_it_goes_on_behind_24_and_odd_cursors_start_anew(brand):
    vases = [make_product(seller=brand, title=f"V{n:02}") for n in range(26)]
    make_collection(seller=brand, title="Many", products=vases)
    page = Client().get("/@ondine/collections/many/").content.decode()
    more = re.search(r'href="([^"]+)" data-more', page)[1]
    assert len(cards_on(page)) == 24
    assert cards_on(Client().get(more).content.decode()) == ["V24", "V25"]
    for odd in ("%00", "x", "9" * 500, "zzzzzzzzzzzz"):
        page = Client().get(f"/@ondine/collections/many/?cursor={odd}").content.decode()
        assert cards_on(page)[0] == "V00"


def test_another_spelling_of_the_brand_leads_to_ours(brand, vases):
    make_collection(seller=brand, title="Winter", products=vases)
    answer = Client().get("/@Ondine/collections/winter/")
    assert answer.status_code == 302
    assert answer["Location"] == "/@ondine/collections/winter/"


def test_search_engines_and_links_are_told(brand, vases):
    make_collection(seller=brand, title="Winter", description="Long evenings.", products=vases)
    page = Client().get("/@ondine/collections/winter/").content.decode()
    assert '<meta property="og:title" content="Winter · Ondine Studio">' in page
    assert '<meta property="og:description" content="Long evenings.">' in page
    assert 'property="og:image"' in page
    assert '/@ondine/collections/winter/">' in page.split('rel="canonical"')[1][:120]
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page)[1]
    assert json.loads(data)["@type"] == "CollectionPage"
    index = Client().get("/sitemap.xml").content.decode()
    assert "/sitemap/collections/0.xml" in index
    part = Client().get("/sitemap/collections/0.xml").content.decode()
    assert "/@ondine/collections/winter/" in part


def test_queries_do_not_grow(brand, vases, django_assert_num_queries):
    """Profile, storefront, collection, its products."""
    make_collection(seller=brand, title="Winter", products=vases)
    make_collection(seller=brand, title="Rule", rule=CollectionRule(in_stock=True))
    for path, count in (
        ("/@ondine/collections/winter/", 4),
        ("/@ondine/collections/rule/", 4),
        ("/@ondine/collections/", 4),
    ):
        Client().get(path)
        with django_assert_num_queries(count):
            Client().get(path)
    for n in range(5):
        make_product(seller=brand, title=f"More {n}")
        make_collection(seller=brand, title=f"Many {n}", rule=CollectionRule(least=n))
    with django_assert_num_queries(4):
        Client().get("/@ondine/collections/rule/")
    with django_assert_num_queries(4):
        Client().get("/@ondine/collections/")
