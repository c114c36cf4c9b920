"""What payments does about its own facts, after the commit and until it has worked."""

from contextlib import suppress

from payments import actions
from payments.events import HoldDoubted, MethodForgotten, OperationRequested
from payments.types import AnswerConfused


def carry_out(event: OperationRequested) -> None:
    actions.carry_out(operation_id=event.operation_id)


def look_at_hold(event: HoldDoubted) -> None:
    # Raised, it would take back what was kept for an operator; holds are looked at again anyway.
    with suppress(AnswerConfused):
        actions.check_hold(payment_id=event.payment_id)


def erase_card(event: MethodForgotten) -> None:
    actions.erase_at_provider(method_id=event.method_id)
