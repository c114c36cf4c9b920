"""Starts PostgreSQL and Valkey for the tests, in the first slot that nobody else uses.

A plugin and not a conftest: pytest-django imports the settings before any conftest is read. Workers
of pytest-xdist share their controller's servers, each with a database and three Redis databases of
its own. Set DATABASE_URL and REDIS_URL to run against servers of your own instead.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

from marketplace.supervisor import locks, paths, services
from marketplace.testing import runs

_SLOTS = 64
_started: list[services.Service] = []
_locks: list[locks.DirectoryLock] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        _start_servers()
    _name_redis_databases(int(worker.removeprefix("gw")) + 1 if worker else 0)
    os.environ["CELERY_TASK_ALWAYS_EAGER"] = "true"
    # Fifty rivals for one row take seconds when every core is busy.
    os.environ.setdefault("DB_STATEMENT_TIMEOUT_MS", "30000")
    os.environ.setdefault("DB_LOCK_TIMEOUT_MS", "30000")
    os.environ.setdefault("DB_IDLE_TIMEOUT_MS", "60000")
    os.environ["SANDBOX_URL"] = f"http://localhost:{runs.free_port()}"
    result = yield
    if os.environ.get("TEST_DATABASE_TEMPLATE"):
        TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[attr-defined]  # noqa: SLF001
    return result


# Nothing may hold up the emptying: neither a foreign key nor a trigger that lets nobody delete.
_EMPTY = """
DO $$
DECLARE name text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (ARRAY[{kept}])
  LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
END $$
"""
# What `migrate` writes for every model, the same for every test.
_KEPT = ("django_migrations", "django_content_type", "auth_permission")


def _empty_tables(_case: TransactionTestCase) -> None:
    """Leave nothing of a test that committed.

    Django truncates every table, and writes every permission anew: thirty times as long for the
    few rows that a test makes.
    """
    statement = sql.SQL(_EMPTY).format(kept=sql.SQL(", ").join(map(sql.Literal, _KEPT)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.as_string())


def pytest_unconfigure() -> None:
    while _started:
        _started.pop().stop()
    while _locks:
        _locks.pop().release()


def _start_servers() -> None:
    slot, lock = _free_slot(Path(os.environ.get("PARLEY_TEST_VAR") or paths.ROOT / "var" / "test"))
    _locks.append(lock)
    os.environ["PARLEY_VAR"] = str(slot)
    for leftover in ("media", "mail"):
        shutil.rmtree(slot / leftover, ignore_errors=True)
    held = [lock.fileno]
    if not os.environ.get("DATABASE_URL"):
        _started.append(services.start_postgres(var=slot, durable=False, keep_open=held))
        os.environ["TEST_DATABASE_TEMPLATE"] = _migrated_template(slot)
    if not os.environ.get("REDIS_URL"):
        _started.append(services.start_valkey(var=slot, durable=False, keep_open=held))


def _free_slot(base: Path) -> tuple[Path, locks.DirectoryLock]:
    for number in range(1, _SLOTS + 1):
        slot = base / str(number)
        slot.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = locks.DirectoryLock(slot / "lock")
        if lock.take():
            return slot, lock
        lock.release()
    raise pytest.UsageError(f"All {_SLOTS} test slots under {base} are taken.")


def _name_redis_databases(worker: int) -> None:
    """Broker, cache and live of this process; a `cache.clear()` must not reach another worker."""
    if os.environ.get("REDIS_URL"):
        return
    socket = paths.valkey_socket(var=paths.data_directory())
    os.environ["BROKER_URL"] = f"redis+socket://{socket}?virtual_host={3 * worker}"
    os.environ["CACHE_URL"] = f"unix://{socket}?db={3 * worker + 1}"
    os.environ["LIVE_REDIS_URL"] = f"unix://{socket}?db={3 * worker + 2}"


def _migrations_key() -> str:
    """Changes whenever a fresh database would look different."""
    digest = hashlib.sha256((paths.ROOT / "requirements.txt").read_bytes())
    for file in sorted(paths.ROOT.glob("*/migrations/*.py")):
        digest.update(file.as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _migrated_template(slot: Path) -> str:
    """A database with every migration applied, made once per state of the migrations.

    Copying it takes a tenth of a second; migrating an empty one takes several.
    """
    name = f"template_{_migrations_key()}"
    with psycopg.connect(
        host=str(paths.postgres_socket_directory(var=slot)),
        user=services.NAME,
        dbname="postgres",
        autocommit=True,
    ) as server:
        found = [row[0] for row in server.execute("SELECT datname FROM pg_database").fetchall()]
        # Left by a run that was killed, perhaps with a process that still holds on to it.
        for old in found:
            if old.startswith("test_market"):
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        if name in found:
            return name
        unfinished = f"{name}_unfinished"
        for old in found:
            if old.startswith("template_"):
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=paths.ROOT,
            env={
                **os.environ,
                "DATABASE_NAME": unfinished,
                "DB_STATEMENT_TIMEOUT_MS": "0",
                "DB_IDLE_TIMEOUT_MS": "0",
                "LOG_LEVEL": "WARNING",
            },
            check=False,
        )
        if done.returncode:
            raise pytest.UsageError("The migrations could not be applied; see above.")
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(unfinished), sql.Identifier(name)
            )
        )
    return name
