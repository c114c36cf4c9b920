"""Pictures come in and become drafts of pins."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.testing import Profile, client_for, make_person
from catalog.testing import make_product
from feed import pin_desks
from feed.models import Pin
from feed.pin_views import AT_ONCE
from feed.tests.pins import LIST, NEW, draft_of, rows, soup, upload

pytestmark = pytest.mark.django_db


def test_one_picture_leads_straight_to_its_editor(desk: Client, brand: Profile) -> None:
    pin, address = draft_of(desk)
    assert (pin.state, pin.title, pin.author_id) == ("draft", "", brand.pk)
    assert address == f"{LIST}{pin.public_id}/edit/"
    page = soup(desk.get(address))
    assert page.select_one("h1").get_text() == "New pin"
    assert "Nobody who cannot see the picture" in page.select_one("#alt-advice").get_text()


def test_several_pictures_become_several_drafts(desk: Client) -> None:
    answer = desk.post(NEW, {"pictures": [upload("a.png"), upload("b.png"), upload("c.png")]})
    assert answer["Location"] == f"{LIST}?state=draft"
    assert Pin.objects.filter(state="draft").count() == 3
    listed = desk.get(answer["Location"]).content.decode()
    assert all(f">{name}</a>" in listed for name in "abc")


def test_what_is_refused_costs_nothing_that_was_good(desk: Client) -> None:
    bad = SimpleUploadedFile("notes.txt", b"hello", "text/plain")
    answer = desk.post(NEW, {"pictures": [upload("a.png"), bad, upload("c.png")]})
    assert answer.status_code == 422
    page = soup(answer)
    problems = [one.get_text() for one in page.select(".errs li")]
    assert len(problems) == 1
    assert problems[0].startswith("notes.txt: Please choose a picture")
    assert len(page.select(".drafts li")) == Pin.objects.count() == 2


def test_nothing_chosen_is_said(desk: Client) -> None:
    answer = desk.post(NEW, {})
    assert answer.status_code == 422
    assert "Choose a picture." in answer.content.decode()


@pytest.mark.parametrize(("data", "status"), [(b"hello", 422), (None, 200)])
def test_the_script_hears_of_each_upload(desk: Client, data: bytes | None, status: int) -> None:
    file = SimpleUploadedFile("x.png", data) if data else upload()
    answer = desk.post(NEW, {"pictures": file}, headers={"X-Fragment": "upload"})
    assert answer.status_code == status
    if status == 200:
        assert desk.get(answer.json()["edit"]).status_code == 200
        assert desk.get(answer.json()["picture"]).status_code == 200
    else:
        assert "choose a picture" in answer.json()["text"]
        assert not Pin.objects.exists()


def test_a_person_makes_pins_too(brand: Profile) -> None:
    person = make_person()
    browser = client_for(person)
    vase = make_product(seller=brand, title="Tall vase")
    answer = browser.post("/pin/new/", {"pictures": upload()})
    pin = Pin.objects.get()
    assert (pin.author_id, answer["Location"]) == (person.pk, f"/pin/{pin.public_id}/edit/")
    answer = browser.post(answer["Location"], {**rows((vase, 20, 30)), "do": "publish"})
    assert answer["Location"] == f"/pin/{pin.public_id}/"
    pin.refresh_from_db()
    assert (pin.state, pin.title) == ("published", "Tall vase")
    assert pin.category_id == vase.category_id
    assert f"/pin/{pin.public_id}/edit/" in browser.get("/pins/").content.decode()


def test_who_acts_for_a_brand_is_led_to_its_studio(desk: Client) -> None:
    assert desk.get("/pin/new/")["Location"] == NEW


@pytest.mark.parametrize("path", ["/pin/new/", "/pins/", NEW, LIST])
def test_a_guest_is_asked_to_log_in(brand: Profile, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/accounts/login/?next=")


def test_what_comes_beyond_one_form_is_named_and_the_others_are_kept(desk: Client) -> None:
    """How many is said before one chooses; the script sends each on its own and has no such end."""
    hint = soup(desk.get(NEW)).select_one("#pictures-hint [data-nojs]")
    assert hint is not None
    assert f"{AT_ONCE} at a time" in hint.get_text()
    files = [upload(f"{number}.png") for number in range(AT_ONCE + 2)]
    answer = desk.post(NEW, {"pictures": files})
    assert answer.status_code == 422
    refused = soup(answer).select(".errs li")
    assert [one.get_text().strip() for one in refused] == [
        f"{number}.png: {AT_ONCE} at a time: choose it again." for number in (AT_ONCE, AT_ONCE + 1)
    ]
    assert Pin.objects.count() == AT_ONCE


def test_where_the_hour_is_over_in_the_midst_of_several_all_are_accounted_for(
    desk: Client, brand: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin_desks, "PINS_PER_HOUR", 2)
    answer = desk.post(NEW, {"pictures": [upload(f"{number}.png") for number in range(4)]})
    page = soup(answer)
    assert answer.status_code == 429
    refused = [one.get_text().split(":")[0] for one in page.select(".errs li")]
    assert refused == ["2.png", "3.png"]
    assert "2 other pictures are kept" in page.select_one(".errs").get_text()
    assert [len(page.select(".drafts li")), Pin.objects.count()] == [2, 2]
    told = desk.post(NEW, {"pictures": upload("4.png")}, headers={"X-Fragment": "upload"})
    assert (told.status_code, "tried too often" in told.json()["text"]) == (429, True)
    assert Pin.objects.count() == 2
