"""A brand finds the order and the pin that earned it, ships two parcels, and the buyer is told."""

from collections.abc import Callable

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, until
from marketplace.tests.browser.life import (
    BRAND,
    become,
    fill_details,
    letter_to,
    make_product,
    paid,
    pay_by_card,
    pin_it,
    sign_up,
)

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]


def test_two_parcels_and_everybody_knows(visit: Visit) -> None:
    desk, visitor = visit(), visit(width=390)
    become(desk, "brand")
    product = make_product(desk)
    pin = pin_it(desk, product)
    account = sign_up(visitor)

    # Two pieces, bought from the pin.
    hand = Hand(visitor.go(pin))
    hand.page.locator("a.buy[data-sheet]").first.click()
    hand.page.get_by_role("button", name="One more").click()
    hand.page.locator("dialog[open] .qty b", has_text="2").wait_for()
    fill_details(hand, account, email=False)
    hand.press("Continue to payment")
    pay_by_card(hand)
    [number] = paid(hand.page)

    # The desk: the order, the pin that it came from.
    page = desk.go(f"/studio/{BRAND}/orders/?q={number}")
    row = page.locator("tr", has_text=number)
    assert "Pin" in row.inner_text()
    assert product.title in row.locator(".src").inner_text()
    assert row.locator(".src a").get_attribute("href") == pin

    # The buyer looks at the order while the brand works.
    told = visitor.go(f"/order/{number}/")
    bell = told.locator("[data-bell] .badge")
    before = int(bell.inner_text() or 0)
    told.evaluate("window.__stayed = true")

    desk_hand = Hand(page)
    desk_hand.click(row.get_by_role("button", name="Mark packed"))
    page.locator(".toast").first.wait_for()
    desk_hand.done()
    page.goto(f"{desk.url}/studio/{BRAND}/orders/?q={number}")
    desk_hand.click(page.locator("tr", has_text=number).get_by_role("link", name="Ship"))
    page.get_by_text("Send only a part").click()
    page.locator("input[type=number]").fill("1")
    page.get_by_label("Carrier").fill("DHL")
    page.get_by_label("Tracking number").fill("JD014600001")
    page.get_by_role("button", name="Mark shipped").click()
    page.locator(".toast").first.wait_for()

    # Live: the bell counts and the page moves, without a reload.
    until(
        told,
        "(n) => Number(document.querySelector('[data-bell] .badge').textContent) > n",
        before,
        seconds=30,
    )
    told.get_by_text("JD014600001").first.wait_for(timeout=20_000)
    assert told.evaluate("window.__stayed") is True

    # The rest: two clicks, as for any next order.
    desk_hand.done()
    page.goto(f"{desk.url}/studio/{BRAND}/orders/?q={number}")
    desk_hand.click(page.locator("tr", has_text=number).get_by_role("link", name="Ship"))
    desk_hand.press("Mark shipped")
    page.locator(".toast").first.wait_for()
    assert desk_hand.done() == (2, 0)

    main = visitor.go(f"/order/{number}/").locator("article.parcel")
    assert main.locator("[id^=parcels-] > p").count() == 2
    assert "Shipped" in main.inner_text()
    letter = letter_to(visitor, account.email, "On its way", seconds=60)
    assert number in letter.subject + letter.text
    notices = visitor.go("/notifications/").locator("main").inner_text()
    assert number in notices
    # What is shipped is no longer there to be cancelled.
    assert main.get_by_role("link", name="Cancel").count() == 0
