"""What we keep of a capture, and give back with a refund. Pure."""

from decimal import Decimal

from core.money import Money


def fee_of(*, amount: Money, rate: Decimal) -> Money:
    return amount.share(rate)


def fee_back(*, fee: Money, already: Money, captured: Money, refunded_after: Money) -> Money:
    """The part of the fee that goes back with this refund.

    Counted from the whole, so that many small refunds return exactly the fee of one large one.
    """
    due = fee.share(Decimal(refunded_after.amount) / Decimal(captured.amount))
    return due - already
