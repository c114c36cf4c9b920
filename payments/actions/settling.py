"""Carrying out at the provider what was written down."""

from contextlib import suppress

from django.db import transaction

from core.money import Money
from payments.actions.asking import check_hold
from payments.gateway import gateway
from payments.models import Operation
from payments.provider import ProviderRefused, ProviderSilent
from payments.settlement import fail, finish
from payments.types import AnswerConfused


def carry_out(*, operation_id: str) -> None:
    """Ask the provider for one capture, void or refund; its own id makes repeating safe.

    A refusal may mean that the money is not held any more, so that is asked then. Raises
    ProviderSilent when there is no answer: the delivery that called is tried again later.
    """
    operation = Operation.objects.select_related("payment").get(public_id=operation_id)
    if operation.state != Operation.State.PENDING:
        return
    try:
        gateway().operate(
            kind=operation.kind,
            payment_id=operation.payment.public_id,
            operation_id=operation.public_id,
            amount=Money(operation.amount, operation.payment.currency),
        )
    except ProviderRefused as refused:
        with transaction.atomic():
            fail(operation.pk, code=refused.code)
        # The refusal stands; holds are looked at again later.
        with suppress(ProviderSilent, AnswerConfused):
            check_hold(payment_id=operation.payment.public_id)
        return
    with transaction.atomic():
        finish(operation.pk)
