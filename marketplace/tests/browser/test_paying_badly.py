"""Cards that ask, cards that are refused, people who change their mind while they pay."""

from collections.abc import Callable

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import (
    CHALLENGE,
    DECLINED,
    NO_FUNDS,
    fill_details,
    orders_of,
    paid,
    pay_by_card,
    sign_up,
    somebody,
)

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]


def checkout_of_one(visitor: Visitor, *, signed_in: bool = False) -> Hand:
    """A bag with one thing, everything filled in, on the provider's page."""
    account = sign_up(visitor) if signed_in else somebody()
    page = visitor.go("/@north-paper/shop/")
    page.locator(".pin:has(a.tag[data-sheet]) .pin__t a").first.click()
    page.get_by_role("button", name="Add to bag").click()
    page.locator(".toast").first.wait_for()
    visitor.go("/bag/").locator("#checkout").get_by_role("button", name="Check out").click()
    hand = Hand(page)
    page.get_by_label("Full name").wait_for()
    fill_details(hand, account, email=not signed_in)
    hand.press("Continue to payment")
    page.get_by_role("heading", name="Pay by card").wait_for()
    hand.done()
    return hand


def test_a_card_that_asks_is_confirmed(visit: Visit) -> None:
    hand = checkout_of_one(visit(width=390))
    pay_by_card(hand, CHALLENGE)
    hand.page.get_by_role("heading", name="Is it you?").wait_for()
    hand.press("Yes, pay")
    assert len(paid(hand.page)) == 1
    assert hand.done() == (2, 3)


def test_a_card_that_asks_and_is_not_confirmed(visit: Visit) -> None:
    visitor = visit(width=390)
    hand = checkout_of_one(visitor, signed_in=True)
    pay_by_card(hand, CHALLENGE)
    hand.press("No, fail the check")
    problem = hand.page.locator(".errs")
    problem.wait_for()
    assert "There is a problem" in problem.inner_text()
    assert orders_of(visitor) == []


def test_a_declined_card_may_be_replaced_by_another(visit: Visit) -> None:
    visitor = visit(width=390)
    hand = checkout_of_one(visitor, signed_in=True)
    for number, words in ((DECLINED, "declined"), (NO_FUNDS, "money")):
        pay_by_card(hand, number)
        problem = hand.page.locator(".errs")
        problem.wait_for()
        said = problem.inner_text().lower()
        assert words in said, said
        assert hand.page.get_by_label("City").input_value() == "Berlin"
        assert orders_of(visitor) == []
        hand.press("Continue to payment")
    pay_by_card(hand)
    assert len(paid(hand.page)) == 1
    assert len(orders_of(visitor)) == 1


def test_back_to_the_shop_charges_nothing_and_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit(width=390)
    hand = checkout_of_one(visitor, signed_in=True)
    hand.press("Cancel and go back")
    said = hand.page.locator("main").inner_text()
    assert "othing was charged" in said
    assert orders_of(visitor) == []

    # Whoever goes on finds everything as it was, and pays once.
    again = hand.page.get_by_role("button", name="Continue to payment")
    if not again.count():
        hand.page.locator("main").get_by_role("link").first.click()
    hand.press("Continue to payment")
    pay_by_card(hand)
    assert len(paid(hand.page)) == 1
    assert len(orders_of(visitor)) == 1


def test_a_closed_payment_window_is_found_again(visit: Visit) -> None:
    """The tab is gone; the bag leads to the payment that is under way, or lets it be stopped."""
    visitor = visit(width=390)
    hand = checkout_of_one(visitor, signed_in=True)
    hand.page.go_back()
    hand.page.reload()
    hand.page.get_by_role("heading", name="A payment is under way").wait_for()
    hand.press("Go on with the payment")
    pay_by_card(hand)
    assert len(paid(hand.page)) == 1
    assert len(orders_of(visitor)) == 1


def test_a_wrong_card_number_stays_on_the_provider_s_page(visit: Visit) -> None:
    hand = checkout_of_one(visit(width=390))
    pay_by_card(hand, "1234")
    hand.page.locator(".errs").wait_for()
    assert "16 digits" in hand.page.locator(".errs").inner_text()
    assert hand.page.get_by_label("Expires").input_value() == "12 / 39"
