"""The real sandbox, over HTTP, for tests.

`sandbox` is a pytest fixture. It runs the provider as a process of its own on this test run's
database, so nothing between us and it is make-believe. Messages wait until a test asks for them
(`deliver`), unless `to(live_server.url)` sends them to a live web server.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection

from accounts.testing import make_brand
from core import clock
from core.audits import Violation, violations
from core.ids import new_public_id
from core.money import Money
from payments import actions
from payments.models import Operation as Operation
from payments.models import Payment, PayoutAccount
from payments.rows import payment_data
from payments.signature import sign
from payments.types import MethodData, PaymentData, Share

OK = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
NO_FUNDS = "4000 0000 0000 9995"
CHALLENGE = "4000 0025 0000 3155"
SLOW = "4000 0000 0000 0119"
EXPIRY = "12 / 39"
# Tokens that the sandbox knows without a card having been remembered.
TOKENS = {OK: "test_ok", DECLINED: "test_declined", NO_FUNDS: "test_no_funds"}
TOKENS |= {CHALLENGE: "test_challenge", SLOW: "test_slow"}
VERIFIED_IBAN = "DE89 3704 0044 0532 0130 00"
PENDING_IBAN = "FR14 2004 1010 0505 0001 3M02 606"
RESTRICTED_IBAN = "NL91 ABNA 0417 1643 00"
START_SECONDS = 30


@dataclass
class Sandbox:
    """Drives the provider as its buyers and its merchant's tests would."""

    url: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=15))

    def control(self, **changes: Any) -> None:
        """Set where messages and buyers go, and how messages misbehave (`modes`)."""
        answer = self._api("POST", "/v1/control", json=changes)
        assert answer.status_code == 200, answer.text

    def to(self, web_url: str, **modes: Any) -> None:
        """Send messages to this web server from now on, and buyers back to it."""
        self.control(
            webhook_url=f"{web_url}/webhooks/payments/", return_origin=web_url, modes=modes
        )

    def messages(self, payment_id: str) -> list[tuple[bytes, str]]:
        """Body and fresh signature of each message that was not taken yet, in order."""
        answer = self._api("GET", f"/v1/payments/{payment_id}/webhooks")
        assert answer.status_code == 200, answer.text
        return [(m["body"].encode(), m["signature"]) for m in answer.json()["webhooks"]]

    def deliver(self, payment_id: str) -> None:
        """Hand the waiting messages to our inbox, as the webhook view would."""
        for raw, signature in self.messages(payment_id):
            actions.record_provider_event(raw=raw, signature=signature)

    def lapse(self, payment_id: str) -> None:
        """Let the bank end the hold, as it does after some days."""
        answer = self._api("POST", f"/v1/payments/{payment_id}/lapse", json={})
        assert answer.status_code == 200, answer.text

    def drop(self, payment_id: str, amount: int) -> None:
        """Let somebody else drop a part of what is held, behind our back."""
        body = {"id": new_public_id(), "kind": "void", "amount": amount, "currency": "EUR"}
        answer = self._api("POST", f"/v1/payments/{payment_id}/operations", json=body)
        assert answer.status_code == 201, answer.text

    def find(self, payment_id: str) -> dict[str, Any] | None:
        """What the provider knows of a payment."""
        answer = self._api("GET", f"/v1/payments/{payment_id}")
        return answer.json() if answer.status_code == 200 else None

    def pay(
        self, page: str, *, number: str = OK, remember: bool = False, approve: bool = True
    ) -> str:
        """Pay on the hosted page without a browser; answers the address buyers are sent back to."""
        fields = {"number": number, "expiry": EXPIRY, "cvc": "123"}
        if remember:
            fields["remember"] = "on"
        answer = self.submit(page, fields)
        if "/verify/" in answer.headers.get("location", ""):
            challenge = f"{self.url}{answer.headers['location']}"
            answer = self.submit(challenge, {"answer": "approve" if approve else "fail"})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def name_iban(self, page: str, number: str = VERIFIED_IBAN) -> str:
        """Name a bank account on the hosted page; answers where its owner is sent back to."""
        answer = self.submit(page, {"holder": "Somebody", "number": number})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def move_payee(self, payee_id: str, act: str) -> None:
        """`settle` a pending payee or `restrict` any."""
        answer = self._api("POST", f"/v1/payees/{payee_id}/{act}", json={})
        assert answer.status_code == 200, answer.text

    def payee_messages(self, payee_id: str) -> list[tuple[bytes, str]]:
        """Body and fresh signature of each message about a payee that was not taken yet."""
        answer = self._api("GET", f"/v1/payees/{payee_id}/webhooks")
        assert answer.status_code == 200, answer.text
        return [(m["body"].encode(), m["signature"]) for m in answer.json()["webhooks"]]

    def leave(self, page: str) -> str:
        """Close the hosted page; answers the address buyers are sent back to."""
        answer = self.submit(page, {}, action=page.replace("/pay/", "/leave/"))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def submit(self, page: str, fields: dict[str, str], *, action: str = "") -> httpx.Response:
        """Open a page, take its token, and post fields as its form would."""
        form = BeautifulSoup(self.client.get(page).text, "html5lib").find("form")
        assert form is not None, "there is no form on this page"
        hidden = form.find("input", attrs={"name": "csrfmiddlewaretoken"})
        token = str(hidden["value"])
        return self.client.post(action or page, data={**fields, "csrfmiddlewaretoken": token})

    def _api(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {settings.PAYMENTS_API_KEY}"}
        return self.client.request(method, f"{self.url}{path}", headers=headers, **options)


def payment_by_id(*, payment_id: str) -> PaymentData:
    """One payment as other apps see it, by its public id."""
    return payment_data(Payment.objects.get(public_id=payment_id))


def wrong_in_the_books() -> list[Violation]:
    """What the audit finds about payments and the books; empty is right."""
    return list(violations(invariants=frozenset({"I3", "I13"})))


def keep_card(*, user_id: int, number: str = OK) -> MethodData:
    """A kept card of this user's, as if it had been remembered on the provider's page."""
    return actions.keep_method(
        user_id=user_id,
        token=TOKENS[number],
        brand="Visa",
        last4=number[-4:],
        exp_month=12,
        exp_year=2039,
    )


def make_payment(
    *,
    amounts: Sequence[int] = (10_000,),
    sellers: Sequence[Any] = (),
    user_id: int | None = None,
    method_id: str | None = None,
    reference: str = "",
    **options: Any,
) -> PaymentData:
    """A payment as a purchase opens it; the shares are called `<reference>-1`, `-2` and so on."""
    reference = reference or f"purchase-{new_public_id()}"
    owners = list(sellers) or [make_brand() for _ in amounts]
    shares = [
        Share(reference=f"{reference}-{number}", seller_id=owner.pk, amount=Money(amount, "EUR"))
        for number, (owner, amount) in enumerate(zip(owners, amounts, strict=True), start=1)
    ]
    return actions.open_payment(
        reference=reference,
        amount=Money(sum(amounts), "EUR"),
        shares=shares,
        user_id=user_id,
        method_id=method_id,
        return_url=f"{settings.SITE_URL}/checkout/x/return/",
        cancel_url=f"{settings.SITE_URL}/checkout/x/",
        description="2 things",
        **options,
    )


def message(
    payment: PaymentData, kind: str = "payment.authorized", *, event: str = "", **changes: Any
) -> tuple[bytes, str]:
    """Body and signature of a provider's message about a payment; `changes` replace its fields."""
    operation = {"id": changes.pop("operation")} if "operation" in changes else None
    state = kind.rpartition(".")[2]
    body: dict[str, Any] = {
        "id": event or new_public_id(),
        "type": kind,
        "payment": {
            "id": payment.payment_id,
            "ref": f"ref-{payment.payment_id}",
            "state": state if state in ("declined", "expired") else "authorized",
            "amount": payment.amount.amount,
            "currency": payment.amount.currency,
            "failure_code": "card_declined" if state == "declined" else "",
            "redirect_url": "",
            "card": None,
            **changes,
        },
    }
    if operation:
        body["operation"] = operation
    raw = json.dumps(body).encode()
    at = int(clock.now().timestamp())
    return raw, sign(raw=raw, secret=settings.PAYMENTS_WEBHOOK_SECRET, at=at)


def tell(payment: PaymentData, kind: str = "payment.authorized", **changes: Any) -> None:
    """Let our inbox hear a provider's message about a payment."""
    raw, signature = message(payment, kind, **changes)
    actions.record_provider_event(raw=raw, signature=signature)


def tell_done(payment: PaymentData) -> None:
    """Let our inbox hear that everything asked of the provider so far has happened."""
    pending = Operation.objects.filter(payment__public_id=payment.payment_id, state="pending")
    kinds = {"capture": "payment.captured", "void": "payment.voided", "refund": "payment.refunded"}
    for operation in pending.order_by("pk"):
        tell(payment, kinds[operation.kind], operation=operation.public_id)


def make_payout_account(*, seller: Any, state: str = "verified") -> PayoutAccount:
    """Where a seller's money goes, as if the provider had said so."""
    return PayoutAccount.objects.create(
        seller=seller,
        provider="sandbox",
        state=state,
        requirement="" if state in ("verified", "pending") else "bank_account",
        iban_last4="3000",
        version=2,
        created_at=clock.now(),
    )


@pytest.fixture(scope="session")
def sandbox_process(django_db_setup: None) -> Iterator[str]:
    """The provider as a process of its own, on this run's database; its address."""
    port = settings.SANDBOX_URL.rpartition(":")[2]
    command = [sys.executable, "-m", "marketplace.serve", "sandbox", "--port", port]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=_environment())
    try:
        _wait_for(process, settings.SANDBOX_URL)
        yield settings.SANDBOX_URL
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def sandbox(sandbox_process: str) -> Iterator[Sandbox]:
    """The provider, well-behaved; its messages wait until `deliver` or `to`. Needs a database."""
    box = Sandbox(url=sandbox_process)
    box.control(
        webhook_url=f"{settings.SITE_URL}/webhooks/payments/",
        return_origin=settings.SITE_URL,
        modes={"hold": True},
    )
    yield box
    box.client.close()


def _environment() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_NAME": name,
        "SANDBOX_URL": settings.SANDBOX_URL,
        "PAYMENTS_API_KEY": settings.PAYMENTS_API_KEY,
        "PAYMENTS_WEBHOOK_SECRET": settings.PAYMENTS_WEBHOOK_SECRET,
        "LOG_LEVEL": "WARNING",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if os.environ.get("DATABASE_URL"):
        parts = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    return environment


def _wait_for(process: "subprocess.Popen[bytes]", url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError("The sandbox did not start; see above.")
        try:
            if httpx.get(f"{url}/healthz", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("The sandbox did not answer.")
