"""Consent: nobody is remembered by name who did not say so, on whatever device they come."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.testing import Profile, client_for, make_person
from catalog.testing import make_product
from core.testing import undo_in
from feed import actions as feed
from feed.testing import make_pin
from tracking.models import ConsentChoice, DailyCount, TouchRow

pytestmark = pytest.mark.django_db


def look_around(client: Client) -> None:
    """See a wall, open a pin and the product on it."""
    wall = client.get("/explore/").content.decode()
    tokens = re.findall(r'data-touch="([^"]+)"', wall)
    assert tokens
    client.post("/t/impressions", {"t": tokens}, headers={"Sec-Fetch-Site": "same-origin"})
    pin = re.search(r'href="(/pin/[^"]+)"', wall)
    assert pin is not None
    page = client.get(pin.group(1).replace("&amp;", "&")).content.decode()
    product = re.search(r'href="(/product/[^"]+)"', page)
    assert product is not None
    client.get(product.group(1).replace("&amp;", "&"))


@pytest.fixture
def noor() -> Profile:
    product = make_product()
    make_pin(author=product.seller, products=[product])
    return make_person()


def test_without_consent_there_is_no_row_about_a_person(noor: Profile) -> None:
    look_around(client_for(noor))
    assert DailyCount.objects.exists(), "it is counted all the same"
    assert not TouchRow.objects.exists()


def test_consent_holds_on_every_device_and_taking_it_back_forgets(noor: Profile) -> None:
    phone, laptop = client_for(noor), client_for(noor)
    phone.post("/consent/", {"purposes": ["measure", "personal"]})
    look_around(laptop)
    assert set(TouchRow.objects.values_list("actor_id", flat=True)) == {noor.user_id}
    laptop.post("/consent/", {"purposes": ["personal"]})
    assert not TouchRow.objects.exists()
    look_around(phone)
    assert not TouchRow.objects.exists(), "the other device obeys, too"


def test_choices_are_kept_with_their_moment_and_can_be_undone(noor: Profile) -> None:
    client = client_for(noor)
    assert "Nothing yet" in client.get("/consent/choices/").content.decode()
    undo = undo_in(client.post("/consent/", {"purposes": ["measure"]}, follow=True))
    client.post("/consent/", {"purposes": ["measure"]})
    rows = ConsentChoice.objects.filter(actor_id=noor.user_id).order_by("id")
    assert [row.purposes for row in rows] == [["measure"]], "the same again is no new choice"
    client.post(undo)
    assert [row.purposes for row in rows.all()] == [["measure"], ["personal"]]
    page = client.get("/consent/choices/").content.decode()
    assert page.count("Arrange my Home") >= 2


def test_a_guests_choice_is_not_taken_for_the_members(noor: Profile) -> None:
    client = Client()
    client.post("/consent/", {"purposes": ["measure"]})
    assert noor.user is not None
    client.force_login(noor.user)
    look_around(client)
    assert not TouchRow.objects.exists()


def test_whoever_refuses_a_wall_of_their_own_gets_what_everybody_gets(noor: Profile) -> None:
    bo = make_person(name="Bo")
    saved = make_pin(title="Saved by Bo")
    feed.save_pin(pin_id=saved.public_id, saver_id=bo.pk)
    client = client_for(noor)
    client.post(f"/follow/{bo.public_id}/", {"follow": "1"})
    assert "Bo saved this" in client.get("/").content.decode()
    client.post("/consent/", {"purposes": []})
    page = client.get("/").content.decode()
    assert "Saved by Bo" in page
    assert "Bo saved this" not in page
    assert "you follow" not in page
    client.post("/consent/", {"purposes": ["personal"]})
    assert "Bo saved this" in client.get("/").content.decode()
