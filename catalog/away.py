"""A brand on vacation: its things are seen and not sold until it is back."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from core import clock

LONGEST_DAYS = 120


def away_columns(seller: str) -> tuple[str, str]:
    """Columns for `away_until`, in its order; `seller` is the path to the brand's profile."""
    return (f"{seller}__storefront__away_from", f"{seller}__storefront__away_until")


def is_away(seller: str) -> Q:
    """The same as a condition: today is one of the days."""
    today = timezone.localdate(clock.now())
    first, last = away_columns(seller)
    return Q(**{f"{first}__lte": today, f"{last}__gte": today})


def days_away(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days of a vacation that is on or comes; both None where it is over, as without one."""
    if last is None or last < timezone.localdate(clock.now()):
        return None, None
    return first, last


def away_until(first: date | None, last: date | None) -> date | None:
    """The last day away, if today is one of the days; None while the shop is open."""
    if first is None or last is None:
        return None
    return last if first <= timezone.localdate(clock.now()) <= last else None
