"""A passkey in a real browser: made, used after the password, used alone."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import PASSWORD, Account, sign_up
from marketplace.tests.browser.looks import LOOKS, look_around

ROOT = "/accounts/second-factor/"
Visit = Callable[..., Visitor]


def virtual_device(visitor: Visitor) -> tuple[CDPSession, str]:
    """A device with a fingerprint reader that always says yes."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable", {"enableUI": False})
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, str(made["authenticatorId"])


def add_passkey(page: Page, url: str) -> None:
    page.goto(f"{url}/settings/protect/?next=/studio/")
    page.get_by_role("link", name="Add a passkey").click()
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()


def add_app(page: Page, url: str) -> None:
    page.goto(f"{url}{ROOT}app/")
    secret = page.locator("code.secret").inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page.locator("main input[name=code]").fill(str(code))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/app/"))


def log_in_by_password(visitor: Visitor, account: Account) -> None:
    page = visitor.go("/accounts/login/")
    page.get_by_label("E-mail", exact=True).fill(account.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.slow
def test_a_passkey_is_made_and_opens_the_account_alone_and_after_the_password(
    visit: Visit,
) -> None:
    visitor = visit()
    session, device = virtual_device(visitor)
    account = sign_up(visitor)
    page = visitor.page
    add_passkey(page, visitor.url)
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [one["rpId"] for one in kept] == ["localhost"]
    # Protected now: back to the page that asked for it.
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url("**/studio/")
    page.goto(f"{visitor.url}/accounts/second-factor/passkeys/")
    page.locator("main b", has_text="Work laptop").wait_for()

    # Alone: no e-mail, no password.
    visitor.context.clear_cookies()
    page = visitor.go("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert account.name in visitor.go("/settings/").content()

    # After the password, which alone is not enough any more.
    visitor.context.clear_cookies()
    log_in_by_password(visitor, account)
    page = visitor.page
    page.get_by_role("heading", name="One more step").wait_for()
    assert visitor.go("/settings/").url.endswith("/second-factor/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert account.name in visitor.go("/settings/").content()

    # The finger of somebody else opens nothing.
    visitor.context.clear_cookies()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page = visitor.go("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_text("No passkey was used.").wait_for()
    assert "/accounts/login/" in visitor.go("/settings/").url


@pytest.mark.slow
def test_everybody_can_read_the_pages_of_second_factors(visit: Visit) -> None:
    """They are there for somebody who has one: the sweep over all pages does not reach them."""
    visitor = visit(width=390)
    virtual_device(visitor)
    account = sign_up(visitor)
    page = visitor.page
    add_passkey(page, visitor.url)
    page.goto(f"{visitor.url}{ROOT}passkeys/")
    hrefs = [
        one.get_attribute("href") or ""
        for name in ("Rename", "Remove")
        for one in page.get_by_role("link", name=name).all()
    ]
    assert len(hrefs) == 2
    add_app(page, visitor.url)
    pages = ("codes/", "codes/new/", "app/off/", "reauthenticate/", "passkeys/again/")
    for path in (*hrefs, *(f"{ROOT}{one}" for one in pages)):
        assert urlsplit(visitor.go(path).url).path == path
        assert page.locator("h1").count() == 1
        assert look_around(page, LOOKS[:1]) == [], path
    visitor.context.clear_cookies()
    log_in_by_password(visitor, account)
    page.get_by_role("heading", name="One more step").wait_for()
    assert look_around(page, LOOKS[:1]) == []
