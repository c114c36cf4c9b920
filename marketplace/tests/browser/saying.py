"""Ways to a page on which somebody says something, and to what was said: on boards, under pins, of
what arrived."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.ways import CARD, Way, carrying, first_link

MY_BOARD = "/@noor/boards/", "main .pin__t a:text('Small rooms')"


def carrying_board(pattern: str) -> Way:
    return carrying(*MY_BOARD, pattern)


def note(visitor: Visitor) -> None:
    """What one wrote beside a pin, where it is changed."""
    page = visitor.go(first_link(visitor, *MY_BOARD))
    page.locator("a.said", has_text="Noor").first.click()
    page.get_by_role("button", name="Save the note").wait_for()


def section(visitor: Visitor) -> None:
    """Where a section is renamed or dissolved."""
    page = visitor.go(first_link(visitor, *MY_BOARD))
    page.get_by_role("link", name="Rename or delete section").first.click()
    page.get_by_role("button", name="Delete the section").wait_for()


def thread(visitor: Visitor) -> None:
    """A comment of one's own, on the page where it is answered."""
    page = visitor.go(first_link(visitor, "/explore/", CARD))
    if not page.locator(".said2").count():
        page.locator("#id_text").fill("Which glaze is it? #ceramics")
        page.get_by_role("button", name="Send").click()
    page.locator(".said2__acts > a").first.click()
    page.get_by_role("heading", name="A comment").wait_for()


def comment(visitor: Visitor) -> None:
    """One's own words, where they are changed."""
    thread(visitor)
    visitor.go(f"{urlsplit(visitor.page.url).path}edit/")


def refused_comment(visitor: Visitor) -> None:
    carrying("/explore/", CARD, "/pin/{}/comments/")(visitor)
    visitor.page.get_by_role("button", name="Send").click()
    visitor.page.locator("#id_text_error").wait_for()


REVIEWED = "/search/?q=stoneware&rating=3", "main .pin__t a[href^='/product/']"


def review(visitor: Visitor) -> Page:
    """The form about something that arrived."""
    visitor.go(first_link(visitor, "/orders/", "article:has(.pill--ok) a[href^='/order/']"))
    visitor.page.locator("a[href*='/review/']").first.click()
    visitor.page.get_by_label("Your words").wait_for()
    return visitor.page


def refused_review(visitor: Visitor) -> None:
    """The same with words that are too long and without stars, as far as there were none."""
    page = review(visitor)
    words = page.get_by_label("Your words")
    words.evaluate("field => { field.removeAttribute('maxlength'); }")
    words.fill("x" * 2001)
    page.locator("main form button[type=submit]").first.click()
    page.locator(".errs").wait_for()
