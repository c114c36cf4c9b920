"""Orders for the brand that sold them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncDate

from core.money import Money
from orders.models import Checkout, Order
from orders.numbers import read_order_number
from orders.rows import order_pages
from orders.states import OrderState
from orders.types import OrderList, SellerSummary

PAGE = 30
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


def seller_orders(
    *, seller_id: int, tab: str = "open", text: str = "", cursor: str | None = None
) -> OrderList:
    """A brand's paid orders, what needs it first, with the count of each tab. Five queries at most.

    `text` finds by number, buyer, product or SKU. An unknown tab shows what is open.
    """
    paid = Order.objects.filter(seller=seller_id, paid_at__isnull=False)
    by_state = Counter(dict(paid.values_list("state").annotate(Count("id")).order_by()))
    counts = {name: sum(by_state[state] for state in states) for name, states in TABS.items()}
    rows = paid.filter(state__in=TABS.get(tab, TABS["open"]))
    if text:
        rows = _matching(paid, text)
    offset = _offset(cursor)
    # To pack before to ship before the rest, the oldest duty first.
    duty = Case(
        When(state=S.PAID, then=Value(0)),
        When(state__in=(S.PARTIALLY_SHIPPED, S.PACKED), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    if tab in ("shipped", "cancelled", "all") and not text:
        rows = rows.order_by("-id")
    else:
        rows = rows.order_by(duty, "ship_by", "id")
    found = order_pages(rows[offset : offset + PAGE + 1], history=False)
    return OrderList(
        orders=found[:PAGE],
        next=str(offset + PAGE) if len(found) > PAGE else None,
        counts=counts,
    )


def seller_summary(*, seller_id: int, since: datetime, until: datetime) -> SellerSummary:
    """Sales of a brand between two moments (paid, not cancelled), and what waits for it now.

    Three queries.
    """
    paid = Order.objects.filter(seller=seller_id, paid_at__isnull=False)
    sold = paid.filter(paid_at__gte=since, paid_at__lt=until).exclude(state=S.CANCELLED)
    sums = sold.order_by().values_list("currency").annotate(Sum("total"), Count("id"))
    sales = list(sums)
    days = sold.order_by().annotate(day=TruncDate("paid_at")).values_list("day")
    waiting = Counter(dict(paid.order_by().values_list("state").annotate(Count("id"))))
    return SellerSummary(
        sales=[Money(amount, currency) for currency, amount, _count in sales],
        orders=sum(count for _currency, _amount, count in sales),
        to_pack=waiting[S.PAID],
        to_ship=waiting[S.PACKED] + waiting[S.PARTIALLY_SHIPPED],
        days=dict(days.annotate(Sum("total"))),
    )


def _matching(rows: QuerySet[Order], text: str) -> QuerySet[Order]:
    number = read_order_number(text)
    if number:
        return rows.filter(number=number)
    words = Q(buyer_name__icontains=text) | Q(number__icontains=text)
    lines = Q(lines__title__icontains=text) | Q(lines__sku__iexact=text)
    return rows.filter(pk__in=rows.filter(words | lines).order_by().values("pk"))


def _offset(cursor: str | None) -> int:
    readable = cursor and cursor.isascii() and cursor.isdigit() and len(cursor) <= 6
    return int(cursor or 0) if readable else 0


def checkouts_with(*, seller_id: int, since: datetime, until: datetime) -> int:
    """How many times somebody began to buy from this seller between two moments.

    Checkout sessions that held one of its parcels, and purchases in two taps, which have none.
    Two queries.
    """
    sessions = Checkout.objects.filter(
        created_at__gte=since, created_at__lt=until, parcels__contains=[{"seller": seller_id}]
    )
    in_two_taps = Order.objects.filter(
        seller=seller_id,
        placed_at__gte=since,
        placed_at__lt=until,
        purchase__checkout__isnull=True,
    )
    return sessions.count() + in_two_taps.count()
