"""Money, counts, shares and times as the reader's language writes them."""

from __future__ import annotations

import zoneinfo
from datetime import date as date_type
from datetime import datetime as datetime_type
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision
from django.utils import timezone, translation
from django.utils.translation import gettext

from core import clock

MINUS = "\N{MINUS SIGN}"


def money(amount: Any, currency: str = "", *, signed: bool = False, whole: bool = False) -> str:
    """Format minor units (or a Money) as the reader's language writes it: €1,234.00.

    `signed` puts a plus before a gain; `whole` drops the decimals of a round price, for chips.
    """
    if not isinstance(amount, int):
        amount, currency = amount.amount, amount.currency
    return _money(amount, currency, translation.get_language() or "en", signed, whole)


@lru_cache(maxsize=4096)
def _money(amount: int, currency: str, language: str, signed: bool, whole: bool) -> str:
    digits = get_currency_precision(currency)
    value = Decimal(abs(amount)).scaleb(-digits)
    locale = translation.to_locale(language)
    if whole and value == value.to_integral_value():
        text = format_currency(value, currency, "¤#,##0", locale=locale, currency_digits=False)
    else:
        text = format_currency(value, currency, locale=locale)
    if text.startswith(currency):  # letters do not touch figures
        text = f"{currency}\N{NO-BREAK SPACE}{text.removeprefix(currency)}"
    sign = MINUS if amount < 0 else "+" if signed and amount > 0 else ""
    return sign + text


def number(value: int | float | Decimal) -> str:
    """A count with the reader's thousands separators."""
    return format_decimal(value, locale=_locale())


def rating(value: Decimal) -> str:
    """Stars on average, always with their tenth: 4.0."""
    return format_decimal(value, "0.0", locale=_locale())


def compact(value: int) -> str:
    """A follower count that fits beside a face: 18.2k."""
    for limit, unit in ((1_000_000, "m"), (1_000, "k")):
        if value >= limit:
            return f"{value / limit:.1f}".removesuffix(".0") + unit
    return str(value)


def percent(value: float | Decimal, digits: int = 1) -> str:
    """A share of one as a percentage."""
    pattern = "#,##0." + "0" * digits + "%" if digits else "#,##0%"
    return format_percent(value, pattern, locale=_locale())


def _locale() -> str:
    return translation.to_locale(translation.get_language() or "en")


def _local(value: datetime_type) -> datetime_type:
    return timezone.localtime(value, timezone.get_current_timezone())


def date(value: date_type | datetime_type | str, style: str = "day") -> str:
    """`day` Thu 26 Nov, `short` 26 Nov (year added when another), `long` 26 November 2026.

    A day may also come as ISO text, as the contexts of notices have it.
    """
    if isinstance(value, str):
        value = date_type.fromisoformat(value)
    day = _local(value).date() if isinstance(value, datetime_type) else value
    this_year = day.year == _local(clock.now()).year
    patterns = {
        "day": "EEE d MMM" if this_year else "EEE d MMM y",
        "short": "d MMM" if this_year else "d MMM y",
        "long": "d MMMM y",
    }
    return format_date(day, patterns[style], locale=_locale())


def days(first: date_type | None, last: date_type) -> str:
    """When something comes that may take some days: Thu 26 Nov, or Thu 26 to Sat 28 Nov.

    The one wording of every delivery. Without a first day, or where it is the last, that is it.
    """
    if first is None or first >= last:
        return date(last)
    same_month = (first.year, first.month) == (last.year, last.month)
    begin = format_date(first, "EEE d", locale=_locale()) if same_month else date(first)
    return gettext("%(first)s to %(last)s") % {"first": begin, "last": date(last)}


def time_of_day(value: datetime_type) -> str:
    """10:46 in the reader's zone."""
    return format_time(_local(value), "HH:mm", locale=_locale())


def date_and_time(value: datetime_type) -> str:
    """Thu 26 Nov, 10:46 in the reader's zone."""
    return f"{date(value)}, {time_of_day(value)}"


def naturaltime(value: datetime_type) -> str:
    """How long ago, for things of the last week; the date for everything older."""
    gap = clock.now() - value
    if gap.days >= 7:
        return date(value)
    if gap.total_seconds() < 60:
        return gettext("just now")
    return format_timedelta(-gap, add_direction=True, locale=_locale())


def isotime(value: datetime_type) -> str:
    """For `<time datetime>` and countdowns: UTC, to the second."""
    return value.astimezone(zoneinfo.ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
