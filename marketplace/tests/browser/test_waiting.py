"""While an answer is on its way the page says so, and a second press is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import become, file_of, picture
from marketplace.tests.browser.test_pins import editor

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]


def choose_a_product(page: Page) -> None:
    page.locator("#find").fill("vase")
    page.keyboard.press("Enter")
    expect(page.locator("#find-h")).to_contain_text("found")
    page.locator(".hits button").first.click()


@dataclass(frozen=True)
class Wait:
    """Something that is pressed, the request that it sends, and what is busy until the answer."""

    name: str
    path: str
    press: Callable[[Page], object]
    asks: str
    busy: str


WAITS = (
    Wait(
        "act",
        "/explore/",
        lambda page: page.locator(".save[aria-pressed=false]").first.click(),
        "**/save/",
        ".save",
    ),
    Wait(
        "sheet",
        "/explore/",
        lambda page: page.locator("a.tag[data-sheet]").first.click(),
        "**/buy/*/*",
        "a.tag",
    ),
    Wait(
        "more",
        "/help/",
        # It is asked for by itself, as soon as the end is near.
        lambda page: page.goto(urljoin(page.url, "/explore/")),
        "**/explore/?*page=*",
        "a[data-more]",
    ),
    Wait(
        "facets",
        "/search/?q=stoneware",
        lambda page: page.get_by_role("radio", name=re.compile("^Ceramics")).check(),
        "**/search/?*",
        "#results",
    ),
    Wait("tagger", "", choose_a_product, "**/edit/", "[data-tagger]"),
)


@pytest.mark.parametrize("one", WAITS, ids=lambda one: one.name)
def test_a_late_answer_is_waited_for_in_sight(visit: Visit, one: Wait) -> None:
    visitor = visit()
    if one.path:
        page = visitor.go(one.path)
    else:
        become(visitor, "brand")
        page = editor(visitor)
    held: list[Route] = []

    def hold(route: Route) -> None:
        # Looking for products is no act: it goes through.
        if one.name == "tagger" and 'name="tag"' not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    page.route(one.asks, hold)
    one.press(page)
    busy = page.locator(f"{one.busy}[aria-busy=true]")
    expect(busy).to_have_count(1)
    page.wait_for_timeout(1_100)
    expect(busy).to_have_count(1)
    assert busy.evaluate("one => getComputedStyle(one).cursor") == "progress"
    if one.name in ("act", "sheet"):
        busy.dispatch_event("click")
        page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    page.unroute(one.asks)
    expect(busy).to_have_count(0)


def test_a_form_on_its_way_is_not_sent_again(visit: Visit) -> None:
    """No request is held here: while a page is on its way nobody can look into the one before."""
    page = visit().go("/accounts/login/")
    page.get_by_label("E-mail", exact=True).fill("nobody@mail.example")
    page.get_by_label("Password", exact=True).fill("something wrong")
    said = page.evaluate("""() => {
      const button = [...document.querySelectorAll("main form button")]
        .find((one) => one.textContent.trim() === "Log in");
      const form = button.form, let_through = [];
      // The last to hear of it: what no listener of ours has stopped would leave.
      addEventListener("submit", (event) => {
        let_through.push(!event.defaultPrevented);
        event.preventDefault();
      });
      form.requestSubmit(button);
      form.requestSubmit(button);
      return [let_through, button.getAttribute("aria-busy"), getComputedStyle(button).cursor];
    }""")
    assert said == [[True, False], "true", "progress"]


def test_a_picture_on_its_way_says_how_far_it_is(visit: Visit) -> None:
    visitor = visit(width=390)
    become(visitor, "buyer")
    page = visitor.go("/pin/new/")
    line = visitor.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 200_000}
    line.send("Network.emulateNetworkConditions", slow)
    # What it said and how far it was, whenever either changed.
    page.evaluate("""() => {
      window.__went = [];
      const look = () => {
        const row = document.querySelector(".sent li");
        if (!row) return;
        const [bar, words] = [row.querySelector("progress"), row.querySelector("p")];
        window.__went.push([bar.value, words.textContent]);
      };
      new MutationObserver(look).observe(document.querySelector(".sent"), {
        subtree: true, childList: true, attributes: true, characterData: true,
      });
    }""")
    # Noise, which no encoder makes small; two of them, so that the page stays.
    noise = io.BytesIO()
    Image.effect_noise((700, 700), 90).save(noise, "JPEG", quality=90)
    files: Any = [*file_of(noise.getvalue(), "one.jpg"), *file_of(picture(), "two.jpg")]
    page.set_input_files("#pictures", files)
    expect(page.locator(".sent").get_by_role("link", name="Edit")).to_have_count(2)
    went: list[tuple[float, str]] = page.evaluate("window.__went")
    assert list(dict.fromkeys(words for _far, words in went)) == [
        "Uploading",
        "Looking at it",
        "Draft made",
    ]
    between = [far for far, words in went if words == "Uploading" and 0 < far < 1]
    assert between
    assert between == sorted(between)
