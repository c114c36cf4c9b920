"""An index is built beside people who write, and a build that was broken off is begun again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Index

from core.models import OutboxEvent
from core.online_schema import BuildIndex
from core.testing import await_rival

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "core_built_online"
ABOUT = ("outboxevent", Index(fields=["type"], name=NAME))
STOP_WHO_WAITS = """
SELECT pg_cancel_backend(pid) FROM pg_locks
WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@pytest.fixture(autouse=True)
def _index_goes() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


def build(operation: AddIndex) -> None:
    state = ProjectState()
    state.add_model(ModelState.from_model(OutboxEvent))
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("core", editor, state, state)


def read(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def built() -> list[tuple[object, ...]]:
    """The index, and whether it is whole."""
    return read(
        f"SELECT indexrelid, indisvalid FROM pg_index WHERE indexrelid = to_regclass('{NAME}')"
    )


class Beside(threading.Thread):
    """Does something by a connection of its own and keeps what came of it."""

    error: Exception | None = None

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def run(self) -> None:
        try:
            self._act()
        except Exception as error:  # noqa: BLE001 - for the test to read
            self.error = error
        finally:
            connection.close()


def write() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 300")
    OutboxEvent.objects.create(type="t", data={})


def break_off(operation: AddIndex) -> tuple[Exception | None, Exception | None]:
    """Stop a build that waits for a writer; what became of it, and of another writer meanwhile."""
    with transaction.atomic():
        OutboxEvent.objects.create(type="t", data={})
        building = Beside(lambda: build(operation))
        building.start()
        await_rival(building)
        writing = Beside(write)
        writing.start()
        writing.join()
        with connection.cursor() as cursor:
            cursor.execute(STOP_WHO_WAITS)
        building.join()
    return building.error, writing.error


def test_control_a_plain_index_stops_who_writes() -> None:
    built_with, wrote = break_off(AddIndex(*ABOUT))
    assert isinstance(built_with, OperationalError)
    assert isinstance(wrote, OperationalError)


def test_nobody_waits_for_a_build_and_one_that_was_broken_off_is_begun_anew() -> None:
    stopped, wrote = break_off(BuildIndex(*ABOUT))
    assert isinstance(stopped, OperationalError)
    assert wrote is None
    [(broken, whole)] = built()
    assert not whole
    build(BuildIndex(*ABOUT))
    [(anew, whole)] = built()
    assert whole
    assert anew != broken
    build(BuildIndex(*ABOUT))
    assert built() == [(anew, True)], "what is whole stays"


def test_a_build_may_take_its_time_and_what_follows_may_not() -> None:
    limits = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
    before = read(limits)
    assert "0" not in before[0]
    build(BuildIndex(*ABOUT))
    assert read(limits) == before
