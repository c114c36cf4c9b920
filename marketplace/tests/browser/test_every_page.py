"""What holds for all pages: readable by everybody, no wider than the window, nothing refused."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from marketplace.testing.html import HTML_LIMIT
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import jumps
from marketplace.tests.browser.looks import COLOURS, LOOKS, look_around, problems, too_small
from marketplace.tests.browser.pages import EVERYDAY, PLACES, Place, go_as, name_of

Visit = Callable[..., Visitor]


def _marked(place: Place) -> Any:
    marks = [] if place.name in EVERYDAY else [pytest.mark.slow]
    return pytest.param(place, id=place.name, marks=marks)


@pytest.mark.parametrize("place", [_marked(one) for one in PLACES])
def test_everybody_can_read_it(visit: Visit, place: Place, request: pytest.FixtureRequest) -> None:
    """axe finds nothing, narrow and wide, in light and dark; nothing sticks out at 320, or with
    letters twice as large; nothing jumps on the way in (a desk is wide, the rest a phone)."""
    full = "slow" in (request.config.getoption("-m") or "slow").replace("not slow", "")
    visitor = visit(width=1440 if place.who == "brand" else 390)
    page = go_as(visitor, place)
    assert page.locator("h1").count() == 1
    # Django's own are heavier, and one page names every operation of the API.
    if place.who != "operator" and place.name != "api":
        assert len(page.request.get(page.url).body()) <= HTML_LIMIT
    if place.address and place.status == 200:
        assert name_of(page.url) == place.address
    # One that leads on by itself may be between two documents at this moment.
    expect(page).to_have_title(re.compile(r"\S"))
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(300)
    # Django's administration moves its own sidebar.
    jumped = [] if place.who == "operator" else jumps(page)
    assert jumped + look_around(page, LOOKS if full else LOOKS[:1]) == []


# The sheet is a dialog that scripts add: without them it is the page `buy`, which is among these.
WITHOUT_SCRIPTS = [one for one in PLACES if one.who == "guest" and one.name != "sheet"]


@pytest.mark.slow
@pytest.mark.parametrize("place", WITHOUT_SCRIPTS, ids=[one.name for one in WITHOUT_SCRIPTS])
def test_it_stands_without_scripts(visit: Visit, place: Place) -> None:
    """The same pages, reached and shown with JavaScript off."""
    visitor = visit(width=390, javascript=False)
    page = go_as(visitor, place)
    assert page.locator("h1").count() == 1
    assert page.locator("[data-close]:visible").count() == 0


def test_the_control_of_axe(visit: Visit) -> None:
    """A picture without words is found, so that silence means something."""
    page = visit(width=390).go("/help/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('main img:last-child').src = '/static/img/mark.svg'")
    assert any(one.startswith("image-alt") for one in problems(page))


def test_the_control_of_colours(visit: Visit) -> None:
    """A text that is hard to read in the dark alone is found there alone."""
    page = visit(width=390).go("/help/")
    page.evaluate("document.querySelector('main p').style.setProperty('color', '#47544d')")
    assert problems(page) == []
    page.emulate_media(color_scheme="dark")
    found = problems(page, only=COLOURS)
    assert [one.split(":")[0] for one in found] == ["color-contrast"]


def test_the_control_of_sizes(visit: Visit) -> None:
    """Two buttons of 20 px side by side are found, and one of 40."""
    page = visit(width=390).go("/help/")
    assert problems(page) + too_small(page) == []
    page.evaluate("""() => {
      for (const size of [20, 20, 40]) {
        const one = document.createElement("button");
        one.className = size === 40 ? "btn" : "";
        one.textContent = "x";
        for (const side of ["min-width", "width", "min-height", "height"])
          one.style.setProperty(side, `${size}px`);
        for (const side of ["padding", "margin"]) one.style.setProperty(side, 0);
        document.querySelector("main").append(one);
      }
    }""")
    assert any(one.startswith("target-size") for one in problems(page))
    assert [one.split(":")[0] for one in too_small(page)] == ["40 x 40"]
