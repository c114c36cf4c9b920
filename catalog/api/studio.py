"""Operations on how a brand delivers, and when it is away."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import Choice, Flag, In, MoneyField, Out, Text, Whole
from api.operations import Results, operation
from catalog import actions, queries
from catalog.actions.delivery import MAX_DAYS
from catalog.shapes import DeliveryTermsOut
from catalog.types import EU_COUNTRIES, DeliveryMethodData, StorefrontData

TAG = "Studio: delivery"
ROLES = {"catalogue"}


class DeliveryMethodOut(DeliveryTermsOut):
    """A delivery method, and whether it is offered."""

    active = serializers.BooleanField()


class DeliveryMethodIn(In):
    """A delivery method. Days are working days in transit."""

    name = Text(limit=60)
    zone = Text(limit=60, required=False, allow_blank=True, default="")
    countries = serializers.ListField(
        child=Choice(choices=[(code, code) for code in EU_COUNTRIES]),
        allow_empty=False,
        max_length=len(EU_COUNTRIES),
    )
    price = MoneyField()
    free_from = MoneyField(required=False, allow_null=True, default=None)
    min_days = Whole(min_value=0, max_value=MAX_DAYS)
    max_days = Whole(min_value=0, max_value=MAX_DAYS)


class SwitchIn(In):
    """Whether it is offered."""

    active = Flag()


class MoveIn(In):
    """One place earlier or later."""

    to = Choice(choices=[("up", "up"), ("down", "down")])


class AwayIn(In):
    """The first and the last day of a vacation, and a word to visitors."""

    first = serializers.DateField()
    last = serializers.DateField()
    note = Text(limit=200, required=False, allow_blank=True, default="")


class AwayOut(Out):
    """A vacation that is set, on which the brand is or that comes; both days null without one."""

    first = serializers.DateField(source="away_first", allow_null=True)
    last = serializers.DateField(source="away_last", allow_null=True)
    note = serializers.CharField(source="away_note")


_METHOD = {
    "name": "Parcel",
    "zone": "Germany",
    "countries": ["DE"],
    "price": {"amount": 490, "currency": "EUR"},
    "min_days": 1,
    "max_days": 3,
}


def _seller_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


def _all(seller_id: int) -> Results:
    return Results(items=queries.methods_of(seller_id=seller_id))


@operation(
    id="studio_delivery_list", tag=TAG, scope="catalog:read", gives=DeliveryMethodOut, many=True
)
def list_methods(call: Call, handle: str) -> Results:
    """The brand's delivery methods in their order, those switched off too."""
    return _all(_seller_id(call, handle))


@operation(
    id="studio_delivery_create",
    tag=TAG,
    scope="catalog:write",
    takes=DeliveryMethodIn,
    gives=DeliveryMethodOut,
    many=True,
    example=_METHOD,
)
def create_method(call: Call, handle: str) -> Results:
    """Offer one more way. Answers with all."""
    seller_id = _seller_id(call, handle)
    data = DeliveryMethodData(**call.data)
    actions.create_delivery_method(seller_id=seller_id, actor_id=call.user_id, data=data)
    return _all(seller_id)


@operation(
    id="studio_delivery_change",
    tag=TAG,
    scope="catalog:write",
    takes=DeliveryMethodIn,
    gives=DeliveryMethodOut,
    many=True,
    example=_METHOD,
)
def change_method(call: Call, handle: str, method_id: str) -> Results:
    """State a method anew; what was ordered keeps what it was told."""
    seller_id = _seller_id(call, handle)
    actions.update_delivery_method(
        seller_id=seller_id,
        method_id=method_id,
        actor_id=call.user_id,
        data=DeliveryMethodData(**call.data),
    )
    return _all(seller_id)


@operation(
    id="studio_delivery_switch",
    tag=TAG,
    scope="catalog:write",
    takes=SwitchIn,
    gives=DeliveryMethodOut,
    many=True,
    example={"active": False},
)
def switch_method(call: Call, handle: str, method_id: str) -> Results:
    """Offer a method, or stop offering it."""
    seller_id = _seller_id(call, handle)
    actions.switch_delivery_method(
        seller_id=seller_id, method_id=method_id, on=call.data["active"], actor_id=call.user_id
    )
    return _all(seller_id)


@operation(
    id="studio_delivery_move",
    tag=TAG,
    scope="catalog:write",
    takes=MoveIn,
    gives=DeliveryMethodOut,
    many=True,
    example={"to": "up"},
)
def move_method(call: Call, handle: str, method_id: str) -> Results:
    """Show a method earlier or later."""
    seller_id = _seller_id(call, handle)
    actions.move_delivery_method(
        seller_id=seller_id, method_id=method_id, to=call.data["to"], actor_id=call.user_id
    )
    return _all(seller_id)


@operation(id="studio_vacation_read", tag=TAG, scope="catalog:read", gives=AwayOut)
def read_vacation(call: Call, handle: str) -> StorefrontData | dict[str, Any]:
    """When the brand is away, as its team set it."""
    front = queries.storefront(profile_id=_seller_id(call, handle))
    return front or {"away_first": None, "away_last": None, "away_note": ""}


@operation(
    id="studio_vacation_change",
    tag=TAG,
    scope="catalog:write",
    takes=AwayIn,
    example={"first": "2027-08-01", "last": "2027-08-14"},
)
def go_away(call: Call, handle: str) -> None:
    """Close the shop for some days; it opens again by itself."""
    data: dict[str, Any] = call.data
    actions.go_away(seller_id=_seller_id(call, handle), actor_id=call.user_id, **data)


@operation(id="studio_vacation_end", tag=TAG, scope="catalog:write")
def come_back(call: Call, handle: str) -> None:
    """Back earlier, or not away at all."""
    actions.come_back(seller_id=_seller_id(call, handle), actor_id=call.user_id)
