"""Operations on kept cards. Numbers of cards are nowhere: only the provider has them."""

from __future__ import annotations

from rest_framework import serializers

from accounts.types import Call
from api.fields import Out
from api.operations import Results, operation
from payments import actions, queries


class MethodOut(Out):
    """A kept card."""

    id = serializers.CharField(source="method_id")
    brand = serializers.CharField()
    last4 = serializers.CharField()
    exp_month = serializers.IntegerField()
    exp_year = serializers.IntegerField()
    is_default = serializers.BooleanField()
    expired = serializers.BooleanField()


@operation(id="payment_methods_list", tag="Cards", scope="payments", gives=MethodOut, many=True)
def list_methods(call: Call) -> Results:
    """Your kept cards, the one used first in front. A card is kept by paying with it."""
    return Results(items=queries.methods_for(user_id=call.user_id))


@operation(id="payment_method_forget", tag="Cards", scope="payments")
def forget(call: Call, public_id: str) -> None:
    """Forget a card, here and at the payment provider."""
    actions.forget_method(user_id=call.user_id, public_id=public_id)


@operation(id="payment_method_use_first", tag="Cards", scope="payments")
def use_first(call: Call, public_id: str) -> None:
    """Pay with this card first."""
    actions.make_default(user_id=call.user_id, public_id=public_id)
