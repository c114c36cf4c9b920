"""Days on which people work."""

from datetime import date

import pytest

from core.days import working_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("start", "days", "day"),
    [
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
        (date(2026, 11, 18), 2, date(2026, 11, 20)),
        (FRIDAY, 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # a Saturday's parcel leaves on Monday
        (date(2026, 11, 21), 1, date(2026, 11, 24)),
        (FRIDAY, 5, date(2026, 11, 27)),
    ],
)
def test_working_days_skip_weekends(start: date, days: int, day: date) -> None:
    assert working_day(start, days) == day
