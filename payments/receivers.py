"""What payments does about its own facts, after the commit and until it has worked."""

from payments import actions
from payments.events import MethodForgotten, OperationRequested


def carry_out(event: OperationRequested) -> None:
    actions.carry_out(operation_id=event.operation_id)


def erase_card(event: MethodForgotten) -> None:
    actions.erase_at_provider(method_id=event.method_id)
