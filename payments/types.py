"""What crosses the border of payments."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.money import Money
from payments.states import PaymentState

FailureCode = Literal[
    "card_declined", "insufficient_funds", "authentication_failed", "expired_card", "provider_error"
]

FAILURE_MESSAGES = {
    "card_declined": _("Your bank declined the card. Nothing was charged; please try another."),
    "insufficient_funds": _(
        "There is not enough money on this card. Nothing was charged; please try another."
    ),
    "authentication_failed": _(
        "Your bank could not confirm that it was you. Nothing was charged; please try again."
    ),
    "expired_card": _("This card has expired. Nothing was charged; please try another."),
    "provider_error": _("The payment did not go through. Nothing was charged; please try again."),
}


def failure_message(code: str) -> str:
    """The reason of a failed payment, in words for its buyer."""
    return str(FAILURE_MESSAGES.get(code, FAILURE_MESSAGES["provider_error"]))


# Why a parcel is not paid when the provider was not even asked.
NOT_HELD = "not_held"
CAPTURE_MESSAGES = {
    NOT_HELD: _("the bank had ended the hold on the card before the parcel was written down"),
    "amount_too_large": _("less is held on the card than the parcel costs"),
    "wrong_state": _("the payment was closed at the payment provider"),
    "not_now": _("the payment provider cannot take it at the moment"),
}


def capture_message(code: str) -> str:
    """Why the money for a parcel was not taken, for its seller; it goes on after a colon."""
    return str(CAPTURE_MESSAGES.get(code, _("the payment provider refused it")))


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one seller is owed of a payment. `reference` is the caller's: an order number."""

    reference: str
    seller_id: int
    amount: Money


@dataclass(frozen=True, kw_only=True)
class ShareData:
    reference: str
    seller_id: int
    amount: Money
    captured: Money
    voided: Money
    refunded: Money
    fee: Money


@dataclass(frozen=True, kw_only=True)
class ShareMove:
    """Money of a share that was taken, refused to be taken, dropped, or given back.

    `by` is who asked for that: an operator here, the provider of its own accord, or the caller,
    under the `key` with which it asked. `code` says why it was refused.
    """

    reference: str
    kind: Literal["taken", "refused", "released", "given_back"]
    amount: Money
    at: datetime
    by: Literal["operator", "provider", "caller"]
    key: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentData:
    """A payment as other apps see it. `payment_id` is its public id."""

    payment_id: str
    reference: str
    amount: Money
    captured: Money
    refunded: Money
    voided: Money
    state: PaymentState
    redirect_url: str
    method_label: str
    failure_code: str
    created_at: datetime

    @property
    def failure_message(self) -> str:
        return failure_message(self.failure_code) if self.failure_code else ""

    @property
    def undecided(self) -> bool:
        return self.state in ("created", "requires_action", "unknown")


@dataclass(frozen=True, kw_only=True)
class StartResult:
    """Where to send the buyer: to `redirect_url` when there is one, else to the order."""

    state: PaymentState
    redirect_url: str | None
    failure_code: str = ""

    @property
    def failure_message(self) -> str:
        return failure_message(self.failure_code) if self.failure_code else ""


@dataclass(frozen=True, kw_only=True)
class MethodData:
    """A kept card. `method_id` is its public id."""

    method_id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    is_default: bool
    expired: bool

    @property
    def label(self) -> str:
        return f"{self.brand} •••• {self.last4}"


class PaymentUnderWay(DomainError):
    """Another payment for the same reference is open, taken or unclear."""

    code = "payment_under_way"
    message = _("A payment for this is already under way. We are checking it; please wait.")
    status = 409


class MethodNotFound(DomainError):
    """The card is not kept, was forgotten, or is another person's."""

    code = "method_not_found"
    message = _("This card is not saved any more. Please choose another.")
    status = 404


class PaymentNotFound(DomainError):
    code = "payment_not_found"
    message = _("There is no such payment.")
    status = 404


class BadAmount(DomainError):
    """The shares do not sum to the amount, or more was asked for than is left."""

    code = "bad_amount"
    message = _("This amount is not available on this payment.")
    status = 409


class NotPossible(DomainError):
    """The payment's state does not allow the act."""

    code = "payment_state"
    message = _("This payment is not in a state that allows this.")
    status = 409


class NotRefused(DomainError):
    """Only a capture that the provider refused is asked for again, and each of them once."""

    code = "not_refused"
    message = _("This was not refused: there is nothing to ask for again.")
    status = 409


class NotInReview(DomainError):
    code = "not_in_review"
    message = _("This payment is not in review, or not any more.")
    status = 409


class NothingToSee(DomainError):
    code = "nothing_to_see"
    message = _("This waits for nobody, or not any more.")
    status = 409


class StillDiffers(DomainError):
    """The provider was asked, and speaks of another amount still, or of no payment."""

    code = "still_differs"
    message = _("The provider knows no such payment. Close it, or ask again later.")
    status = 409


class SomethingTaken(DomainError):
    """Only what is held can be dropped; what was taken goes back by a refund."""

    code = "something_taken"
    message = _("Something was taken on this payment already. Give that back first.")
    status = 409


class ProviderAway(DomainError):
    """No answer, or a refusal. Nothing was changed on our side."""

    code = "provider_away"
    message = _("The provider did not do it. Nothing was changed here; please try again later.")
    status = 503


class AnswerConfused(DomainError):
    """The provider's answer speaks of another payment than it was asked about.

    Neither payment was touched, and the answer is kept for an operator. Asking again is safe: it is
    the same payment at the provider, by our own id.
    """

    code = "payment_answer_confused"
    title = _("The payment provider gave a wrong answer")
    message = _(
        "It spoke of another payment, so we did not use its answer. Please try again; you cannot "
        "be charged twice."
    )
    status = 409  # below 500: the session of a guest, which holds the purchase, is kept


class OperationDiffers(DomainError):
    """The same key came with another amount or share."""

    code = "operation_differs"
    message = _("This request was already made with other details.")
    status = 422


class BadSignature(DomainError):
    code = "bad_signature"
    message = _("The signature is missing, wrong or too old.")
    status = 400


class BadEvent(DomainError):
    """Not an event that we understand, or it contradicts the payment that it names."""

    code = "bad_event"
    message = _("This event is not understood.")
    status = 422


class EventTooEarly(DomainError):
    """The event names a payment that we do not have (yet): the provider should send it again."""

    code = "event_too_early"
    message = _("There is no such payment yet. Please send this again.")
    status = 409


class MoveKind(StrEnum):
    """What changes what a seller is owed."""

    CAPTURE = "capture"
    REFUND = "refund"


@dataclass(frozen=True, kw_only=True)
class SellerMove:
    """One change to what a seller is owed, for an order (`reference`): below zero what went back.

    `amount` is what was paid less our fee. `id` is of the books and shown to nobody.
    """

    id: int
    at: datetime
    kind: str
    reference: str
    paid: Money
    fee: Money
    amount: Money


@dataclass(frozen=True, kw_only=True)
class SellerMoves:
    """Some of them; `next` asks for those that follow."""

    rows: list[SellerMove]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PayoutData:
    """Where a seller's money goes. `state` is incomplete, pending, verified or restricted."""

    state: str
    requirement: str = ""
    iban_last4: str = ""

    @property
    def verified(self) -> bool:
        """Whether money can be paid out."""
        return self.state == "verified"


class PayoutUnavailable(DomainError):
    """The provider did not answer, or would not have this seller."""

    code = "payout_unavailable"
    message = _("The payment provider does not answer just now. Please try again in a moment.")
    status = 503
