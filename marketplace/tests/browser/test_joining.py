"""A newcomer: account, interests, a brand to follow, its pins newest first."""

import os
import secrets
from collections.abc import Callable

import pytest

from core.oidc_testing import Person, ProviderDouble
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
from marketplace.tests.browser.looks import LOOKS, look_around

pytestmark = pytest.mark.slow

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


@pytest.mark.parametrize("javascript", [True, False])
def test_in_by_an_account_elsewhere(
    visit: Visit, elsewhere: ProviderDouble, monkeypatch: pytest.MonkeyPatch, javascript: bool
) -> None:
    """Joined with one press, a name and another press; the next time one press is all."""
    if os.environ.get("PARLEY_BROWSER_URL"):
        pytest.skip("That market knows another site than ours.")
    word = secrets.token_hex(4)
    monkeypatch.setattr(elsewhere, "strangers", False)
    monkeypatch.setattr(elsewhere, "person", Person(subject=word, email=f"{word}@mail.example"))
    visitor = visit(width=390, javascript=javascript)
    hand = Hand(visitor.go("/accounts/signup/"))
    hand.press("Continue with Double")
    hand.page.get_by_role("heading", name="Almost there").wait_for()
    assert hand.page.get_by_label("Your name").input_value() == "Ana Ruiz"
    hand.press("Create account")
    hand.page.wait_for_url("**/welcome/**")
    assert hand.done() == (2, 0)

    visitor.context.clear_cookies()
    hand.page.goto(f"{visitor.url}/accounts/login/?next=/settings/account/")
    hand.press("Continue with Double")
    hand.page.wait_for_url("**/settings/account/")
    assert hand.done() == (1, 0)
    assert f"{word}@mail.example" in hand.page.locator("main").inner_text()
    # A password of one's own, where there is none: who vouches for them does so again.
    hand.page.goto(f"{visitor.url}/accounts/password/set/")
    hand.press("Continue with Double")
    hand.page.wait_for_url("**/accounts/password/set/")
    assert not javascript or look_around(hand.page, LOOKS[:1]) == []
