"""What is wrong with a field is said when it is left, and never while it is typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import until
from marketplace.tests.browser.looks import problems

pytestmark = pytest.mark.slow


LOADED = "performance.getEntriesByType('resource').some(({name}) => name.includes('/blur'))"


def comes_with_the_first_letter(page: Page) -> None:
    """The module that looks: fetched, and run a moment later."""
    until(page, LOADED)
    page.wait_for_timeout(100)


def test_a_field_is_looked_at_when_it_is_left(visit: Callable[..., Visitor]) -> None:
    page = visit(width=390).go("/accounts/signup/")
    email, lines = page.get_by_label("E-mail", exact=True), page.locator(".field__err")
    email.focus()
    page.keyboard.press("Tab")
    expect(lines).to_have_count(0)  # what nobody has begun is not missing yet
    email.press_sequentially("gerda")
    comes_with_the_first_letter(page)
    expect(lines).to_have_count(0)
    email.press("Tab")
    expect(lines).to_have_count(1)
    said = lines.inner_text()
    assert email.get_attribute("aria-invalid") == "true"
    assert (lines.get_attribute("id") or "?") in (email.get_attribute("aria-describedby") or "")
    assert problems(page) == []

    email.press_sequentially("@mail.example")
    expect(lines).to_have_count(0)
    assert email.get_attribute("aria-invalid") is None

    # The same words, where the server says it.
    email.fill("gerda")
    page.get_by_role("button", name="Create account").click()
    page.locator(".errs").wait_for()
    assert page.locator("#id_email_error").inner_text() == said


def test_a_line_that_comes_moves_nothing_from_under_a_press(visit: Callable[..., Visitor]) -> None:
    page = visit(width=390).go("/accounts/signup/")
    page.get_by_label("E-mail", exact=True).press_sequentially("gerda")
    comes_with_the_first_letter(page)
    below = page.locator("[data-reveal]").first
    below.click()
    assert below.get_attribute("aria-pressed") == "true"
    expect(page.locator(".field__err")).to_have_count(1)
