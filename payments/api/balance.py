"""Operations on what a brand earned."""

from __future__ import annotations

from rest_framework import serializers

from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import Choice, FindAsked, Instant, MoneyField, Out, sort_field
from api.operations import Results, operation
from core.money import Money
from payments import queries
from payments.types import MoveKind

ROLES = {"finance"}


class BalanceAsked(FindAsked):
    """Which of them; `find` looks for a part of an order's number."""

    kind = Choice(choices=[(one, one) for one in MoveKind], required=False)
    sort = sort_field(queries.MOVE_SORTS, default="newest")


class BalanceOut(Out):
    """What the brand is owed now."""

    owed = MoneyField()


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


def _seller_id(call: Call, handle: str) -> int:
    brand = require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES, protected=True)
    return brand.profile.id


@operation(
    id="studio_balance_list",
    tag="Studio: balance",
    scope="sales:read",
    asks=BalanceAsked,
    gives=SellerMoveOut,
    many=True,
)
def list_moves(call: Call, handle: str) -> Results:
    """What changed what the brand is owed, newest first where no other order is asked for."""
    page = queries.seller_moves(
        seller_id=_seller_id(call, handle),
        kind=call.query.get("kind", ""),
        text=call.query["find"],
        sort=call.query["sort"],
        cursor=call.query["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


@operation(id="studio_balance_read", tag="Studio: balance", scope="sales:read", gives=BalanceOut)
def read_balance(call: Call, handle: str) -> dict[str, Money]:
    """What was earned and not yet paid out, less our fees and what was given back."""
    return {"owed": queries.seller_balance(seller_id=_seller_id(call, handle))}
