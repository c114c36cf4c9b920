"""Conflicts that PostgreSQL ends itself: real ones, met by two connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from psycopg.errors import DeadlockDetected, SerializationFailure

from core import clock
from core.db import TRIES, retrying
from core.models import TryCount
from core.testing import race

pytestmark = pytest.mark.django_db(transaction=True)


def make_rows() -> tuple[int, int]:
    expires_at = clock.now() + timedelta(days=1)
    rows = [
        TryCount.objects.create(key=key, window=0, count=0, expires_at=expires_at) for key in "ab"
    ]
    return rows[0].pk, rows[1].pk


def counts() -> list[int]:
    return list(TryCount.objects.order_by("key").values_list("count", flat=True))


def add_one(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_trycount SET count = count + 1 WHERE id = %s", [pk])


class Crossing:
    """Two who lock the same rows in opposite order, and meet in the middle the first time."""

    def __init__(self) -> None:
        self.pks = make_rows()
        self.met = threading.Barrier(2)
        self.tries = [0, 0]

    def by(self, number: int) -> None:
        first, second = self.pks if number else reversed(self.pks)
        self.tries[number] += 1
        with transaction.atomic():
            add_one(first)
            if self.tries[number] == 1:
                self.met.wait(timeout=20)
            add_one(second)


def test_control_a_deadlock_is_an_error_for_one_of_two() -> None:
    crossing = Crossing()
    failed = [answer for answer in race(2, crossing.by) if answer is not None]
    assert [type(one.__cause__) for one in failed if isinstance(one, Exception)] == [
        DeadlockDetected
    ]
    assert counts() == [1, 1]


def test_who_lost_a_deadlock_tries_again_and_nobody_notices() -> None:
    crossing = Crossing()
    assert race(2, retrying(crossing.by)) == [None, None]
    assert sorted(crossing.tries) == [1, 2]
    assert counts() == [2, 2]


class Overtaken:
    """A transaction on a snapshot whose row somebody else changes meanwhile, so many times."""

    def __init__(self, *, times: int) -> None:
        self.pk, _other = make_rows()
        self.times = times
        self.tries = 0

    def __call__(self) -> None:
        with transaction.atomic():
            self.look()
            self.write()

    def look(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count FROM core_trycount WHERE id = %s", [self.pk])

    def write(self) -> None:
        self.tries += 1
        if self.tries <= self.times:
            assert race(1, lambda _: add_one(self.pk)) == [None]
        add_one(self.pk)


def test_a_serialization_failure_is_tried_again() -> None:
    work = Overtaken(times=1)
    retrying(work)()
    assert work.tries == 2
    assert counts() == [2, 0]


def refused() -> Overtaken:
    return Overtaken(times=TRIES)


def test_a_third_failure_is_the_last() -> None:
    work = refused()
    with pytest.raises(OperationalError) as raised:
        retrying(work)()
    assert isinstance(raised.value.__cause__, SerializationFailure)
    assert work.tries == TRIES
    assert counts() == [TRIES, 0], "what the others did"


def test_inside_of_another_transaction_nothing_is_tried_again() -> None:
    """What was done before it there is lost as well, and only its owner can repeat that."""
    work = refused()

    @transaction.atomic
    def outer() -> None:
        work.look()
        retrying(work.write)()

    with pytest.raises(OperationalError):
        outer()
    assert work.tries == 1


# --- what people see of it -----------------------------------------------------------------------


def conflict(request: HttpRequest) -> HttpResponse:
    retrying(refused())()
    return HttpResponse()


def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
        cursor.execute("SELECT pg_sleep(60)")
    return HttpResponse()


urlpatterns = [
    path("conflict/", conflict),
    path("slow/", slow),
    path("", include("marketplace.urls")),
]


@contextmanager
def usual_limits() -> Iterator[None]:
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/conflict/", "/slow/"])
def test_what_the_database_ends_is_a_page_that_says_to_come_back(address: str) -> None:
    with usual_limits():
        answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
    assert "One moment, please" in answer.content.decode()
    assert Client().get("/accounts/login/").status_code == 200, "the connection is as good as new"
