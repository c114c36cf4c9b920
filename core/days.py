"""Days on which people work, and parcels leave. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def working_day(start: date, days: int) -> date:
    """The day that lies `days` working days (Monday to Friday) after `start`.

    With no days at all it is `start` itself, or the Monday after a weekend.
    """
    day = start
    while day.weekday() > 4:
        day += timedelta(days=1)
    for _step in range(days):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return day
