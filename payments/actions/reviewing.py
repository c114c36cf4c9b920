"""What an operator does about a payment in review, and about answers that made no sense.

A payment comes there when the provider speaks of another amount or currency than ours. Nothing is
taken from it or dropped meanwhile, and no message moves it on: a person asks again, or closes it.
"""

from collections.abc import Callable

from django.db import transaction

from core.events import publish
from core.money import Money
from payments.applying import read, require_own
from payments.events import PaymentFailed
from payments.gateway import gateway
from payments.models import LedgerTransaction, Operation, Payment, ProviderEvent
from payments.progress import Raced, agrees, difference, follow, move
from payments.provider import ProviderPayment, ProviderRefused, ProviderSilent
from payments.settlement import advance, lapse, lock
from payments.states import PaymentState
from payments.types import NothingToSee, NotInReview, ProviderAway, SomethingTaken, StillDiffers

_OVER = ("declined", "expired", "voided")


def ask_again(*, payment_id: str, why: str) -> PaymentState:
    """End the review as the provider now says, if it speaks of our amount; answers the new state.

    What follows for others follows by the same facts as ever. Calls the provider: not inside of a
    transaction. Raises NotInReview, ProviderAway, StillDiffers (and keeps what it said),
    AnswerConfused, PaymentNotFound.
    """
    payment = _in_review(payment_id)
    said = _answer(lambda: gateway().find(payment_id=payment_id))
    if said is None:
        raise StillDiffers
    require_own(payment, said)
    if not agrees(payment, said):
        reason = difference(payment, said)
        Payment.objects.filter(pk=payment.pk).update(review_reason=reason)
        raise StillDiffers(reason)
    with transaction.atomic():
        payment = _locked(payment)
        if not _was_held(payment):
            _or_not(lambda: follow(payment, said, why=why))
        elif said.state in _OVER:
            _drop(payment, why=why)
        else:
            move(payment, PaymentState.AUTHORIZED, why=why)
            advance(payment)
    return PaymentState(read(payment_id).state)


def close_review(*, payment_id: str, why: str) -> PaymentState:
    """End the review by ending the payment: at the provider first, then in the books.

    Whatever was held is dropped, and the reference may be paid again. PaymentFailed follows for a
    payment that never stood, PaymentVoided for each share that was held. Calls the provider: not
    inside of a transaction; safe to repeat. Raises NotInReview, ProviderAway, SomethingTaken,
    AnswerConfused, PaymentNotFound.
    """
    payment = _in_review(payment_id)
    _refuse_taken(payment)
    said = _answer(lambda: gateway().cancel(payment_id=payment_id))
    if said is not None:
        require_own(payment, said)
    if said is not None and said.state == "authorized":
        _drop_at_provider(payment, said)
    with transaction.atomic():
        payment = _locked(payment)
        _refuse_taken(payment)
        if _was_held(payment):
            _drop(payment, why=why, by_operator=True)
        else:
            # Not declined or expired: those may still turn out to be paid.
            move(payment, PaymentState.VOIDED, why=why, failure_code="provider_error")
            name = {"payment_id": payment.public_id, "reference": payment.reference}
            publish(PaymentFailed(**name, code=payment.failure_code))
    return PaymentState(read(payment_id).state)


def mark_seen(*, event_id: str) -> None:
    """Somebody has done what there was to do about something that the provider said.

    Changes no payment. Raises NothingToSee.
    """
    waiting = ProviderEvent.objects.filter(event_id=event_id, outcome=ProviderEvent.Outcome.REVIEW)
    if not waiting.update(outcome=ProviderEvent.Outcome.SEEN):
        raise NothingToSee


def _in_review(payment_id: str) -> Payment:
    payment = read(payment_id)
    if payment.state != PaymentState.REVIEW:
        raise NotInReview
    return payment


def _locked(payment: Payment) -> Payment:
    payment = lock(payment.pk)
    if payment.state != PaymentState.REVIEW:
        raise NotInReview
    return payment


def _answer(ask: Callable[[], ProviderPayment | None]) -> ProviderPayment | None:
    try:
        return ask()
    except (ProviderSilent, ProviderRefused) as error:
        raise ProviderAway from error


def _or_not(act: Callable[[], None]) -> None:
    try:
        act()
    except Raced as error:
        raise NotInReview from error


def _was_held(payment: Payment) -> bool:
    """Whether it was authorized before it came here: the books hold it, and an order stands."""
    return payment.ledger.filter(kind=LedgerTransaction.Kind.AUTHORIZE).exists()


def _refuse_taken(payment: Payment) -> None:
    """Taken money is given back first: closing only drops what is held."""
    pending = payment.operations.filter(state=Operation.State.PENDING)
    if payment.captured > payment.refunded or pending.exclude(kind=Operation.Kind.VOID).exists():
        raise SomethingTaken


def _drop_at_provider(payment: Payment, said: ProviderPayment) -> None:
    left = said.amount - Money(payment.captured + payment.voided, said.amount.currency)
    if not left:
        return
    try:
        # The provider's own amount; its name makes it happen once, however often it is pressed.
        gateway().operate(
            kind="void",
            payment_id=payment.public_id,
            operation_id=f"close-{payment.public_id}",
            amount=left,
        )
    except (ProviderSilent, ProviderRefused) as error:
        raise ProviderAway from error


def _drop(payment: Payment, *, why: str, by_operator: bool = False) -> None:
    """Drop in the books what they hold, and leave the review."""
    lapse(payment.pk, why=why, by_operator=by_operator)
    payment.refresh_from_db()
    if payment.captured + payment.voided < payment.amount:
        # A capture is still under way: the rest follows when it is answered.
        move(payment, PaymentState.AUTHORIZED, why=why)
        return
    move(payment, PaymentState.CAPTURED if payment.captured else PaymentState.VOIDED, why=why)
    advance(payment)
