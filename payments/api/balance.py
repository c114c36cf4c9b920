"""Operations on what a brand earned."""

from __future__ import annotations

from rest_framework import serializers

from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import Choice, CursorAsked, Instant, MoneyField, Out
from api.operations import Results, operation
from payments import queries
from payments.types import MoveKind

ROLES = {"finance"}


class BalanceAsked(CursorAsked):
    """Which of them."""

    kind = Choice(choices=[(one, one) for one in MoveKind], required=False)


class SellerMoveOut(Out):
    """Money taken for an order of the brand, or given back (below zero): `amount` is what was paid
    less our `fee`, and the sum of all of them is what the brand is owed.
    """

    at = Instant()
    kind = serializers.ChoiceField(choices=[one.value for one in MoveKind])
    order = serializers.CharField(source="reference")
    paid = MoneyField()
    fee = MoneyField()
    amount = MoneyField()


@operation(
    id="studio_balance_list",
    tag="Studio: balance",
    scope="sales:read",
    asks=BalanceAsked,
    gives=SellerMoveOut,
    many=True,
)
def list_moves(call: Call, handle: str) -> Results:
    """What changed what the brand is owed, newest first."""
    brand = require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES, protected=True)
    page = queries.seller_moves(
        seller_id=brand.profile.id,
        kind=call.query.get("kind", ""),
        cursor=call.query["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)
