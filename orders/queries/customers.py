"""Who bought from a brand, as far as its orders tell.

A customer is an account, or for guests an e-mail address. Whoever deleted their account stays as a
line without a name: what was paid stays true, who paid is not shown any more. What their orders add
up to is kept (`orders.customers`), and true as soon as the news of an order was heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from accounts.queries import followers_among
from core.errors import NotFound
from core.money import Money
from core.paging import Order as By
from orders.customers import keys_of, orders_of, totals
from orders.models import Customer as Row
from orders.models import Order
from orders.numbers import read_order_number
from orders.rows import order_pages
from orders.types import Customer, CustomerList, CustomerPage

PAGE = 30
MOST_ORDERS = 100
# How the studio sorts its customers; `last` is the newest order of each.
SORTS = {
    "last": By(tie="last"),
    "spent": By(field="spent", tie="last"),
    "orders": By(field="orders", tie="last"),
}
# More than one order, or only one; anything else leaves nobody out.
_AGAIN, _ONCE = "again", "once"


def customers(
    *,
    seller_id: int,
    text: str = "",
    kind: str = "",
    sort: str = "last",
    cursor: str | None = None,
    size: int = PAGE,
) -> CustomerList:
    """A page of the brand's customers, who bought last first. Three queries at most.

    `text` finds by the name or e-mail of their last order, `kind` is "again" (two orders or more)
    or "once", `sort` one of SORTS. What was spent is in the currency of that order, without what
    was cancelled or given back; "spent" compares the numbers alone, so that a brand that sells in
    several currencies has to read it a currency at a time.
    """
    rows = Row.objects.filter(seller=seller_id)
    if text:
        known = Q(last__user__isnull=True) | Q(last__user__is_active=True)
        named = Q(last__buyer_name__icontains=text) | Q(last__purchase__email__icontains=text)
        rows = rows.filter(known & named)
    if kind in (_AGAIN, _ONCE):
        rows = rows.filter(orders__gt=1) if kind == _AGAIN else rows.filter(orders=1)
    order = SORTS.get(sort, SORTS["last"])
    found = list(order.sorted(rows, cursor)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    value = getattr(last, order.field) if last and order.field else None
    return CustomerList(
        rows=_customers(seller_id, found[:size]),
        next=last and order.cursor(tie=last.last_id, value=value),
    )


def customer(*, seller_id: int, number: str) -> CustomerPage:
    """Whoever placed this order, with all their paid orders, newest first. Eight queries at most.

    Their orders are added up here and not read from the list, so that a page that somebody comes to
    from an order of this moment is there. Raises NotFound for a foreign and an absent order alike.
    """
    known = read_order_number(number)
    keys = keys_of(Order.objects.filter(seller=seller_id, number=known)) if known else set()
    if not keys:
        raise NotFound
    (key,) = keys
    mine = orders_of(key)
    found = totals(mine)
    if found is None:
        raise NotFound
    row = Row(seller_id=seller_id, buyer=key[1], **found._asdict())
    return CustomerPage(
        customer=_customers(seller_id, [row])[0],
        orders=order_pages(mine.order_by("-id")[:MOST_ORDERS], history=False),
    )


def _customers(seller_id: int, customers: Sequence[Row]) -> list[Customer]:
    """What the first and the last order of each say. Two queries."""
    ids = {pk for one in customers for pk in (one.first_id, one.last_id)}
    rows = Order.objects.filter(pk__in=ids).values(
        "pk", "number", "placed_at", "buyer_name", "user_id", "user__is_active",
        email=F("purchase__email"), country=F("purchase__country"),
    )  # fmt: skip
    said = {row["pk"]: row for row in rows}
    users = {row["user_id"] for row in said.values() if row["user_id"]}
    follow = followers_among(followed_id=seller_id, user_ids=users)
    found = []
    for one in customers:
        first, last = said[one.first_id], said[one.last_id]
        gone = last["user_id"] is not None and not last["user__is_active"]
        found.append(
            Customer(
                number=first["number"],
                name="" if gone else last["buyer_name"],
                email="" if gone else last["email"],
                country=last["country"],
                orders=one.orders,
                spent=Money(one.spent, one.currency),
                first_at=first["placed_at"],
                last_at=last["placed_at"],
                user_id=last["user_id"],
                gone=gone,
                follows=last["user_id"] in follow,
            )
        )
    return found
