"""What must hold of the rows at every moment, and the questions that find where it does not.

Each app registers its own from `AppConfig.ready()`; `manage.py audit` asks them all. The names of
the invariants (I1 to I14) are explained in docs/operations.md.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

# One broken trigger may have spoilt a million rows: the first ones tell what it is.
MOST = 100
# What is settled by a worker within seconds is not missed before this has passed.
SETTLING = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One row, or group of rows, for which an invariant does not hold."""

    invariant: str
    check: str
    subject: str
    detail: str

    def to_data(self) -> dict[str, str]:
        """As the command prints it."""
        return {
            "invariant": self.invariant,
            "check": self.check,
            "subject": self.subject,
            "detail": self.detail,
        }


@dataclass(frozen=True, kw_only=True)
class Check:
    """A question that yields (subject, detail) for each violation; `says` is what should hold."""

    invariant: str
    says: str
    find: Callable[[], Iterable[tuple[str, str]]]


_checks: list[Check] = []


def register(
    *, invariant: str, says: str, sql: str, params: Mapping[str, Any] | None = None
) -> None:
    """Add a question in SQL that selects (subject, detail) of what violates the invariant.

    `%(settled)s` in it is the moment before which everything must have been settled. A literal
    percent sign is doubled, as in any statement with parameters.
    """
    given = dict(params or {})

    def find() -> Iterator[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"settled": settled(), **given})
            for subject, detail in cursor.fetchall():
                yield str(subject), str(detail)

    register_check(Check(invariant=invariant, says=says, find=find))


def settled() -> datetime:
    """The moment before which everything must have been settled: SETTLING before the one of the
    database that is asked about. For a check that looks elsewhere, at what has gone on since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - make_interval(secs => %s)", [SETTLING.total_seconds()])
        moment: datetime = cursor.fetchone()[0]
    return moment


def register_check(check: Check) -> None:
    """Add a question that takes more than one statement."""
    if any(one.says == check.says for one in _checks):
        raise ValueError(f"There is a check already that says: {check.says}")
    _checks.append(check)


def checks() -> list[Check]:
    """All of them, in the order of their invariants."""
    return sorted(_checks, key=lambda one: (int(one.invariant.removeprefix("I")), one.says))


def violations(*, invariants: frozenset[str] = frozenset()) -> Iterator[Violation]:
    """Ask every question (or those about `invariants`) of one moment of the database.

    Reads only, and never waits for a writer. Yields at most MOST violations a question.
    """
    with transaction.atomic():
        _freeze()
        for check in checks():
            if invariants and check.invariant not in invariants:
                continue
            for subject, detail in itertools.islice(check.find(), MOST):
                yield Violation(
                    invariant=check.invariant, check=check.says, subject=subject, detail=detail
                )


def _freeze() -> None:
    """Let all questions see the same moment, so that what is written meanwhile is no violation."""
    if len(connection.savepoint_ids) or getattr(connection.atomic_blocks[0], "_from_testcase", 0):
        return  # inside of somebody's transaction, which has its moment already
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
