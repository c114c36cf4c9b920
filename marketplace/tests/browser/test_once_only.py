"""Impatience and changes while somebody pays: one order, and what was shown is what is paid."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import (
    Product,
    become,
    change,
    fill_details,
    make_product,
    orders_of,
    paid,
    pay_by_card,
    sign_up,
)

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]


@pytest.fixture
def desk(visit: Visit) -> Visitor:
    visitor = visit()
    become(visitor, "brand")
    return visitor


def buyer_with_card(visitor: Visitor, product: Product) -> Hand:
    """Somebody who bought once, and whose card is kept."""
    account = sign_up(visitor)
    hand = Hand(visitor.go(product.address))
    hand.page.get_by_role("link", name="Buy now").first.click()
    hand.page.get_by_label("Full name").wait_for()
    fill_details(hand, account, email=False)
    hand.press("Continue to payment")
    pay_by_card(hand, remember=True)
    paid(hand.page)
    return hand


def open_sheet(visitor: Visitor, product: Product) -> None:
    page = visitor.go(product.address)
    page.get_by_role("link", name="Buy now").first.click()
    page.get_by_role("heading", name="Buy in one tap").wait_for()


def test_two_presses_and_the_back_button_make_one_order(visit: Visit, desk: Visitor) -> None:
    product, visitor = make_product(desk), visit(width=390)
    hand = buyer_with_card(visitor, product)
    open_sheet(visitor, product)
    hand.page.get_by_role("button", name="Pay now").first.dblclick()
    paid(hand.page)
    assert len(orders_of(visitor)) == 2

    # Back: whatever the browser shows of the sheet, pressing Pay of that same form is no new order.
    hand.page.go_back()
    pay = hand.page.get_by_role("button", name="Pay now")
    if pay.count() and pay.first.is_visible():
        pay.first.click()
        paid(hand.page)
    assert len(orders_of(visitor)) == 2


def test_two_tabs_of_the_same_page_make_one_order(visit: Visit, desk: Visitor) -> None:
    product, visitor = make_product(desk), visit(width=390, javascript=False)
    buyer_with_card(visitor, product)
    open_sheet(visitor, product)
    first, second = visitor.page, visitor.context.new_page()
    second.goto(first.url)
    for page in (first, second):
        page.get_by_role("button", name="Pay now").first.click()
        paid(page)
    assert first.locator("h1 + p b").inner_text() == second.locator("h1 + p b").inner_text()
    assert len(orders_of(visitor)) == 2


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_price_that_changed_is_shown_before_it_is_paid(
    visit: Visit, desk: Visitor, javascript: bool
) -> None:
    product = make_product(desk, price="24.00")
    visitor = visit(width=390, javascript=javascript)
    hand = buyer_with_card(visitor, product)
    open_sheet(visitor, product)
    was = hand.page.locator("[data-total]").first.inner_text()
    change(desk, product, price="31.00")
    hand.press("Pay now")

    problem = hand.page.locator(".errs")
    problem.wait_for()
    now = hand.page.locator("[data-total]").first.inner_text()
    assert now != was
    assert was in problem.inner_text()
    assert now in problem.inner_text()
    assert "Nothing was charged" in problem.inner_text()
    assert len(orders_of(visitor)) == 1

    hand.press("Pay now")
    paid(hand.page)
    assert now in hand.page.locator("main").inner_text()
    assert len(orders_of(visitor)) == 2


def test_what_is_gone_meanwhile_is_sold_out_and_not_paid(visit: Visit, desk: Visitor) -> None:
    product, visitor = make_product(desk, stock=3), visit(width=390)
    hand = buyer_with_card(visitor, product)
    open_sheet(visitor, product)
    # One of the three is promised to the order before; the other two are gone.
    change(desk, product, stock=1)
    hand.press("Pay now")
    hand.page.get_by_text("Somebody was faster: this just sold out.").wait_for()
    expect(hand.page.get_by_role("button", name="Pay now")).to_have_count(0)
    assert len(orders_of(visitor)) == 1
