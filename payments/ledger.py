"""The books: double entry, append only.

Debit is positive. Holds on cards are a memo pair of their own; real money moves with a capture,
which splits between the seller and our fee, and with a refund, which takes both back.
"""

from dataclasses import dataclass

from django.db import connection

from core import clock
from core.money import Money
from payments.models import LedgerEntry, LedgerTransaction

Account = LedgerEntry.Account
Kind = LedgerTransaction.Kind


@dataclass(frozen=True)
class Side:
    account: LedgerEntry.Account
    amount: Money
    owner_id: int | None = None


# One statement for a transaction with its entries; a key that is already in the books does nothing.
_POST = """
WITH posted AS (
    INSERT INTO payments_ledgertransaction (key, kind, payment_id, share_reference, at)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id
)
INSERT INTO payments_ledgerentry (transaction_id, account, owner_profile_id, amount, currency)
SELECT posted.id, side.account, side.owner, side.amount, side.currency
FROM posted,
    unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[])
        AS side(account, owner, amount, currency)
"""


def post(
    *, key: str, kind: LedgerTransaction.Kind, payment_pk: int, share: str, sides: list[Side]
) -> None:
    """Enter a transaction once; sides of zero are left out. The database checks that they sum."""
    sides = [side for side in sides if side.amount]
    with connection.cursor() as cursor:
        cursor.execute(
            _POST,
            [
                key,
                kind.value,
                payment_pk,
                share,
                clock.now(),
                [side.account.value for side in sides],
                [side.owner_id for side in sides],
                [side.amount.amount for side in sides],
                [side.amount.currency for side in sides],
            ],
        )


def hold(amount: Money) -> list[Side]:
    """Money is held on a buyer's card; a negative amount drops the hold."""
    return [Side(Account.HELD_AT_PROVIDER, amount), Side(Account.BUYER_HOLDS, -amount)]


def capture(amount: Money, *, fee: Money, seller_id: int) -> list[Side]:
    """Held money becomes real: ours is the fee, the rest is owed to the seller."""
    return [
        *hold(-amount),
        Side(Account.PROVIDER, amount),
        Side(Account.SELLER_BALANCE, fee - amount, seller_id),
        Side(Account.PLATFORM_FEE, -fee),
    ]


def refund(amount: Money, *, fee: Money, seller_id: int) -> list[Side]:
    """Taken money goes back: from the seller, and our fee with it."""
    return [
        Side(Account.PROVIDER, -amount),
        Side(Account.SELLER_BALANCE, amount - fee, seller_id),
        Side(Account.PLATFORM_FEE, fee),
    ]
