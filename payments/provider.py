"""What payments needs of a payment provider, whichever it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from core.money import Money

PayeeState = Literal["incomplete", "pending", "verified", "restricted"]
ProviderState = Literal["requires_action", "authorized", "declined", "expired", "voided"]


@dataclass(frozen=True, kw_only=True)
class StartRequest:
    """Everything the provider is told. `payment_id` is also the idempotency key."""

    payment_id: str
    amount: Money
    description: str
    return_url: str
    cancel_url: str
    # Our name of the customer: with it the provider may offer to keep the card.
    customer: str
    # A kept card to charge; empty: the buyer enters one on the provider's page.
    token: str
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProviderCard:
    """The card that paid. `token` is empty unless the buyer asked to keep it."""

    token: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


@dataclass(frozen=True, kw_only=True)
class ProviderPayment:
    """The provider's whole view of one payment at one moment."""

    payment_id: str
    provider_ref: str
    state: ProviderState
    amount: Money
    redirect_url: str
    failure_code: str
    card: ProviderCard | None


@dataclass(frozen=True, kw_only=True)
class ProviderNews:
    """One verified message of the provider. `operation_id` names a capture, void or refund."""

    event_id: str
    kind: str
    payment: ProviderPayment
    operation_id: str
    body: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class ProviderPayee:
    """The provider's view of somebody to whom money is paid out. `version` only ever grows."""

    payee_id: str
    provider_ref: str
    state: PayeeState
    requirement: str
    iban_last4: str
    version: int
    onboarding_url: str


@dataclass(frozen=True, kw_only=True)
class PayeeNews:
    """One verified message about a payee."""

    event_id: str
    kind: str
    payee: ProviderPayee
    body: dict[str, object]


class ProviderSilent(Exception):
    """No answer, or one that makes no sense: the act may or may not have happened."""


class ProviderRefused(Exception):
    """A clear no. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Provider(Protocol):
    """Every call is idempotent by its id, answers within 3 s or raises ProviderSilent."""

    name: str

    def start(self, *, request: StartRequest) -> ProviderPayment:
        """Charge the token, or open a page for the buyer."""
        ...

    def find(self, *, payment_id: str) -> ProviderPayment | None:
        """What became of a payment, by our own id; None when it never arrived."""
        ...

    def cancel(self, *, payment_id: str) -> ProviderPayment | None:
        """Close an undecided payment. Answers its state, which may be another by now.

        None when it never arrived.
        """
        ...

    def operate(self, *, kind: str, payment_id: str, operation_id: str, amount: Money) -> None:
        """Take (`capture`), drop (`void`) or give back (`refund`) a part.

        Raises ProviderRefused when that is not possible.
        """
        ...

    def forget(self, *, token: str) -> None:
        """Delete a kept card."""
        ...

    def open_payee(
        self, *, payee_id: str, name: str, country: str, return_url: str
    ) -> ProviderPayee:
        """Make somebody to whom money can be paid out, once, and the page for their details.

        Raises ProviderRefused.
        """
        ...

    def find_payee(self, *, payee_id: str) -> ProviderPayee | None:
        """How a payee stands, by our own id; None when it never arrived."""
        ...

    def read_news(self, *, raw: bytes, signature: str, now: datetime) -> ProviderNews | PayeeNews:
        """Verify and translate a webhook. Raises BadSignature, BadEvent."""
        ...
