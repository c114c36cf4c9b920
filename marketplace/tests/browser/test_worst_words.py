"""Words that nothing breaks, the other way round and under marks: nothing sticks out at 320 px."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import pytest
from playwright.sync_api import Page

from core.text import clusters
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, jumps
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
    sign_up,
    somebody,
)
from marketplace.tests.browser.looks import spilt, too_wide, twice_the_text
from marketplace.tests.browser.ways import TAG, first_link

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
WIDTHS = (320, 390, 1440)
# Bytes in a second: a list of thirty rows takes one, and is painted as it comes.
SLOW_LINE = {
    "offline": False,
    "latency": 20,
    "downloadThroughput": 40_000,
    "uploadThroughput": 40_000,
}
# What would run if it were not written down as words; letters of four bytes, of the other way, and
# one sign of seven code points. Then what nothing breaks.
ODD = "<svg/onload=__ran=1>𝔊𐍈שלום👩‍👩‍👧‍👦"


def worst(token: str, limit: int) -> str:
    """As long as its field takes, and found by the token."""
    return "".join(islice(clusters(f"{token}{ODD}{'W' * limit}"), limit))


@contextmanager
def on_sale(desk: Visitor, title: str) -> Iterator[tuple[Product, str]]:
    """A product of the brand and the address of its pin, for a while: other scenes buy what is
    newest."""
    product = make_product(desk, title=title)
    try:
        yield product, pin_it(desk, product)
    finally:
        page = desk.go(f"/studio/{BRAND}/products/?q={title[:6]}")
        page.locator("tbody input[name=row]").first.check()
        page.locator(".bulk").get_by_role("button", name="Take off sale").click()
        page.locator(".toast", has_text="draft").wait_for()


def test_the_worst_words_stay_inside(visit: Visit) -> None:
    title = f"{secrets.token_hex(3)}{'W' * 74}{'שּׁ' * 20}"
    desk = visit()
    become(desk, "brand")
    with on_sale(desk, title) as (product, pin):
        _stays_inside(visit, product, pin, title)
        _stays_inside_a_purchase(visit(width=320), product)
        _stays_inside_a_studio(visit(width=1440), title[:6])


def test_the_worst_words_of_people_stay_inside_and_are_words(visit: Visit) -> None:
    """A name and what stands under it, a board, a comment, and a collection of a brand."""
    token, person, desk = secrets.token_hex(3), visit(), visit()
    become(desk, "brand")
    sign_up(person)
    handle = _describe(person, token)
    with on_sale(desk, f"{secrets.token_hex(3)} bowl") as (product, pin):
        board, thread = _keep_and_talk(person, pin, token)
        edit, collection = _collect(desk, product, token)
        found = []
        try:
            for path in (
                *(f"/@{handle}/{part}" for part in ("", "boards/", "followers/", "following/")),
                *("/settings/profile/", "/settings/", "/boards/new/", f"{pin}boards/"),
                *(board, f"{board}?arrange=top", f"/boards/{board.split('/')[2]}/edit/"),
                *(pin, f"{pin}comments/", thread, f"{thread}edit/", f"/search/?q={token}"),
                *(f"/search/?q={token}&kind={kind}" for kind in ("board", "person")),
            ):
                found += _wrong(person, path, token)
            for path in (
                *(collection, f"/@{BRAND}/collections/", f"/@{BRAND}/", "/notifications/"),
                *(edit, f"/studio/{BRAND}/collections/", pin, f"/@{handle}/"),
            ):
                found += _wrong(desk, path, token)
        finally:
            page = desk.go(f"/studio/{BRAND}/collections/?q={token}")
            page.locator("tbody input[name=row]").first.check()
            page.locator(".bulk").get_by_role("button", name="Delete").click()
            page.locator(".toast").first.wait_for()
        assert found == []


def _describe(person: Visitor, token: str) -> str:
    """A name and some words about oneself; answers the handle."""
    page = person.go("/settings/profile/")
    page.get_by_label("Name", exact=True).fill(worst(token, 50))
    page.locator("[name=bio]").fill(worst(token, 500))
    handle = page.get_by_label("Handle").input_value().lstrip("@")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".toast").first.wait_for()
    return handle


def _keep_and_talk(person: Visitor, pin: str, token: str) -> tuple[str, str]:
    """A board with a pin on it, and words under the pin; answers both addresses."""
    page = person.go("/boards/new/")
    page.locator("main [name=title]").fill(worst(token, 80))
    page.get_by_role("button", name="Make the board").click()
    page.wait_for_url("**/board/**")
    board = page.url.removeprefix(person.url).split("?")[0]
    page = person.go(f"/boards/{board.split('/')[2]}/edit/")
    page.locator("main [name=text]").fill(worst(token, 500))
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/board/**")
    board = page.url.removeprefix(person.url).split("?")[0]
    page = person.go(f"{pin}boards/")
    page.get_by_role("button", name=re.compile(token)).first.click()
    page.locator(".toast").first.wait_for()
    page = person.go(f"{pin}comments/")
    page.locator("#id_text").fill(worst(token, 1000))
    page.get_by_role("button", name="Send").click()
    page.locator(".said2", has_text=token).first.wait_for()
    return board, first_thread(page)


def first_thread(page: Page) -> str:
    link = page.locator(".said2__acts > a").first.get_attribute("href")
    assert link
    return link.split("?")[0]


def _collect(desk: Visitor, product: Product, token: str) -> tuple[str, str]:
    """A collection that everybody sees; answers where it is made and where it is seen."""
    page = desk.go(f"/studio/{BRAND}/collections/new/")
    page.get_by_label("Title", exact=True).fill(worst(token, 80))
    page.locator("main [name=description]").fill(worst(token, 500))
    page.locator(f"input[name=pick][value='{product.public_id}']").check()
    page.get_by_role("button", name="Add what is ticked").click()
    page.locator(f"input[name=product][value='{product.public_id}']").wait_for(state="attached")
    page.locator("input[name=to][value=published]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    seen = page.get_by_role("link", name="View", exact=True)
    seen.wait_for()
    return page.url.removeprefix(desk.url).split("?")[0], seen.get_attribute("href") or ""


def test_the_worst_words_of_an_address_stay_inside(visit: Visit) -> None:
    """Name, street and town: in the book, on the way to an order, and where it is packed."""
    token, person = secrets.token_hex(3), visit()
    sign_up(person)
    hand = Hand(person.go("/settings/addresses/new/"))
    fields = ("Full name", 120), ("Street and number", 120), ("City", 80)
    for label, limit in fields:
        hand.fill(label, worst(token, limit))
    hand.fill("Postcode", "10115")
    hand.page.get_by_label("Country").select_option("DE")
    hand.press("Save")
    hand.page.locator(".toast").first.wait_for()
    buy = first_link(person, f"/@{BRAND}/shop/", TAG)
    edit = first_link(person, "/settings/addresses/", "main .line a")
    found = [
        one for path in ("/settings/addresses/", edit, buy) for one in _wrong(person, path, token)
    ]
    hand.press("Continue to payment")
    pay_by_card(hand)
    [number] = paid(hand.page)
    for path in (person.page.url.removeprefix(person.url), f"/order/{number}/"):
        found += _wrong(person, path, token)
    desk = visit()
    become(desk, "brand")
    found += _wrong(desk, f"/studio/{BRAND}/orders/{number}/", token)
    assert found == []


def _wrong(visitor: Visitor, path: str, token: str) -> list[str]:
    """Where the words are not there as they were typed, or run out of their boxes."""
    page = visitor.go(path)
    found = [] if f"{token}<svg" in page.content().replace("&lt;", "<") else ["not there"]
    if page.locator("[onload]").count() or page.evaluate("window.__ran !== undefined"):
        found.append("it is more than words")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(50)
        found += [f"{width}: {one}" for one in too_wide(page) + spilt(page)]
    return [f"{path} {one}" for one in found]


def _stays_inside_a_purchase(guest: Visitor, product: Product) -> None:
    """In the bag, at the till and on the purchase, also with letters twice as large."""
    hand = Hand(guest.go(product.address))
    hand.press("Add to bag")
    hand.page.locator(".toast").first.wait_for()
    hand.page = guest.go("/bag/")
    _shows(hand.page, product)
    hand.page.locator("#checkout").get_by_role("button", name="Check out").click()
    hand.page.get_by_role("heading", name="Check out", exact=True).wait_for()
    _shows(hand.page, product)
    fill_details(hand, somebody())
    hand.press("Continue to payment")
    pay_by_card(hand)
    paid(hand.page)
    _shows(hand.page, product)


def _stays_inside_a_studio(desk: Visitor, token: str) -> None:
    """What was bought, asked and pinned, on the lists of its brand: in their boxes at every width,
    and on a slow line, where a list is seen before its end has come, nothing moves."""
    become(desk, "brand")
    # What other tests bought here may fill the first page of orders: it is looked for.
    names = (f"orders/?q={token}", "customers/", "pins/", "questions/", "stock/")
    lists = [f"/studio/{BRAND}/{name}" for name in names]
    page = desk.go(lists[1])
    customer = page.locator("tbody a").first.get_attribute("href") or ""
    found = []
    for path in (*lists, customer):
        page = desk.go(path)
        assert token in page.content() or path == lists[1], path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} {width}: {one}" for one in too_wide(page) + spilt(page)]
    wire = desk.page.context.new_cdp_session(desk.page)
    wire.send("Network.emulateNetworkConditions", SLOW_LINE)
    for path in lists:
        found += [f"{path} {one}" for one in jumps(desk.go(path))]
    assert found == []


def _shows(page: Page, product: Product) -> None:
    assert product.title[:6] in page.locator("main").inner_text(), page.url
    _fits(page)


def _fits(page: Page) -> None:
    """At 320 px, and with letters twice as large."""
    assert too_wide(page) == [], page.url
    assert twice_the_text(page) == [], page.url
    page.set_viewport_size({"width": 320, "height": 800})


def _stays_inside(visit: Visit, product: Product, pin: str, worst: str) -> None:
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
        _fits(page)


def test_the_control_of_spilling(visit: Visit) -> None:
    """A word that runs out of its paragraph is found, also where the window has room for it."""
    page = visit().go("/help/")
    assert spilt(page) == []
    page.evaluate("""() => {
      const one = document.querySelector("main").appendChild(document.createElement("p"));
      one.textContent = "W".repeat(40);
      one.style.setProperty("inline-size", "90px");
      one.style.setProperty("overflow-wrap", "normal");
    }""")
    assert len(spilt(page)) == 1
    assert too_wide(page) == []
