"""Every page of ours that can be reached by looking, and how to get there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from demo.world import PASSWORD as DEMO_PASSWORD
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand
from marketplace.tests.browser.life import (
    BRAND,
    CHALLENGE,
    NUMBER,
    PASSWORD,
    Account,
    become,
    fill_details,
    letter_to,
    pay_by_card,
    sign_up,
    somebody,
)

CARD = ".pin .pin__t a"
TAG = "a.tag[data-sheet]"


@dataclass(frozen=True)
class Place:
    """A page: `who` looks at it (guest, buyer, brand, operator), `reach` goes there."""

    name: str
    who: str
    reach: Callable[[Visitor], object]
    status: int = 200


def _at(path: str) -> Callable[[Visitor], object]:
    return lambda visitor: visitor.go(path)


def first_link(visitor: Visitor, path: str, selector: str) -> str:
    """Where the first such link of a page leads, without its touch."""
    link = visitor.go(path).locator(selector).first.get_attribute("href")
    assert link, f"no {selector} on {path}"
    return link.split("?")[0]


def _via(path: str, selector: str, tail: str = "") -> Callable[[Visitor], object]:
    return lambda visitor: visitor.go(first_link(visitor, path, selector) + tail)


def _tail(path: str, selector: str, pattern: str) -> Callable[[Visitor], object]:
    """A page that carries the public id of another one: /ask/pin/<id>/."""

    def reach(visitor: Visitor) -> object:
        found = first_link(visitor, path, selector).strip("/").split("/")[1]
        return visitor.go(pattern.format(found))

    return reach


def _sheet(visitor: Visitor) -> None:
    page = visitor.go("/explore/")
    page.locator(TAG).first.click()
    page.locator("dialog[open] footer").wait_for()


def _bag(visitor: Visitor) -> Page:
    page = visitor.go("/bag/")
    if not page.locator("#checkout").count():
        for brand in (BRAND, "field-loom"):
            page.goto(f"{visitor.url}/@{brand}/shop/")
            page.locator(f".pin:has({TAG}) .pin__t a").first.click()
            page.get_by_role("button", name="Add to bag").click()
            page.locator(".toast").first.wait_for()
        page.goto(f"{visitor.url}/bag/")
    return page


def _checkout(visitor: Visitor) -> Page:
    page = _bag(visitor)
    page.locator("#checkout").get_by_role("button", name="Check out").click()
    page.get_by_label("Full name").wait_for()
    return page


def _refused_checkout(visitor: Visitor) -> None:
    page = _checkout(visitor)
    page.get_by_label("Full name").fill("Gerda Gast")
    page.locator(".till__main").get_by_role("button", name="Continue to payment").click()
    page.locator(".errs").wait_for()


def _provider(visitor: Visitor, guest: Account | None = None) -> None:
    page = _checkout(visitor)
    fill_details(Hand(page), guest or somebody())
    page.locator(".till__main").get_by_role("button", name="Continue to payment").click()
    page.get_by_role("heading", name="Pay by card").wait_for()


def _is_it_you(visitor: Visitor) -> None:
    _provider(visitor)
    pay_by_card(Hand(visitor.page), CHALLENGE)
    visitor.page.get_by_role("heading", name="Is it you?").wait_for()


def _purchase(visitor: Visitor) -> None:
    _provider(visitor)
    pay_by_card(Hand(visitor.page))
    visitor.page.get_by_role("heading", name="It is paid").wait_for()


def _claim(visitor: Visitor) -> None:
    """The order of a guest, opened by the link in the mail where nobody is signed in."""
    guest = somebody()
    _provider(visitor, guest)
    pay_by_card(Hand(visitor.page))
    visitor.page.get_by_role("heading", name="It is paid").wait_for()
    link = next(one for one in letter_to(visitor, guest.email, "Paid").links if "/order" in one)
    visitor.context.clear_cookies()
    visitor.page.goto(link)


def _code(visitor: Visitor) -> None:
    """Where the code from the mail is typed."""
    page, account = visitor.go("/accounts/signup/"), somebody()
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_label("Your name").fill(account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Check your mail").wait_for()


def _reset_key(visitor: Visitor) -> None:
    """Where the link from the mail about a forgotten password leads."""
    account = sign_up(visitor)
    visitor.context.clear_cookies()
    page = visitor.go("/accounts/password/reset/")
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_url("**/done/")
    letter = letter_to(visitor, account.email, "password")
    visitor.page.goto(next(one for one in letter.links if "/reset/" in one))
    page.get_by_role("heading", name="Choose a new password").wait_for()


ELSEWHERE = "Continue with Double"


def _from_elsewhere(visitor: Visitor) -> Page:
    """Back from another site, known there and not here yet."""
    page = visitor.go("/accounts/login/")
    page.get_by_role("button", name=ELSEWHERE).click()
    page.get_by_role("heading", name="Almost there").wait_for()
    return page


def _elsewhere_again(visitor: Visitor) -> None:
    """Where somebody without a password shows once more that it is them."""
    page = _from_elsewhere(visitor)
    page.get_by_label("Your name").fill("Ana Elsewhere")
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/welcome/**")
    visitor.go("/settings/delete/")
    page.get_by_role("button", name=ELSEWHERE).wait_for()


def _elsewhere_known(visitor: Visitor) -> None:
    """Back from another site, while its address has got an account here."""
    page = _from_elsewhere(visitor)
    known = re.search(r"ana\.\w+@mail\.example", page.content())
    assert known
    came, back = visitor.context.cookies(), page.url
    visitor.context.clear_cookies()
    sign_up(visitor, Account(known[0], "Ana Elsewhere"))
    visitor.context.clear_cookies()
    visitor.context.add_cookies(came)  # type: ignore[arg-type]
    page.goto(back)
    page.get_by_role("heading", name="You have an account already").wait_for()


def _elsewhere_leave(visitor: Visitor) -> None:
    """On the way to another site, which does not answer."""
    page = visitor.go("/accounts/login/")
    page.route(lambda url: not url.startswith(visitor.url), lambda route: route.fulfill(status=204))
    page.get_by_role("button", name=ELSEWHERE).click()
    page.get_by_role("heading", name="On to Double").wait_for()


def _as(handle: str, path: str) -> Callable[[Visitor], object]:
    """A page as somebody of the demo sees it who has no button on the banner."""

    def reach(visitor: Visitor) -> None:
        page = visitor.go("/accounts/login/")
        page.get_by_label("E-mail", exact=True).fill(f"{handle}@demo.example")
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(f"{visitor.url}{path}")

    return reach


# Brands that were not let in: begun a moment ago, submitted, sent back.
BEGUN, SUBMITTED, RETURNED = "attic-lights", "salt-and-rope", "kettle-and-crane"


def _begun(path: str = "") -> Callable[[Visitor], object]:
    """A page of a brand that has a name and nothing else."""

    def reach(visitor: Visitor) -> None:
        _as("fenna", f"/studio/{BEGUN}/")(visitor)
        page = visitor.page
        if not page.get_by_text("of 10 are complete").count():
            page.goto(f"{visitor.url}/studio/new/")
            page.get_by_label("Name of the brand").fill("Attic Lights")
            page.get_by_label("Handle").fill(BEGUN)
            page.get_by_role("button", name="Begin").click()
            page.get_by_text("of 10 are complete").wait_for()
        page.goto(f"{visitor.url}/studio/{BEGUN}/{path}")

    return reach


def _payee(visitor: Visitor) -> None:
    """The provider's page on which a brand names its bank account."""
    _as("milos", f"/studio/{RETURNED}/papers/payout/")(visitor)
    visitor.page.get_by_role("button", name="Name").click()
    visitor.page.get_by_role("heading", name="Where your money goes").wait_for()


def _payout(iban: str) -> Callable[[Visitor], object]:
    """Back from there; what the bank thinks of it hangs on the account."""

    def reach(visitor: Visitor) -> None:
        _payee(visitor)
        visitor.page.get_by_label("IBAN").fill(iban)
        visitor.page.get_by_role("button", name="Use this account").click()
        visitor.page.get_by_role("heading", name="Payout account").wait_for()

    return reach


def _payee_refused(visitor: Visitor) -> None:
    _payee(visitor)
    visitor.page.get_by_role("button", name="Use this account").click()
    visitor.page.locator(".errs").wait_for()


def _trader_refused(visitor: Visitor) -> None:
    _begun("papers/trader/")(visitor)
    visitor.page.locator("main form.fields button").click()
    visitor.page.locator(".errs").wait_for()


def _again(tail: str) -> Callable[[Visitor], object]:
    """A page about log-in that asks for the password once more."""

    def reach(visitor: Visitor) -> None:
        page = visitor.go(f"/accounts/second-factor/{tail}")
        if "/reauthenticate/" in page.url:
            page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
            page.get_by_role("button", name="Continue").click()
            page.wait_for_url(f"**/{tail}")

    return reach


def _api(visitor: Visitor) -> None:
    """The reference, with one operation open."""
    visitor.go("/api/docs/").locator("#studio_pin_change summary").click()


def _try_api(visitor: Visitor) -> None:
    """Swagger UI with a family of operations open; without scripts, what it says then."""
    page = visitor.go("/api/docs/try/")
    if page.locator("noscript p:visible").count() == 0:
        page.locator(".opblock-tag").first.click()
        page.locator(".opblock").first.wait_for()


def _new_token(visitor: Visitor) -> None:
    """The form of a token; the password is asked for once more."""
    page = visitor.go("/settings/tokens/new/")
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/settings/tokens/new/")


def _unprotected(visitor: Visitor) -> None:
    """Where somebody is led who asks for a page of money with a password only."""
    sign_up(visitor)
    visitor.go("/settings/protect/?next=/studio/")


def _decision(visitor: Visitor) -> None:
    """The page on which an operator gives a reason; nothing is decided before."""
    page = visitor.go("/admin/feed/pin/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("take_down")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.locator("[name=reason]").wait_for()


def _studio_order(visitor: Visitor) -> None:
    path = f"/studio/{BRAND}/orders/"
    page = visitor.go(f"{path}?tab=all")
    found = NUMBER.search(page.locator("main table").inner_text())
    assert found
    visitor.go(f"{path}{found[0]}/")


def _refused_product(visitor: Visitor) -> None:
    page = visitor.go(f"/studio/{BRAND}/products/new/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".errs").wait_for()


MY_BOARD = "/@noor/boards/", "main .pin__t a:text('Small rooms')"


def _tail_of_board(pattern: str) -> Callable[[Visitor], object]:
    return _tail(*MY_BOARD, pattern)


def _section(visitor: Visitor) -> None:
    """Where a section is renamed or dissolved."""
    page = visitor.go(first_link(visitor, *MY_BOARD))
    page.get_by_role("link", name="Rename or delete section").first.click()
    page.get_by_role("button", name="Delete the section").wait_for()


def _thread(visitor: Visitor) -> None:
    """A comment of one's own, on the page where it is answered."""
    page = visitor.go(first_link(visitor, "/explore/", CARD))
    if not page.locator(".said2").count():
        page.locator("#id_text").fill("Which glaze is it? #ceramics")
        page.get_by_role("button", name="Send").click()
    page.locator(".said2__acts > a").first.click()
    page.get_by_role("heading", name="A comment").wait_for()


def _refused_comment(visitor: Visitor) -> None:
    _tail("/explore/", CARD, "/pin/{}/comments/")(visitor)
    visitor.page.get_by_role("button", name="Send").click()
    visitor.page.locator("#id_text_error").wait_for()


def _delete(visitor: Visitor) -> None:
    """The page that asks for the password once more before it shows itself."""
    page = visitor.go("/settings/delete/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.locator("main button[type=submit]").first.click()
    page.get_by_role("heading", name="Delete account").wait_for()


STUDIO = f"/studio/{BRAND}/"
NOTHING = "/search/?q=zzqxzzqx"
ROW = "#result_list tbody th a"
REVIEWS = "/admin/brands/review/"
DECIDE = "#result_list a[href$='/decide/']"

PLACES = (
    # a guest looks around
    Place("home", "guest", _at("/")),
    Place("explore", "guest", _at("/explore/")),
    Place("category", "guest", _at("/explore/lamps/")),
    Place("pin", "guest", _via("/explore/", CARD)),
    Place("board", "guest", _via("/@mara/boards/", "main a[href^='/board/']")),
    Place("product", "guest", _via(f"/@{BRAND}/shop/", CARD)),
    Place("search", "guest", _at("/search/?q=lamp")),
    Place("search-filtered", "guest", _at("/search/?q=vase&category=ceramics&max=90")),
    Place("search-nothing", "guest", _at(NOTHING)),
    Place("search-mine", "buyer", _at("/search/?kind=mine&q=lamp")),
    Place("search-mine-nothing", "buyer", _at("/search/?kind=mine&q=zzqxzzqx")),
    Place("search-wrong", "guest", _at("/search/?q=lamp&min=abc")),
    Place("storefront", "guest", _at(f"/@{BRAND}/")),
    Place("storefront-shop", "guest", _at(f"/@{BRAND}/shop/")),
    Place("services", "guest", _at("/services/")),
    Place("services-nothing", "guest", _at("/services/?budget=1&pricing=fixed")),
    Place("service", "guest", _via("/services/", CARD)),
    Place("quote", "guest", _tail("/services/", CARD, "/quote/{}/")),
    Place("storefront-services", "guest", _at("/@aperture-row/services/")),
    Place("storefront-collections", "guest", _at(f"/@{BRAND}/collections/")),
    Place("collection", "guest", _via(f"/@{BRAND}/collections/", "main .colls h3 a")),
    Place("storefront-boards", "guest", _at(f"/@{BRAND}/boards/")),
    Place("storefront-about", "guest", _at(f"/@{BRAND}/about/")),
    Place("person", "guest", _at("/@mara/")),
    Place("followers", "guest", _at("/@mara/followers/")),
    Place("goodbye", "guest", _at("/goodbye/")),
    Place("ask", "guest", _tail(f"/@{BRAND}/", CARD, "/ask/pin/{}/")),
    Place("report", "guest", _tail("/explore/", CARD, "/report/pin/{}/")),
    Place("not-found", "guest", _at("/no-such-page/"), 404),
    *(
        Place(name, "guest", _at(f"/{name}/"))
        for name in ("help", "terms", "privacy", "imprint", "welcome")
    ),
    Place("api", "guest", _api),
    Place("api-try", "guest", _try_api),
    Place("choices", "guest", _at("/consent/choices/")),
    Place("log-in", "guest", _at("/accounts/login/")),
    Place("sign-up", "guest", _at("/accounts/signup/")),
    Place("reset", "guest", _at("/accounts/password/reset/")),
    Place("reset-key", "guest", _reset_key),
    Place("code", "guest", _code),
    Place("elsewhere-join", "guest", _from_elsewhere),
    Place("elsewhere-trouble", "guest", _at("/log-in/double/back/?state=x"), 422),
    Place("elsewhere-again", "guest", _elsewhere_again),
    Place("elsewhere-known", "guest", _elsewhere_known, 409),
    Place("elsewhere-leave", "guest", _elsewhere_leave),
    Place("demo-mail", "guest", _at("/demo/mail/")),
    Place("demo-letter", "guest", _via("/demo/mail/", "main tbody a")),
    # a guest buys
    Place("sheet", "guest", _sheet),
    Place("buy", "guest", _via("/explore/", TAG)),
    Place("bag-empty", "guest", _at("/bag/")),
    Place("bag", "guest", _bag),
    Place("checkout", "guest", _checkout),
    Place("checkout-refused", "guest", _refused_checkout),
    Place("provider", "guest", _provider),
    Place("provider-verify", "guest", _is_it_you),
    Place("purchase", "guest", _purchase),
    Place("claim", "guest", _claim),
    # a buyer
    Place("home-known", "buyer", _at("/")),
    Place("following", "buyer", _at("/following/")),
    Place("sheet-known", "buyer", _sheet),
    Place("orders", "buyer", _at("/orders/")),
    Place("order", "buyer", _via("/orders/", "main a[href^='/order/']")),
    Place("notifications", "buyer", _at("/notifications/")),
    Place("settings", "buyer", _at("/settings/")),
    Place("settings-privacy", "buyer", _at("/consent/choices/")),
    Place("settings-delete", "buyer", _delete),
    *(
        Place(f"settings-{name}", "buyer", _at(f"/settings/{name}/"))
        for name in (
            "profile",
            "hidden",
            "addresses",
            "addresses/new",
            "account",
            "notifications",
            "payment",
        )
    ),
    Place("email", "buyer", _at("/accounts/email/")),
    Place("password", "buyer", _at("/accounts/password/change/")),
    Place("sessions", "buyer", _at("/settings/sessions/")),
    Place("security", "buyer", _at("/accounts/second-factor/")),
    Place("passkeys", "buyer", _at("/accounts/second-factor/passkeys/")),
    Place("passkey-add", "buyer", _again("passkeys/add/")),
    Place("app-set-up", "buyer", _again("app/")),
    Place("protect", "guest", _unprotected),
    Place("tokens", "buyer", _at("/settings/tokens/")),
    Place("token-new", "buyer", _new_token),
    Place("own-pins", "buyer", _at("/pins/")),
    Place("own-pin-new", "buyer", _at("/pin/new/")),
    Place("own-boards", "buyer", _at("/@noor/boards/")),
    Place("board-new", "buyer", _at("/boards/new/")),
    Place("board-own", "buyer", _via(*MY_BOARD)),
    Place("board-arrange", "buyer", _via(*MY_BOARD, "?arrange=top")),
    Place("board-edit", "buyer", _tail_of_board("/boards/{}/edit/")),
    Place("board-section", "buyer", _section),
    Place("board-asked", "buyer", _via("/@jonah/boards/", "main a:text('Dinner for nine')")),
    Place("save-to", "buyer", _tail("/explore/", CARD, "/pin/{}/boards/")),
    Place("pin-known", "buyer", _via("/explore/", CARD)),
    Place("talk", "buyer", _tail("/explore/", CARD, "/pin/{}/comments/")),
    Place("thread", "buyer", _thread),
    Place("talk-refused", "buyer", _refused_comment),
    # a brand's desk
    Place("studio-home", "brand", _at("/studio/")),
    Place("papers", "brand", _at(f"{STUDIO}papers/")),
    Place("papers-trader", "brand", _at(f"{STUDIO}papers/trader/")),
    Place("papers-email", "brand", _at(f"{STUDIO}papers/email/")),
    Place("papers-payout", "brand", _at(f"{STUDIO}papers/payout/")),
    Place("papers-declaration", "brand", _at(f"{STUDIO}papers/declaration/")),
    Place("papers-policies", "brand", _at(f"{STUDIO}papers/policies/")),
    Place("papers-pictures", "brand", _at(f"{STUDIO}papers/pictures/")),
    Place("papers-domain", "brand", _at(f"{STUDIO}papers/domain/")),
    Place("delivery", "brand", _at(f"{STUDIO}delivery/")),
    Place("delivery-method", "brand", _at(f"{STUDIO}delivery/new/")),
    Place("vacation", "brand", _at(f"{STUDIO}vacation/")),
    Place("look", "brand", _at(f"{STUDIO}storefront/")),
    Place("keys", "guest", _at("/keys/")),
    Place("found", "buyer", _at("/studio/new/")),
    # brands that were not let in yet; who they belong to logs in as everybody does
    Place("begun", "guest", _begun()),
    Place("begun-papers", "guest", _begun("papers/")),
    Place("begun-trader-refused", "guest", _trader_refused),
    Place("begun-email", "guest", _begun("papers/email/")),
    Place("begun-payout", "guest", _begun("papers/payout/")),
    Place("begun-delivery", "guest", _begun("delivery/")),
    Place("submitted", "guest", _as("ivo", f"/studio/{SUBMITTED}/")),
    Place("returned", "guest", _as("milos", f"/studio/{RETURNED}/")),
    Place("payee", "guest", _payee),
    Place("payee-refused", "guest", _payee_refused),
    Place("payout-pending", "guest", _payout("FR14 2004 1010 0505 0001 3M02 606")),
    Place("payout-restricted", "guest", _payout("NL91 ABNA 0417 1643 00")),
    Place("payout-verified", "guest", _payout("DE89 3704 0044 0532 0130 00")),
    Place("studio", "brand", _at(STUDIO)),
    Place("studio-orders", "brand", _at(f"{STUDIO}orders/?tab=all")),
    Place("studio-orders-open", "brand", _at(f"{STUDIO}orders/")),
    Place("studio-order", "brand", _studio_order),
    Place("studio-customers", "brand", _at(f"{STUDIO}customers/")),
    Place("studio-customer", "brand", _via(f"{STUDIO}customers/", "main tbody a")),
    Place("studio-balance", "brand", _at(f"{STUDIO}balance/")),
    Place("studio-products", "brand", _at(f"{STUDIO}products/")),
    Place(
        "studio-product",
        "brand",
        _via(f"{STUDIO}products/", "main tbody a[href*='/products/']"),
    ),
    Place("studio-collections", "brand", _at(f"{STUDIO}collections/")),
    Place("studio-collection-new", "brand", _at(f"{STUDIO}collections/new/")),
    Place("studio-collection", "brand", _via(f"{STUDIO}collections/", "main tbody .lead a")),
    Place("studio-services", "brand", _at(f"{STUDIO}services/")),
    Place("studio-service-new", "brand", _at(f"{STUDIO}services/new/")),
    Place("studio-product-new", "brand", _at(f"{STUDIO}products/new/")),
    Place("studio-product-refused", "brand", _refused_product),
    Place("studio-stock", "brand", _at(f"{STUDIO}stock/")),
    Place("studio-stock-history", "brand", _via(f"{STUDIO}stock/", "main tbody a")),
    Place("studio-pins", "brand", _at(f"{STUDIO}pins/")),
    Place("studio-pin-new", "brand", _at(f"{STUDIO}pins/new/")),
    Place("studio-pin", "brand", _via(f"{STUDIO}pins/", "main tbody a[href$='/edit/']")),
    Place("studio-questions", "brand", _at(f"{STUDIO}questions/")),
    Place("studio-team", "brand", _at(f"{STUDIO}team/")),
    Place("studio-member", "brand", _via(f"{STUDIO}team/", "main .next a.btn")),
    Place("studio-log", "brand", _at(f"{STUDIO}log/")),
    # who runs the market
    Place("admin", "operator", _at("/admin/")),
    Place("admin-list", "operator", _at("/admin/accounts/profile/")),
    Place("admin-see", "operator", _via("/admin/orders/order/", ROW)),
    Place("admin-change", "operator", _via("/admin/catalog/category/", ROW)),
    Place("admin-add", "operator", _at("/admin/accounts/profile/add/")),
    Place("admin-decide", "operator", _decision),
    Place("admin-papers", "operator", _at(REVIEWS)),
    Place(
        "admin-papers-decide", "operator", _via("/admin/brands/review/?state__exact=open", DECIDE)
    ),
)

EVERYDAY = {"home", "pin", "product", "bag", "storefront", "log-in"}


# Somebody who logged in once stays so: key is the market and who it is.
_cookies: dict[tuple[str, str], Any] = {}


def go_as(visitor: Visitor, place: Place) -> Page:
    """Be whom the place is for, and go there."""
    if place.who != "guest":
        key = visitor.url, place.who
        if key not in _cookies:
            become(visitor, place.who)
            _cookies[key] = visitor.context.cookies()
        visitor.context.add_cookies(_cookies[key])
    place.reach(visitor)
    return visitor.page
