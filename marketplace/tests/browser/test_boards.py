"""Boards and talk as a person does them: by hand, by keyboard, by dragging, in few presses."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, Keys, until
from marketplace.tests.browser.life import BRAND, become
from marketplace.tests.browser.ways import CARD

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
CARD_LINK = ".pin__t a"
TITLES = "[...document.querySelectorAll('.order h3 a')].map((one) => one.textContent)"


def board_of(visitor: Visitor, title: str) -> str:
    """The path of one of Noor's boards."""
    page = visitor.go("/@noor/boards/")
    link = page.locator("main .pin__t a", has_text=title).first.get_attribute("href")
    assert link
    return link


def arrange(visitor: Visitor, title: str = "Red, but quiet") -> Page:
    become(visitor, "buyer")
    page = visitor.go(f"{board_of(visitor, title)}?arrange=top")
    page.locator(".order li").first.wait_for()
    return page


def order_on(page: Page) -> list[str]:
    return list(page.evaluate(TITLES))


def test_arrows_keep_the_focus_and_the_order_stays(visit: Visit) -> None:
    page = arrange(visit())
    before = order_on(page)
    button = page.locator(".order li").nth(1).locator("button[value^=later]")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("is now 3 of").wait_for()
    assert page.evaluate("document.activeElement.value.split(':')[0]") == "later"
    after = [before[0], before[2], before[1], *before[3:]]
    assert order_on(page) == after
    page.reload()
    assert order_on(page) == after


def test_a_board_is_arranged_by_tab_alone(visit: Visit) -> None:
    """A pin later, a section of its own, and a pin moved into it; every stop on the way is seen."""
    page = arrange(visit(), "For Mama")
    keys, before = Keys(page), order_on(page)
    keys.to("button[value^=later]")
    keys.press("Enter")
    page.get_by_text("is now 2 of").wait_for()
    assert order_on(page)[:2] == [before[1], before[0]]
    keys.to("#new-section input[name=title]", at_most=200)
    keys.type("By Tab")
    keys.press("Enter")
    page.get_by_role("heading", name="By Tab").wait_for()

    page = arrange_again(page)
    keys.to("input[name=pins]")
    moved = order_on(page)[0]
    keys.press("Space")
    keys.to("#bulk-do", at_most=200)
    page.keyboard.type("By Tab")
    keys.to("button[formaction$='/pins/']", at_most=3)
    keys.press("Enter")
    page.locator("section", has=page.get_by_role("heading", name="By Tab")).get_by_text(
        moved
    ).first.wait_for()


def arrange_again(page: Page) -> Page:
    page.goto(f"{page.url.split('?')[0].split('#')[0]}?arrange=top")
    page.locator(".order li").first.wait_for()
    return page


def test_a_pin_is_dragged_by_its_dots(visit: Visit) -> None:
    page = arrange(visit(width=1440))
    before = order_on(page)
    rows = page.locator(".order li")
    grip, target = rows.nth(2).locator("[data-grip]").bounding_box(), rows.first.bounding_box()
    assert grip is not None
    assert target is not None
    page.mouse.move(grip["x"] + 8, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 8, steps=6)
    page.mouse.up()
    page.get_by_text("is now 1 of").wait_for()
    after = [before[2], before[0], before[1], *before[3:]]
    page.reload()
    assert order_on(page) == after


Points = list[tuple[float, float]]


def touch(visitor: Visitor) -> Callable[[str, Points], object]:
    """A finger on the screen: touchStart, touchMove and touchEnd at points."""
    finger = visitor.context.new_cdp_session(visitor.page)

    def send(kind: str, at: Points) -> object:
        points = [{"x": across, "y": down} for across, down in at]
        return finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return send


def test_a_pin_is_dragged_by_a_finger_on_a_phone(visit: Visit) -> None:
    visitor = visit(width=390, has_touch=True, is_mobile=True)
    page = arrange(visitor, "Small rooms")
    before = order_on(page)
    rows = page.locator(".order li")
    page.evaluate("document.querySelector('.order li').scrollIntoView({block: 'center'})")
    grip, target = rows.nth(1).locator("[data-grip]").bounding_box(), rows.first.bounding_box()
    assert grip is not None
    assert target is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    end = target["y"] + 8
    finger = touch(visitor)
    finger("touchStart", [(x, y)])
    for step in range(1, 7):
        finger("touchMove", [(x, y + (end - y) * step / 6)])
    finger("touchEnd", [])
    page.get_by_text("is now 1 of").wait_for()
    page.reload()
    assert order_on(page) == [before[1], before[0], *before[2:]]


def test_the_page_goes_on_under_a_finger_that_stays_at_its_edge(visit: Visit) -> None:
    visitor = visit(width=390, has_touch=True, is_mobile=True)
    page = arrange(visitor, "Small rooms")
    page.set_viewport_size({"width": 390, "height": 520})
    before = order_on(page)
    last = page.locator(".order li").last
    page.evaluate(
        "document.querySelector('.order li:last-child').scrollIntoView({block: 'center'})"
    )
    assert not page.evaluate(
        "document.querySelector('.order li').getBoundingClientRect().bottom > 0"
    ), "the first one is in view from the beginning: nothing would be shown"
    grip = last.locator("[data-grip]").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    edge = page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom") + 24
    finger = touch(visitor)
    finger("touchStart", [(x, y)])
    for step in range(1, 5):
        finger("touchMove", [(x, y + (edge - y) * step / 4)])
    until(page, f"({TITLES})[0] === {json.dumps(before[-1])}")
    finger("touchEnd", [])
    page.get_by_text("is now 1 of").wait_for()
    page.reload()
    assert order_on(page) == [before[-1], *before[:-1]]


def test_a_refused_move_goes_back_and_says_so(visit: Visit) -> None:
    page = arrange(visit())
    before = order_on(page)
    page.route("**/order/", lambda route: route.fulfill(status=409, body=""))
    page.locator(".order li").first.locator("button[value^=later]").click()
    page.locator(".toast--bad").wait_for()
    assert order_on(page) == before


def test_everything_on_a_board_works_without_a_script(visit: Visit) -> None:
    page = arrange(visit(javascript=False), "For Mama")
    before = order_on_page(page)
    page.locator(".order li").first.locator("button[value^=later]").click()
    page.get_by_text("is now 2 of").first.wait_for()
    assert order_on_page(page)[:2] == [before[1], before[0]]
    page.locator(".order input[name=pins]").first.check()
    page.get_by_role("button", name="Take off the board").click()
    page.get_by_text("is off the board").wait_for()
    assert len(order_on_page(page)) == len(before) - 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("is as it was").first.wait_for()
    assert len(order_on_page(page)) == len(before)


def order_on_page(page: Page) -> list[str]:
    return page.locator(".order h3 a").all_inner_texts()


def test_save_is_one_press_and_another_board_one_more(visit: Visit) -> None:
    visitor = visit(width=1440)
    become(visitor, "buyer")
    hand = Hand(visitor.go("/explore/"))
    save = visitor.page.locator(".save[aria-pressed=false]").first
    save.scroll_into_view_if_needed()
    hand.click(save)
    toast = visitor.page.locator(".toast", has_text="Saved to").first
    toast.wait_for()
    assert hand.done() == (1, 0)
    toast.get_by_role("link", name="Board or note").click()
    visitor.page.get_by_role("heading", name="Save to which board?").wait_for()
    visitor.page.get_by_role("button", name="Red, but quiet").click()
    visitor.page.get_by_text("Saved to Red, but quiet").wait_for()
    assert visitor.page.url.endswith("/explore/")


def test_a_guest_saves_and_follows_with_one_press(visit: Visit) -> None:
    hand = Hand(visit(width=390).go(f"/@{BRAND}/"))
    hand.click(hand.page.locator(".save[aria-pressed=false]").first)
    hand.page.locator(".toast", has_text="Saved").first.wait_for()
    assert hand.done() == (1, 0)
    # To follow is one press as well; then one says who one is.
    hand.press("Follow")
    hand.page.wait_for_url("**/accounts/**")
    assert hand.done() == (1, 0)


def test_a_save_that_fails_is_taken_back(visit: Visit) -> None:
    visitor = visit(width=1440)
    become(visitor, "buyer")
    page = visitor.go("/explore/")
    page.route("**/save/", lambda route: route.fulfill(status=409, body=""))
    save = page.locator(".save[aria-pressed=false]").first
    address = save.get_attribute("formaction")
    save.scroll_into_view_if_needed()
    save.click()
    page.locator(".toast--bad").wait_for()
    same = page.locator(f".save[formaction='{address}']").first
    assert same.get_attribute("aria-pressed") == "false"


def test_undo_of_the_bookmark_puts_a_pin_back_where_it_stood(visit: Visit) -> None:
    """In place: the page is not loaded anew, and the bookmark is pressed again."""
    page = arrange(visit(width=1440))
    before, list_ = order_on(page), page.url
    page.goto(list_.split("?")[0])
    saved = page.locator("main .pin .save[aria-pressed=true]")
    address = saved.nth(1).get_attribute("data-toggle")
    saved.nth(1).click()
    page.evaluate("window.stayed = true")
    removed = page.locator(".toast", has_text="Removed from")
    removed.get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="is as it was").wait_for()
    same = page.locator(f"main .save[data-toggle='{address}']").first
    assert same.get_attribute("aria-pressed") == "true"
    assert page.evaluate("window.stayed") is True
    page.goto(list_)
    assert order_on(page) == before


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_is_named_liked_and_the_words_taken_back(visit: Visit, javascript: bool) -> None:
    visitor = visit(width=390, javascript=javascript)
    become(visitor, "buyer")
    path = visitor.go("/explore/").locator(CARD).nth(3).get_attribute("href")
    assert path
    page = visitor.go(path.split("?")[0])
    field = page.locator("#id_text")
    field.fill("So quiet, ")
    page.locator(".talk__people summary").click()
    chip = page.locator(".talk__people .chip").first
    handle = chip.get_attribute("data-handle")
    chip.click()
    if javascript:
        assert field.input_value() == f"So quiet, @{handle} "
    page.get_by_role("button", name="Send").click()
    said = page.locator(".said2").first
    said.get_by_text(f"@{handle}").wait_for()
    heart = said.locator(".like")
    heart.click()
    if javascript:
        until(page, "document.querySelector('.said2 .like [data-count]').textContent === '1'")
    page.get_by_text("You like it.").first.wait_for()
    page.reload()
    assert page.locator(".said2 .like").first.get_attribute("aria-pressed") == "true"
    page.locator(".said2 summary").first.click()
    page.get_by_role("button", name="Delete").first.click()
    page.get_by_text("The comment is gone.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_product_is_saved_where_it_stands(visit: Visit, javascript: bool) -> None:
    visitor = visit(width=390, javascript=javascript)
    become(visitor, "buyer")
    shop = "/@field-loom/shop/"
    hand = Hand(visitor.go(shop))
    save = visitor.page.locator("main .pin .save[aria-pressed=false]").first
    address = str(save.get_attribute("formaction"))
    assert address.startswith("/save/product/")
    hand.click(save)
    said = visitor.page.locator(".toast", has_text="Saved to").first
    said.wait_for()
    assert hand.done() == (1, 0)
    button = visitor.go(shop).locator(f".save[formaction='/un{address[1:]}']")
    assert button.get_attribute("aria-pressed") == "true"
    # And back, from the product's own page.
    page = visitor.go(str(button.locator("xpath=../..").locator(CARD_LINK).get_attribute("href")))
    page.locator(f".gal__main .save[formaction='/un{address[1:]}']").click()
    page.get_by_text("Removed from").first.wait_for()
    assert visitor.go(shop).locator(f".save[formaction='{address}']").count() == 1
