"""A list of the studio by keyboard, with many ticked, as a file, and without a script."""

import csv
from collections.abc import Callable
from pathlib import Path

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import BRAND, become

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
