from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from core import clock


@pytest.mark.django_db
def test_follows_the_database_and_not_the_host():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
    assert abs(clock.now() - at) < timedelta(seconds=1)
    with time_machine.travel(at + timedelta(minutes=10), tick=True):
        assert abs(clock.now() - at) < timedelta(seconds=5)


@pytest.mark.django_db
def test_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert clock.now() <= clock.now()


def test_stands_still_when_told():
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    with clock.fixed(at):
        assert clock.now() == at
        with clock.fixed(at + timedelta(days=1)):
            assert clock.now() == at + timedelta(days=1)
        assert clock.now() == at
    assert clock.now() != at


def test_needs_a_zone():
    with pytest.raises(ValueError, match="zone"), clock.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
