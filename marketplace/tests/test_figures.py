"""Days as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core import clock
from marketplace import figures


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), "Thu 26 Nov"),
        (date(2026, 11, 26), date(2026, 11, 28), "Thu 26 to Sat 28 Nov"),
        (date(2026, 11, 30), date(2026, 12, 2), "Mon 30 Nov to Wed 2 Dec"),
        (date(2026, 12, 31), date(2027, 1, 4), "Thu 31 Dec to Mon 4 Jan 2027"),
        (None, date(2026, 11, 26), "Thu 26 Nov"),
    ],
)
def test_days_of_a_delivery_are_one_or_two(first: date | None, last: date, said: str) -> None:
    with clock.fixed(datetime(2026, 11, 20, tzinfo=UTC)):
        assert figures.days(first, last) == said


def test_a_day_may_come_as_text() -> None:
    with clock.fixed(datetime(2026, 11, 20, tzinfo=UTC)):
        assert figures.date("2026-11-26") == "Thu 26 Nov"
