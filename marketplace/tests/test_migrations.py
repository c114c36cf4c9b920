"""What a migration may do to tables that the code of the release before writes to meanwhile.

docs/operations.md promises an upgrade without a pause: `migrate` runs first, and for some minutes
old code works with the new schema. So the database fills a column that old code does not know, and
nothing reads a whole table under a lock for which writers wait.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from core.online_schema import BuildIndex

# The last of each app from before these rules. None of them ever was in a release, so no older code
# works beside what they do.
BEFORE_THE_RULES = {
    "accounts": 11,
    "brands": 2,
    "catalog": 12,
    "core": 3,
    "feed": 9,
    "insights": 3,
    "inventory": 2,
    "messaging": 4,
    "moderation": 3,
    "notifications": 2,
    "orders": 4,
    "payments": 5,
    "sandbox": 2,
    "search": 2,
    "tracking": 2,
}


def ruled() -> Iterator[tuple[Migration, Operation]]:
    """What migrations do to tables that were there before them."""
    for migration in MigrationLoader(None).disk_migrations.values():
        app = migration.app_label
        if app not in {*settings.OUR_APPS, "sandbox"}:
            continue
        if int(migration.name.split("_")[0]) <= BEFORE_THE_RULES.get(app, 0):
            continue
        fresh = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
        for one in migration.operations:
            if getattr(one, "model_name_lower", None) not in fresh:
                yield migration, one


def added_columns() -> list[tuple[Migration, AddField]]:
    """Columns in which something must stand."""
    return [
        (migration, one)
        for migration, one in ruled()
        if isinstance(one, AddField) and not one.field.null and not one.field.many_to_many
    ]


def test_the_database_fills_every_column_that_old_code_does_not_know() -> None:
    found = added_columns()
    assert ("accounts", "letter_keys") in {(one.app_label, add.name) for one, add in found}
    for migration, one in found:
        said = f"{migration}: {one.name} has no db_default; what old code inserts is refused"
        assert one.field.db_default is not NOT_PROVIDED, said


@pytest.mark.django_db
def test_and_goes_on_filling_it() -> None:
    """Django drops the default of a column unless `db_default` keeps it."""
    with connection.cursor() as cursor:
        for migration, one in added_columns():
            table = f"{migration.app_label}_{one.model_name_lower}"
            column = one.field.db_column or one.name
            cursor.execute(
                "SELECT column_default, is_nullable FROM information_schema.columns"
                " WHERE table_name = %s AND column_name = %s",
                [table, column],
            )
            row = cursor.fetchone()
            # A later migration may have taken the column away, or made it one that may be empty.
            assert row is None or row[0] is not None or row[1] == "YES", f"{table}.{column}"


def test_no_index_is_built_while_writers_wait() -> None:
    found = [(migration, one) for migration, one in ruled() if isinstance(one, AddIndex)]
    assert found
    for migration, one in found:
        said = f"{migration}: build {one.index.name} by core.online_schema.BuildIndex"
        assert isinstance(one, BuildIndex), said
        assert migration.atomic is False, migration


def test_no_constraint_reads_a_table_while_writers_wait() -> None:
    found = [(migration, one) for migration, one in ruled() if isinstance(one, AddConstraint)]
    assert found
    for migration, one in found:
        said = f"{migration}: add {one.constraint.name} not valid, and validate it in the next one"
        assert isinstance(one, AddConstraintNotValid), said


@pytest.mark.django_db
def test_and_every_constraint_was_validated_since() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchall() == []
