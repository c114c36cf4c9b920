"""The storefront editor: preview, save, undo; the page in the brand's colours and order."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.testing import client_for, make_brand, make_member, owner_of
from catalog.queries import storefront
from catalog.testing import make_product
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
    "place_new": "1",
    "place_pins": "2",
    "place_boards": "4",
    "place_about": "3",
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
    assert text.count("We throw in Hamburg.") == 2, "in the field and in the preview"
    assert storefront(profile_id=brand.pk) is None


def test_saved_it_is_seen_by_everybody_and_undone_by_one_press(brand):
    client = client_for(owner_of(brand))
    said = client.post(PATH, TYPED, follow=True).content.decode()
    undo = re.search(r'formaction="(/studio/ondine/storefront/undo/)"', said)[1]
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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accent": "red"}, "Give a colour as #rrggbb"),
        ({"ground": "#12345g"}, "Give a colour as #rrggbb"),
        ({"story": "x" * 3001}, "at most 3000"),
        ({"place_pins": "9"}, "Select a valid choice"),
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
    assert storefront(profile_id=brand.pk) is None
