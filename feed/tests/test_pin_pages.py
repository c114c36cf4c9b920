"""An author's own pages: drafts wait, the editor places products."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actions import block
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_person,
    owner_of,
)
from catalog.actions import archive_product
from catalog.testing import make_image, make_product
from core.testing import undo_in
from feed.models import Pin, ProductTag, Save
from feed.queries import own_pins, pin_for_author
from feed.testing import make_board, make_pin
from feed.tests.pins import LIST, draft_of, form_of, rows, soup, upload

pytestmark = pytest.mark.django_db


def numbers(answer: Any) -> list[tuple[str, ...]]:
    """Number, classes and title of each dot, held against the list below it."""
    page = soup(answer)
    dots = page.select(".tagger a.dot")
    listed = [one.get_text() for one in page.select("#tags summary b")]
    found = []
    for number, dot in enumerate(dots, start=1):
        assert dot["data-n"] == str(number)
        assert dot["href"] == f"#tag-{number}"
        assert page.select_one(f"details#tag-{number}") is not None
        found.append((*place_of(dot["class"]), listed[number - 1]))
    return found


def place_of(classes: Sequence[str]) -> list[str]:
    """Where a dot is, in percent: its classes say tens and ones of each."""
    return [
        f"{axis}-{sum(int(one[2:]) for one in classes if one[:2] == f'{axis}-')}" for axis in "xy"
    ]


def test_tags_are_placed_without_a_script(desk: Client, brand: Profile) -> None:
    vase, lamp = (make_product(seller=brand, title=one) for one in ("Tall vase", "Dome lamp"))
    pin, address = draft_of(desk)
    page = desk.get(address)
    assert "Tall vase" in soup(page).select_one(".hits").get_text()

    page = desk.post(address, {**form_of(page), "title": "Typed", "tag": vase.public_id})
    assert numbers(page) == [("x-50", "y-50", "Tall vase")]
    assert not ProductTag.objects.exists()
    page = desk.post(address, {**form_of(page), "tag": lamp.public_id})
    assert numbers(page) == [("x-50", "y-50", "Tall vase"), ("x-30", "y-40", "Dome lamp")]
    typed = {**form_of(page), "t-0-x": "23", "t-0-y": "51"}
    page = desk.post(address, {**typed, "sort": "2-earlier"})
    assert numbers(page) == [("x-30", "y-40", "Dome lamp"), ("x-23", "y-51", "Tall vase")]
    page = desk.post(address, {**form_of(page), "do": "save"}, follow=True)
    assert numbers(page) == [("x-30", "y-40", "Dome lamp"), ("x-23", "y-51", "Tall vase")]
    pin.refresh_from_db()
    assert (pin.title, pin.state) == ("Typed", "draft")


def test_a_removed_tag_comes_back_where_it_was(desk: Client, brand: Profile) -> None:
    products = [make_product(seller=brand, title=f"Bowl {n}") for n in range(3)]
    _pin, address = draft_of(desk)
    three = rows(*((one, 10 * n, 20) for n, one in enumerate(products, start=1)))
    page = desk.post(address, {**three, "untag": "2"})
    assert [one[-1] for one in numbers(page)] == ["Bowl 0", "Bowl 2"]
    assert "Removed Bowl 1." in page.content.decode()
    undo = soup(page).select_one("button[name=retag]")["value"]
    page = desk.post(address, {**form_of(page), "retag": undo})
    assert numbers(page)[1] == ("x-20", "y-20", "Bowl 1")
    assert len(numbers(page)) == 3


def test_the_next_product_goes_where_one_pointed(desk: Client, brand: Profile) -> None:
    vase = make_product(seller=brand, title="Tall vase")
    _pin, address = draft_of(desk)
    page = desk.post(address, {"at_x": "75", "at_y": "7", "tag": vase.public_id})
    assert numbers(page) == [("x-75", "y-7", "Tall vase")]


def test_a_search_finds_what_others_sell(desk: Client) -> None:
    make_product(seller=make_brand(name="Marrow"), title="Olive wax candles")
    _pin, address = draft_of(desk)
    page = desk.post(address, {"find": "candles", "found": "", "do": "enter", "title": "Kept"})
    assert "Olive wax candles" in soup(page).select_one(".hits").get_text()
    assert form_of(page)["title"] == "Kept"
    page = desk.post(address, {"find": "zzqx", "do": "find"})
    assert "No product is called that." in page.content.decode()


def test_what_is_sold_behind_a_block_is_neither_found_nor_tagged(
    desk: Client, brand: Profile
) -> None:
    marrow = make_brand(name="Marrow")
    candle, bowl = (make_product(seller=marrow, title=f"Olive {one}") for one in ("wax", "wood"))
    pin, address = draft_of(desk)
    desk.post(address, {"title": "Evening", "do": "save"} | rows((candle, 50, 50)))
    assert ProductTag.objects.filter(pin=pin).count() == 1
    block(blocker_id=marrow.pk, blocked_id=brand.pk)
    page = desk.post(address, {"find": "olive", "do": "find"})
    assert "No product is called that." in page.content.decode()
    page = desk.post(address, {"tag": bowl.public_id})
    assert "Olive wood" not in page.content.decode()
    refused = desk.post(address, {"title": "Evening", "do": "save"} | rows((bowl, 20, 20)))
    assert refused.status_code == 422
    # What it named before the block stays, like what is not on sale any more.
    kept = desk.post(address, {"title": "Late evening", "do": "save"} | rows((candle, 40, 40)))
    assert kept.status_code == 302
    assert [tag.product_id for tag in ProductTag.objects.filter(pin=pin)] == [candle.pk]


def test_a_tag_names_a_variant_when_one_is_chosen(desk: Client, brand: Profile) -> None:
    rug = make_product(seller=brand, sizes=("S", "L"))
    small, large = rug.variants.order_by("position")[:2]
    _pin, address = draft_of(desk)
    page = desk.post(address, {"tag": rug.public_id})
    options = [one["value"] for one in soup(page).select("select[name=t-0-variant] option")]
    assert options[:3] == ["", small.public_id, large.public_id]
    desk.post(address, {**rows((rug, 5, 6, large)), "title": "Rug", "do": "publish"})
    assert ProductTag.objects.get().variant_id == large.pk


def test_twenty_products_and_no_more(desk: Client, brand: Profile) -> None:
    products = [make_product(seller=brand, title=f"Bowl {n}") for n in range(21)]
    _pin, address = draft_of(desk)
    twenty = rows(*((one, 1, 1) for one in products[:20]))
    page = desk.post(address, {**twenty, "do": "find"})
    assert soup(page).select_one("#find") is None
    every = rows(*((one, 1, 1) for one in products))
    page = desk.post(address, {**every, "title": "All", "do": "publish"})
    assert page.status_code == 422
    assert "up to 20 products" in page.content.decode()
    assert not ProductTag.objects.exists()
    assert Pin.objects.get().state == "draft"


@pytest.mark.parametrize(
    "bad", ["101", "-1", "", "x", "5.55", "5,5", "1e1", "100.1", "\N{ARABIC-INDIC DIGIT ONE}"]
)
def test_a_point_beside_the_picture_is_said_beside_its_number(
    desk: Client, brand: Profile, bad: str
) -> None:
    vase = make_product(seller=brand)
    _pin, address = draft_of(desk)
    page = desk.post(address, {**rows((vase, bad, 10)), "title": "Mine", "do": "publish"})
    assert page.status_code == 422
    assert "percent from 0 to 100" in soup(page).select_one("#tag-1").get_text()
    assert form_of(page)["t-0-x"] == bad.strip()
    assert form_of(page)["title"] == "Mine"
    assert not ProductTag.objects.exists()


def test_everything_typed_is_kept_and_the_picture_too(desk: Client, brand: Profile) -> None:
    vase = make_product(seller=brand, title="Tall vase")
    pin, address = draft_of(desk)
    old = pin.image_id
    data = {
        **rows((vase, 11, 12)),
        "title": "x" * 121,
        "text": "Three glazes",
        "link": "javascript:alert(1)",
        "alt": "A vase on a shelf",
        "ai_made": "on",
        "do": "publish",
    }
    page = desk.post(address, {**data, "image": upload(colour="#003399")})
    assert page.status_code == 422
    kept = form_of(page)
    assert kept["kept_image"]
    assert {name: kept[name] for name in ("title", "text", "link", "alt")} == {
        name: data[name] for name in ("title", "text", "link", "alt")
    }
    assert numbers(page) == [("x-11", "y-12", "Tall vase")]
    assert len(soup(page).select(".errs li")) == 2

    kept |= {"title": "Evening", "link": "https://example.org/a", "do": "publish"}
    assert desk.post(address, kept).status_code == 302
    pin.refresh_from_db()
    assert pin.image_id != old
    assert (pin.state, pin.image.alt, pin.image.colour) == (
        "published", "A vase on a shelf", "#003399",
    )  # fmt: skip


def test_a_picture_is_not_asked_for_again_by_the_small_buttons(desk: Client) -> None:
    _pin, address = draft_of(desk)
    page = desk.post(address, {"do": "find", "find": "vase", "image": upload()})
    assert form_of(page)["kept_image"]
    bad = SimpleUploadedFile("x.txt", b"no")
    page = desk.post(address, {"do": "find", "find": "vase", "image": bad})
    assert "Please choose a picture" in page.content.decode()


def test_the_focal_point_is_part_of_the_form(desk: Client) -> None:
    pin, address = draft_of(desk)
    page = desk.post(address, {"focus_x": "120", "focus_y": "5", "do": "save"})
    assert page.status_code == 422
    assert soup(page).select_one("#focus-err") is not None
    desk.post(address, {"focus_x": "12", "focus_y": "81", "do": "save"})
    pin.image.refresh_from_db()
    assert (pin.image.focus_x, pin.image.focus_y) == (12, 81)
    assert "fx-10 fy-80" in desk.get(LIST).content.decode()


def test_without_a_title_or_a_product_it_stays_a_draft(desk: Client) -> None:
    pin, address = draft_of(desk)
    page = desk.post(address, {"do": "publish"})
    assert page.status_code == 422
    assert "Give the pin a title" in page.content.decode()
    answer = desk.post(f"{LIST}{pin.public_id}/publish/", follow=True)
    assert answer.redirect_chain[-1][0] == address
    assert "Give the pin a title" in answer.content.decode()
    pin.refresh_from_db()
    assert pin.state == "draft"


def test_it_goes_on_its_board_and_moves_with_it(desk: Client, brand: Profile) -> None:
    rooms, shelf = (make_board(owner=brand, title=one) for one in ("Small rooms", "Shelf"))
    strange = make_board(owner=make_person(), title="Not yours")
    _pin, address = draft_of(desk)
    assert desk.post(address, {"title": "A", "board": strange.public_id}).status_code == 422
    desk.post(address, {"title": "A", "board": rooms.public_id, "do": "save"})
    assert not Save.objects.exists()
    desk.post(address, {"title": "A", "board": rooms.public_id, "do": "publish"})
    assert Save.objects.get().board_id == rooms.pk
    desk.post(address, {"title": "A", "board": shelf.public_id, "do": "save"})
    assert Save.objects.get().board_id == shelf.pk
    desk.post(address, {"title": "A", "board": "", "do": "save"})
    assert not Save.objects.exists()


def test_an_edit_is_seen_on_the_pin_and_kept_in_its_history(desk: Client, brand: Profile) -> None:
    vase, lamp = (make_product(seller=brand, title=one) for one in ("Tall vase", "Dome lamp"))
    pin = make_pin(author=brand, title="Before", products=[vase])
    address = f"{LIST}{pin.public_id}/edit/"
    page = desk.post(
        address, {**rows((lamp, 7, 93), (vase, 64, 8)), "title": "After", "do": "save"}, follow=True
    )
    history = soup(page).select_one(".past-list").get_text()
    assert "title, " in history
    assert "products" in history
    assert "It was called “Before”." in history
    closeup = soup(Client().get(f"/pin/{pin.public_id}/"))
    dots = [(one["data-n"], *place_of(one["class"])) for one in closeup.select(".closeup a.dot")]
    assert dots == [("1", "x-7", "y-93"), ("2", "x-64", "y-8")]
    assert [one.get_text() for one in closeup.select(".shop h3 a")] == ["Dome lamp", "Tall vase"]
    desk.post(address, {**form_of(page), "do": "save"})
    assert pin.revisions.count() == 1, "nothing changed, nothing is kept"


def test_a_product_that_is_gone_does_not_block_the_edit(desk: Client, brand: Profile) -> None:
    vase = make_product(seller=brand, title="Tall vase")
    pin = make_pin(author=brand, title="Before", products=[vase])
    archive_product(product_id=vase.public_id, seller_id=brand.pk, actor_id=None)
    address = f"{LIST}{pin.public_id}/edit/"
    page = desk.get(address)
    assert numbers(page) == [("x-50", "y-50", "Tall vase")]
    assert "It is not shown on the pin" in page.content.decode()
    assert desk.post(address, {**form_of(page), "title": "After", "do": "save"}).status_code == 302
    assert ProductTag.objects.get(pin=pin).product_id == vase.pk
    other = make_pin(author=brand, title="Other")
    page = desk.post(
        f"{LIST}{other.public_id}/edit/", {**rows((vase, 1, 1)), "title": "O", "do": "save"}
    )
    assert page.status_code == 422
    assert not ProductTag.objects.filter(pin=other).exists()


def test_small_acts_have_a_way_back(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, title="Evening")
    base = f"{LIST}{pin.public_id}/"

    def state_after(answer: Any) -> tuple[str, str]:
        pin.refresh_from_db()
        return pin.state, undo_in(answer)

    at = pin.published_at
    state, undo = state_after(desk.post(f"{base}unpublish/", follow=True))
    assert state == "draft"
    assert Client().get(f"/pin/{pin.public_id}/").status_code == 404
    assert state_after(desk.post(undo, follow=True))[0] == "published"
    assert pin.published_at == at, "it is back where it was, not at the top"
    state, undo = state_after(desk.post(f"{base}delete/", follow=True))
    assert state == "deleted"
    assert desk.get(f"{base}edit/").status_code == 404
    assert "Evening" not in soup(desk.get(LIST)).select_one("main").get_text()
    assert state_after(desk.post(undo, follow=True))[0] == "published"
    assert Client().get(f"/pin/{pin.public_id}/").status_code == 200


@pytest.mark.parametrize("act", ["edit", "publish", "unpublish", "delete", "undelete"])
def test_another_authors_pin_answers_like_none(brand: Profile, act: str) -> None:
    pin = make_pin(author=brand, title="Mine", publish_now=act != "publish")
    rival = make_brand(name="Rival", handle="rival")
    stranger = client_for(make_person())
    for browser, path in (
        (client_for(owner_of(rival)), f"/studio/rival/pins/{pin.public_id}/{act}/"),
        (client_for(owner_of(rival)), f"{LIST}{pin.public_id}/{act}/"),
        (stranger, f"/pin/{pin.public_id}/{act}/"),
        (stranger, f"/pin/zzzzzzzzzzzz/{act}/"),
    ):
        answer = browser.post(path, {"title": "Taken over", "do": "save"})
        assert answer.status_code == 404
    before = pin.state
    pin.refresh_from_db()
    assert (pin.title, pin.state) == ("Mine", before)


def test_the_list_costs_the_same_however_long(
    desk: Client, brand: Profile, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        make_pin(author=brand, title=f"Pin {number}", products=[make_product(seller=brand)])
    # the page itself
    with django_assert_num_queries(1):
        assert len(own_pins(author_id=brand.pk).pins) == 4
    public_id = Pin.objects.latest("pk").public_id
    # the pin with its tags and picture; its history
    with django_assert_num_queries(2):
        assert pin_for_author(public_id=public_id, author_id=brand.pk)


def test_the_list_says_what_lacks_words(desk: Client, brand: Profile) -> None:
    make_pin(author=brand, title="Silent", image=make_image(owner_id=brand.pk, alt=""))
    page = soup(desk.get(LIST)).select_one("main").get_text()
    assert "No alt text" in page
    assert "0 of 1 pictures say in words what they show." in page


def test_a_point_keeps_the_tenth_of_a_percent_that_a_program_gave(
    desk: Client, brand: Profile
) -> None:
    vase = make_product(seller=brand)
    pin, address = draft_of(desk)
    page = desk.post(address, {**rows((vase, "40.5", 10)), "title": "Mine", "do": "save"})
    assert page.status_code == 302
    tag = ProductTag.objects.get(pin=pin)
    assert (tag.x, tag.y) == (Decimal("0.405"), Decimal("0.1"))
    again = form_of(desk.get(address))
    assert (again["t-0-x"], again["t-0-y"]) == ("40.5", "10")
    assert desk.post(address, {**again, "do": "save"}).status_code == 302
    assert ProductTag.objects.get().x == Decimal("0.405")
