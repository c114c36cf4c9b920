"""From the wall to a paid order, counted: by mouse, by keyboard alone, without scripts."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, Keys, until
from marketplace.tests.browser.life import (
    BRAND,
    OK,
    fill_card,
    fill_details,
    letter_to,
    orders_of,
    paid,
    pay_by_card,
    sign_up,
    somebody,
)
from marketplace.tests.browser.ways import CARD, first_link

Visit = Callable[..., Visitor]
TAG = "a.tag[data-sheet]"

# What a screen reader says on the way, in this order; more may stand between.
SPOKEN_CARD = """
- article:
  - button /^Save .+/
  - link /^Buy .+, €\\d/
  - heading [level=2]:
    - link
"""
SPOKEN_SHEET = """
- dialog "Buy":
  - banner:
    - heading "Buy" [level=2]
    - button "Close"
  - paragraph:
    - text: Sold by
    - link
  - group "Quantity":
    - button "One less" [disabled]
    - text: "1"
    - button "One more"
  - textbox "E-mail"
  - textbox "Full name"
  - textbox "Street and number"
  - textbox "Postcode"
  - textbox "City"
  - text: /Total €.* VAT included €/
  - paragraph:
    - text: /order with an obligation to pay/
    - link /^Delivery, returns and trader details of .+/
  - contentinfo:
    - button /^Continue to payment €/
"""
SPOKEN_PROBLEMS = """
- alert "There is a problem":
  - heading "There is a problem" [level=2]
  - list:
    - listitem:
      - link "Enter an e-mail address like name@example.org"
    - listitem:
      - link "Enter a city"
  - paragraph: Everything else you typed is kept.
"""
SPOKEN_TILL = """
- region "Pay by card":
  - heading "Pay by card" [level=1]
  - paragraph: /^€/
  - textbox "Card number"
  - textbox "Expires"
  - textbox "Security code"
  - button /^Pay €/
  - button "Cancel and go back"
"""
SPOKEN_PAID = """
- main:
  - heading /It is paid/ [level=1]
  - paragraph: /^Order .* Receipt sent to/
  - article /^Arrives/:
    - heading /^Arrives/ [level=2]
    - list /where it is/:
      - listitem: Paid
      - listitem: Packed
      - listitem: Shipped
      - listitem: Delivered
    - link /^Track order/
    - link /^Cancel, €/
  - region "What happened":
    - heading "What happened" [level=2]
"""


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_guest_pays_with_two_clicks_and_five_fields(visit: Visit, javascript: bool) -> None:
    guest, visitor = somebody(), visit(width=390, javascript=javascript)
    hand = Hand(visitor.go("/"))
    tag = hand.page.locator(TAG).first
    expect(tag.locator("xpath=ancestor::article")).to_match_aria_snapshot(SPOKEN_CARD)

    hand.click(tag)
    hand.page.get_by_label("Full name").wait_for()
    assert hand.page.locator("dialog[open]").count() == (1 if javascript else 0)
    if javascript:
        expect(hand.page.locator("dialog[open]")).to_match_aria_snapshot(SPOKEN_SHEET)
    fill_details(hand, guest)
    shown = hand.page.locator("button.buy[value=pay]").inner_text().split()[-1]
    hand.press("Continue to payment")
    hand.page.get_by_role("heading", name="Pay by card").wait_for()
    assert hand.done() == (2, 5)
    expect(hand.page.locator("main")).to_match_aria_snapshot(SPOKEN_TILL)

    # What was shown is what the provider asks for.
    assert shown in hand.page.locator(".paydesk__sum").inner_text()
    pay_by_card(hand)
    [number] = paid(hand.page)
    assert hand.done() == (1, 3)
    expect(hand.page.locator("main")).to_match_aria_snapshot(SPOKEN_PAID)
    assert shown in hand.page.locator("main").inner_text()
    assert number in letter_to(visitor, guest.email, "Paid").text


def test_the_second_time_it_takes_two_taps(visit: Visit) -> None:
    """Signed in for the first time two clicks and four fields; with a kept card two taps."""
    visitor = visit(width=390)
    buyer = sign_up(visitor)
    hand = Hand(visitor.go("/explore/"))

    hand.click(hand.page.locator(TAG).first)
    hand.page.get_by_label("Full name").wait_for()
    fill_details(hand, buyer, email=False)
    hand.press("Continue to payment")
    hand.page.get_by_role("heading", name="Pay by card").wait_for()
    assert hand.done() == (2, 4)
    pay_by_card(hand, remember=True)
    paid(hand.page)
    assert hand.done() == (1, 3)

    visitor.go("/explore/")
    hand.click(hand.page.locator(TAG).first)
    hand.page.get_by_role("heading", name="Buy in one tap").wait_for()
    sheet = hand.page.locator("dialog[open]")
    total = sheet.locator("[data-total]").inner_text()
    assert total in sheet.locator("footer").inner_text()
    hand.click(sheet.get_by_role("button", name="Pay now"))
    paid(hand.page)
    assert hand.done() == (2, 0)
    assert total in hand.page.locator("main").inner_text()
    assert len(orders_of(visitor)) == 2

    # By the product one press more.
    visitor.go("/@field-loom/shop/")
    hand.click(hand.page.locator(f".pin:has({TAG}) .pin__t a").first)
    hand.page.wait_for_url("**/product/**")  # before its script the button is a link to a page
    hand.click(hand.page.locator("a.buy[data-sheet]:visible").first)
    hand.click(hand.page.locator("dialog[open]").get_by_role("button", name="Pay now"))
    paid(hand.page)
    assert hand.done() == (3, 0)


@pytest.mark.slow
@pytest.mark.parametrize("known", [False, True], ids=["guest", "signed-in"])
def test_by_the_product_the_first_time_takes_one_press_more(visit: Visit, known: bool) -> None:
    """Three clicks and five fields, or four for whom we know; the card is the same."""
    visitor = visit(width=390)
    buyer = sign_up(visitor) if known else somebody()
    hand = Hand(visitor.go("/explore/"))
    hand.click(hand.page.locator(f".pin:has({TAG}) .pin__t a").first)
    hand.page.wait_for_url("**/pin/**")
    hand.click(hand.page.locator("a.buy[data-sheet]:visible").first)
    hand.page.get_by_label("Full name").wait_for()
    fill_details(hand, buyer, email=not known)
    hand.press("Continue to payment")
    hand.page.get_by_role("heading", name="Pay by card").wait_for()
    assert hand.done() == (3, 4 if known else 5)
    pay_by_card(hand)
    assert len(paid(hand.page)) == 1
    assert hand.done() == (1, 3)


def test_a_guest_pays_by_keyboard_alone(visit: Visit) -> None:
    guest, visitor = somebody(), visit(width=1440)
    keys = Keys(visitor.go("/"))
    page = keys.page

    keys.to(TAG)
    tag = page.evaluate("document.activeElement.href")
    keys.press("Enter")
    page.locator("dialog[open] [name=email]").wait_for()
    until(page, "document.querySelector('dialog').contains(document.activeElement)")

    # The dialog keeps the focus, Escape closes it, and the focus is back where it was.
    for _ in range(30):
        keys.tab()
        assert page.evaluate(
            "document.querySelector('dialog').contains(document.activeElement)"
            " || document.activeElement === document.body"
        ), keys.where()
    keys.press("Escape")
    until(page, "!document.querySelector('dialog').open")
    assert page.evaluate("document.activeElement.href") == tag

    keys.press("Enter")
    page.locator("dialog[open] [name=email]").wait_for()
    for name, text in (
        ("email", guest.email),
        ("name", guest.name),
        ("street", "Lange Straße 5"),
        ("postcode", "10115"),
        ("city", "Berlin"),
    ):
        keys.to(f"[name={name}]", at_most=12)
        keys.type(text)
    keys.to("button.buy[value=pay]", at_most=20)
    keys.press("Enter")
    page.get_by_role("heading", name="Pay by card").wait_for()
    for name, text in (("number", OK), ("expiry", "12/39"), ("cvc", "123")):
        keys.to(f"[name={name}]", at_most=8)
        keys.type(text)
    keys.press("Enter")
    assert len(paid(page)) == 1


@pytest.mark.slow
def test_a_guest_asks_with_two_clicks_and_three_fields(visit: Visit) -> None:
    """From a product, a pin and the brand's page."""
    visitor = visit(width=390)
    product = first_link(visitor, f"/@{BRAND}/shop/", CARD)
    pin = first_link(visitor, f"/@{BRAND}/", CARD)
    hand = Hand(visitor.page)
    for path in (product, pin, f"/@{BRAND}/"):
        guest = somebody()
        visitor.go(path)
        hand.click(hand.page.get_by_role("link", name=re.compile(r"^Ask\b")).first)
        hand.fill("Your question", "Does it stand a dishwasher?")
        hand.fill("Your name", guest.name)
        hand.fill("E-mail", guest.email)
        hand.press("Send the question")
        expect(hand.page.get_by_text(f"The answer comes to {guest.email}").first).to_be_visible()
        assert hand.done() == (2, 3)


@pytest.mark.slow
def test_another_way_of_delivery_changes_the_total_before_anybody_pays(visit: Visit) -> None:
    """In the checkout itself, at once, and what was typed stays; the new total is what is asked."""
    guest, visitor = somebody(), visit(width=390)
    hand = Hand(visitor.go("/@ondine-studio/shop/"))
    hand.page.locator(f".pin:has({TAG}) .pin__t a").first.click()
    hand.press("Add to bag")
    hand.page.locator(".toast").first.wait_for()
    page = visitor.go("/bag/")
    page.locator("#checkout").get_by_role("button", name="Check out").click()
    fill_details(hand, guest)
    pay = page.locator("button.buy[value=pay]")
    was = pay.inner_text().split()[-1]
    page.locator(".ship .opt", has_text="Express").click()
    until(page, f"!document.querySelector('button.buy[value=pay]').innerText.includes('{was}')")
    now = pay.inner_text().split()[-1]
    assert now in page.locator("#sum").inner_text()
    assert now in page.locator(".glance").inner_text()
    assert not page.get_by_role("button", name="Update the total").count()
    assert page.get_by_label("Full name").input_value() == guest.name
    hand.press("Continue to payment")
    page.get_by_role("heading", name="Pay by card").wait_for()
    assert now in page.locator(".paydesk__sum").inner_text()


@pytest.mark.slow
def test_a_delivery_chosen_before_the_script_came_counts(visit: Visit) -> None:
    visitor = visit(width=390)
    page = visitor.go("/@ondine-studio/shop/")
    page.locator(f".pin:has({TAG}) .pin__t a").first.click()
    page.get_by_role("button", name="Add to bag").click()
    page.locator(".toast").first.wait_for()
    held: list[Route] = []
    page.route("**/checkout*.js", lambda route: held.append(route))  # noqa: PLW0108 - it is tagged
    page.goto(f"{visitor.url}/bag/", wait_until="commit")
    with page.expect_request("**/checkout*.js"):
        page.locator("#checkout").get_by_role("button", name="Check out").click(no_wait_after=True)
    pay = page.locator("button.buy[value=pay]")
    was = pay.inner_text().split()[-1]
    page.locator(".ship .opt", has_text="Express").click()
    assert was in pay.inner_text()
    held[0].continue_()
    until(page, f"!document.querySelector('button.buy[value=pay]').innerText.includes('{was}')")


@pytest.mark.slow
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_wrong_form_says_so_and_keeps_what_was_typed(visit: Visit, javascript: bool) -> None:
    """With scripts in the sheet, over the wall where one was; without on its page."""
    hand = Hand(visit(width=390, javascript=javascript).go("/explore/"))
    page = hand.page
    hand.click(page.locator(TAG).first)
    hand.fill("Full name", "Gerda Gast")
    hand.fill("Postcode", "1")
    hand.press("Continue to payment")

    problem = page.locator(".errs")
    problem.wait_for()
    if javascript:
        assert urlsplit(page.url).path == "/explore/"
        assert page.locator("dialog[open] .errs").count() == 1
        assert page.evaluate("document.activeElement.matches('.errs')")
        expect(problem).to_match_aria_snapshot(SPOKEN_PROBLEMS)
    else:
        assert page.title().startswith("Error:")
    assert "Enter a city" in problem.inner_text()
    assert page.get_by_label("Full name").input_value() == "Gerda Gast"
    problem.get_by_role("link", name="Enter a city").click()
    assert page.evaluate("document.activeElement.name") == "city"

    # Now nothing is empty, and the postcode is still one that cannot be.
    hand.fill("E-mail", somebody().email)
    hand.fill("Street and number", "Lange Straße 5")
    hand.fill("City", "Berlin")
    hand.press("Continue to payment")
    problem.get_by_role("link", name="Enter a postcode of").wait_for()
    assert page.locator("dialog[open] .errs").count() == (1 if javascript else 0)
    assert page.get_by_label("Full name").input_value() == "Gerda Gast"


@pytest.mark.slow
def test_three_brands_one_payment_three_orders(visit: Visit) -> None:
    guest, visitor = somebody(), visit(width=1440)
    hand = Hand(visitor.page)
    for brand in ("ondine-studio", "lumen-and-oak", "field-loom"):
        page = visitor.go(f"/@{brand}/shop/")
        page.locator(".pin:has(a.tag[data-sheet]) .pin__t a").first.click()
        page.get_by_role("button", name="Add to bag").click()
        page.locator(".toast").first.wait_for()
    page = visitor.go("/bag/")
    assert page.locator(".parcel").count() == 3
    total = page.locator("[data-total]").inner_text()
    page.locator("#checkout").get_by_role("button", name="Check out").click()
    page.get_by_role("heading", name="Check out", exact=True).wait_for()
    fill_details(hand, guest)
    hand.press("Continue to payment")
    fill_card(hand)
    assert page.locator(".paydesk__sum").inner_text() == total
    hand.press("Pay")

    numbers = paid(page)
    assert len(numbers) == 3
    parcels = page.locator("article.parcel")
    assert parcels.count() == 3
    for at in range(3):
        assert "Arrives " in parcels.nth(at).locator("h2").inner_text()
    assert total in page.locator(".till__side").inner_text()
    letter = letter_to(visitor, guest.email, "Paid")
    assert all(number in letter.text for number in numbers)


@pytest.mark.slow
def test_a_guest_keeps_the_order_by_the_link_in_the_mail(visit: Visit) -> None:
    """The mail's link opens the order in another browser, where nobody is signed in."""
    guest, visitor = somebody(), visit(width=390)
    hand = Hand(visitor.go("/explore/"))
    # From the wall by the pin: one press more than from its price.
    hand.click(hand.page.locator(f".pin:has({TAG}) .pin__t a").first)
    hand.click(hand.page.locator("a.buy[data-sheet]:visible").first)
    fill_details(hand, guest)
    hand.press("Continue to payment")
    hand.page.get_by_role("heading", name="Pay by card").wait_for()
    assert hand.done() == (3, 5)
    pay_by_card(hand)
    [number] = paid(hand.page)
    letter = letter_to(visitor, guest.email, "Paid")
    [link] = [one for one in letter.links if "/order" in one][:1]

    elsewhere = visit(width=390)
    page = elsewhere.go(link.removeprefix(elsewhere.url))
    page.get_by_text(number).first.wait_for()
    assert elsewhere.go(f"/order/{number}/").get_by_role("heading", level=1).is_visible()
