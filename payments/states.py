"""The life of a payment, as a table. Pure: no rows, no clock."""

from enum import StrEnum


class PaymentState(StrEnum):
    CREATED = "created"  # a row of ours; the provider has not answered yet
    REQUIRES_ACTION = "requires_action"  # the buyer is on the provider's page
    UNKNOWN = "unknown"  # the provider did not answer in time; reconciliation asks
    AUTHORIZED = "authorized"  # held on the card; shares are captured as sellers ship
    CAPTURED = "captured"  # nothing is held any more, and something was taken
    DECLINED = "declined"
    EXPIRED = "expired"
    VOIDED = "voided"  # the whole hold was dropped
    REFUNDED = "refunded"  # everything taken was given back
    REVIEW = "review"  # the provider states another amount than ours: a person decides


class PayoutState(StrEnum):
    """How the provider sees a seller's payout account."""

    INCOMPLETE = "incomplete"  # no bank account was named yet
    PENDING = "pending"  # the bank is looking at it
    VERIFIED = "verified"  # money can be paid out
    RESTRICTED = "restricted"  # the bank wants something of the seller first


S = PaymentState
MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    S.CREATED: frozenset(
        {S.REQUIRES_ACTION, S.UNKNOWN, S.AUTHORIZED, S.DECLINED, S.EXPIRED, S.VOIDED, S.REVIEW}
    ),
    S.REQUIRES_ACTION: frozenset({S.AUTHORIZED, S.DECLINED, S.EXPIRED, S.VOIDED, S.REVIEW}),
    S.UNKNOWN: frozenset(
        {S.REQUIRES_ACTION, S.AUTHORIZED, S.DECLINED, S.EXPIRED, S.VOIDED, S.REVIEW}
    ),
    S.AUTHORIZED: frozenset({S.CAPTURED, S.VOIDED, S.REVIEW}),
    S.CAPTURED: frozenset({S.REFUNDED}),
    # A late success is a fact, whatever we had concluded: whoever asked decides what follows.
    S.DECLINED: frozenset({S.AUTHORIZED, S.REVIEW}),
    S.EXPIRED: frozenset({S.AUTHORIZED, S.REVIEW}),
    S.VOIDED: frozenset(),
    S.REFUNDED: frozenset(),
    S.REVIEW: frozenset(),  # what is told later changes nothing: only a person ends it
}
del S

# A reference may have one payment in these states; the others are over, or were never a charge.
LIVE = (
    PaymentState.CREATED,
    PaymentState.REQUIRES_ACTION,
    PaymentState.UNKNOWN,
    PaymentState.AUTHORIZED,
    PaymentState.CAPTURED,
    PaymentState.REVIEW,
)
# The provider has not decided yet.
UNDECIDED = (PaymentState.CREATED, PaymentState.REQUIRES_ACTION, PaymentState.UNKNOWN)


def may_move(old: PaymentState, new: PaymentState) -> bool:
    return new in MOVES[old]
