"""A newcomer: account, interests, a brand to follow, its pins newest first."""

from collections.abc import Callable

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, until
from marketplace.tests.browser.life import (
    BRAND,
    BRAND_NAME,
    PASSWORD,
    become,
    confirm,
    make_product,
    pin_it,
    somebody,
)

Visit = Callable[..., Visitor]


def test_a_newcomer_follows_a_brand_and_sees_its_pins_newest_first(visit: Visit) -> None:
    account, visitor = somebody(), visit(width=390)
    hand = Hand(visitor.go("/"))
    hand.page.goto(f"{visitor.url}/welcome/")
    tiles = hand.page.locator("label.tile")
    for at in range(5):
        hand.click(tiles.nth(at))
    assert hand.page.locator("label.tile input:checked").count() == 5
    hand.fill("E-mail", account.email)
    hand.fill("Your name", account.name)
    hand.fill("Password", PASSWORD)
    hand.press("Create account")
    confirm(visitor, account)

    # The interests were kept through the mail; now brands are offered.
    assert hand.page.locator("label.tile input:checked").count() == 5
    hand.press("Show my feed")
    hand.page.wait_for_url(lambda url: "/welcome/" not in url)
    hand.page.goto(f"{visitor.url}/@{BRAND}/")
    hand.done()
    hand.click(hand.page.get_by_role("button", name="Follow", exact=False).first)
    hand.page.get_by_role("button", name=f"Following {BRAND_NAME}").wait_for()
    # The button says so at once; the answer of the server comes after it.
    until(hand.page, "!document.querySelector('button[aria-busy]')")
    assert hand.done() == (1, 0)

    page = visitor.go("/following/")
    authors = page.locator(".pin .by").all_text_contents()
    assert authors
    assert all(BRAND_NAME in one for one in authors)
    first = page.locator(".pin .pin__t a").first.text_content()

    # What the brand pins now is on top at once.
    desk = visit()
    become(desk, "brand")
    product = make_product(desk)
    pin_it(desk, product)
    page = visitor.go("/following/")
    titles = page.locator(".pin .pin__t a").all_text_contents()
    assert titles[:2] == [product.title, first]


def test_signing_up_works_without_scripts(visit: Visit) -> None:
    account, visitor = somebody(), visit(width=390, javascript=False)
    page = visitor.go("/accounts/signup/")
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_label("Your name").fill(account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    confirm(visitor, account)
    page.goto(f"{visitor.url}/@{BRAND}/")
    page.get_by_role("button", name="Follow").first.click()
    page.get_by_role("button", name="Following").wait_for()
