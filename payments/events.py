"""Facts that payments states. Amounts are in minor units; references are the caller's own."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class PaymentAuthorized(Event):
    """The money is held. May come late: after a hold ran out, or after a decline was reported."""

    payment_id: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Event):
    """Declined. `code` is one of `payments.types.FailureCode`."""

    payment_id: str
    reference: str
    code: str


@dataclass(frozen=True, kw_only=True)
class PaymentExpired(Event):
    """The buyer left the provider's page, or never came back."""

    payment_id: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentInReview(Event):
    """The provider reported another amount or currency than ours; a person must look."""

    payment_id: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentCaptured(Event):
    payment_id: str
    reference: str
    share_reference: str
    amount: int
    currency: str
    capture_id: str


@dataclass(frozen=True, kw_only=True)
class CaptureFailed(Event):
    """The provider refused to take held money, for example because the hold is too old."""

    payment_id: str
    reference: str
    share_reference: str
    code: str


@dataclass(frozen=True, kw_only=True)
class PaymentVoided(Event):
    """What was held of a share was dropped: its buyer is not charged for it.

    `lapsed`: the provider or the bank ended the hold, and nobody of ours had asked for it.
    """

    payment_id: str
    reference: str
    share_reference: str
    amount: int
    currency: str
    lapsed: bool = False


@dataclass(frozen=True, kw_only=True)
class PaymentRefunded(Event):
    payment_id: str
    reference: str
    share_reference: str
    amount: int
    currency: str
    refund_id: str


@dataclass(frozen=True, kw_only=True)
class OperationRequested(Event):
    """For payments itself: a capture, void or refund must reach the provider."""

    operation_id: str


@dataclass(frozen=True, kw_only=True)
class HoldDoubted(Event):
    """For payments itself: a message says that held money is free again. It may be an old one."""

    payment_id: str


@dataclass(frozen=True, kw_only=True)
class MethodForgotten(Event):
    """For payments itself: the token of a kept card must be deleted at the provider."""

    method_id: str


@dataclass(frozen=True, kw_only=True)
class PayoutAccountChanged(Event):
    """The provider sees where a seller's money goes in another light. `state` is the new one."""

    seller_id: int
    state: str
    requirement: str
    version: int
