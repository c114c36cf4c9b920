"""Who goes by Tab sees where they are: what sticks to an edge covers nothing that has the focus."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.pages import PLACES, go_as

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
PASSED = (
    *("home", "explore", "pin", "product", "search-filtered", "sheet", "bag", "checkout"),
    *("studio-products", "studio-stock", "studio-product"),
)
# A wall grows while somebody goes down it.
AT_MOST = 160

# What lies over the middle of what has the focus, or of as much of it as fits the window; "" where
# nothing does. A field that only its label stands for is looked for there.
COVERED = """() => {
  const at = document.activeElement, labels = [...(at.labels ?? [])];
  const tiny = ({width, height}) => width < 3 || height < 3;
  const stands = [at, ...labels].find((one) => !tiny(one.getBoundingClientRect()));
  if (!stands) return `nothing to be seen of ${at.outerHTML.slice(0, 160)}`;
  const {left, top, right, bottom} = [...stands.getClientRects()].find((one) => !tiny(one));
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const hit = document.elementFromPoint(x, y);
  const meant = (one) => one.contains(hit) || hit.contains(one);
  if (hit && [at, ...labels].some(meant)) return "";
  return `${at.outerHTML.slice(0, 160)} under ${hit?.outerHTML.slice(0, 160) ?? "no window"}`;
}"""


def covered(page: Page, key: str) -> list[str]:
    """What is covered while this key is pressed again and again, until the page itself has the
    focus."""
    found: dict[str, None] = {}
    for _stop in range(AT_MOST):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.matches('body, html')"):
            break
        found[page.evaluate(COVERED)] = None
    return [f"{key}: {one}" for one in found if one]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "place", [pytest.param(one, id=one.name) for one in PLACES if one.name in PASSED]
)
def test_nothing_covers_what_has_the_focus(visit: Visit, place: object, width: int) -> None:
    """On the way down and on the way up."""
    page = go_as(visit(width=width), place)  # type: ignore[arg-type]
    if page.locator("tbody input[name=row]").count():  # what can be done with them floats
        page.locator("tbody input[name=row]").first.check()
        page.locator(".bulk").wait_for()
    page.locator(".skip").focus()
    assert covered(page, "Tab") + covered(page, "Shift+Tab") == []


def test_the_control_of_covering(visit: Visit) -> None:
    """A bar that is laid over the page is found."""
    page = visit(width=390).go("/help/")
    page.evaluate("""() => {
      const bar = document.body.appendChild(document.createElement("div"));
      for (const [name, value] of [["position", "fixed"], ["inset", "0"], ["z-index", "99"]])
        bar.style.setProperty(name, value);
    }""")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "under <div" in page.evaluate(COVERED)
