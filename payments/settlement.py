"""What follows when a capture, void or refund has happened, or was refused."""

from decimal import Decimal

from django.conf import settings

from core import clock
from core.events import Event, publish
from core.ids import new_public_id
from core.money import Money
from payments import ledger
from payments.events import CaptureFailed, PaymentCaptured, PaymentRefunded, PaymentVoided
from payments.fees import fee_back, fee_of
from payments.models import Operation, Payment, PaymentShare
from payments.progress import move
from payments.states import PaymentState, may_move

Kind = Operation.Kind


def lock(payment_pk: int) -> Payment:
    """The payment's row, locked. It stands for its shares too: nothing else needs a lock."""
    return Payment.objects.select_for_update().get(pk=payment_pk)


def finish(operation_pk: int, *, lapsed: bool = False) -> bool:
    """The provider did it: columns, books, state and fact, in the caller's transaction.

    Whether anything changed: both the answer and a webhook may say so. `lapsed`: it did so of its
    own accord.
    """
    operation, payment, share = _locked(operation_pk)
    if operation.state != Operation.State.PENDING:
        return False
    _close(operation, Operation.State.DONE)
    amount = Money(operation.amount, payment.currency)
    fee = _count(operation, payment, share)
    _enter(operation, payment, share, amount, fee)
    advance(payment)
    publish(_fact(operation, payment, share, lapsed=lapsed))
    return True


def lapse(payment_pk: int, *, why: str, by_operator: bool = False) -> None:
    """The provider holds nothing any more: drop all that is held in the books, in the caller's
    transaction. PaymentVoided follows for each share.

    A capture that is under way is left to its own answer. `by_operator`: the hold ended because an
    operator said so, not of its own accord.
    """
    payment = lock(payment_pk)
    if payment.state not in (PaymentState.AUTHORIZED, PaymentState.REVIEW):
        return
    for operation in payment.operations.filter(kind=Kind.VOID, state=Operation.State.PENDING):
        finish(operation.pk)  # what we wanted dropped is dropped
    for share in payment.shares.order_by("pk"):
        left = share.amount - share.capture_asked - share.void_asked
        if left:
            share.void_asked += left
            share.save(update_fields=["void_asked"])
            operation = Operation.objects.create(
                payment=payment,
                share=share,
                kind=Kind.VOID,
                amount=left,
                key=f"{'operator' if by_operator else 'lapse'}:{new_public_id()}",
                reason=why[:200],
                created_at=clock.now(),
            )
            finish(operation.pk, lapsed=not by_operator)


def fail(operation_pk: int, *, code: str) -> None:
    """The provider refused it: what was asked for is free to be asked again."""
    operation, payment, share = _locked(operation_pk)
    if operation.state != Operation.State.PENDING:
        return
    operation.failure_code = code[:40]
    _close(operation, Operation.State.FAILED)
    column = f"{operation.kind}_asked"
    setattr(share, column, getattr(share, column) - operation.amount)
    share.save(update_fields=[column])
    if operation.kind == Kind.CAPTURE:
        publish(
            CaptureFailed(
                payment_id=payment.public_id,
                reference=payment.reference,
                share_reference=share.reference,
                code=operation.failure_code,
            )
        )


def _locked(operation_pk: int) -> tuple[Operation, Payment, PaymentShare]:
    payment_pk = Operation.objects.values_list("payment_id", flat=True).get(pk=operation_pk)
    payment = lock(payment_pk)
    operation = Operation.objects.select_related("share").get(pk=operation_pk)
    return operation, payment, operation.share


def _close(operation: Operation, state: Operation.State) -> None:
    operation.state = state
    operation.finished_at = clock.now()
    operation.save(update_fields=["state", "failure_code", "finished_at"])


def _count(operation: Operation, payment: Payment, share: PaymentShare) -> Money:
    """Move the columns of share and payment; answers the fee that moves with them."""
    amount = Money(operation.amount, payment.currency)
    fee = Money.zero(payment.currency)
    if operation.kind == Kind.CAPTURE:
        fee = fee_of(amount=amount, rate=Decimal(settings.PLATFORM_FEE_RATE))
        share.captured += amount.amount
        share.fee += fee.amount
        payment.captured += amount.amount
    elif operation.kind == Kind.VOID:
        share.voided += amount.amount
        payment.voided += amount.amount
    else:
        share.refunded += amount.amount
        fee = fee_back(
            fee=Money(share.fee, payment.currency),
            already=Money(share.fee_refunded, payment.currency),
            captured=Money(share.captured, payment.currency),
            refunded_after=Money(share.refunded, payment.currency),
        )
        share.fee_refunded += fee.amount
        payment.refunded += amount.amount
    share.save(update_fields=["captured", "voided", "refunded", "fee", "fee_refunded"])
    payment.save(update_fields=["captured", "voided", "refunded"])
    return fee


def _enter(
    operation: Operation, payment: Payment, share: PaymentShare, amount: Money, fee: Money
) -> None:
    if operation.kind == Kind.CAPTURE:
        sides = ledger.capture(amount, fee=fee, seller_id=share.seller_id)
    elif operation.kind == Kind.VOID:
        sides = ledger.hold(-amount)
    else:
        sides = ledger.refund(amount, fee=fee, seller_id=share.seller_id)
    ledger.post(
        key=f"{operation.kind}:{operation.public_id}",
        kind=ledger.Kind(operation.kind),
        payment_pk=payment.pk,
        share=share.reference,
        sides=sides,
    )


def advance(payment: Payment) -> None:
    """Once nothing is held any more the payment is over: taken, dropped, or given back."""
    if payment.captured + payment.voided < payment.amount:
        return
    goals = [PaymentState.CAPTURED if payment.captured else PaymentState.VOIDED]
    if payment.captured and payment.refunded == payment.captured:
        goals.append(PaymentState.REFUNDED)
    for goal in goals:
        if may_move(PaymentState(payment.state), goal):
            move(payment, goal, why="nothing is held any more")


def _fact(operation: Operation, payment: Payment, share: PaymentShare, *, lapsed: bool) -> Event:
    name = {
        "payment_id": payment.public_id,
        "reference": payment.reference,
        "share_reference": share.reference,
        "currency": payment.currency,
    }
    if operation.kind == Kind.CAPTURE:
        return PaymentCaptured(**name, amount=operation.amount, capture_id=operation.public_id)
    if operation.kind == Kind.VOID:
        return PaymentVoided(**name, amount=operation.amount, lapsed=lapsed)
    return PaymentRefunded(**name, amount=operation.amount, refund_id=operation.public_id)
