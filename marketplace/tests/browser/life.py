"""Steps that many scenes share: becoming somebody, the post office, paying, a brand's desk."""

from __future__ import annotations

import io
import itertools
import re
import secrets
import time
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotSeen

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand

OK = "4242 4242 4242 4242"
CHALLENGE = "4000 0025 0000 3155"
DECLINED = "4000 0000 0000 0002"
NO_FUNDS = "4000 0000 0000 9995"
PASSWORD = "a long enough sentence"
BRAND = "ondine-studio"
BRAND_NAME = "Ondine Studio"
NUMBER = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Account:
    email: str
    name: str


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    links: list[str]


def somebody() -> Account:
    """Nobody has this address yet, in this market or an older one."""
    return Account(f"{secrets.token_hex(5)}@mail.example", f"Gerda Gast{next(_numbers)}")


# --- the post office -----------------------------------------------------------------------------


def letter_to(visitor: Visitor, email: str, about: str, *, seconds: float = 120) -> Letter:
    """The newest mail to this address with these words in its subject, as soon as it is there."""
    until = time.monotonic() + seconds
    while True:
        found = _look(visitor, email, about)
        if found is not None:
            return found
        assert time.monotonic() < until, f"no mail to {email} about {about!r}"
        time.sleep(0.5)


def _look(visitor: Visitor, email: str, about: str) -> Letter | None:
    office = f"{visitor.url}/demo/mail/"
    page = BeautifulSoup(visitor.context.request.get(office).text(), "html5lib")
    for row in page.select("tbody tr"):
        link = row.select_one("a")
        if link is None or email not in row.get_text() or about not in link.get_text():
            continue
        answer = visitor.context.request.get(urljoin(office, str(link["href"])))
        text = BeautifulSoup(answer.text(), "html5lib").select_one(".letter")
        assert text is not None
        links = [str(one["href"]) for one in text.select("a[href]")]
        return Letter(link.get_text(strip=True), text.get_text(), links)
    return None


# --- becoming somebody ---------------------------------------------------------------------------


def sign_up(visitor: Visitor, account: Account | None = None) -> Account:
    """A new person on the page after their e-mail is confirmed."""
    account = account or somebody()
    page = visitor.go("/accounts/signup/")
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_label("Your name").fill(account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    confirm(visitor, account)
    return account


def confirm(visitor: Visitor, account: Account) -> None:
    """Type the code that came by mail."""
    page = visitor.page
    page.get_by_role("heading", name="Check your mail").wait_for()
    letter = letter_to(visitor, account.email, "code")
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.text, re.MULTILINE)
    assert code, letter.text
    page.get_by_label("Code from the mail").fill(code[1])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/welcome/**")


def become(visitor: Visitor, who: str) -> None:
    """One click on the demo's banner: buyer, brand or operator."""
    page = visitor.go("/help/")
    page.locator(f"button[formaction='/demo/login/{who}/']").click()
    page.wait_for_url(lambda url: "/help/" not in url)


# --- paying --------------------------------------------------------------------------------------


def fill_details(hand: Hand, account: Account, *, email: bool = True) -> None:
    """Where it goes: five fields of a guest, four of somebody who is signed in."""
    if email:
        hand.fill("E-mail", account.email)
    hand.fill("Full name", account.name)
    hand.fill("Street and number", "Lange Straße 5")
    hand.fill("Postcode", "10115")
    hand.fill("City", "Berlin")


def fill_card(hand: Hand, number: str = OK) -> None:
    """The three fields of the provider's page."""
    hand.page.get_by_role("heading", name="Pay by card").wait_for()
    hand.fill("Card number", number)
    hand.fill("Expires", "12 / 39")
    hand.fill("Security code", "123")


def pay_by_card(hand: Hand, number: str = OK, *, remember: bool = False) -> None:
    fill_card(hand, number)
    if remember:
        hand.page.get_by_label("Remember this card").check()
    hand.press("Pay")


def paid(page: Page) -> list[str]:
    """The page that says it is paid; answers the order numbers."""
    page.get_by_role("heading", name="It is paid").wait_for(timeout=20_000)
    head = page.locator(".till__head").inner_text()
    numbers = NUMBER.findall(head)
    assert numbers, head
    return numbers


def orders_of(visitor: Visitor) -> list[str]:
    """The numbers on the page of one's orders, newest first."""
    text = visitor.context.request.get(f"{visitor.url}/orders/").text()
    main = BeautifulSoup(text, "html5lib").select_one("main")
    assert main is not None
    return list(dict.fromkeys(NUMBER.findall(main.get_text(" "))))


# --- a brand's desk ------------------------------------------------------------------------------


def picture(
    width: int = 900, height: int = 1200, colour: tuple[int, int, int] = (168, 92, 60)
) -> bytes:
    """A small plain picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG", quality=80)
    return file.getvalue()


def file_of(data: bytes, name: str = "photo.jpg") -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "image/jpeg", "buffer": data}]


@dataclass(frozen=True)
class Product:
    title: str
    address: str
    edit: str

    @property
    def public_id(self) -> str:
        return self.address.split("/product/")[1].split("/")[0]


def make_product(
    desk: Visitor,
    *,
    title: str = "",
    price: str = "24.00",
    stock: int = 20,
    photo: bytes | None = None,
) -> Product:
    """A published product of the brand, made on its own pages."""
    title = title or f"Test bowl {secrets.token_hex(3)}"
    page = desk.go(f"/studio/{BRAND}/products/new/")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Category").select_option("bowls")
    page.locator("input[type=file]").set_input_files(file_of(photo or picture()))  # type: ignore[arg-type]
    page.locator("[name='v-0-sku']").fill(secrets.token_hex(4))
    page.locator("[name='v-0-price']").fill(price)
    page.locator("[name='v-0-stock']").fill(str(stock))
    page.locator("input[name=to][value=published]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    try:
        page.get_by_role("heading", name=title[:30]).wait_for()
    except NotSeen as late:
        said = page.locator("main").inner_text()
        raise AssertionError(f"not saved, {page.url}: {said}") from late
    address = page.get_by_role("link", name="View", exact=True).get_attribute("href") or ""
    return Product(title, address, page.url.removeprefix(desk.url))


def change(desk: Visitor, product: Product, *, price: str = "", stock: int | None = None) -> None:
    """The brand gives its product another price or stock."""
    page = desk.go(product.edit)
    if price:
        page.locator("[name='v-0-price']").fill(price)
    if stock is not None:
        page.locator("[name='v-0-stock']").fill(str(stock))
    page.get_by_role("button", name=re.compile("^(Save|Publish)")).click()
    page.locator(".toast").first.wait_for()


def pin_it(desk: Visitor, product: Product) -> str:
    """One click in the studio; answers the pin's address."""
    page = desk.go(product.edit)
    page.get_by_role("button", name="Pin it").click()
    page.get_by_text(f"Pinned: {product.title[:30]}").wait_for()
    page = desk.go(f"/studio/{BRAND}/pins/")
    link = page.get_by_role("link", name=product.title[:30]).first.get_attribute("href")
    assert link
    assert link.startswith("/pin/")
    return link.split("?")[0]
