"""The storefront editor: preview, save, undo; the page in the brand's colours and order."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.testing import client_for, make_brand, make_member, owner_of
from catalog.actions import delete_collection, restore_collection, save_look
from catalog.queries import last_save, storefront
from catalog.testing import make_collection, make_image, make_product, make_service
from catalog.types import SECTIONS, LookInput
from core import clock
from core.errors import Invalid
from core.testing import picture_file, undo_in
from feed.testing import make_pin

pytestmark = pytest.mark.django_db
PATH = "/studio/ondine/storefront/"
TYPED = {
    "story": "We throw in Hamburg.",
    "own_accent": "on",
    "accent": "#ffd400",
    "own_ground": "on",
    "ground": "#cc3366",
    "on_new": "on",
    "section": ["new", "pins", "about", "boards", "collections", "services", "story"],
}


@pytest.fixture
def brand():
    brand = make_brand(name="Ondine Studio", handle="ondine")
    product = make_product(seller=brand, title="Tall vase")
    make_pin(author=brand, products=[product], title="A shelf")
    return brand


def test_a_preview_shows_it_and_keeps_nothing(brand):
    client = client_for(owner_of(brand))
    page = client.post(PATH, {**TYPED, "do": "preview"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "/brand-css/1/ffd400-cc3366.css" in text
    assert "nothing is saved yet" in text
    assert text.count("We throw in Hamburg.") == 1, "in the field; the page tells it with about"
    assert storefront(profile_id=brand.pk) is None


def test_saved_it_is_seen_by_everybody_and_undone_by_one_press(brand):
    client = client_for(owner_of(brand))
    undo = undo_in(client.post(PATH, TYPED, follow=True))
    page = Client().get("/@ondine/").content.decode()
    assert "/brand-css/1/ffd400-cc3366.css" in page
    assert 'class="front branded"' in page
    assert page.index("New products") < page.index("Pins by Ondine Studio") < page.index("We throw")
    css = Client().get("/brand-css/1/ffd400-cc3366.css")
    assert css["Content-Type"] == "text/css"
    assert "immutable" in css["Cache-Control"]
    client.post(undo)
    page = Client().get("/@ondine/").content.decode()
    assert "brand-css" not in page
    assert "New products" not in page


def test_headings_are_set_in_what_the_brand_chose(brand):
    client = client_for(owner_of(brand))
    preview = client.post(PATH, {**TYPED, "typeface": "serif", "do": "preview"}).content.decode()
    assert "branded--sample type-serif" in preview
    client.post(PATH, {**TYPED, "typeface": "serif"})
    assert "type-serif" in Client().get("/@ondine/").content.decode()
    page = client.get(PATH).content.decode()
    assert re.search(r'value="serif"[^>]* checked', page)
    client.post(PATH, {**TYPED, "typeface": ""})
    page = client.get(PATH).content.decode()
    assert "Undo: headings, saved" in page
    client.post(re.search(r'formaction="([^"]+/undo/.save=[0-9]+)"', page)[1])
    assert "type-serif" in Client().get("/@ondine/").content.decode()


def test_undo_says_what_it_takes_back_and_takes_back_one_save_however_often_it_is_pressed(brand):
    client = client_for(owner_of(brand))
    for words in ("One.", "Two.", "Three."):
        client.post(PATH, {**TYPED, "story": words}, follow=True)
    page = client.get(PATH).content.decode()
    assert "Undo: story, saved just now" in page
    undo = re.search(r'formaction="(/studio/ondine/storefront/undo/.save=[0-9]+)"', page)[1]
    client.post(undo)
    again = client.post(undo, follow=True).content.decode()
    assert "That save was undone already" in again
    assert storefront(profile_id=brand.pk).story == "Two.", "the second press took back no more"
    unnamed = client.post(f"{PATH}undo/", follow=True).content.decode()
    assert "Nothing changed." in unnamed
    assert storefront(profile_id=brand.pk).story == "Two.", "a press that names no save"
    second = re.search(r'formaction="(/studio/ondine/storefront/undo/.save=[0-9]+)"', again)[1]
    client.post(second)
    with clock.fixed(clock.now() + timedelta(minutes=3)):
        page = client.get(PATH).content.decode()
    assert "Undo: story, colours, sections, saved 3 minutes ago" in page


def shown_order(page):
    return re.findall(r'name="section" value="([^"]+)"', page)


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("up:pins", ["pins", "new", "about"]),
        ("down:pins", ["new", "about", "pins"]),
        ("up:new", ["new", "pins", "about"]),
        ("down:story", ["new", "pins", "about"]),
        ("up:collection:nobodys", ["new", "pins", "about"]),
        ("sideways:pins", ["new", "pins", "about"]),
    ],
)
def test_sections_are_moved_without_a_script_and_saved_with_the_rest(brand, act, order):
    client = client_for(owner_of(brand))
    page = client.post(PATH, {**TYPED, "do": act}).content.decode()
    moved = shown_order(page)
    assert [one for one in moved if one in order] == order
    assert "nothing is saved yet" in page
    assert storefront(profile_id=brand.pk) is None
    client.post(PATH, {**TYPED, "section": moved})
    assert list(storefront(profile_id=brand.pk).sections) == order


def test_enter_in_a_field_saves_and_moves_no_section(brand):
    """Enter presses the first button of a form."""
    client = client_for(owner_of(brand))
    page = BeautifulSoup(client.get(PATH).content, "html5lib")
    form = page.select_one("input[name=section]").find_parent("form")
    first, *others = form.select("button")
    assert [first.get("name"), first["type"]] == [None, "submit"]
    assert {one.get("name") for one in others} == {None, "do"}, "the control: there are others"


@pytest.mark.parametrize(
    "sent",
    [
        ["new", "new", "pins", "new", "about", "pins"],
        ["new", "shop", "\x00", "x" * 5000, "pins"],
        ["new"],
    ],
)
def test_however_it_is_sent_every_section_stands_once(brand, sent):
    client = client_for(owner_of(brand))
    client.post(PATH, {**TYPED, "section": sent})
    assert list(storefront(profile_id=brand.pk).sections) == ["new", "pins", "about"]
    order = shown_order(client.get(PATH).content.decode())
    assert sorted(order) == sorted(SECTIONS)


def test_what_was_undone_is_put_back_until_something_else_is_saved(brand):
    client = client_for(owner_of(brand))
    for words in ("One.", "Two.", "Three."):
        client.post(PATH, {**TYPED, "story": words})

    def story():
        return storefront(profile_id=brand.pk).story

    def redo(page):
        return re.search(r'formaction="(/studio/ondine/storefront/redo/.save=[0-9]+)"', page)[1]

    def undo():
        last = last_save(profile_id=brand.pk).id
        return client.post(f"{PATH}undo/?save={last}", follow=True).content.decode()

    undo()
    page = undo()
    assert (story(), page.count("Put it back")) == ("One.", 2)
    back = redo(page)
    assert "It is back as you had it" in client.post(back, follow=True).content.decode()
    assert story() == "Two."
    assert "Nothing else changed" in client.post(back, follow=True).content.decode()
    assert story() == "Two.", "the second press put back no more"
    client.post(redo(client.get(PATH).content.decode()))
    assert story() == "Three."
    assert "Put it back" not in client.get(PATH).content.decode()

    undo()
    client.post(PATH, {**TYPED, "story": "Another way."})
    assert "Put it back" not in client.get(PATH).content.decode()
    client.post(back)
    client.post(f"{PATH}redo/")
    assert story() == "Another way."
    undo()
    assert story() == "Two."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accent": "red"}, "Give a colour as #rrggbb"),
        ({"ground": "#12345g"}, "Give a colour as #rrggbb"),
        ({"story": "x" * 3001}, "at most 3000"),
        ({"typeface": "comic"}, "comic is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(brand, changes, words):
    answer = client_for(owner_of(brand)).post(PATH, {**TYPED, **changes})
    assert answer.status_code == 422
    assert answer.content.decode().count(words) == 2
    assert storefront(profile_id=brand.pk) is None


@pytest.mark.parametrize("name", ["x", "ffd400", "FFD400-cc3366", "ffd400-cc33", "a;b-none"])
def test_a_style_sheet_of_no_colours_is_not_there(name):
    assert Client().get(f"/brand-css/1/{name}.css").status_code == 404


def test_who_only_packs_does_not_paint(brand):
    packer = client_for(make_member(brand=brand, role="orders"))
    assert packer.get(PATH).status_code == 404
    assert packer.post(PATH, TYPED).status_code == 404
    assert packer.post(f"{PATH}undo/").status_code == 404
    assert packer.post(f"{PATH}redo/").status_code == 404
    assert storefront(profile_id=brand.pk) is None


# --- sections that show what a brand has put together --------------------------------------------
def with_collection(collection, **changes):
    name = f"c_{collection.public_id}"
    first = f"collection:{collection.public_id}"
    return {**TYPED, f"on_{name}": "on", "section": [first, *TYPED["section"]], **changes}


def test_a_collection_stands_on_the_first_page_and_leads_to_its_own(brand):
    vase = make_product(seller=brand, title="Round vase")
    collection = make_collection(seller=brand, title="Quiet shapes", products=[vase])
    client = client_for(owner_of(brand))
    page = client.post(PATH, {**with_collection(collection), "do": "preview"}).content.decode()
    strips = re.findall(r"<li><b>(.*?)</b>(.*?)</li>", page, re.DOTALL)
    assert strips[0][0] == "Collection: Quiet shapes"
    assert "<img" in strips[0][1]
    assert "Round vase" not in Client().get("/@ondine/").content.decode()
    client.post(PATH, with_collection(collection))
    page = Client().get("/@ondine/").content.decode()
    assert page.index("Quiet shapes") < page.index("New products")
    assert f'href="/@ondine/collections/{collection.slug}/"' in page
    assert "Round vase" in page.split(f'id="c-{collection.public_id}"')[1].split("</section>")[0]


def test_what_is_not_shown_any_more_is_left_out_and_comes_back(brand):
    collection = make_collection(
        seller=brand, title="Quiet shapes", products=[make_product(seller=brand)]
    )
    client = client_for(owner_of(brand))
    client.post(PATH, with_collection(collection))
    who = {"seller_id": brand.pk, "actor_id": None, "public_id": collection.public_id}
    assert "Quiet shapes" in Client().get("/@ondine/").content.decode()
    delete_collection(**who)
    assert "Quiet shapes" not in Client().get("/@ondine/").content.decode()
    assert "Quiet shapes" not in client.get(PATH).content.decode()
    restore_collection(**who)
    assert "Quiet shapes" in Client().get("/@ondine/").content.decode()


def test_services_all_collections_and_the_story_once(brand):
    make_service(seller=brand, title="Glaze workshop")
    make_collection(seller=brand, title="Quiet shapes", products=[make_product(seller=brand)])
    on = {f"on_{one}": "on" for one in ("services", "collections", "story")}
    order = {"section": ["new", "story", "pins", "collections", "services", "about"]}
    client_for(owner_of(brand)).post(PATH, {**TYPED, **on, **order})
    page = Client().get("/@ondine/").content.decode()
    words = ("New products", "We throw", "Pins by", "Quiet shapes", "Glaze workshop", "Returns")
    assert [word for word in words if word not in page] == []
    found = [page.rindex(word) for word in words]
    assert found == sorted(found)
    assert page.count("We throw in Hamburg.") == 1
    assert "We throw in Hamburg." in Client().get("/@ondine/about/").content.decode()


def test_more_single_collections_than_a_page_bears(brand):
    vase = make_product(seller=brand)
    typed = dict(TYPED)
    for number in range(4):
        one = make_collection(seller=brand, title=f"Shelf {number}", products=[vase])
        typed |= {f"on_c_{one.public_id}": "on"}
    answer = client_for(owner_of(brand)).post(PATH, typed)
    assert answer.status_code == 422
    assert "Show 3 single collections at most" in answer.content.decode()
    assert "New products" not in Client().get("/@ondine/").content.decode()


def test_another_brands_collection_is_no_section(brand):
    foreign = make_collection(seller=make_brand(), title="Theirs")
    client_for(owner_of(brand)).post(PATH, with_collection(foreign))
    assert storefront(profile_id=brand.pk).sections == ("new", "pins", "about")
    sections = ("pins", "about", f"collection:{foreign.public_id}")
    data = LookInput(story="", accent="", ground="", sections=sections)
    with pytest.raises(Invalid):
        save_look(profile_id=brand.pk, actor_id=None, data=data)


def test_queries_of_the_first_page_do_not_grow(brand):
    """Profile, storefront; pins in two or three; new products; all collections in two, those that
    stand by themselves in two; services; boards."""
    typed = {**TYPED, **{f"on_{one}": "on" for one in ("collections", "services", "boards")}}
    made = []
    for number in range(3):
        products = [make_product(seller=brand) for _ in range(2)]
        made.append(make_collection(seller=brand, title=f"C{number}", products=products))
        make_service(seller=brand)
    client = client_for(owner_of(brand))
    client.post(PATH, {**typed, f"on_c_{made[0].public_id}": "on"})

    def cost():
        Client().get("/@ondine/")
        with CaptureQueriesContext(connection) as caught:
            Client().get("/@ondine/")
        return len(caught)

    before = cost()
    client.post(PATH, {**typed, **{f"on_c_{each.public_id}": "on" for each in made}})
    assert len(storefront(profile_id=brand.pk).sections) == 9
    assert cost() == before
    assert before <= 13


# --- the picture on top --------------------------------------------------------------------------
def test_a_cover_is_previewed_kept_and_cropped_around_its_focal_point(brand):
    client = client_for(owner_of(brand))
    page = client.post(PATH, {**TYPED, "cover": picture_file(), "do": "preview"}).content.decode()
    kept = re.search(r'name="kept_cover" value="(\w+)"', page)[1]
    assert 'class="front__cover"' in page
    assert 'class="front__cover"' not in Client().get("/@ondine/").content.decode()
    client.post(PATH, {**TYPED, "kept_cover": kept, "focus_x": "20", "focus_y": "80"})

    def shown():
        page = Client().get("/@ondine/").content.decode()
        return page.split('class="front__cover"')[1].split("</div>")[0]

    assert kept in shown()
    assert "fx-20 fy-80" in shown()
    foreign = make_image(owner_id=make_brand().pk)
    wrong = client.post(PATH, {**TYPED, "kept_cover": kept, "focus_x": "101"})
    assert wrong.status_code == 422
    client.post(PATH, {**TYPED, "kept_cover": foreign.public_id})
    assert kept in shown(), "another brand's picture is none of ours"


def test_what_is_no_picture_is_told_and_nothing_changes(brand):
    text = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = client_for(owner_of(brand)).post(PATH, {**TYPED, "cover": text})
    assert answer.status_code == 422
    assert answer.content.decode().count("There is a problem") == 1
    assert storefront(profile_id=brand.pk) is None


# --- what is promised on it ----------------------------------------------------------------------
POLICIES = {
    "return_days": "21",
    "returns_free": "on",
    "returns_policy": "Unused, in its box.",
    "delivery_policy": "On Mondays and Thursdays.",
    "reply_hours": "8",
}


def test_the_policies_stand_in_the_editor_and_its_owner_changes_them_from_there(brand):
    client = client_for(owner_of(brand))
    page = client.get(PATH).content.decode()
    assert "Nothing is written yet." in page
    change = re.search(r'href="([^"]+)">Change the policies', page)[1]
    said = client.post(change, POLICIES, follow=True)
    assert said.redirect_chain[-1][0] == PATH, "back in the editor"
    more = said.content.decode().split('aria-labelledby="more-h"')[1]
    for words in ("Unused, in its box.", "On Mondays", "Within 21 days.", "within 8 hours"):
        assert words in more


def test_who_keeps_the_catalogue_reads_the_policies_and_who_changes_them(brand):
    client_for(owner_of(brand)).post("/studio/ondine/papers/policies/", POLICIES)
    client = client_for(make_member(brand=brand, role="catalogue"))
    page = client.get(PATH).content.decode()
    assert "Unused, in its box." in page
    assert "Owners of the brand change these" in page
    assert "papers/policies" not in page, "no link that leads nowhere"
    change = "/studio/ondine/papers/policies/?from=storefront"
    assert client.post(change, {**POLICIES, "return_days": "30"}).status_code == 404
    assert storefront(profile_id=brand.pk).return_days == 21
