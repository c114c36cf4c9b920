"""Applying what is known about a payment, each time in a transaction of its own."""

import structlog
from django.db import IntegrityError, transaction

from core import clock
from payments.models import Payment, ProviderEvent
from payments.progress import Raced, agrees, hold_is_over, learn, move
from payments.provider import ProviderPayment
from payments.settlement import lapse
from payments.states import PaymentState
from payments.types import AnswerConfused, PaymentNotFound

log = structlog.get_logger(__name__)
CONFUSED = "answer.confused"


def take_in(payment: Payment, said: ProviderPayment, *, why: str) -> Payment:
    """Apply the provider's answer, again on a fresh row when somebody else was faster.

    Raises AnswerConfused when it speaks of another payment: then no payment is touched, and what
    was said is kept for an operator. Not inside of a transaction, which would take that back.
    """
    require_own(payment, said)
    for attempt in range(3):
        try:
            with transaction.atomic():
                # Said about what was read before: only then is it newer than what we know.
                if attempt == 0 and hold_is_over(payment, said) and agrees(payment, said):
                    lapse(payment.pk, why=why)
                    return read(payment.public_id)
                learn(payment, said, why=why)
            return payment
        except Raced:
            payment = read(payment.public_id)
        except IntegrityError as error:  # the reference became another's in this moment
            if not _is_anothers(payment, said):
                raise
            raise _confused(payment, said) from error
    return payment


def require_own(payment: Payment, said: ProviderPayment) -> None:
    """Raises AnswerConfused when the provider was asked about a payment and spoke of another.

    Whose a new reference is, is asked only where the amounts differ: where they agree it is kept,
    and runs into the constraint on references.
    """
    if (
        said.payment_id != payment.public_id
        or payment.provider_ref not in ("", said.provider_ref)
        or (not agrees(payment, said) and _is_anothers(payment, said))
    ):
        raise _confused(payment, said)


def _is_anothers(payment: Payment, said: ProviderPayment) -> bool:
    same = Payment.objects.filter(provider=payment.provider, provider_ref=said.provider_ref)
    return said.provider_ref != "" and same.exclude(pk=payment.pk).exists()


def _confused(payment: Payment, said: ProviderPayment) -> AnswerConfused:
    """Keep what was said, once for each payment that it was said of."""
    about = {"id": said.payment_id, "ref": said.provider_ref, "state": said.state}
    log.error("provider confused payments", asked=payment.public_id, **about)
    ProviderEvent.objects.get_or_create(
        provider=payment.provider,
        event_id=f"{payment.public_id}:{said.provider_ref}"[:80],
        defaults={
            "kind": CONFUSED,
            "payment": payment,
            "outcome": ProviderEvent.Outcome.REVIEW,
            "body": {**about, "amount": said.amount.amount, "currency": said.amount.currency},
            "received_at": clock.now(),
        },
    )
    return AnswerConfused()


def conclude(payment: Payment, new: PaymentState, *, why: str, code: str = "") -> Payment:
    """Conclude something by ourselves, unless the provider's own word came in between."""
    if payment.state == new:
        Payment.objects.filter(pk=payment.pk).update(asked_at=clock.now())
        return payment
    try:
        with transaction.atomic():
            move(payment, new, why=why, failure_code=code)
    except Raced:
        return read(payment.public_id)
    return payment


def read(payment_id: str) -> Payment:
    payment = (
        Payment.objects.select_related("method", "customer_user")
        .filter(public_id=payment_id)
        .first()
    )
    if payment is None:
        raise PaymentNotFound
    return payment
