"""Reads for a brand's overview. Their number does not grow with orders, pins or days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from core.money import Money
from insights.models import Conversion
from insights.types import Dashboard, Period, RefTotal, SourceTotal, Step
from orders.queries import checkouts_with
from tracking.queries import counts_by_product, counts_by_ref

TOP_PINS = 5


def seller_dashboard(
    *,
    seller_id: int,
    product_ids: Sequence[str],
    last: date,
    days: int = 30,
    currency: str = "EUR",
) -> Dashboard:
    """The `days` that end with `last` (the reader's zone) beside the same number before them.

    `product_ids` are public ids of the seller's products, whose impressions and clicks count.
    Six queries.
    """
    first = last - timedelta(days=days - 1)
    earlier = first - timedelta(days=days)
    rows = _per_day(seller_id=seller_id, first=earlier, last=last, currency=currency)
    now = _period(rows, first=first, last=last, currency=currency)
    seen = counts_by_product(products=product_ids, since=first, until=last)
    checkouts = checkouts_with(seller_id=seller_id, since=_start(first), until=_end(last))
    return Dashboard(
        now=now,
        before=_period(rows, first=earlier, last=first - timedelta(days=1), currency=currency),
        sources=_sources(seller_id=seller_id, first=first, last=last, currency=currency),
        pins=_pins(seller_id=seller_id, first=first, last=last, currency=currency),
        funnel=(
            Step(code="seen", count=seen.impressions),
            Step(code="opened", count=seen.clicks),
            Step(code="checkout", count=checkouts),
            Step(code="bought", count=now.orders),
        ),
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(day: date) -> datetime:
    return _start(day + timedelta(days=1))


def _credited(*, seller_id: int, first: date, last: date, currency: str) -> QuerySet[Conversion]:
    return Conversion.objects.filter(
        seller=seller_id,
        currency=currency,
        state=Conversion.State.CREDITED,
        created_at__gte=_start(first),
        created_at__lt=_end(last),
    )


def _per_day(
    *, seller_id: int, first: date, last: date, currency: str
) -> dict[date, tuple[int, int, int]]:
    """Day → (sales, orders, orders that a pin earned)."""
    rows = (
        _credited(seller_id=seller_id, first=first, last=last, currency=currency)
        .annotate(day=TruncDate("created_at"))
        .values("day")
        .annotate(
            sales=Sum("total"),
            orders=Count("id"),
            from_pins=Count("id", filter=Q(source="pin")),
        )
        .values_list("day", "sales", "orders", "from_pins")
    )
    return {day: (sales, orders, from_pins) for day, sales, orders, from_pins in rows}


def _period(
    rows: dict[date, tuple[int, int, int]], *, first: date, last: date, currency: str
) -> Period:
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    found = [rows.get(day, (0, 0, 0)) for day in days]
    return Period(
        first=first,
        last=last,
        sales=Money(sum(row[0] for row in found), currency),
        orders=sum(row[1] for row in found),
        from_pins=sum(row[2] for row in found),
        days=tuple((day, row[0], row[1]) for day, row in zip(days, found, strict=True)),
    )


def _sources(*, seller_id: int, first: date, last: date, currency: str) -> tuple[SourceTotal, ...]:
    rows = (
        _credited(seller_id=seller_id, first=first, last=last, currency=currency)
        .values("source")
        .annotate(orders=Count("id"), sales=Sum("total"))
        .order_by("-sales", "source")
    )
    return tuple(
        SourceTotal(source=row["source"], orders=row["orders"], sales=Money(row["sales"], currency))
        for row in rows
    )


def _pins(*, seller_id: int, first: date, last: date, currency: str) -> tuple[RefTotal, ...]:
    rows = list(
        _credited(seller_id=seller_id, first=first, last=last, currency=currency)
        .filter(source="pin")
        .values("ref")
        .annotate(orders=Count("id"), sales=Sum("total"))
        .order_by("-sales", "ref")[:TOP_PINS]
    )
    refs = [row["ref"] for row in rows]
    counts = counts_by_ref(source="pin", refs=refs, since=first, until=last)
    return tuple(
        RefTotal(
            ref=row["ref"],
            orders=row["orders"],
            sales=Money(row["sales"], currency),
            impressions=counts[row["ref"]].impressions if row["ref"] in counts else 0,
            clicks=counts[row["ref"]].clicks if row["ref"] in counts else 0,
        )
        for row in rows
    )


def order_sources(*, order_numbers: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Order number → (source, ref) of its credit; an order that is not paid yet has none."""
    rows = Conversion.objects.filter(order_number__in=list(order_numbers))
    found = rows.values_list("order_number", "source", "ref")
    return {number: (source, ref) for number, source, ref in found}
