"""What PostgreSQL's refusals mean, and which of them deserve another try."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
from django.db import OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
_AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_WAITED = (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled)


def is_conflict(error: BaseException) -> bool:
    """Whether the database chose this transaction as the victim: another try may succeed."""
    return isinstance(error.__cause__, _AGAIN)


def is_wait_over(error: BaseException) -> bool:
    """Whether a lock or a statement took longer than we are willing to wait."""
    return isinstance(error.__cause__, _WAITED)


def wait_for_others() -> None:
    """Let this transaction stand while a mail server or an encoder works, up to two minutes.

    The usual limit on idle transactions is meant for those that were forgotten.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '120s'")


def in_turn(what: str) -> None:
    """Wait until no other transaction that named the same is open; this one holds it to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def retrying(work: Callable[P, R]) -> Callable[P, R]:
    """Repeat `work` after a deadlock or a serialization failure, at most three times in all.

    Only where it opens the outermost transaction: inside of another one the error is passed on,
    because that transaction is lost as a whole.
    """

    @functools.wraps(work)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if attempt == TRIES or connection.in_atomic_block or not is_conflict(error):
                    raise
                time.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - spreads rivals
        raise AssertionError("unreachable")

    return guarded
