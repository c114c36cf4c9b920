"""Pins made with AI are told apart in the tab of pins, and by program."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalog.testing import make_product
from feed import actions
from feed.models import Pin
from feed.testing import make_pin
from feed.types import PinData
from marketplace.tests.api.calling import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def pins() -> tuple[Pin, Pin]:
    return make_pin(title="Stoneware shelf"), make_pin(title="Stoneware dream", ai_made=True)


def page(**query: str) -> BeautifulSoup:
    answer = Client().get("/search/", {"q": "stoneware", **query})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def titles(found: BeautifulSoup) -> set[str]:
    return {title for title in ("Stoneware shelf", "Stoneware dream") if found.find(string=title)}


def test_pins_are_narrowed_by_how_they_were_made_and_it_is_dropped_again(
    pins: tuple[Pin, Pin],
) -> None:
    every = page(kind="pin")
    assert len(titles(every)) == 2
    ways = {one.get_text(strip=True): str(one["href"]) for one in every.select(".hits .menu a")}
    assert list(ways) == ["However made", "Made without AI (1)", "Made with AI (1)"]
    made = {"yes": "Stoneware dream", "no": "Stoneware shelf"}
    for ai, title in made.items():
        narrowed = page(kind="pin", ai=ai)
        assert titles(narrowed) == {title}
        assert narrowed.select(".chips--on a")[0]["href"] == "/search/?q=stoneware&kind=pin"
    assert ways["Made with AI (1)"] == "/search/?q=stoneware&kind=pin&ai=yes"


def test_what_changes_in_the_pin_changes_in_search(pins: tuple[Pin, Pin]) -> None:
    shelf, _dream = pins
    mine = {"public_id": shelf.public_id, "author_id": shelf.author_id}
    actions.edit_pin(**mine, data=PinData(title=shelf.title, ai_made=True))
    assert len(titles(page(kind="pin", ai="yes"))) == 2
    nothing = page(kind="pin", ai="no")
    assert titles(nothing) == set()
    assert nothing.find(string="Clear the filters")


@pytest.mark.parametrize("query", [{"ai": "yes"}, {"kind": "pin", "ai": "x"}])
def test_elsewhere_and_with_nonsense_it_narrows_nothing(
    pins: tuple[Pin, Pin], query: dict[str, str]
) -> None:
    make_product(title="Stoneware vase")
    assert len(titles(page(**query))) == 2
    both = page(kind="pin", ai="yes", stock="1")
    assert both.find(string="Stoneware vase"), "a filter of products asks for products"


def test_a_program_narrows_pins_too(pins: tuple[Pin, Pin]) -> None:
    make_product(title="Stoneware vase")
    program = Program(None)
    for ai, title in (("yes", "Stoneware dream"), ("no", "Stoneware shelf")):
        found = program.get(f"search/?q=stoneware&ai={ai}")["results"]
        assert [one["pin"]["title"] for one in found] == [title]
    assert program.get("search/?q=stoneware&ai=yes&in_stock=true")["results"] == []
    assert program.call("GET", "search/?q=stoneware&ai=maybe").status_code == 422
