"""Words that nothing breaks, the other way round and under marks: nothing sticks out at 320 px."""

import secrets
from collections.abc import Callable

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import BRAND, BRAND_NAME, Product, become, make_product, pin_it
from marketplace.tests.browser.test_every_page import too_wide

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
    finally:  # other scenes buy what is newest
        page = desk.go(f"/studio/{BRAND}/products/?q={token}")
        page.locator("tbody input[name=row]").first.check()
        page.locator(".bulk").get_by_role("button", name="Take off sale").click()
        page.locator(".toast", has_text="draft").wait_for()


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
    ):
        page = narrow.go(path)
        assert token in page.content(), path
        assert too_wide(page) == [], path
