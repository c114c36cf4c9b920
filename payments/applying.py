"""Applying what is known about a payment, each time in a transaction of its own."""

from django.db import transaction

from core import clock
from payments.models import Payment
from payments.progress import Raced, agrees, hold_is_over, learn, move
from payments.provider import ProviderPayment
from payments.settlement import lapse
from payments.states import PaymentState
from payments.types import PaymentNotFound


def take_in(payment: Payment, said: ProviderPayment, *, why: str) -> Payment:
    """Apply the provider's answer, again on a fresh row when somebody else was faster."""
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
    return payment


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
