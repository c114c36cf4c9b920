"""Customers, kept: what each buyer's paid orders of a brand add up to.

A row is added up anew whenever something about it may have changed, so that news may come twice or
in any order. It is done when the news is heard and not where orders change: there the row of a
buyer with two orders at once would be locked among stock and orders, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from django.db import connection, transaction
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

    In the order of the keys: three queries for each who has a row, six for somebody new. The row is
    locked first and the orders are read after that: of two who do it at once, the second sees what
    the first saw, or more.
    """
    for key in sorted(keys):
        row = _locked(key) or _begun(key)
        if row is None:
            continue
        found = totals(orders_of(key))
        if found is None:
            row.delete()
        else:
            Customer.objects.filter(pk=row.pk).update(**found._asdict())


def _locked(key: Key) -> Customer | None:
    rows = Customer.objects.select_for_update(of=("self",))
    return rows.filter(seller=key[0], buyer=key[1]).first()


def _begun(key: Key) -> Customer | None:
    """A row for somebody new, locked; ours, or that of whoever was faster."""
    found = totals(orders_of(key))
    if found is None:
        return None
    row = Customer(seller_id=key[0], buyer=key[1], **found._asdict())
    Customer.objects.bulk_create([row], ignore_conflicts=True)
    return _locked(key)


class Totals(NamedTuple):
    """What orders add up to, by the columns of a customer's row."""

    first_id: int
    last_id: int
    orders: int
    spent: int
    currency: str


def totals(orders: QuerySet[Order]) -> Totals | None:
    """First and last order, how many, and what of them was kept in the currency of the last.

    None of no orders. One query, by currency: hardly anybody pays one brand in two.
    """
    rows = list(
        orders.order_by()
        .values("currency")
        .annotate(
            oldest=Min("pk"),
            newest=Max("pk"),
            count=Count("pk"),
            kept=Coalesce(
                Sum(F("total") - F("given_back"), filter=~Q(state=OrderState.CANCELLED)), 0
            ),
        )
    )
    if not rows:
        return None
    last = max(rows, key=itemgetter("newest"))
    return Totals(
        first_id=min(row["oldest"] for row in rows),
        last_id=last["newest"],
        orders=sum(row["count"] for row in rows),
        spent=last["kept"],
        currency=last["currency"],
    )


# The same of all customers at once, beside what is kept of them, where the two differ. The audit
# asks it, and `mend`.
DIFFERING = """
SELECT coalesce(s.seller_id, c.seller_id) AS seller_id, coalesce(s.buyer, c.buyer) AS buyer,
    coalesce(s.first_id, c.first_id) AS first_id, c.orders AS kept_orders, c.spent AS kept_spent,
    c.currency AS kept_currency, s.orders, s.spent, s.currency
FROM (
    SELECT seller_id, buyer, min(id) AS first_id, max(id) AS last_id, count(*) AS orders,
        coalesce(sum(kept) FILTER (WHERE currency = latest), 0) AS spent, min(latest) AS currency
    FROM (
        SELECT o.seller_id, o.id, o.currency, keyed.buyer,
            CASE WHEN o.state = 'cancelled' THEN 0 ELSE o.total - o.given_back END AS kept,
            first_value(o.currency) OVER (
                PARTITION BY o.seller_id, keyed.buyer ORDER BY o.id DESC
            ) AS latest
        FROM orders_order o
        JOIN orders_purchase p ON p.id = o.purchase_id
        CROSS JOIN LATERAL (
            SELECT CASE
                WHEN o.user_id IS NOT NULL THEN 'u' || o.user_id
                WHEN p.email = '' THEN 'o' || o.id
                ELSE 'e' || lower(p.email)
            END AS buyer
        ) keyed
        WHERE o.paid_at IS NOT NULL
    ) sold
    GROUP BY seller_id, buyer
) s
FULL JOIN orders_customer c ON c.seller_id = s.seller_id AND c.buyer = s.buyer
WHERE (c.first_id, c.last_id, c.orders, c.spent, c.currency)
    IS DISTINCT FROM (s.first_id, s.last_id, s.orders, s.spent, s.currency)
"""


def mend() -> int:
    """Add up anew every customer who is not what their orders add up to; how many those were.

    For whatever this app did not hear: what old code sold during the upgrade that brought
    customers, or a restore. People may buy meanwhile. Reads all paid orders.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"SELECT seller_id, buyer FROM ({DIFFERING}) found")  # noqa: S608 - our own
        keys = cursor.fetchall()
    for key in keys:
        add_up([key])
    return len(keys)
