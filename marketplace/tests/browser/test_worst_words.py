"""Words that nothing breaks, the other way round and under marks: nothing sticks out at 320 px."""

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import (
    BRAND,
    BRAND_NAME,
    Product,
    become,
    fill_details,
    make_product,
    paid,
    pay_by_card,
    pin_it,
    somebody,
)
from marketplace.tests.browser.test_every_page import too_wide, twice_the_text

pytestmark = pytest.mark.slow


def test_the_worst_words_stay_inside(visit: Callable[..., Visitor]) -> None:
    token = secrets.token_hex(3)
    worst = f"{token}{'W' * 74}{'שּׁ' * 20}"
    desk = visit()
    become(desk, "brand")
    product = make_product(desk, title=worst)
    pin = pin_it(desk, product)

    try:
        _stays_inside(visit, product, pin, worst)
        _stays_inside_a_purchase(visit(width=320), product)
    finally:  # other scenes buy what is newest
        page = desk.go(f"/studio/{BRAND}/products/?q={token}")
        page.locator("tbody input[name=row]").first.check()
        page.locator(".bulk").get_by_role("button", name="Take off sale").click()
        page.locator(".toast", has_text="draft").wait_for()


def _stays_inside_a_purchase(guest: Visitor, product: Product) -> None:
    """In the bag, at the till and on the purchase, also with letters twice as large."""
    hand = Hand(guest.go(product.address))
    hand.press("Add to bag")
    hand.page.locator(".toast").first.wait_for()
    hand.page = guest.go("/bag/")
    _fits(hand.page, product)
    hand.page.locator("#checkout").get_by_role("button", name="Check out").click()
    hand.page.get_by_role("heading", name="Check out", exact=True).wait_for()
    _fits(hand.page, product)
    fill_details(hand, somebody())
    hand.press("Continue to payment")
    pay_by_card(hand)
    paid(hand.page)
    _fits(hand.page, product)


def _fits(page: Page, product: Product) -> None:
    assert product.title[:6] in page.locator("main").inner_text(), page.url
    assert too_wide(page) == [], page.url
    assert twice_the_text(page) == [], page.url
    page.set_viewport_size({"width": 320, "height": 800})


def _stays_inside(visit: Callable[..., Visitor], product: Product, pin: str, worst: str) -> None:
    token = worst[:6]
    phone = visit(width=320)
    become(phone, "buyer")
    hand = Hand(phone.go(product.address))
    assert token in hand.page.locator("h1").inner_text()
    assert too_wide(hand.page) == []
    # To ask takes two presses and the words.
    hand.press(f"Ask {BRAND_NAME}", "link")
    hand.page.locator("main textarea").fill(worst)
    assert too_wide(hand.page) == []
    hand.press("Send")
    hand.page.locator(".toast").first.wait_for()
    assert hand.done() == (2, 0)
    for path in (pin, "/explore/", f"/@{BRAND}/", f"/@{BRAND}/shop/", f"/search/?q={token}"):
        page = phone.go(path)
        assert too_wide(page) == [], path
        assert token in page.locator("main").inner_text() or path == "/explore/", path
    narrow = visit(width=320)
    become(narrow, "brand")
    for path in (
        f"/studio/{BRAND}/questions/",
        f"/studio/{BRAND}/products/?q={token}",
        product.edit,
        f"/studio/{BRAND}/pins/{pin.split('/')[2]}/edit/",
        f"/studio/{BRAND}/services/new/",
        f"/studio/{BRAND}/collections/new/",
    ):
        page = narrow.go(path)
        assert token in page.content(), path
        assert too_wide(page) == [], path
        assert twice_the_text(page) == [], path
        page.set_viewport_size({"width": 320, "height": 800})
