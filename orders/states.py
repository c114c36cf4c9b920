"""Along which ways orders and checkouts may move. Pure tables: no rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OrderState(StrEnum):
    """Where one seller's part of a purchase stands."""

    PENDING = "pending"
    PAID = "paid"
    PACKED = "packed"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CheckoutState(StrEnum):
    """Where a checkout session stands."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    REQUIRES_ESCALATION = "requires_escalation"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Actor(StrEnum):
    """Who may ask for a move. `SYSTEM` speaks for the provider and the clock."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    SYSTEM = "system"


_O = OrderState
_SELLING = frozenset({Actor.SELLER, Actor.OPERATOR})
_ANYBODY = frozenset(Actor)

ORDER_MOVES: Mapping[OrderState, Mapping[OrderState, frozenset[Actor]]] = {
    _O.PENDING: {_O.PAID: frozenset({Actor.SYSTEM}), _O.CANCELLED: _ANYBODY},
    _O.PAID: {
        _O.PACKED: _SELLING,
        _O.PARTIALLY_SHIPPED: _SELLING,
        _O.SHIPPED: _SELLING,
        _O.CANCELLED: _ANYBODY,
    },
    # Packed: the buyer's right to cancel has ended, the seller can still be unable to deliver.
    # Whoever marked the wrong one takes it back: nothing has left.
    _O.PACKED: {
        _O.PAID: _SELLING,
        _O.PARTIALLY_SHIPPED: _SELLING,
        _O.SHIPPED: _SELLING,
        _O.CANCELLED: _SELLING | {Actor.SYSTEM},
    },
    # The system ends it when nothing pays for the rest any more: what has left is all of it.
    _O.PARTIALLY_SHIPPED: {
        _O.PARTIALLY_SHIPPED: _SELLING,
        _O.SHIPPED: _SELLING | {Actor.SYSTEM},
    },
    _O.SHIPPED: {_O.COMPLETED: _ANYBODY},
    _O.COMPLETED: {},
    _O.CANCELLED: {},
}

_C = CheckoutState

CHECKOUT_MOVES: Mapping[CheckoutState, frozenset[CheckoutState]] = {
    _C.INCOMPLETE: frozenset({_C.READY, _C.IN_PROGRESS, _C.EXPIRED, _C.CANCELLED}),
    _C.READY: frozenset(
        {_C.INCOMPLETE, _C.IN_PROGRESS, _C.REQUIRES_ESCALATION, _C.EXPIRED, _C.CANCELLED}
    ),
    # Back to ready when the payment failed: the buyer tries another card.
    _C.IN_PROGRESS: frozenset({_C.READY, _C.REQUIRES_ESCALATION, _C.COMPLETED, _C.CANCELLED}),
    _C.REQUIRES_ESCALATION: frozenset({_C.READY, _C.IN_PROGRESS, _C.COMPLETED, _C.CANCELLED}),
    # An expired session is revived by holding its pieces again.
    _C.EXPIRED: frozenset({_C.READY, _C.INCOMPLETE, _C.CANCELLED}),
    _C.COMPLETED: frozenset(),
    _C.CANCELLED: frozenset(),
}


def may_move(*, current: str, target: str, actor: Actor) -> bool:
    """Whether `actor` may move an order from `current` to `target`."""
    return actor in ORDER_MOVES[OrderState(current)].get(OrderState(target), frozenset())


def checkout_may_move(*, current: str, target: str) -> bool:
    """Whether a checkout may go from `current` to `target`."""
    return CheckoutState(target) in CHECKOUT_MOVES[CheckoutState(current)]
