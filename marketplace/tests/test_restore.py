"""A backup is worth what it brings back: the commands of docs/operations.md, on a living market."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from marketplace.supervisor import services
from marketplace.tests.world import make_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def tool(name: str, *arguments: str) -> str:
    """One of PostgreSQL's own programs, as the owner of the market's database."""
    at = connection.settings_dict
    command = [
        str(services.postgres_binaries() / name),
        "-h",
        str(at["HOST"]),
        "-U",
        str(at["USER"]),
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def rows(database: str) -> list[str]:
    """Every row, and where each sequence stands, but for what pg_dump draws by lot."""
    lines = tool("pg_dump", "-d", database, "--data-only").splitlines()
    return [one for one in lines if not one.startswith(("\\restrict", "\\unrestrict"))]


def rules(database: str) -> set[str]:
    """Names of what keeps the rows right: their words are written anew by a restore."""
    schema = tool("pg_dump", "-d", database, "--schema-only")
    return set(re.findall(r"(?:CONSTRAINT|INDEX|TRIGGER|FUNCTION) ([\w.]+)", schema))


def audit(database: str) -> Any:
    env = {**os.environ, "DATABASE_NAME": database, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    command = [sys.executable, "manage.py", "audit"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout)


def test_what_is_restored_is_what_was_kept(tmp_path: Path) -> None:
    make_world()
    market = str(connection.settings_dict["NAME"])
    restored, file = f"{market}_restored", str(tmp_path / "market.dump")
    tool("pg_dump", "-Fc", "-d", market, "-f", file)
    tool("createdb", restored)
    try:
        tool("pg_restore", "-d", restored, "--clean", "--if-exists", file)
        kept = rows(market)
        assert len(kept) > 1_000, "the control: there is something to keep"
        assert rows(restored) == kept
        assert rules(restored) == rules(market)
        assert audit(restored) == audit(market)
    finally:
        tool("dropdb", restored)
