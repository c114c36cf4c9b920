"""Services as a person does them: from the wall with its filters to a request that arrives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from demo.content.people import OWNERS
from demo.content.studios import STUDIOS
from demo.world import PASSWORD as DEMO_PASSWORD
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import become, letter_to, somebody
from marketplace.tests.browser.ways import CARD

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
WORK, STUDIO = "Floor plan for one room", "Atelier Rum"
BRIEF = "Nine square metres, one window to the north, and a piano that has to stay."


def owner_of(studio: str) -> tuple[str, str]:
    """E-mail of a brand's owner in the demo, and the handle of the brand."""
    known = zip(STUDIOS, OWNERS, strict=True)
    return next(
        (f"{owner.handle}@demo.example", brand.handle)
        for brand, owner in known
        if brand.name == studio
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_wall_of_services_to_a_request_that_arrives(
    visit: Visit, javascript: bool
) -> None:
    visitor, account = visit(width=1440, javascript=javascript), somebody()
    page = visitor.go("/services/")
    everything = page.locator(CARD).count()
    page.get_by_label("At most, in euro, VAT included").fill("100")
    page.get_by_label("By the hour").check()
    page.get_by_role("button", name="Show services").click()
    page.wait_for_url("**/services/?*pricing=hourly*")
    assert 0 < page.locator(CARD).count() < everything
    expect(page.get_by_label("At most, in euro, VAT included")).to_have_value("100")
    page.get_by_role("link", name=WORK, exact=True).click()
    page.get_by_role("heading", name=WORK, level=1).wait_for()
    service = page.url
    # From here on it is counted: two presses, seven fields, and for a guest the e-mail.
    hand = Hand(page)
    hand.press("Request a quote", "link")
    page.get_by_role("heading", name="Request a quote").wait_for()
    hand.press("Send the request")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    hand.done()
    hand.fill("What do you need?", BRIEF)
    for label, text in (
        ("How many (optional)", "9"),
        ("Of what (optional)", "hours"),
        ("Budget in euro, VAT included (optional)", "765"),
        ("Needed by (optional)", (datetime.now(tz=UTC) + timedelta(days=60)).strftime("%Y-%m-%d")),
        ("Where (optional)", "Malmö"),
    ):
        hand.fill(label, text)
    hand.fill("E-mail", account.email)
    hand.press("Send the request")
    page.get_by_text(f"Your request is on its way to {STUDIO}").first.wait_for()
    assert hand.done() == (1, 7)  # pictures are the seventh field of those who have some
    assert page.url.split("?")[0] == service.split("?")[0]
    email, handle = owner_of(STUDIO)
    assert WORK in letter_to(visitor, account.email, "has your request").subject
    told = letter_to(visitor, email, "asks for a quote")
    assert BRIEF in told.text
    assert "765" in told.text
    if javascript:
        arrives(visit(width=390), email, handle)


def test_a_member_asks_for_a_quote_with_two_presses(visit: Visit) -> None:
    """The words are enough; who is signed in writes no address."""
    visitor = visit(width=390)
    become(visitor, "buyer")
    page = visitor.go("/services/")
    page.get_by_role("link", name=WORK, exact=True).click()
    page.get_by_role("heading", name=WORK, level=1).wait_for()
    hand = Hand(page)
    hand.press("Request a quote", "link")
    hand.fill("What do you need?", f"{BRIEF} For a member.")
    hand.press("Send the request")
    page.get_by_text(f"Your request is on its way to {STUDIO}").first.wait_for()
    assert hand.done() == (2, 1)


def arrives(desk: Visitor, email: str, handle: str) -> None:
    """The brand hears of it on the bell and reads it in the studio."""
    page = desk.go("/accounts/login/")
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.locator("main").get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page = desk.go("/notifications/")
    page.locator("main").get_by_text("asks for a quote").first.wait_for()
    page = desk.go(f"/studio/{handle}/questions/")
    page.get_by_text("a piano that has to stay").first.wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_price_is_asked_for_where_there_is_one_price(visit: Visit, javascript: bool) -> None:
    """Packages have prices of their own, and a quote comes later; what was typed is kept."""
    visitor = visit(width=1440, javascript=javascript)
    become(visitor, "brand")
    page = visitor.go("/studio/ondine-studio/services/new/")
    price = page.locator("[name=price]")
    page.locator("[name=pricing][value=hourly]").check()
    price.fill("120")
    for kind, asked in (("packages", False), ("hourly", True), ("quote", False), ("fixed", True)):
        page.locator(f"[name=pricing][value={kind}]").check()
        expect(price).to_be_visible(visible=asked)
    expect(price).to_have_value("120")
