"""A new person begins a brand, is let in, and sends what a guest bought: nobody helps them."""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import (
    Account,
    become,
    file_of,
    fill_details,
    letter_to,
    paid,
    pay_by_card,
    picture,
    sign_up,
    somebody,
)
from marketplace.tests.browser.test_passkeys import add_passkey, virtual_device
from marketplace.tests.browser.test_pins import dot, point, upload

pytestmark = pytest.mark.slow
Visit = Callable[..., Visitor]
VERIFIED_IBAN = "DE89 3704 0044 0532 0130 00"


def test_from_a_name_to_the_first_parcel(visit: Visit) -> None:
    mara, olga, guest = visit(), visit(), visit(width=390)
    virtual_device(mara)
    account = sign_up(mara)
    mark = secrets.token_hex(3)
    studio = f"/studio/kiln-{mark}"

    # A name, and a list that leads from item to item.
    page = mara.go("/studio/new/")
    page.get_by_label("Name of the brand").fill(f"Kiln {mark}")
    page.get_by_label("Handle").fill(f"kiln-{mark}")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("0 of 10 are complete")).to_be_visible()
    fill_in_papers(mara, studio, account, mark)
    page = mara.go(f"{studio}/")
    expect(page.get_by_text("10 of 10 are complete")).to_be_visible()

    # A product is prepared meanwhile; nobody sees it yet.
    product = make_vase(mara, studio)
    page = mara.go(f"{studio}/")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".desk__head")).to_contain_text("Our team looks at it")
    assert guest.context.request.get(f"{guest.url}/@kiln-{mark}/").status == 404

    let_in(olga, mark)
    page = mara.go(product)
    page.locator("input[name=to][value=published]").check()
    page.get_by_role("button", name=re.compile("^(Save|Publish)")).click()
    expect(page.get_by_text("is on sale")).to_be_visible()

    # Its page gets words of its own, and the vase goes on a pin with two other things.
    page = mara.go(f"{studio}/storefront/")
    page.get_by_label("Your story").fill("One wheel, one kiln, and a view of the harbour.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".toast").first.wait_for()
    pin = make_pin(mara, studio)
    page = guest.go(f"/@kiln-{mark}/")
    expect(page.get_by_text("One wheel, one kiln")).to_be_visible()
    expect(page.get_by_text("DE136695976")).to_be_visible()

    # A guest buys it from the pin, and it is packed and sent.
    hand = Hand(guest.go(pin))
    hand.page.locator("#item-1 a.buy[data-sheet], #item-1 a.tag").first.click()
    hand.page.get_by_label("Full name").wait_for()
    fill_details(hand, somebody())
    hand.press("Continue to payment")
    pay_by_card(hand)
    [number] = paid(hand.page)
    page = mara.go(f"{studio}/orders/")
    page.locator("tr", has_text=number).get_by_role("button", name="Mark packed").click()
    page.locator(".toast").first.wait_for()
    page = mara.go(f"{studio}/orders/{number}/ship/")
    page.get_by_label("Carrier").fill("DHL")
    page.get_by_label("Tracking number").fill("JD0146000098")
    page.get_by_role("button", name=re.compile("shipped", re.IGNORECASE)).first.click()
    page.locator(".toast").first.wait_for()
    expect(page.locator("main").get_by_text("Shipped").first).to_be_visible()
    for one in (mara, olga, guest):
        one.check()


def fill_in_papers(mara: Visitor, studio: str, account: Account, mark: str) -> None:
    """Each item of the list on its own page; what leads to money asks for a second proof first."""
    page, contact = mara.go(f"{studio}/papers/trader/"), f"office-{mark}@mail.example"
    for label, text in (
        ("Legal name", f"Kiln {mark} GmbH"),
        ("Street and number", "Hafenstraße 1"),
        ("Postcode", "20457"),
        ("City", "Hamburg"),
        ("Contact e-mail", contact),
        ("Phone", "040 35550123"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Country").select_option("DE")
    page.locator("#id_registration_number").fill("HRB 12345")
    page.locator("#id_vat_id").fill("DE136695976")
    save(page)

    page = mara.go(f"{studio}/papers/email/")
    page.get_by_role("button", name="Send the code").click()
    code = re.search(r"\b\d{6}\b", letter_to(mara, contact, "code").text)
    assert code is not None
    page.get_by_label("Code from the mail").fill(code[0])
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("The address is confirmed.")).to_be_visible()

    page = mara.go(f"{studio}/papers/declaration/")
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Declare").click()
    page = mara.go(f"{studio}/papers/policies/")
    page.locator("[name=returns_policy]").fill("Unused.")
    page.locator("[name=delivery_policy]").fill("On working days.")
    save(page)
    page = mara.go(f"{studio}/papers/pictures/")
    for name in ("picture", "cover"):
        page.set_input_files(f"[name={name}]", file_of(picture()))  # type: ignore[arg-type]
    save(page)
    page = mara.go(f"{studio}/delivery/new/")
    page.locator("[name=name]").fill("Standard")
    page.locator("[name=where][value=eu]").check()
    for name, text in (("price", "6"), ("min_days", "2"), ("max_days", "4")):
        page.locator(f"[name={name}]").fill(text)
    save(page)

    mara.go(f"{studio}/papers/payout/")
    expect(page.get_by_role("heading", name="Protect this account first")).to_be_visible()
    add_passkey(page, mara.url)
    page = mara.go(f"{studio}/papers/payout/")
    page.get_by_role("button", name="Name your account").click()
    page.get_by_label("IBAN").fill(VERIFIED_IBAN)
    page.get_by_role("button", name="Use this account").click()
    expect(page.get_by_text("What you earn is paid out there.")).to_be_visible()


def save(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Save", exact=True).click()
    page.locator(".toast").first.wait_for()


def make_vase(mara: Visitor, studio: str) -> str:
    """Nine variants and five pictures, as a draft; answers where it is edited."""
    page = mara.go(f"{studio}/products/new/")
    page.get_by_label("Title", exact=True).fill("Harbour vase")
    page.get_by_label("Category").select_option("vases")
    page.get_by_text("Material", exact=True).first.wait_for()
    page.locator("#v-0-sku").fill("VASE")
    page.locator("#v-0-price").fill("48.00")
    rows = page.locator("[data-grid] tbody tr")
    for number, (name, values) in enumerate(
        (("Glaze", "Teal; Sand; Chalk"), ("Height", "S; M; L"))
    ):
        page.get_by_role("button", name="Option", exact=True).click()
        page.locator(f"#id_option_{number}").fill(name)
        page.locator(f"#id_values_{number}").fill(values)
        page.keyboard.press("Tab")
        expect(rows).to_have_count(3 ** (number + 1))
    page.locator("#v-0-stock").fill("4")
    page.get_by_role("button", name="Stock", exact=True).click()
    expect(page.locator("#v-8-stock")).to_have_value("4")
    shots = [one for number in range(5) for one in file_of(picture(), f"vase-{number}.jpg")]
    page.set_input_files("#id_pictures", shots)  # type: ignore[arg-type]
    expect(page.locator("input[name=kept]")).to_have_count(5)
    page.locator("#save").click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(rows).to_have_count(9)
    return page.url.removeprefix(mara.url).split("?")[0]


def let_in(olga: Visitor, mark: str) -> None:
    """An operator reads the papers and finds nothing wrong with them."""
    become(olga, "operator")
    page = olga.go(f"/admin/brands/review/?q=kiln-{mark}")
    page.get_by_role("link", name="Look and decide").click()
    expect(page.get_by_text(f"Kiln {mark} GmbH")).to_be_visible()
    page.get_by_role("button", name="Let the brand in").click()
    page.get_by_text(f"Kiln {mark} is let in").wait_for()


def make_pin(mara: Visitor, studio: str) -> str:
    """A pin with the vase and two things of others; answers its address."""
    page = mara.go(f"{studio}/pins/new/")
    upload(page)
    page.wait_for_url("**/edit/")
    for number, (words, x, y) in enumerate((("", 25, 40), ("lamp", 60, 40), ("bowl", 75, 80)), 1):
        page.mouse.click(*point(page, x, y))
        expect(page.locator("#find")).to_be_focused()
        if words:
            page.keyboard.type(words)
            expect(page.locator("#find-h")).to_contain_text("found")
        page.locator(".hits button").first.click()
        dot(page, number).wait_for()
    page.get_by_role("button", name="Publish pin").first.click()
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    expect(page.locator(".closeup a.dot")).to_have_count(3)
    return page.url.removeprefix(mara.url)
