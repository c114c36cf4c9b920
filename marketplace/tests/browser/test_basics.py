"""The frame of every page, seen by a browser."""

from collections.abc import Callable

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import until

slow = pytest.mark.slow


@pytest.mark.parametrize(
    "width", [320, pytest.param(390, marks=slow), pytest.param(1440, marks=slow)]
)
@pytest.mark.parametrize("path", ["/", "/explore/", "/accounts/login/", "/no-such-page"])
def test_pages_fit_their_width(visit: Callable[..., Visitor], path: str, width: int) -> None:
    page = visit(width=width).go(path)

    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_policy_is_watched(visit: Callable[..., Visitor]) -> None:
    """The control: what the other tests rely on does notice a refused script."""
    visitor = visit()
    page = visitor.go("/accounts/login/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    until(page, "window.__refused.length > 0")

    with pytest.raises(AssertionError, match="script-src"):
        visitor.check()
    visitor.faults.clear()
    page.goto("about:blank")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_who_asked_for_that(visit: Callable[..., Visitor], motion: str) -> None:
    """The sheet glides in for everybody else, which is the control."""
    page = visit().go("/explore/")
    page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    page.evaluate("""() => {
      window.__moved = [];
      for (const kind of ["transitionrun", "animationstart"])
        addEventListener(kind, ({target}) => window.__moved.push(target.className), true);
    }""")
    page.locator("a.tag[data-sheet]").first.click()
    page.get_by_label("Full name").wait_for()
    page.wait_for_timeout(300)
    assert bool(page.evaluate("window.__moved")) == (motion == "no-preference")
