"""Moving a payment along its table, after an answer, a webhook or a question of ours."""

from collections.abc import Mapping

from core import clock
from core.events import Event, publish
from core.money import Money
from payments import cards, ledger
from payments.events import (
    HoldDoubted,
    PaymentAuthorized,
    PaymentExpired,
    PaymentFailed,
    PaymentInReview,
)
from payments.models import Payment, PaymentMove, ProviderEvent
from payments.provider import ProviderPayment, ProviderState
from payments.states import PaymentState, may_move

Outcome = ProviderEvent.Outcome

_STATES: Mapping[ProviderState, PaymentState] = {
    "requires_action": PaymentState.REQUIRES_ACTION,
    "authorized": PaymentState.AUTHORIZED,
    "declined": PaymentState.DECLINED,
    "expired": PaymentState.EXPIRED,
    "voided": PaymentState.VOIDED,
}
_OVER = (PaymentState.EXPIRED, PaymentState.VOIDED)


class Raced(Exception):
    """Somebody else moved the payment since it was read: read it again."""


def learn(payment: Payment, said: ProviderPayment, *, why: str) -> Outcome:
    """Draw the consequences of the provider's view, inside of a transaction.

    States only move along the table, so news that come late or twice change nothing. An amount
    that is not ours stops the payment for a person to look at. Raises Raced.
    """
    if not agrees(payment, said):
        return _stop(payment, said, why=why)
    new = _STATES[said.state]
    if hold_is_over(payment, said):
        # Perhaps told before the money was held: what follows is decided by asking.
        publish(HoldDoubted(payment_id=payment.public_id))
        return Outcome.STALE
    if not may_move(PaymentState(payment.state), new):
        return Outcome.STALE
    follow(payment, said, why=why)
    return Outcome.APPLIED


def agrees(payment: Payment, said: ProviderPayment) -> bool:
    """Whether the provider speaks of the same money."""
    return Money(payment.amount, payment.currency) == said.amount


def hold_is_over(payment: Payment, said: ProviderPayment) -> bool:
    """Whether money that we think is held is free again, going by what was said."""
    return payment.state == PaymentState.AUTHORIZED and _STATES[said.state] in _OVER


def follow(payment: Payment, said: ProviderPayment, *, why: str) -> None:
    """Move to the state that the provider names, with the books. Raises Raced."""
    new = _STATES[said.state]
    move(
        payment,
        new,
        why=why,
        provider_ref=said.provider_ref,
        redirect_url=said.redirect_url,
        failure_code=said.failure_code,
        method_label=f"{said.card.brand} •••• {said.card.last4}" if said.card else "",
    )
    if new == PaymentState.AUTHORIZED:
        ledger.post(
            key=f"authorize:{payment.public_id}",
            kind=ledger.Kind.AUTHORIZE,
            payment_pk=payment.pk,
            share="",
            sides=ledger.hold(Money(payment.amount, payment.currency)),
        )
        cards.keep_from(payment, said.card)


def move(payment: Payment, new: PaymentState, *, why: str, **changes: object) -> None:
    """Change the state if it is still the one that was read, write the audit row, state the fact.

    No lock is needed: the update is conditional. Raises Raced.
    """
    old = payment.state
    changes = {"state": new, "asked_at": clock.now(), **changes}
    if not Payment.objects.filter(pk=payment.pk, state=old).update(**changes):
        raise Raced
    for name, value in changes.items():
        setattr(payment, name, value)
    PaymentMove.objects.create(payment=payment, old=old, new=new, why=why[:200], at=clock.now())
    fact = _fact(payment, new)
    if fact:
        publish(fact)


def _stop(payment: Payment, said: ProviderPayment, *, why: str) -> Outcome:
    if not may_move(PaymentState(payment.state), PaymentState.REVIEW):
        return Outcome.REVIEW
    move(payment, PaymentState.REVIEW, why=why, review_reason=difference(payment, said))
    return Outcome.REVIEW


def difference(payment: Payment, said: ProviderPayment) -> str:
    """Why a payment is in review, for operators. In minor units: the currency may be anything."""
    theirs = f"{said.amount.amount} {said.amount.currency}"
    return f"The provider says {theirs}, we say {payment.amount} {payment.currency}."[:200]


def _fact(payment: Payment, new: PaymentState) -> Event | None:
    name = {"payment_id": payment.public_id, "reference": payment.reference}
    if new == PaymentState.AUTHORIZED:
        return PaymentAuthorized(**name)
    if new == PaymentState.DECLINED:
        return PaymentFailed(**name, code=payment.failure_code or "provider_error")
    if new == PaymentState.EXPIRED:
        return PaymentExpired(**name)
    if new == PaymentState.REVIEW:
        return PaymentInReview(**name)
    return None
