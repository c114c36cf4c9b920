"""The studio's list of collections: searched, narrowed, sorted, a file, and many at a time."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.testing import make_brand
from catalog.models import Collection
from catalog.testing import make_collection
from catalog.types import CollectionRule
from marketplace.tests.pages.lists import COLLECTIONS, file_of, page_of, said

pytestmark = pytest.mark.django_db


def named(client, question=""):
    page = page_of(client, f"{COLLECTIONS}{question}")
    return [str(link.get_text()) for link in page.select("td.lead a.link")]


def test_the_list_is_searched_narrowed_and_sorted_and_is_a_file(brand, owner, vases):
    make_collection(seller=brand, products=vases, title="Winter light")
    make_collection(seller=brand, products=vases[:1], title="Autumn", shown=False)
    make_collection(seller=brand, rule=CollectionRule(words="Vase"), title="All vases")
    make_collection(seller=make_brand(), title="Of another")
    assert named(owner) == ["All vases", "Autumn", "Winter light"]
    assert named(owner, "?q=LIGHT") == ["Winter light"]
    assert named(owner, "?state=draft") == ["Autumn"]
    assert named(owner, "?kind=rule") == ["All vases"]
    assert named(owner, "?sort=newest") == ["All vases", "Autumn", "Winter light"]
    assert named(owner, "?sort=oldest") == ["Winter light", "Autumn", "All vases"]
    (row,) = file_of(owner, f"{COLLECTIONS}?q=winter&as=csv")
    assert (row["Collection"], row["State"], row["Put together"], row["On sale in it"]) == (
        "Winter light",
        "Published",
        "By hand",
        "3",
    )


def test_many_are_taken_off_the_page_shown_deleted_and_brought_back(brand, owner, vases):
    shown = make_collection(seller=brand, products=vases, title="Winter light")
    empty = make_collection(seller=brand, title="Nothing yet", shown=False)
    both = [shown.public_id, empty.public_id]

    def states():
        rows = Collection.objects.kept().filter(seller=brand).order_by("title")
        return [(one.title, one.shown) for one in rows]

    before = states()
    owner.post(COLLECTIONS, {"do": "published", "row": both})
    text, _undo = said(owner, COLLECTIONS)
    assert "1 collection is on your page." in text
    assert "Nothing yet:" in text
    assert states() == before, "what may not be shown stays a draft, and says why"
    for do in ("draft", "deleted"):
        owner.post(COLLECTIONS, {"do": do, "row": [shown.public_id]})
        assert states() != before
        owner.post(said(owner, COLLECTIONS)[1])
        assert states() == before, do
    assert Client().get("/@ondine/collections/winter-light/").status_code == 200


def test_collections_of_others_are_none_to_act_on(brand, owner, vases):
    theirs = make_collection(seller=make_brand(handle="rival"), title="Theirs", shown=False)
    for do in ("published", "draft", "deleted", "restored"):
        owner.post(COLLECTIONS, {"do": do, "row": [theirs.public_id]})
    theirs.refresh_from_db()
    assert (theirs.shown, theirs.deleted_at) == (False, None)
