"""The search box and the filters, by keyboard, by hand and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.looks import problems

pytestmark = pytest.mark.slow


def box_of(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search pins, products, brands and services")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_the_box_is_a_combobox_for_the_keyboard(visit: Callable[..., Visitor]) -> None:
    page = visit().go("/help/")
    page.keyboard.press("/")
    box = box_of(page)
    expect(box).to_be_focused()
    where = "[...document.querySelectorAll('main > *')].map((one) => one.offsetTop)"
    before = page.evaluate(where)
    box.press_sequentially("stonew")
    expect(options(page).first).to_be_visible()
    assert page.evaluate(where) == before, "what is proposed lies over the page and moves nothing"
    expect(box).to_have_attribute("aria-expanded", "true")
    assert problems(page) == []
    # Escape closes and keeps what is typed; an arrow opens again.
    box.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box).to_have_value("stonew")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    box.press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "?")
    expect(box).to_be_focused()
    # Above the first one is the box itself: nothing is chosen, Enter searches what is typed.
    box.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    page.wait_for_url("**/search/?q=stonew")


def test_enter_on_a_suggestion_opens_it(visit: Callable[..., Visitor]) -> None:
    page = visit(width=390).go("/")
    box = box_of(page)
    box.fill("ondine")
    expect(options(page).first).to_be_visible()
    brand = page.get_by_role("group", name="Brands").get_by_role("option").first
    while brand.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/@ondine-studio/")


def test_what_was_searched_stays_in_the_browser(visit: Callable[..., Visitor]) -> None:
    page = visit().go("/")
    box_of(page).fill("brass lamp")
    box_of(page).press("Enter")
    page.wait_for_url("**/search/?q=brass+lamp")
    box_of(page).fill("")
    expect(options(page).first).to_contain_text("brass lamp")
    assert page.evaluate("Object.keys(localStorage).length") == 0, "a guest's is gone with the tab"
    page.get_by_role("button", name="Forget my searches").click()
    expect(options(page).first).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_filter_counts_as_soon_as_it_is_set(visit: Callable[..., Visitor]) -> None:
    page = visit().go("/search/?q=stoneware")
    box = page.get_by_role("radio", name=re.compile(r"^Ceramics"))
    box.check()
    page.wait_for_url("**category=ceramics**")
    expect(page.get_by_role("group", name="Active filters")).to_contain_text("Ceramics")
    expect(page.get_by_role("radio", name=re.compile(r"^Ceramics"))).to_be_focused()
    said = page.locator(".hits [role=status]").inner_text()
    expect(page.locator("[data-facets] > [role=status]")).to_have_text(f"{said} found")
    page.go_back()
    expect(page.get_by_role("radio", name="All categories")).to_be_checked()
    expect(page.get_by_role("group", name="Active filters")).to_have_count(0)


def test_without_a_script_the_same_is_found(visit: Callable[..., Visitor]) -> None:
    page = visit(width=320, javascript=False).go("/")
    box = page.get_by_role("searchbox", name="Search pins, products, brands and services")
    box.fill("stoneware")
    box.press("Enter")
    page.wait_for_url("**/search/?q=stoneware")
    page.locator(".hits").get_by_role("button", name="Filters").click()
    page.get_by_role("radio", name=re.compile(r"^Ceramics")).check()
    page.get_by_role("button", name=re.compile(r"^Show \d+ products")).click()
    page.wait_for_url("**category=ceramics**")
    expect(page.get_by_role("group", name="Active filters")).to_contain_text("Ceramics")
