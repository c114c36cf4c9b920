"""Ways to a page, as somebody goes who looks at the market; `pages.PLACES` names them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
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
Reach = Callable[[Visitor], object]


@dataclass(frozen=True)
class Way:
    """A way whose end is known before it is gone: a path, `{}` for what is only found on it."""

    reach: Reach
    path: str

    def __call__(self, visitor: Visitor) -> object:
        return self.reach(visitor)


def at(path: str) -> Way:
    return Way(lambda visitor: visitor.go(path), path)


def first_link(visitor: Visitor, path: str, selector: str) -> str:
    """Where the first such link of a page leads, without its touch."""
    link = visitor.go(path).locator(selector).first.get_attribute("href")
    assert link, f"no {selector} on {path}"
    return link.split("?")[0]


def via(path: str, selector: str, tail: str = "") -> Reach:
    return lambda visitor: visitor.go(first_link(visitor, path, selector) + tail)


def carrying(path: str, selector: str, pattern: str) -> Way:
    """A page that carries the public id of another one: /ask/pin/<id>/."""

    def reach(visitor: Visitor) -> object:
        found = first_link(visitor, path, selector).strip("/").split("/")[1]
        return visitor.go(pattern.format(found))

    return Way(reach, pattern)


def opened(path: str, folds: str, *, link: str = "") -> Reach:
    """A page, or what a link on it leads to, with what is folded there open (of menus the last)."""

    def reach(visitor: Visitor) -> None:
        page = visitor.go(first_link(visitor, path, link) if link else path)
        page.locator(f"{folds} > summary").first.wait_for(state="attached")
        page.locator(folds).evaluate_all("all => all.forEach((one) => { one.open = true; })")

    return reach


def toast(visitor: Visitor) -> None:
    """What was just done, with its way back; it stays while somebody is at it."""
    page = visitor.go("/explore/")
    page.locator(".pin .save[aria-pressed=false]").first.click()
    page.locator(".toast button").first.focus()


def refused(name: str) -> Reach:
    """The page of an error that is hard to bring about: it stands without a market behind it."""

    def reach(visitor: Visitor) -> None:
        said = {"status": 429, "message": "Too many tries. Please wait a moment."}
        body = render_to_string(f"{name}.html", said)
        visitor.page.route(
            "**/help/", lambda route: route.fulfill(content_type="text/html", body=body), times=1
        )
        visitor.go("/help/")

    return reach


def without_token(visitor: Visitor) -> None:
    """What a form is answered that does not come from a page of ours."""
    page = visitor.go("/help/")
    page.evaluate("""() => {
      const form = document.createElement("form");
      form.method = "post";
      document.body.append(form);
      form.submit();
    }""")
    page.locator("main .void h1").wait_for()


def sheet(visitor: Visitor) -> None:
    page = visitor.go("/explore/")
    page.locator(TAG).first.click()
    page.locator("dialog[open] footer").wait_for()


def bag(visitor: Visitor) -> Page:
    page = visitor.go("/bag/")
    if not page.locator("#checkout").count():
        for brand in (BRAND, "field-loom"):
            page.goto(f"{visitor.url}/@{brand}/shop/")
            page.locator(f".pin:has({TAG}) .pin__t a").first.click()
            page.get_by_role("button", name="Add to bag").click()
            page.locator(".toast").first.wait_for()
        page.goto(f"{visitor.url}/bag/")
    return page


def checkout(visitor: Visitor) -> Page:
    page = bag(visitor)
    page.locator("#checkout").get_by_role("button", name="Check out").click()
    page.get_by_label("Full name").wait_for()
    return page


def refused_checkout(visitor: Visitor) -> None:
    page = checkout(visitor)
    page.get_by_label("Full name").fill("Gerda Gast")
    page.locator(".till__main").get_by_role("button", name="Continue to payment").click()
    page.locator(".errs").wait_for()


def provider(visitor: Visitor, guest: Account | None = None) -> None:
    page = checkout(visitor)
    fill_details(Hand(page), guest or somebody())
    page.locator(".till__main").get_by_role("button", name="Continue to payment").click()
    page.get_by_role("heading", name="Pay by card").wait_for()


def is_it_you(visitor: Visitor) -> None:
    provider(visitor)
    pay_by_card(Hand(visitor.page), CHALLENGE)
    visitor.page.get_by_role("heading", name="Is it you?").wait_for()


def purchase(visitor: Visitor) -> None:
    provider(visitor)
    pay_by_card(Hand(visitor.page))
    visitor.page.get_by_role("heading", name="It is paid").wait_for()


def cancel(visitor: Visitor) -> None:
    """The question before what was just bought is cancelled."""
    purchase(visitor)
    visitor.page.get_by_role("link", name=re.compile(r"^Cancel, ")).first.click()
    visitor.page.get_by_role("heading", name="Cancel this order?").wait_for()


def claim(visitor: Visitor) -> None:
    """The order of a guest, opened by the link in the mail where nobody is signed in."""
    guest = somebody()
    provider(visitor, guest)
    pay_by_card(Hand(visitor.page))
    visitor.page.get_by_role("heading", name="It is paid").wait_for()
    link = next(one for one in letter_to(visitor, guest.email, "Paid").links if "/order" in one)
    visitor.context.clear_cookies()
    visitor.page.goto(link)


def code(visitor: Visitor) -> None:
    """Where the code from the mail is typed."""
    page, account = visitor.go("/accounts/signup/"), somebody()
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_label("Your name").fill(account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Check your mail").wait_for()


def reset_key(visitor: Visitor) -> None:
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


def from_elsewhere(visitor: Visitor) -> Page:
    """Back from another site, known there and not here yet."""
    page = visitor.go("/accounts/login/")
    page.get_by_role("button", name=ELSEWHERE).click()
    page.get_by_role("heading", name="Almost there").wait_for()
    return page


def elsewhere_again(visitor: Visitor) -> None:
    """Where somebody without a password shows once more that it is them."""
    page = from_elsewhere(visitor)
    page.get_by_label("Your name").fill("Ana Elsewhere")
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/welcome/**")
    visitor.go("/settings/delete/")
    page.get_by_role("button", name=ELSEWHERE).wait_for()


def elsewhere_known(visitor: Visitor) -> None:
    """Back from another site, while its address has got an account here."""
    page = from_elsewhere(visitor)
    known = re.search(r"ana\.\w+@mail\.example", page.content())
    assert known
    came, back = visitor.context.cookies(), page.url
    visitor.context.clear_cookies()
    sign_up(visitor, Account(known[0], "Ana Elsewhere"))
    visitor.context.clear_cookies()
    visitor.context.add_cookies(came)  # type: ignore[arg-type]
    page.goto(back)
    page.get_by_role("heading", name="You have an account already").wait_for()


def elsewhere_leave(visitor: Visitor) -> None:
    """On the way to another site, which does not answer."""
    page = visitor.go("/accounts/login/")
    page.route(lambda url: not url.startswith(visitor.url), lambda route: route.fulfill(status=204))
    page.get_by_role("button", name=ELSEWHERE).click()
    page.get_by_role("heading", name="On to Double").wait_for()


def as_person(handle: str, path: str) -> Way:
    """A page as somebody of the demo sees it who has no button on the banner."""

    def reach(visitor: Visitor) -> None:
        page = visitor.go("/accounts/login/")
        page.get_by_label("E-mail", exact=True).fill(f"{handle}@demo.example")
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(f"{visitor.url}{path}")

    return Way(reach, path)


# Brands that were not let in: begun a moment ago, submitted, sent back.
BEGUN, SUBMITTED, RETURNED = "attic-lights", "salt-and-rope", "kettle-and-crane"


def begun(path: str = "") -> Way:
    """A page of a brand that has a name and nothing else."""

    def reach(visitor: Visitor) -> None:
        as_person("fenna", f"/studio/{BEGUN}/")(visitor)
        page = visitor.page
        if not page.get_by_text("of 10 are complete").count():
            page.goto(f"{visitor.url}/studio/new/")
            page.get_by_label("Name of the brand").fill("Attic Lights")
            page.get_by_label("Handle").fill(BEGUN)
            page.get_by_role("button", name="Begin").click()
            page.get_by_text("of 10 are complete").wait_for()
        page.goto(f"{visitor.url}/studio/{BEGUN}/{path}")

    return Way(reach, f"/studio/{BEGUN}/{path}")


def payee(visitor: Visitor) -> None:
    """The provider's page on which a brand names its bank account."""
    as_person("milos", f"/studio/{RETURNED}/papers/payout/")(visitor)
    visitor.page.get_by_role("button", name="Name").click()
    visitor.page.get_by_role("heading", name="Where your money goes").wait_for()


def payout(iban: str) -> Way:
    """Back from there; what the bank thinks of it hangs on the account."""

    def reach(visitor: Visitor) -> None:
        payee(visitor)
        visitor.page.get_by_label("IBAN").fill(iban)
        visitor.page.get_by_role("button", name="Use this account").click()
        visitor.page.get_by_role("heading", name="Payout account").wait_for()

    return Way(reach, f"/studio/{RETURNED}/papers/payout/")


def payee_refused(visitor: Visitor) -> None:
    payee(visitor)
    visitor.page.get_by_role("button", name="Use this account").click()
    visitor.page.locator(".errs").wait_for()


def closing(visitor: Visitor) -> None:
    """Where its owner closes a brand for good."""
    begun()(visitor)
    delete(visitor)
    visitor.page.get_by_role("link", name="Close").first.click()
    visitor.page.get_by_role("heading", name="Close Attic Lights").wait_for()


def trader_refused(visitor: Visitor) -> None:
    begun("papers/trader/")(visitor)
    visitor.page.locator("main form.fields button").click()
    visitor.page.locator(".errs").wait_for()


def again(tail: str) -> Way:
    """A page about log-in that asks for the password once more."""

    path = f"/accounts/second-factor/{tail}"

    def reach(visitor: Visitor) -> None:
        page = visitor.go(path)
        if "/reauthenticate/" in page.url:
            page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
            page.get_by_role("button", name="Continue").click()
            page.wait_for_url(f"**/{tail}")

    return Way(reach, path)


def api(visitor: Visitor) -> None:
    """The reference, with one operation open."""
    visitor.go("/api/docs/").locator("#studio_pin_change summary").click()


def try_api(visitor: Visitor) -> None:
    """Swagger UI with a family of operations open; without scripts, what it says then."""
    page = visitor.go("/api/docs/try/")
    if page.locator("noscript p:visible").count() == 0:
        page.locator(".opblock-tag").first.click()
        page.locator(".opblock").first.wait_for()


def new_token(visitor: Visitor) -> None:
    """The form of a token; the password is asked for once more."""
    page = visitor.go("/settings/tokens/new/")
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/settings/tokens/new/")


def made_token(visitor: Visitor) -> None:
    """The one look at a token."""
    new_token(visitor)
    page = visitor.page
    page.get_by_label("Name", exact=True).fill("A small program")
    page.locator("main input[type=checkbox]").first.check()
    page.get_by_role("button", name="Make the token").click()
    page.get_by_role("button", name="Make the token").wait_for(state="detached")


def unprotected(visitor: Visitor) -> None:
    """Where somebody is led who asks for a page of money with a password only."""
    sign_up(visitor)
    visitor.go("/settings/protect/?next=/studio/")


def company(visitor: Visitor) -> None:
    """The form of a company that somebody new has just added."""
    sign_up(visitor)
    page = visitor.go("/settings/companies/new/")
    for label, text in (
        ("Legal name", "Haddad Innenausbau GmbH"),
        ("VAT number", "DE136695976"),
        ("Street and number", "Werkstraße 7"),
        ("Postcode", "10115"),
        ("City", "Berlin"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Country").select_option("DE")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change Haddad Innenausbau GmbH").click()
    page.get_by_role("heading", name="Change the company").wait_for()


def decision(visitor: Visitor) -> None:
    """The page on which an operator gives a reason; nothing is decided before."""
    page = visitor.go("/admin/feed/pin/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("take_down")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.locator("[name=reason]").wait_for()


def studio_order(visitor: Visitor) -> None:
    path = f"/studio/{BRAND}/orders/"
    page = visitor.go(f"{path}?tab=all")
    found = NUMBER.search(page.locator("main table").inner_text())
    assert found
    visitor.go(f"{path}{found[0]}/")


def own_service(visitor: Visitor) -> None:
    """A service of the brand, where it is edited."""
    studio, row = f"/studio/{BRAND}/services/", "main tbody .lead a"
    page = visitor.go(studio)
    if not page.locator(row).count():
        page = visitor.go(f"{studio}new/")
        page.get_by_label("Title", exact=True).fill("A glaze of your own")
        page.get_by_label("Category").select_option(index=1)
        page.locator("[name=pricing][value=quote]").check()
        page.locator("button[value=draft]").last.click()
        page.wait_for_url(lambda url: not url.endswith("/new/"))
    visitor.go(first_link(visitor, studio, row))


def invitation(visitor: Visitor) -> None:
    """What the mail leads to of somebody who is asked to join a team."""
    asked = somebody()
    become(visitor, "brand")
    page = visitor.go(f"/studio/{BRAND}/team/")
    page.get_by_label("E-mail", exact=True).fill(asked.email)
    page.locator("main .opt").last.click()
    page.get_by_role("button", name="Send the invitation").click()
    letter = letter_to(visitor, asked.email, "")
    visitor.context.clear_cookies()
    visitor.page.goto(next(one for one in letter.links if "/team/join/" in one))


def refused_product(visitor: Visitor) -> None:
    page = visitor.go(f"/studio/{BRAND}/products/new/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".errs").wait_for()


def delete(visitor: Visitor) -> None:
    """The page that asks for the password once more before it shows itself."""
    page = visitor.go("/settings/delete/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.locator("main button[type=submit]").first.click()
    page.get_by_role("heading", name="Delete account").wait_for()
