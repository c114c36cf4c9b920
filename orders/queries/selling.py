"""Orders for the brand that sold them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import connection
from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat

from core.money import Money
from core.paging import NEWEST, Order, words
from orders.models import Checkout, OrderLine
from orders.models import Order as Row
from orders.numbers import read_order_number
from orders.rows import order_pages
from orders.states import OrderState
from orders.types import OrderList, OrderPage

PAGE = 30
# A search finds so many of the newest: a word that all orders have need not be looked for in all.
MOST_FOUND = 10_000
# Beyond this a tab says 999+.
MOST_COUNTED = 1_000
S = OrderState
# What each tab of the studio shows.
TABS = {
    "open": (S.PAID, S.PACKED, S.PARTIALLY_SHIPPED),
    "pack": (S.PAID,),
    "ship": (S.PACKED, S.PARTIALLY_SHIPPED),
    "shipped": (S.SHIPPED, S.COMPLETED),
    "cancelled": (S.CANCELLED,),
    "all": tuple(S),
}


# How the studio sorts; `_DUTY` has what needs somebody first, the oldest duty before the others.
_DUTY = Order(field="duty", read=words, descending=False)
SORTS = {
    "duty": _DUTY,
    "newest": NEWEST,
    "oldest": Order(descending=False),
    "largest": Order(field="total"),
}


def usual_sort(*, tab: str, text: str = "") -> str:
    """The name in SORTS of a tab's order: what needs the brand first, or the newest where nothing
    does."""
    return "newest" if tab in ("shipped", "cancelled", "all") and not text else "duty"


def seller_orders(
    *,
    seller_id: int,
    tab: str = "open",
    text: str = "",
    cursor: str | None = None,
    sort: str = "",
    size: int = PAGE,
) -> OrderList:
    """A brand's paid orders, what needs it first, with the count of each tab up to MOST_COUNTED.
    Five queries at most.

    `text` finds by number, buyer, company, product or SKU, in every tab. An unknown tab shows what
    is open; an unknown sort is `usual_sort`.
    """
    paid = Row.objects.filter(seller=seller_id, paid_at__isnull=False)
    by_state = _counted(seller_id)
    counts = {
        name: min(sum(by_state[state] for state in states), MOST_COUNTED)
        for name, states in TABS.items()
    }
    rows = paid.filter(state__in=TABS.get(tab, TABS["open"]))
    if text:
        rows = _matching(paid, text)
    order = SORTS.get(sort) or SORTS[usual_sort(tab=tab, text=text)]
    rows = order.sorted(rows.annotate(duty=_duty()), cursor)
    found = order_pages(rows[: size + 1], history=False)
    return OrderList(
        orders=found[:size],
        next=_cursor_of(found[size - 1], order) if len(found) > size else None,
        counts=counts,
    )


def _counted(seller_id: int) -> Counter[str]:
    """How many paid orders there are in each state, of which no more are counted than a tab says.
    One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [seller_id, MOST_COUNTED, [one.value for one in OrderState]])
        return Counter(dict(cursor.fetchall()))


_COUNTED = """
SELECT s.state, (
    SELECT count(*) FROM (
        SELECT FROM orders_order o
        WHERE o.seller_id = %s AND o.state = s.state AND o.paid_at IS NOT NULL LIMIT %s
    ) few
) FROM unnest(%s::text[]) AS s(state)
"""


def _duty() -> Concat:
    """To pack before to ship before the rest, then by the day: text that sorts so."""
    step = Case(
        When(state=S.PAID, then=Value("0")),
        When(state__in=(S.PARTIALLY_SHIPPED, S.PACKED), then=Value("1")),
        default=Value("2"),
        output_field=CharField(),
    )
    day = Func(F("ship_by"), Value("YYYYMMDD"), function="to_char", output_field=CharField())
    return Concat(step, Coalesce(day, Value("99999999")))


def _cursor_of(last: OrderPage, order: Order) -> str:
    """Where the next page begins, from what is known of the row: `_duty` said again in Python."""
    step = {S.PAID: "0", S.PACKED: "1", S.PARTIALLY_SHIPPED: "1"}.get(S(last.state), "2")
    day = f"{last.ship_by:%Y%m%d}" if last.ship_by else "99999999"
    values = {"duty": step + day, "total": last.total.amount}
    return order.cursor(tie=last.id, value=values.get(order.field))


def orders_waiting(*, seller_id: int) -> int:
    """How many paid orders need the brand, counted to 100: more are "99+". One query."""
    rows = Row.objects.filter(seller=seller_id, state__in=TABS["open"], paid_at__isnull=False)
    return rows.order_by()[:100].count()


def kept_total(*, number: str) -> tuple[int, Money] | None:
    """Primary key of the seller of an order that was paid, and what of its total was not given
    back; else None. One query.
    """
    paid = Row.objects.filter(number=number, paid_at__isnull=False)
    row = paid.values_list("seller_id", F("total") - F("given_back"), "currency").first()
    return (row[0], Money(row[1], row[2])) if row else None


def _matching(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    number = read_order_number(text)
    if number:
        return rows.filter(number=number)
    named = Q(number__icontains=text)
    for called in ("buyer_name", "buyer_company"):
        named |= Q(**{f"{called}__icontains": text})
    line = OrderLine.objects.filter(
        Q(title__icontains=text) | Q(sku__iexact=text), order=OuterRef("pk")
    )
    found = rows.filter(named | Exists(line)).order_by("-pk").values("pk")
    return rows.filter(pk__in=found[:MOST_FOUND])


def checkouts_with(*, seller_id: int, since: datetime, until: datetime) -> int:
    """How many times somebody began to buy from this seller between two moments.

    Checkout sessions that held one of its parcels, and purchases in two taps, which have none.
    Two queries.
    """
    sessions = Checkout.objects.filter(
        created_at__gte=since, created_at__lt=until, parcels__contains=[{"seller": seller_id}]
    )
    in_two_taps = Row.objects.filter(
        seller=seller_id,
        placed_at__gte=since,
        placed_at__lt=until,
        purchase__checkout__isnull=True,
    )
    return sessions.count() + in_two_taps.count()
