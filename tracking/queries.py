"""Reading breadcrumbs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum

from tracking.consent import PERSONAL, PURPOSES, chosen_by, in_force, of_guest
from tracking.models import ConsentChoice, DailyCount
from tracking.session import touches_in
from tracking.tokens import read_touch, touch_token
from tracking.types import DISCOVERIES, Choice, Counts, Source, Touch

__all__ = [
    "PERSONAL",
    "PURPOSES",
    "choices_of",
    "chosen_by",
    "click_counts",
    "counts_by_product",
    "counts_by_ref",
    "in_force",
    "last_touch",
    "of_guest",
    "read_touch",
    "touch_token",
]


def last_touch(
    *, session: Mapping[str, Any], product_ids: Sequence[str], now: datetime, window_days: int = 7
) -> Touch | None:
    """The click of this session that led to one of these products (public ids). No query.

    The newest discovery (pin, board, search) within the window counts; where somebody then walked
    to (product page, storefront) counts only if nothing was discovered. A touch that named the
    product goes before one that named none; one that named another product never counts.
    """
    since = now - timedelta(days=window_days)
    wanted = set(product_ids)
    fitting = [
        (touch.source in DISCOVERIES, touch.product is not None, touch.at, index, touch)
        for index, touch in enumerate(touches_in(session))
        if since <= touch.at <= now and (touch.product is None or touch.product in wanted)
    ]
    return max(fitting, key=lambda one: one[:4])[-1] if fitting else None


def click_counts(*, source: Source, since: date) -> dict[str, int]:
    """Clicks by `ref` since a day, of everything that was clicked. One query."""
    rows = DailyCount.objects.filter(source=source, day__gte=since, clicks__gt=0)
    return dict(rows.values_list("ref").annotate(Sum("clicks")))


def counts_by_ref(
    *, source: Source, refs: Sequence[str], since: date, until: date
) -> dict[str, Counts]:
    """Counts of these refs over the days, both included; those without any are left out."""
    rows = DailyCount.objects.filter(source=source, ref__in=refs, day__range=(since, until))
    sums = rows.values_list("ref").annotate(Sum("impressions"), Sum("clicks"))
    return {ref: Counts(impressions=seen, clicks=clicked) for ref, seen, clicked in sums}


def counts_by_product(*, products: Sequence[str], since: date, until: date) -> Counts:
    """Counts of everything that led to these products (public ids), all sources together."""
    rows = DailyCount.objects.filter(product__in=products, day__range=(since, until))
    sums = rows.aggregate(seen=Sum("impressions", default=0), clicked=Sum("clicks", default=0))
    return Counts(impressions=sums["seen"], clicks=sums["clicked"])


def choices_of(*, actor_id: int, limit: int = 20) -> list[Choice]:
    """What a member agreed to and when, newest first. One query."""
    rows = ConsentChoice.objects.filter(actor_id=actor_id).order_by("-id")[:limit]
    return [Choice(at=row.at, purposes=tuple(row.purposes)) for row in rows]
