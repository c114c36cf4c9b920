"""Reads of payments."""

from collections.abc import Sequence
from typing import Literal

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from core.money import Money
from core.paging import NEWEST, Order
from payments.models import (
    LedgerEntry,
    Operation,
    Payment,
    PaymentMethod,
    PaymentShare,
    PayoutAccount,
)
from payments.rows import method_data, payment_data, share_data
from payments.states import PayoutState
from payments.types import (
    MethodData,
    MoveKind,
    PaymentData,
    PayoutData,
    SellerMove,
    SellerMoves,
    ShareData,
    ShareMove,
)

Account = LedgerEntry.Account


def payment(*, reference: str) -> PaymentData | None:
    """The newest payment for the reference, decided or not; earlier ones failed."""
    row = Payment.objects.filter(reference=reference).order_by("-pk").first()
    return payment_data(row) if row else None


def in_states(*, references: Sequence[str], states: Sequence[str]) -> set[str]:
    """Those of the references whose newest payment is in one of the states. One query."""
    newest = Payment.objects.filter(reference__in=references).order_by("reference", "-pk")
    found = newest.distinct("reference").values_list("reference", "state")
    return {reference for reference, state in found if state in states}


def shares_of(*, payment_id: str) -> list[ShareData]:
    """How each seller's part of a payment stands."""
    rows = PaymentShare.objects.filter(payment__public_id=payment_id).select_related("payment")
    return [share_data(row, row.payment.currency) for row in rows.order_by("pk")]


_DONE: dict[str, Literal["taken", "released", "given_back"]] = {
    Operation.Kind.CAPTURE: "taken",
    Operation.Kind.VOID: "released",
    Operation.Kind.REFUND: "given_back",
}
_ASKED_BY: dict[str, Literal["operator", "provider"]] = {
    "operator": "operator",
    "lapse": "provider",
}


def moves_of_shares(*, references: Sequence[str]) -> list[ShareMove]:
    """What happened to the money of shares, oldest first: what is done, and captures that were
    refused. One query.
    """
    rows = Operation.objects.filter(
        Q(state=Operation.State.DONE)
        | Q(state=Operation.State.FAILED, kind=Operation.Kind.CAPTURE),
        share__reference__in=references,
    )
    return [
        ShareMove(
            reference=row.share.reference,
            kind=_DONE[row.kind] if row.state == Operation.State.DONE else "refused",
            amount=Money(row.amount, row.payment.currency),
            at=row.finished_at or row.created_at,
            by=_ASKED_BY.get(row.key.partition(":")[0], "caller"),
            key=row.key,
            code=row.failure_code,
        )
        for row in rows.select_related("share", "payment").order_by("finished_at", "pk")
    ]


def methods_for(*, user_id: int) -> list[MethodData]:
    """The kept cards of a user, the default first; one query."""
    rows = PaymentMethod.objects.filter(user=user_id, forgotten_at=None)
    return [method_data(row) for row in rows.order_by("-is_default", "-pk")]


def ledger_balance(*, account: str, currency: str, owner_profile_id: int | None = None) -> Money:
    """Sum of an account in the books: debit positive, so debts to sellers are negative."""
    rows = LedgerEntry.objects.filter(account=account, currency=currency)
    if owner_profile_id is not None:
        rows = rows.filter(owner_profile=owner_profile_id)
    return Money(rows.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"], currency)


def seller_balance(*, seller_id: int, currency: str = "EUR") -> Money:
    """What we owe a seller: captured minus our fees minus refunds. Positive is the seller's."""
    return -ledger_balance(
        account=Account.SELLER_BALANCE, currency=currency, owner_profile_id=seller_id
    )


MOVES_PAGE = 30
# By what the seller got; what went back is the smallest.
MOVE_SORTS = {
    "newest": NEWEST,
    "oldest": Order(descending=False),
    "largest": Order(field="owed"),
}


def seller_moves(
    *,
    seller_id: int,
    kind: str = "",
    text: str = "",
    sort: str = "newest",
    cursor: str = "",
    size: int = MOVES_PAGE,
) -> SellerMoves:
    """What changed what a seller is owed, newest first or as one of MOVE_SORTS. One query.

    `kind` is one of MoveKind, `text` a part of an order's number.
    """
    fees = LedgerEntry.objects.filter(
        transaction=OuterRef("transaction"), account=Account.PLATFORM_FEE
    )
    rows = LedgerEntry.objects.filter(
        account=Account.SELLER_BALANCE, owner_profile=seller_id
    ).annotate(owed=-F("amount"), fee=Coalesce(Subquery(fees.values("amount")[:1]), 0))
    if kind in set(MoveKind):
        rows = rows.filter(transaction__kind=kind)
    if text:
        rows = rows.filter(transaction__share_reference__icontains=text)
    order = MOVE_SORTS.get(sort, NEWEST)
    names = ("id", "owed", "fee", "currency", "transaction__at", "transaction__kind")
    found = list(
        order.sorted(rows, cursor).values_list(*names, "transaction__share_reference")[: size + 1]
    )
    last = found[size - 1] if len(found) > size else None
    return SellerMoves(
        rows=[
            SellerMove(
                id=pk,
                at=at,
                kind=what,
                reference=reference,
                paid=Money(owed - fee, currency),
                fee=Money(-fee, currency),
                amount=Money(owed, currency),
            )
            for pk, owed, fee, currency, at, what, reference in found[:size]
        ],
        next=order.cursor(tie=last[0], value=last[1]) if last else None,
    )


def payout_account(*, seller_id: int) -> PayoutData:
    """How a seller's payout account stands, incomplete when there is none yet. One query."""
    row = PayoutAccount.objects.filter(seller_id=seller_id).first()
    if row is None:
        return PayoutData(state=PayoutState.INCOMPLETE, requirement="bank_account")
    return PayoutData(state=row.state, requirement=row.requirement, iban_last4=row.iban_last4)
