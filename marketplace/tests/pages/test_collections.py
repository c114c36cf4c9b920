"""Collections in the studio: the form and what becomes of it on the public page."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.queries import brand_log
from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from catalog import queries
from catalog.actions import archive_product, publish_product, redraft_product
from catalog.models import Collection
from catalog.testing import make_attribute, make_collection, make_image, make_product
from catalog.types import CollectionRule
from core.models import Image
from core.testing import picture_file, undo_in
from marketplace.tests.pages.cards import cards_on

pytestmark = pytest.mark.django_db
LIST = "/studio/ondine/collections/"
NEW = f"{LIST}new/"


def typed(*products, **changes):
    """What a browser posts for a collection by hand."""
    return {
        "title": "Winter",
        "description": "For long evenings.",
        "kind": "hand",
        "order": "hand",
        "every": "all",
        "to": "published",
        "product": [one.public_id for one in products],
        **changes,
    }


def by_rule(**changes):
    return typed(**{"kind": "rule", "order": "newest", "least": "15", **changes})


def edit(collection):
    return f"{LIST}{collection.public_id}/"


def put(page):
    """Titles of what is in the collection, in the order of the page."""
    part = page.split('data-part="items"')[1].split("</section>")[0]
    return re.findall(r"<b>(.*?)</b>", part)


# --- by hand -------------------------------------------------------------------------------------
def test_put_together_by_hand_seen_by_everybody_and_written_down(brand, owner, vases):
    a, b, c = vases
    answer = owner.post(NEW, typed(c, a))
    collection = Collection.objects.get()
    assert answer["Location"] == f"{edit(collection)}?saved=1"
    page = Client().get("/@ondine/collections/winter/").content.decode()
    assert cards_on(page) == ["Vase C", "Vase A"]
    assert "For long evenings." in page
    assert page.count("<h1") == 1
    tag = re.search(r'class="tag" href="([^"]+)" data-sheet', page)[1]
    assert f"/buy/{c.variants.get().public_id}/?t=" in tag, "bought from here, and credited"
    assert brand_log(brand_id=brand.pk).rows[0].words == "put a collection together"
    owner.post(edit(collection), typed(b, title="Autumn", version="1"))
    page = Client().get("/@ondine/collections/winter/").content.decode()
    assert cards_on(page) == ["Vase B"]
    assert "<h1>Autumn</h1>" in page


def test_products_are_added_moved_and_taken_out_without_a_script(brand, owner, vases):
    """Each button sends the whole form; nothing is stored until Save."""
    a, b, c = vases

    def press(act, *products, **more):
        answer = owner.post(NEW, typed(*products, **{"as": act, **more}))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'value="Winter"' in page
        assert "There is a problem" not in page
        return put(page)

    assert press("add", a, pick=[c.public_id, b.public_id]) == ["Vase A", "Vase C", "Vase B"]
    assert press("add", a, pick=[a.public_id, "zzzzzzzzzzzz", "\x00"]) == ["Vase A"]
    assert press(f"later:{a.public_id}", a, b, c) == ["Vase B", "Vase A", "Vase C"]
    assert press(f"earlier:{c.public_id}", a, b, c) == ["Vase A", "Vase C", "Vase B"]
    assert press(f"earlier:{a.public_id}", a, b) == ["Vase A", "Vase B"]
    assert press(f"drop:{b.public_id}", a, b, c) == ["Vase A", "Vase C"]
    assert press("drop:zzzzzzzzzzzz", a) == ["Vase A"]
    assert press("nonsense:\x00", a, b) == ["Vase A", "Vase B"]
    assert not Collection.objects.exists()


def test_what_is_not_on_sale_says_so_here_and_is_seen_by_nobody_else(brand, owner, vases):
    a, b, c = vases
    d = make_product(seller=brand, title="Vase D")
    owner.post(NEW, typed(a, b, c, d))
    collection = Collection.objects.get()
    redraft_product(product_id=a.public_id, seller_id=brand.pk, actor_id=None)
    archive_product(product_id=b.public_id, seller_id=brand.pk, actor_id=None)
    make_product(seller=brand, title="Vase E", publish=False)

    page = owner.get(edit(collection)).content.decode()
    put, picks = page.split('data-part="items"')[1].split('data-part="picks"')
    states = dict(re.findall(r'<b>(Vase .)</b>(?:<p.*?<span class="pill[^"]*">(\w+)<)?', put))
    assert states == {"Vase A": "Draft", "Vase B": "Archived", "Vase C": "", "Vase D": ""}
    assert "4 products, 2 on sale" in put
    assert re.search(r'Vase E <span class="pill[^"]*">Draft<', picks)

    shop = Client().get("/@ondine/collections/winter/").content.decode()
    assert cards_on(shop) == ["Vase C", "Vase D"]
    for path in ("/@ondine/", "/@ondine/collections/", "/@ondine/shop/"):
        front = Client().get(path).content.decode()
        assert "Vase A" not in front
        assert "Vase E" not in front
    publish_product(product_id=a.public_id, seller_id=brand.pk, actor_id=None)
    assert cards_on(Client().get("/@ondine/collections/winter/").content.decode())[0] == "Vase A"


def test_products_are_found_by_words(brand, owner, vases):
    make_product(seller=brand, title="Bowl")
    make_product(title="Vase of another brand")
    page = owner.post(NEW, typed(vases[0], **{"as": "find", "find": "vase"})).content.decode()
    picks = page.split('data-part="picks"')[1]
    assert re.findall(r'<span class="xs">(.*?)</span>', picks) == ["Vase C", "Vase B"]
    page = owner.post(NEW, typed(**{"as": "find", "find": "<b>"})).content.decode()
    assert "is called “&lt;b&gt;”" in page


# --- by a rule -----------------------------------------------------------------------------------
def test_a_rule_is_previewed_counted_saved_and_true_afterwards(brand, owner, vases):
    page = owner.post(NEW, by_rule(**{"as": "preview"})).content.decode()
    match = page.split('data-part="match"')[1].split("</section>")[0]
    assert "2 products" in match
    assert "Vase B" in match
    assert "Vase A" not in match
    assert not Collection.objects.exists()
    owner.post(NEW, by_rule())
    assert cards_on(Client().get("/@ondine/collections/winter/").content.decode()) == [
        "Vase C",
        "Vase B",
    ]
    archive_product(product_id=vases[2].public_id, seller_id=brand.pk, actor_id=None)
    make_product(seller=brand, title="Vase D", price=9900)
    assert cards_on(Client().get("/@ondine/collections/winter/").content.decode()) == [
        "Vase D",
        "Vase B",
    ]
    page = owner.get(edit(Collection.objects.get())).content.decode()
    assert 'value="15.00"' in page
    assert "2 products" in page.split('data-part="match"')[1]


def test_a_rule_asks_what_the_brands_products_answer(brand, owner):
    make_attribute(code="glaze", choices=["Teal", "Sand"])
    make_attribute(code="handmade", kind="yes_no")
    make_product(seller=brand, title="Teal one", attributes={"glaze": "teal", "handmade": True})
    make_product(seller=brand, title="Other", attributes={"handmade": True})
    page = owner.get(NEW).content.decode()
    assert "Teal (1)" in page
    assert "Sand (" not in page, "no product of the brand is"
    rule = {"least": "", "a_glaze": ["teal"], "a_handmade": "on"}
    owner.post(NEW, by_rule(**rule))
    collection = Collection.objects.get()
    assert cards_on(Client().get("/@ondine/collections/winter/").content.decode()) == ["Teal one"]
    page = owner.get(edit(collection)).content.decode()
    assert re.search(r'name="a_glaze" value="teal"[^>]*checked', page)
    assert re.search(r'name="a_handmade"[^>]*checked', page)
    owner.post(edit(collection), by_rule(**rule, every="any"))
    assert len(cards_on(Client().get("/@ondine/collections/winter/").content.decode())) == 2


def test_by_a_rule_the_order_by_hand_becomes_newest_first(owner):
    owner.post(NEW, by_rule(order="hand"))
    assert Collection.objects.get().order == "newest"


# --- refused -------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "words", "field"),
    [
        (typed(title=""), "Fill in “Title”", "id_title"),
        (typed(title="x" * 81), "at most 80", "id_title"),
        (typed(title="a\x00b"), "cannot be stored", "id_title"),
        (typed(description="x" * 1001), "at most 1000", "id_description"),
        (typed(kind="magic"), "Select a valid choice", "id_kind"),
        (typed(order="random"), "Select a valid choice", "id_order"),
        (typed(kind=""), "Choose “Who puts it together”", "id_kind"),
        (by_rule(least="", most=""), "at least one thing", ""),
        (by_rule(least="nine"), "", "id_least"),
        (by_rule(least="9", most="8"), "from low to high", "id_most"),
        (by_rule(new_days="0"), "greater than or equal to 1", "id_new_days"),
        (by_rule(new_days="soon"), "whole number", "id_new_days"),
        (by_rule(category="nothing"), "Select a valid choice", "id_category"),
        (by_rule(a_glaze=["pink"]), "Select a valid choice", "id_a_glaze"),
        (typed(version="x"), "whole number", ""),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(
    brand, owner, vases, form, words, field
):
    make_attribute(code="glaze", choices=["Teal"])
    answer = owner.post(NEW, {**form, "product": [vases[1].public_id, vases[0].public_id]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: New collection" in page
    summary = page.split('class="errs"')[1].split("</section>")[0]
    assert words in summary
    assert not field or f'href="#{field}"' in summary
    assert "For long evenings." in page or form["description"] in page
    assert put(page) == ["Vase B", "Vase A"]
    assert not Collection.objects.exists()


def test_products_of_others_are_left_out(brand, owner):
    foreign = make_product(title="Foreign vase")
    page = owner.post(NEW, typed(foreign, title="")).content.decode()
    assert "Foreign vase" not in page
    owner.post(NEW, typed(foreign, to="draft"))
    assert Collection.objects.get().items.count() == 0


def test_the_same_form_twice_makes_one(brand, owner, vases):
    owner.post(NEW, typed(vases[0]))
    again = owner.post(NEW, typed(vases[0]))
    assert again.status_code == 422
    assert "this title already" in again.content.decode()
    assert Collection.objects.count() == 1


def test_what_somebody_else_saved_is_told_and_both_are_kept(brand, owner, vases):
    collection = make_collection(seller=brand, title="Winter", products=vases[:1])
    owner.post(edit(collection), typed(vases[1], title="Theirs", version="1"))
    answer = owner.post(edit(collection), typed(vases[2], title="Mine", version="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has saved this collection" in page
    assert 'value="Mine"' in page
    assert put(page) == ["Vase C"]
    collection.refresh_from_db()
    assert collection.title == "Theirs"
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    owner.post(edit(collection), typed(vases[2], title="Mine", version=version))
    collection.refresh_from_db()
    assert collection.title == "Mine"


# --- the cover -----------------------------------------------------------------------------------
def test_a_cover_survives_a_refusal_gets_its_focal_point_and_goes_again(brand, owner):
    vase = make_product(seller=brand)
    answer = owner.post(NEW, typed(title="", cover=picture_file()))
    kept = re.search(r'name="kept_cover" value="(\w+)"', answer.content.decode())[1]
    owner.post(NEW, typed(vase, kept_cover=kept, focus_x="20", focus_y="80"))
    collection = Collection.objects.get()
    image = Image.objects.get(public_id=kept)
    assert collection.cover == image
    assert (image.focus_x, image.focus_y) == (20, 80)
    page = Client().get("/@ondine/collections/winter/").content.decode()
    assert 'class="coll__cover"' in page
    assert image.public_id in page.split('og:image"')[1][:200]
    owner.post(edit(collection), typed(vase, kept_cover=kept, drop_cover="1"))
    collection.refresh_from_db()
    assert collection.cover is None


def test_what_is_no_picture_and_whose_picture_it_is_not(brand, owner):
    foreign = make_image(owner_id=make_brand().pk)
    answer = owner.post(NEW, typed(kept_cover=foreign.public_id, title=""))
    assert foreign.public_id not in answer.content.decode()
    text = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = owner.post(NEW, typed(cover=text))
    assert answer.status_code == 422
    assert "a.jpg" in answer.content.decode()
    assert not Collection.objects.exists()


# --- the list, away and back ---------------------------------------------------------------------
def test_the_list_counts_and_says_what_is_a_draft(brand, owner, vases):
    assert "No collections yet" in owner.get(LIST).content.decode()
    make_collection(seller=brand, title="Hand", products=vases)
    make_collection(seller=brand, title="Rule", rule=CollectionRule(most=1500), shown=False)
    rows = re.findall(r"<tr><td.*?</tr>", owner.get(LIST).content.decode(), re.DOTALL)
    assert ["By hand" in rows[0], "Published" in rows[0], ">3</td>" in rows[0]] == [True] * 3
    assert ["By a rule" in rows[1], "Draft" in rows[1], ">1</td>" in rows[1]] == [True] * 3


def test_deleted_and_brought_back_by_one_press(brand, owner, vases):
    collection = make_collection(seller=brand, title="Winter", products=vases)
    undo = undo_in(owner.post(f"{edit(collection)}delete/", follow=True))
    assert Client().get("/@ondine/collections/winter/").status_code == 404
    assert owner.get(edit(collection)).status_code == 404
    owner.post(undo)
    assert len(cards_on(Client().get("/@ondine/collections/winter/").content.decode())) == 3


def test_what_cannot_come_back_says_why(brand, owner):
    collection = make_collection(seller=brand, title="Winter")
    owner.post(f"{edit(collection)}delete/")
    make_collection(seller=brand, title="Winter")
    page = owner.post(f"{edit(collection)}restore/", follow=True).content.decode()
    assert "this title already" in page


# --- who may -------------------------------------------------------------------------------------
def test_the_catalogue_role_may_others_find_nothing(brand, owner, vases):
    collection = make_collection(seller=brand, title="Winter", products=vases)
    keeper = client_for(make_member(brand=brand, role="catalogue"))
    assert keeper.get(LIST).status_code == 200
    assert keeper.post(NEW, typed(vases[0], title="Spring")).status_code == 302
    rival = make_brand(handle="rival")
    theirs = make_collection(seller=rival, title="Theirs")
    others = [
        client_for(make_member(brand=brand, role="orders")),
        client_for(make_person()),
        client_for(owner_of(rival), acting=rival),
    ]
    for client in others:
        for path in (LIST, NEW, edit(collection)):
            assert client.get(path).status_code == 404
        for path in (NEW, edit(collection), f"{edit(collection)}delete/"):
            assert client.post(path, typed(title="Taken over")).status_code == 404
    for path in (edit(theirs), f"{edit(theirs)}delete/", f"{edit(theirs)}restore/"):
        assert owner.post(path, typed(title="Taken over")).status_code == 404
    titles = Collection.objects.kept().order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Spring", "Theirs", "Winter"]


def test_the_form_costs_the_same_however_much_is_in_it(
    brand, owner, vases, django_assert_max_num_queries
):
    collection = make_collection(seller=brand, title="Winter", products=vases)

    def cost():
        owner.get(edit(collection))
        # Session, user, brands, badges; collection, items; facets, attributes; what to add.
        with django_assert_max_num_queries(14) as caught:
            owner.get(edit(collection))
        return len(caught)

    before = cost()
    for n in range(5):
        vases.append(make_product(seller=brand, title=f"More {n}"))
    owner.post(edit(collection), typed(*vases))
    assert cost() == before
    assert queries.collection_for_seller(
        seller_id=brand.pk, public_id=collection.public_id
    ).products[7]
