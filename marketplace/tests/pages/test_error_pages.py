"""Pages for what is not there, and for addresses that show no page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import PASSWORD, client_for, make_person
from catalog.testing import make_product
from feed.models import Save
from feed.testing import make_pin
from orders.tests.html import assert_good_html

pytestmark = pytest.mark.django_db

LOG_IN = "/accounts/login/"


def ways_in(page: BeautifulSoup) -> set[str]:
    """Where the links of the bar, the dock and the text lead that log in."""
    return {str(one["href"]) for one in page.select(f'a[href^="{LOG_IN}"]')}


def test_who_logs_in_from_a_page_that_is_not_there_comes_back_to_it(client: Client) -> None:
    answer = client.get("/no-such-page/?a=1&b=%2F")
    page = assert_good_html(answer.content.decode())
    assert answer.status_code == 404
    assert ways_in(page) == {f"{LOG_IN}?next=/no-such-page/%3Fa%3D1%26b%3D%252F"}
    assert ways_in(BeautifulSoup(client.get("/help/").content, "html5lib")) == {LOG_IN}
    person = make_person()
    assert person.user is not None
    typed = {"login": person.user.email, "password": PASSWORD}
    back = client.post(ways_in(page).pop(), typed)
    assert back["Location"] == "/no-such-page/?a=1&b=%2F"
    again = BeautifulSoup(client.get(back["Location"]).content, "html5lib")
    assert ways_in(again) == set()
    assert "If it belongs to your account" not in again.get_text()


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/%5C%5Cevil.example"])
def test_nobody_is_led_off_this_site_by_it(client: Client, path: str) -> None:
    page = BeautifulSoup(client.get(path).content, "html5lib")
    person = make_person()
    assert person.user is not None
    typed = {"login": person.user.email, "password": PASSWORD}
    for way in ways_in(page):
        to = client.post(way, typed)["Location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\"))


def test_what_only_a_button_sends_to_says_so_when_it_is_opened(client: Client) -> None:
    pin = make_pin()
    product = make_product()
    before = Save.objects.count()
    for browser in (client, client_for(make_person())):
        for path in (
            "/consent/",
            f"/pin/{pin.public_id}/save/",
            f"/save/product/{product.public_id}/",
        ):
            answer = browser.get(path)
            assert (answer.status_code, answer["Allow"]) == (405, "POST")
            page = assert_good_html(answer.content.decode())
            assert page.h1.get_text() == "There is no page at this address"
            assert page.select_one("main").find("a", string="Go to Home")["href"] == "/"
            assert browser.head(path)["Allow"] == "POST"
    assert Save.objects.count() == before


def test_programs_are_told_in_their_own_words(client: Client) -> None:
    asked = client.get("/consent/", headers={"Accept": "application/json"})
    assert (asked.status_code, asked["Allow"]) == (405, "POST")
    assert asked.json()["code"] == "method_not_allowed"
    answer = client.delete("/api/v1/categories/")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert client.post("/api/docs/").content == b""
