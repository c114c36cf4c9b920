"""A list of the studio by keyboard, with many ticked, as a file, and without a script."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import BRAND, become
from marketplace.tests.browser.looks import problems

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
PRODUCTS = f"/studio/{BRAND}/products/"


def test_by_keyboard_and_by_ticks(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(f"{PRODUCTS}?state=published&sort=title")
    rows = page.locator("[data-rows] tbody tr")
    name = ".lead a"
    for _step in range(2):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == (
        rows.nth(1).locator(name).inner_text()
    )
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    boxes = rows.locator("input[name=row]")
    assert [boxes.nth(n).is_checked() for n in range(3)] == [True, True, False]
    # The box for all stands between, and then for all and none.
    every = page.get_by_label("All on this page")
    assert every.evaluate("box => box.indeterminate")
    every.check()
    assert page.locator("tbody input[name=row]:not(:checked)").count() == 0
    every.uncheck()
    assert page.locator("tbody input[name=row]:checked").count() == 0
    # x twice is nothing; keys typed into a field stay letters.
    page.keyboard.press("f")
    page.keyboard.type("jx")
    assert page.locator(".finder input").input_value() == "jx"

    # Two are taken off sale, and Undo brings both back.
    page = desk.go(f"{PRODUCTS}?state=published&sort=title")
    taken = [page.locator(f"tbody tr >> nth={n}").locator(name).inner_text() for n in range(2)]
    for _step in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.locator(".bulk").get_by_role("button", name="Take off sale").click()
    page.get_by_text("2 products are drafts again.").wait_for()
    assert page.locator("tbody tr", has_text=taken[0]).count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("2 products are on sale.").wait_for()
    page.wait_for_load_state("load")  # the keys are a script's
    # Enter opens the row that is reached.
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=taken[0]).wait_for()


def test_keys_are_shown_and_switched_off(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(PRODUCTS)
    page.keyboard.press("j")
    reached = page.evaluate("document.activeElement.href")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="What keys do")
    dialog.get_by_text("Tick the row").wait_for()
    assert page.evaluate("document.activeElement.id") == "keys-h"
    assert problems(page) == []
    # Letters mean nothing under the dialog, and Escape leads back to the row.
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.href") == reached
    assert page.locator("tbody input[name=row]:checked").count() == 0

    page.keyboard.press("?")
    with page.expect_navigation():
        dialog.get_by_role("button", name="Switch single letters off").click()
    page.get_by_text("Keys of a single letter are off, in every browser of yours.").wait_for()
    assert page.locator("[data-keys-line]").is_hidden()
    for key in ("j", "x", "?", "/"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open]").count() == 0
    # The way back is a page that needs no key.
    page.get_by_role("link", name="Keyboard", exact=True).click()
    page.get_by_role("button", name="Switch single letters on").click()
    page.get_by_text("Keys of a single letter are on.").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tbody tr') !== null")


def test_stock_is_typed_once_for_all_that_are_ticked(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(f"/studio/{BRAND}/stock/?q=vase")
    before = page.locator("tbody td[data-l='On the shelf']").all_inner_texts()[:2]
    page.locator("input[name=kind][value=received]").check()
    for _step in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.locator("#each").fill("4")
    page.get_by_role("button", name="Save for each").click()
    page.get_by_text("2 variants are changed.").wait_for()
    after = page.locator("tbody td[data-l='On the shelf']").all_inner_texts()[:2]
    assert [int(one) for one in after] == [int(one) + 4 for one in before]
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("2 variants are counted as before.").wait_for()
    assert page.locator("tbody td[data-l='On the shelf']").all_inner_texts()[:2] == before


def test_the_file_is_what_the_page_shows(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(f"{PRODUCTS}?q=vase&sort=title")
    shown = page.locator("[data-rows] .lead a").all_inner_texts()
    assert shown
    with page.expect_download() as coming:
        page.get_by_role("link", name="Export CSV").click()
    assert coming.value.suggested_filename.startswith("products-")
    with Path(coming.value.path()).open(encoding="utf-8-sig", newline="") as file:
        assert [row["Product"] for row in csv.DictReader(file)] == shown


def test_without_a_script(visit: Visit) -> None:
    desk = visit(javascript=False, width=320)
    become(desk, "brand")
    page = desk.go(f"{PRODUCTS}?state=published&q=vase")
    count = page.locator("tbody input[name=row]").count()
    assert count > 1
    page.get_by_role("link", name="Tick all on this page").click()
    assert page.locator("tbody input[name=row]:checked").count() == count
    page.locator(".bulk").get_by_role("button", name="Take off sale").click()
    page.get_by_text(f"{count} products are drafts again.").wait_for()
    assert page.locator("tbody tr").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text(f"{count} products are on sale.").wait_for()
    assert page.locator("tbody input[name=row]").count() == count
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
