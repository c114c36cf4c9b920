"""Who bought from a brand, as far as its orders tell.

A customer is an account, or for guests an e-mail address. Whoever deleted their account stays as a
line without a name: what was paid stays true, who paid is not shown any more.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Lower

from accounts.queries import followers_among
from core.errors import NotFound
from core.money import Money
from core.paging import Order
from orders.models import Order as Row
from orders.numbers import read_order_number
from orders.rows import order_pages
from orders.states import OrderState
from orders.types import Customer, CustomerList, CustomerPage

PAGE = 30
MOST_ORDERS = 100
NO_CURRENCY = "EUR"
# How the studio sorts its customers; `last` is the newest order of each.
SORTS = {
    "last": Order(tie="last"),
    "spent": Order(field="spent", tie="last"),
    "orders": Order(field="count", tie="last"),
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
    """A page of the brand's customers, who bought last first. Four queries at most.

    `text` finds by the name or e-mail of an order, `kind` is "again" (two orders or more) or
    "once", `sort` one of SORTS. What was spent is in the currency of the brand's newest order,
    without what was cancelled or given back.
    """
    paid = _paid(seller_id)
    currency = paid.order_by("-id").values_list("currency", flat=True).first() or NO_CURRENCY
    if text:
        known = Q(user__isnull=True) | Q(user__is_active=True)
        named = Q(buyer_name__icontains=text) | Q(purchase__email__icontains=text)
        paid = paid.filter(buyer__in=_paid(seller_id).filter(known & named).values("buyer"))
    groups = _grouped(paid, currency)
    if kind in (_AGAIN, _ONCE):
        groups = groups.filter(count__gt=1) if kind == _AGAIN else groups.filter(count=1)
    order = SORTS.get(sort, SORTS["last"])
    found = list(order.sorted(groups, cursor)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return CustomerList(
        rows=_customers(seller_id, found[:size], currency),
        next=last and order.cursor(tie=last["last"], value=last.get(order.field)),
    )


def customer(*, seller_id: int, number: str) -> CustomerPage:
    """Whoever placed this order, with all their paid orders, newest first. Eight queries at most.

    Raises NotFound for a foreign and an absent order alike.
    """
    known = read_order_number(number)
    one = _paid(seller_id).filter(number=known).values_list("buyer", "currency").first()
    if known is None or one is None:
        raise NotFound
    mine = _paid(seller_id).filter(buyer=one[0])
    groups = list(_grouped(mine, one[1]))
    return CustomerPage(
        customer=_customers(seller_id, groups, one[1])[0],
        orders=order_pages(mine.order_by("-id")[:MOST_ORDERS], history=False),
    )


def _paid(seller_id: int) -> QuerySet[Any, Any]:
    """The brand's paid orders, each with the key of who bought."""
    return Row.objects.filter(seller=seller_id, paid_at__isnull=False).annotate(
        buyer=Case(
            When(user__isnull=False, then=Concat(Value("u"), Cast("user_id", CharField()))),
            When(purchase__email="", then=Concat(Value("o"), Cast("id", CharField()))),
            default=Concat(Value("e"), Lower(Cast("purchase__email", CharField()))),
        )
    )


def _grouped(paid: QuerySet[Any, Any], currency: str) -> QuerySet[Any, Any]:
    kept = Q(currency=currency) & ~Q(state=OrderState.CANCELLED)
    groups: QuerySet[Any, Any] = (
        paid.order_by()
        .values("buyer")
        .annotate(
            first=Min("id"),
            last=Max("id"),
            count=Count("id"),
            spent=Coalesce(Sum(F("total") - F("given_back"), filter=kept), 0),
        )
        .values("buyer", "first", "last", "count", "spent")
    )
    return groups


def _customers(seller_id: int, groups: list[dict[str, Any]], currency: str) -> list[Customer]:
    """What the first and the last order of each say. Two queries."""
    ids = {one[name] for one in groups for name in ("first", "last")}
    rows = Row.objects.filter(pk__in=ids).values(
        "pk", "number", "placed_at", "buyer_name", "user_id", "user__is_active",
        email=F("purchase__email"), country=F("purchase__country"),
    )  # fmt: skip
    said = {row["pk"]: row for row in rows}
    users = {row["user_id"] for row in said.values() if row["user_id"]}
    follow = followers_among(followed_id=seller_id, user_ids=users)
    found = []
    for one in groups:
        first, last = said[one["first"]], said[one["last"]]
        gone = last["user_id"] is not None and not last["user__is_active"]
        found.append(
            Customer(
                number=first["number"],
                name="" if gone else last["buyer_name"],
                email="" if gone else last["email"],
                country=last["country"],
                orders=one["count"],
                spent=Money(one["spent"], currency),
                first_at=first["placed_at"],
                last_at=last["placed_at"],
                user_id=last["user_id"],
                gone=gone,
                follows=last["user_id"] in follow,
            )
        )
    return found
