"""Customers, kept: what each buyer's paid orders of a brand add up to.

A row is added up anew whenever something about it may have changed, so that news may come twice or
in any order. It is done when the news is heard and not where orders change: there the row of a
buyer with two orders at once would be locked among stock and orders, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When
from django.db.models.aggregates import Count, Max, Min
from django.db.models.functions import Cast, Coalesce, Concat, Lower

from orders.models import Customer, Order
from orders.states import OrderState

# Whose customer (profile) and who: see Customer.buyer.
Key = tuple[int, str]


def buyer_key() -> Case:
    """Who bought an order, as `Customer.buyer` says it."""
    return Case(
        When(user__isnull=False, then=Concat(Value("u"), Cast("user_id", CharField()))),
        When(purchase__email="", then=Concat(Value("o"), Cast("id", CharField()))),
        default=Concat(Value("e"), Lower(Cast("purchase__email", CharField()))),
        output_field=CharField(),
    )


def keys_of(orders: QuerySet[Order]) -> set[Key]:
    """The customers whose orders these are. One query."""
    rows = orders.filter(paid_at__isnull=False).annotate(buyer=buyer_key())
    return set(rows.values_list("seller_id", "buyer"))


def orders_of(key: Key) -> QuerySet[Order]:
    """All paid orders of a customer, by an index."""
    seller_id, buyer = key
    rows = Order.objects.filter(seller=seller_id, paid_at__isnull=False)
    if buyer.startswith("u"):
        return rows.filter(user=int(buyer[1:]))
    if buyer.startswith("o"):
        return rows.filter(pk=int(buyer[1:]), user=None, purchase__email="")
    return rows.alias(email=Lower("purchase__email")).filter(user=None, email=buyer[1:])


@transaction.atomic
def add_up(keys: Iterable[Key]) -> None:
    """Bring the rows of these customers up to their orders; nobody without an order has one.

    Four queries each, in the order of the keys. The row is locked first and the orders are read
    after that: of two who do it at once, the second sees what the first saw, or more.
    """
    for key in sorted(keys):
        _add_up(key)


def _add_up(key: Key) -> None:
    seller_id, buyer = key
    orders = orders_of(key).order_by("-pk")
    newest = orders.values_list("pk", "currency").first()
    if newest is not None:
        pk, currency = newest
        Customer.objects.bulk_create(
            [
                Customer(
                    seller_id=seller_id,
                    buyer=buyer,
                    first_id=pk,
                    last_id=pk,
                    orders=1,
                    spent=0,
                    currency=currency,
                )
            ],
            ignore_conflicts=True,
        )
    rows = Customer.objects.select_for_update(of=("self",))
    row = rows.filter(seller=seller_id, buyer=buyer).first()
    if row is None:
        return
    found = totals(orders)
    if found is None:
        row.delete()
        return
    row.first_id, row.last_id, row.orders, row.spent, row.currency = found
    row.save()


def totals(orders: QuerySet[Order]) -> tuple[int, int, int, int, str] | None:
    """First and last order, how many, and what of them was kept in the currency of the last."""
    last = orders.order_by("-pk").values_list("currency", flat=True).first()
    if last is None:
        return None
    kept = Q(currency=last) & ~Q(state=OrderState.CANCELLED)
    found = orders.order_by().aggregate(
        first=Min("pk"),
        last=Max("pk"),
        count=Count("pk"),
        spent=Coalesce(Sum(F("total") - F("given_back"), filter=kept), 0),
    )
    return found["first"], found["last"], found["count"], found["spent"], last
