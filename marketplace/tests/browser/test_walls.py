"""How a wall lies: order, no overlaps, nothing jumps, and how heavy it is."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from marketplace.testing.html import HTML_LIMIT
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import jumps, until
from marketplace.tests.browser.looks import problems
from marketplace.tests.browser.pages import PLACES, go_as

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
PICTURE_LIMIT = 40_000
WALLS = [
    "/",
    "/explore/",
    "/search/?q=lamp",
    "/search/?q=lamp&kind=product",
    "/@ondine-studio/",
    "/services/",
]
JUMPY = [one for one in PLACES if one.name in ("home", "pin", "product", "bag", "search")]

BOXES = """() => [...document.querySelectorAll("[data-wall] .lanes > .pin")].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.left, box.top + scrollY, box.right, box.bottom + scrollY];
})"""


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_cards_follow_each_other_down_and_do_not_overlap(visit: Visit, width: int) -> None:
    page = visit(width=width).go("/explore/")
    boxes = page.evaluate(BOXES)
    assert len(boxes) >= 12
    tops = [top for _left, top, _right, _bottom in boxes]
    wrong = [at for at in range(1, len(tops)) if tops[at] < tops[at - 1] - 1]
    assert wrong == []
    overlaps = [
        (one, two)
        for one, a in enumerate(boxes)
        for two, b in enumerate(boxes[:one])
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]
    assert overlaps == []


def test_a_wall_is_light(visit: Visit) -> None:
    visitor = visit()
    for path in WALLS:
        body = visitor.context.request.get(f"{visitor.url}{path}").body()
        assert len(body) <= HTML_LIMIT, f"{path}: {len(body)}"


# What each picture of a wall weighs that has come, by its address.
PICTURES = """() => {
  const weights = new Map(performance.getEntriesByType("resource")
    .map(({name, encodedBodySize}) => [name, encodedBodySize]));
  return [...document.querySelectorAll("[data-wall] picture:has(source) img")]
    .filter((one) => one.complete && one.naturalWidth)
    .map(({currentSrc}) => [new URL(currentSrc).pathname, weights.get(currentSrc) ?? 0]);
}"""
STAND_IN = "[data-wall] picture:not(:has(source))"
# Four hundred pictures of the demo, in eighteen files each.
_PATIENCE = 1_200


@pytest.mark.parametrize("scale", [1, 2])
def test_pictures_of_a_wall_are_light(visit: Visit, scale: int) -> None:
    """Those that a phone loads, once they are drawn: until then one JPEG stands in."""
    visitor = visit(width=390, device_scale_factor=scale)
    for path in WALLS:
        page = visitor.go(path)
        _drawn(page)
        for _screen in range(4):
            page.mouse.wheel(0, 844)
            page.wait_for_timeout(300)
        weights: dict[str, int] = dict(page.evaluate(PICTURES))
        assert len(weights) > 3, path
        assert min(weights.values()) > 0, path
        assert {one: size for one, size in weights.items() if size > PICTURE_LIMIT} == {}, path


def _drawn(page: Page) -> None:
    end = time.monotonic() + _PATIENCE
    while page.locator(STAND_IN).count():
        assert time.monotonic() < end, f"pictures are not drawn: {page.url}"
        page.wait_for_timeout(3_000)
        page.reload()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("place", [pytest.param(one, id=one.name) for one in JUMPY])
def test_nothing_jumps(visit: Visit, place: object, width: int) -> None:
    """On the way down as well; every other page is watched by `test_every_page`."""
    page = go_as(visit(width=width), place)  # type: ignore[arg-type]
    page.reload()
    for _ in range(4):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(400)
    assert jumps(page) == []


def test_back_closes_the_sheet_and_forward_opens_it_again(visit: Visit) -> None:
    visitor = visit(width=1440)
    visitor.go("/help/")
    page = visitor.go("/explore/")
    entries = page.evaluate("history.length")
    tag = page.locator("a.tag[data-sheet]").first
    tag.click()
    sheet = page.locator("dialog[open] [data-total]")
    sheet.first.wait_for()
    page.get_by_role("button", name="One more").click()
    page.locator("dialog[open] .qty b", has_text="2").wait_for()
    assert page.evaluate("history.length") == entries + 1, "what changes in it is no entry"
    page.go_back()
    until(page, "!document.querySelector('#sheet').open")
    assert "/explore/" in page.url
    page.go_forward()
    sheet.first.wait_for()
    # Back and Forward at once, before the browser has told that it was closed (a frame later).
    page.evaluate("addEventListener('popstate', () => history.forward(), {once: true})")
    page.evaluate("history.back()")
    page.wait_for_timeout(500)
    sheet.first.wait_for()
    # Closed otherwise it leaves nothing behind: one Back leads to the page before.
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('#sheet').open && !history.state?.sheet")
    tag.click()
    sheet.first.wait_for()
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('#sheet').open && !history.state?.sheet")
    page.go_back()
    assert page.url.endswith("/help/")


def test_back_leads_to_the_same_pins_and_a_reload_to_what_is_new(visit: Visit) -> None:
    """Who scrolled, opened a pin and comes back finds all of them, at the place they left."""
    visitor = visit(width=1440)
    page = visitor.go("/explore/")
    links = page.locator("[data-wall] .lanes > .pin h2 a, [data-wall] .lanes > .pin h3 a")
    first = links.count()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, "document.querySelectorAll('[data-wall] .lanes > .pin').length > " + str(first))
    assert "upto" not in page.url, "looking alone changes no address"
    seen = links.evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    links.nth(first + 2).click()
    page.wait_for_url("**/pin/**")
    page.go_back()
    page.wait_for_url("**upto=**")
    again = links.evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert again[: len(seen)] == seen
    assert len(again) >= first + 3


def test_a_wall_that_grows_is_a_feed(visit: Visit) -> None:
    """Busy while it loads; each card says which one it is, and of how many nobody knows yet."""
    visitor = visit(width=1440)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    # Set before the page comes: the wall may grow at once.
    visitor.page.route("**/explore/?*", hold, times=1)
    page = visitor.go("/explore/")
    feed = page.get_by_role("feed")
    expect(feed).to_have_count(1)
    cards = feed.locator("> article")
    first = cards.count()
    assert cards.last.get_attribute("aria-posinset") == str(first)
    assert cards.last.get_attribute("aria-setsize") == "-1"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, "document.querySelector('[role=feed]').ariaBusy === 'true'")
    for _moment in range(100):
        if waiting:
            break
        page.wait_for_timeout(50)
    waiting[0].continue_()
    expect(cards.nth(first)).to_have_attribute("aria-posinset", str(first + 1))
    expect(feed).not_to_have_attribute("aria-busy", "true")
    assert problems(page) == []


CARDS = "document.querySelectorAll('[data-wall] .lanes > .pin').length"


def down(page: Page) -> None:
    """To the end, and long enough for a wall to grow that would."""
    for _turn in range(4):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(400)


def test_a_wall_grows_by_itself_twice_and_twice_again_under_another_filter(visit: Visit) -> None:
    visitor = visit(width=1440)
    asked: list[str] = []

    def endless(route: Route) -> None:
        """Each page has a next one, the same again."""
        asked.append(route.request.url)
        answer = route.fetch()
        more = f'<p class="more"><a class="btn" href="{route.request.url}" data-more>More</a></p>'
        body = re.sub(r'<p class="more">.*?</p>', "", answer.text())
        end = "</div></div></section>"
        route.fulfill(response=answer, body=body.replace(end, end + more.replace("&", "&amp;")))

    visitor.page.route("**/search/?*", endless)
    page = visitor.go("/search/?q=lamp&kind=product")
    first = page.evaluate(CARDS)
    down(page)
    assert (len(asked), page.evaluate(CARDS)) == (3, 3 * first)
    page.locator("#facets input[type=checkbox]").first.check()
    until(page, f"{CARDS} !== {3 * first}")
    down(page)
    assert len(asked) == 6


def test_who_saves_data_gets_more_for_each_press_alone(visit: Visit) -> None:
    visitor = visit(width=1440)
    visitor.context.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page = visitor.go("/explore/")
    first = page.evaluate(CARDS)
    down(page)
    assert page.evaluate(CARDS) == first
    page.locator("a[data-more]").click()
    until(page, f"{CARDS} > {first}")
    grown = page.evaluate(CARDS)
    down(page)
    assert page.locator("a[data-more]").count() == 1, "there would be more"
    assert page.evaluate(CARDS) == grown
