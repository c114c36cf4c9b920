"""Opening a payment in the transaction of the purchase, and starting it after the commit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from core import clock
from core.money import Money, total
from core.prepared import Prepared
from payments.applying import conclude, read, take_in
from payments.gateway import gateway
from payments.models import Payment, PaymentMethod, PaymentShare
from payments.provider import ProviderRefused, ProviderSilent, StartRequest
from payments.rows import payment_data
from payments.states import LIVE, UNDECIDED, PaymentState
from payments.types import (
    AnswerConfused,
    BadAmount,
    MethodNotFound,
    PaymentData,
    PaymentUnderWay,
    Share,
    StartResult,
)


def open_payment(
    *,
    reference: str,
    amount: Money,
    shares: list[Share],
    user_id: int | None,
    method_id: str | None,
    return_url: str,
    cancel_url: str,
    description: str,
    expires_at: datetime | None = None,
) -> PaymentData:
    """Write down what is to be paid, and to whom; nobody outside is asked yet.

    Belongs into the transaction of the purchase; after its commit call `start_payment`. Costs two
    statements, three with a kept card. The URLs are absolute and the buyer comes back to them.
    Raises BadAmount, MethodNotFound, and PaymentUnderWay when the reference already has a payment
    that is open or taken: a second charge is impossible.
    """
    if not shares or total([s.amount for s in shares], currency=amount.currency) != amount:
        raise BadAmount
    if amount.amount <= 0 or any(share.amount.amount <= 0 for share in shares):
        raise BadAmount
    payment = Payment(
        reference=reference,
        amount=amount.amount,
        currency=amount.currency,
        provider=gateway().name,
        customer_user_id=user_id,
        method=_method(user_id, method_id) if method_id else None,
        description=description[:200],
        return_url=return_url,
        cancel_url=cancel_url,
        created_at=clock.now(),
        expires_at=expires_at,
    )
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        if Payment.objects.filter(reference=reference, state__in=LIVE).exists():
            raise PaymentUnderWay from error
        raise
    PaymentShare.objects.bulk_create(
        PaymentShare(
            payment=payment,
            reference=share.reference,
            seller_id=share.seller_id,
            amount=share.amount.amount,
        )
        for share in shares
    )
    return payment_data(payment)


def _method(user_id: int | None, method_id: str) -> PaymentMethod:
    found: list[PaymentMethod] = _METHOD([method_id], [user_id]) if user_id is not None else []
    if not found:
        raise MethodNotFound
    return found[0]


_METHOD = Prepared(
    lambda ids, users: PaymentMethod.objects.filter(
        public_id__among=ids, user__among=users, forgotten_at=None
    )
)


def start_payment(*, payment_id: str) -> StartResult:
    """Ask the provider, outside of any transaction and for 3 s at most.

    Safe to repeat: the payment's id is the idempotency key, and a decided payment answers what it
    already knows. No answer leaves it `unknown`, and reconciliation finishes it. Raises
    AnswerConfused when the provider speaks of another payment: nothing is changed.
    """
    payment = read(payment_id)
    if payment.state not in (PaymentState.CREATED, PaymentState.UNKNOWN):
        return _result(payment)
    try:
        said = gateway().start(request=request_for(payment))
    except ProviderSilent:
        return _result(conclude(payment, PaymentState.UNKNOWN, why="no answer"))
    except ProviderRefused as refused:
        why = f"refused: {refused.code}"
        return _result(conclude(payment, PaymentState.DECLINED, why=why, code="provider_error"))
    return _result(take_in(payment, said, why="answer"))


def cancel_payment(*, payment_id: str) -> StartResult:
    """Close a payment that is not decided yet; answers what became of it.

    It may turn out to be authorized: then it stays so, and PaymentAuthorized follows. Calls the
    provider. When it gives no answer that makes sense, reconciliation closes the payment later.
    """
    payment = read(payment_id)
    if payment.state not in UNDECIDED:
        return _result(payment)
    try:
        said = gateway().cancel(payment_id=payment.public_id)
        if said is None:
            why = "cancelled before it arrived"
            return _result(conclude(payment, PaymentState.EXPIRED, why=why))
        return _result(take_in(payment, said, why="cancelled"))
    except (ProviderSilent, ProviderRefused, AnswerConfused):
        Payment.objects.filter(pk=payment.pk).update(expires_at=clock.now())
        return _result(payment)


def request_for(payment: Payment) -> StartRequest:
    return StartRequest(
        payment_id=payment.public_id,
        amount=Money(payment.amount, payment.currency),
        description=payment.description,
        return_url=payment.return_url,
        cancel_url=payment.cancel_url,
        customer=payment.customer_user.public_id if payment.customer_user else "",
        token=payment.method.token if payment.method else "",
        expires_at=payment.expires_at,
    )


def _result(payment: Payment) -> StartResult:
    state = PaymentState(payment.state)
    going = state == PaymentState.REQUIRES_ACTION
    return StartResult(
        state=state,
        redirect_url=payment.redirect_url if going else None,
        failure_code=payment.failure_code,
    )
