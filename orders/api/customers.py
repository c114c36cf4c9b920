"""Operations on who bought from a brand, as far as its orders tell."""

from __future__ import annotations

from rest_framework import serializers

from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import Choice, FindAsked, Instant, MoneyField, Out, sort_field
from api.operations import Results, operation
from orders import queries
from orders.api.orders import READERS
from orders.queries.customers import SORTS
from orders.shapes import OrderOut
from orders.types import CustomerPage

TAG = "Studio: customers"
SCOPE = "sales:read"


class CustomersAsked(FindAsked):
    """Who: `find` looks for a name or an e-mail address, `kind` for how often they bought."""

    kind = Choice(choices=[("again", "again"), ("once", "once")], required=False)
    sort = sort_field(SORTS, default="last")


class CustomerOut(Out):
    """Somebody who bought. `number` is their first order, which stands for them.

    `spent` is what was paid and not cancelled, in the currency of the last order. Whoever deleted
    their account is `gone`, and has no name and no address any more.
    """

    number = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    country = serializers.CharField()
    orders = serializers.IntegerField()
    spent = MoneyField()
    first_at = Instant()
    last_at = Instant()
    gone = serializers.BooleanField()
    follows = serializers.BooleanField()


class CustomerPageOut(Out):
    """A customer with what they ordered from the brand, newest first, a hundred at most."""

    customer = CustomerOut()
    orders = OrderOut(many=True)


@operation(
    id="studio_customers_list",
    tag=TAG,
    scope=SCOPE,
    asks=CustomersAsked,
    gives=CustomerOut,
    many=True,
)
def list_customers(call: Call, handle: str) -> Results:
    """Everybody who bought from the brand, with how often, for how much and when last."""
    found = queries.customers(
        seller_id=_brand_id(call, handle),
        text=call.query["find"],
        kind=call.query.get("kind", ""),
        sort=call.query["sort"],
        cursor=call.query["cursor"],
    )
    return Results(items=list(found.rows), next={"cursor": found.next} if found.next else None)


@operation(id="studio_customer_read", tag=TAG, scope=SCOPE, gives=CustomerPageOut)
def read_customer(call: Call, handle: str, number: str) -> CustomerPage:
    """One customer, named by any of their orders."""
    return queries.customer(seller_id=_brand_id(call, handle), number=number)


def _brand_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=READERS).profile.id
