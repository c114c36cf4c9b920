"""Taking, dropping and giving back the share of one seller.

Each is written down in the caller's transaction and asked of the provider after the commit; the
facts PaymentCaptured, PaymentVoided, PaymentRefunded (or CaptureFailed) follow. The same key again
changes nothing.
"""

from django.db import transaction
from django.utils.translation import gettext

from core import clock
from core.events import publish
from core.money import Money
from payments.events import OperationRequested
from payments.models import Operation, Payment, PaymentShare
from payments.settlement import lock
from payments.states import PaymentState
from payments.types import (
    BadAmount,
    NotPossible,
    NotRefused,
    OperationDiffers,
    PaymentNotFound,
)

Kind = Operation.Kind
_POSSIBLE = {
    Kind.CAPTURE: (PaymentState.AUTHORIZED,),
    Kind.VOID: (PaymentState.AUTHORIZED,),
    # Also in review: what was taken may go back, what is held waits for a person.
    Kind.REFUND: (PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.REVIEW),
}


@transaction.atomic
def capture(*, payment_id: str, share_reference: str, amount: Money, key: str) -> None:
    """Take held money for what a seller has shipped.

    Raises NotPossible, BadAmount (more than is still held), OperationDiffers, PaymentNotFound.
    """
    payment, share = _share(payment_id, share_reference)
    _ask(payment, share, Kind.CAPTURE, amount, key, "shipped")


@transaction.atomic
def take_again(*, operation_id: str, reason: str) -> None:
    """Ask once more for what was shipped, after the provider refused a capture.

    Each refused one is asked for again once; where that is refused too, it is the next to ask for.
    Raises NotRefused, NotPossible, BadAmount (it is not held any more), PaymentNotFound.
    """
    refused = Operation.objects.select_related("payment", "share").get(public_id=operation_id)
    if refused.kind != Kind.CAPTURE or refused.state != Operation.State.FAILED:
        raise NotRefused
    payment, share = _share(refused.payment.public_id, refused.share.reference)
    key = f"again:{refused.public_id}"
    if _known(payment, key):
        raise NotRefused(gettext("It was asked for again already."))
    _ask(payment, share, Kind.CAPTURE, Money(refused.amount, payment.currency), key, reason)


@transaction.atomic
def refund(*, payment_id: str, share_reference: str, amount: Money, reason: str, key: str) -> None:
    """Give taken money back to the buyer, with the seller's part and our fee.

    Whoever gives back all there is calls `give_back`. Raises NotPossible, BadAmount (more than was
    taken), OperationDiffers, PaymentNotFound.
    """
    payment, share = _share(payment_id, share_reference)
    _ask(payment, share, Kind.REFUND, amount, key, reason)


@transaction.atomic
def give_back(*, payment_id: str, reason: str, key: str, share_reference: str = "") -> None:
    """Drop what is held and refund what was taken: of one share, or of the whole payment.

    For cancelled orders, and for payments that came too late. What the provider refused under a key
    is asked of it again by the same key, once for each call. Raises PaymentNotFound; a payment on
    which nothing is held or taken is left as it is.
    """
    payment = _payment(payment_id)
    if payment.state not in _POSSIBLE[Kind.REFUND]:
        return
    shares = payment.shares.order_by("pk")
    for share in shares.filter(reference=share_reference) if share_reference else shares:
        held = share.amount - share.capture_asked - share.void_asked
        taken = share.captured - share.refund_asked
        for kind, units in ((Kind.VOID, held), (Kind.REFUND, taken)):
            name = _fresh(share, kind, f"{key}:{kind.value}:{share.pk}")
            if units and payment.state in _POSSIBLE[kind] and not _known(payment, name):
                _ask(payment, share, kind, Money(units, payment.currency), name, reason)


def _payment(payment_id: str) -> Payment:
    found = Payment.objects.filter(public_id=payment_id).values_list("pk", flat=True).first()
    if found is None:
        raise PaymentNotFound
    return lock(found)


def _share(payment_id: str, share_reference: str) -> tuple[Payment, PaymentShare]:
    payment = _payment(payment_id)
    share = payment.shares.filter(reference=share_reference).first()
    if share is None:
        raise PaymentNotFound
    return payment, share


def _fresh(share: PaymentShare, kind: Operation.Kind, key: str) -> str:
    """The key of the next try. While one is pending nothing is left to ask for: two never run."""
    refused = share.operations.filter(kind=kind, state=Operation.State.FAILED).count()
    return f"{key}:{refused}" if refused else key


def _known(payment: Payment, key: str) -> bool:
    return payment.operations.filter(key=key).exists()


def _ask(
    payment: Payment, share: PaymentShare, kind: Operation.Kind, amount: Money, key: str, why: str
) -> None:
    """The one way in which anything is taken, dropped or given back. The payment is locked."""
    before = payment.operations.filter(key=key).first()
    if before is not None:
        if (before.share_id, before.kind, before.amount) != (share.pk, kind, amount.amount):
            raise OperationDiffers
        return
    if payment.state not in _POSSIBLE[kind]:
        raise NotPossible
    left = (
        share.captured - share.refund_asked
        if kind == Kind.REFUND
        else share.amount - share.capture_asked - share.void_asked
    )
    if amount.currency != payment.currency or not 0 < amount.amount <= left:
        raise BadAmount
    column = f"{kind.value}_asked"
    setattr(share, column, getattr(share, column) + amount.amount)
    share.save(update_fields=[column])
    operation = Operation.objects.create(
        payment=payment,
        share=share,
        kind=kind,
        amount=amount.amount,
        key=key,
        reason=why[:200],
        created_at=clock.now(),
    )
    publish(OperationRequested(operation_id=operation.public_id))
