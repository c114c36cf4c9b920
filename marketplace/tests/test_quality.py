"""The checks that need no running market: style, types, imports, migrations, deployment."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from marketplace.tests.test_settings import PRODUCTION

BIN = Path(sys.executable).parent


def run(*command: str | Path, **environment: str) -> None:
    import os

    done = subprocess.run(
        [str(part) for part in command],
        cwd=settings.BASE_DIR,
        # Set in this process for the browser tests' event loop; none of production's.
        env={**os.environ, **environment, "DJANGO_ALLOW_ASYNC_UNSAFE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_ruff_finds_nothing() -> None:
    run(BIN / "ruff", "check", "--output-format", "concise", ".", "bin/setup")


def test_ruff_format_changes_nothing() -> None:
    run(BIN / "ruff", "format", "--check", ".", "bin/setup")


def test_mypy_finds_nothing() -> None:
    run(BIN / "mypy", ".")


def test_imports_keep_their_contracts() -> None:
    run(BIN / "lint-imports", "--no-cache")


def test_packages_fit_together() -> None:
    run(sys.executable, "-m", "pip", "check")


def test_models_need_no_migration() -> None:
    """In a process of its own: tests make models of theirs."""
    run(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")


def test_production_passes_the_deployment_check(tmp_path: Path) -> None:
    """Every warning counts. The check touches no server, so that it needs no real one."""
    deploy = ("check", "--deploy", "--fail-level", "WARNING")
    environment = {**PRODUCTION, "PARLEY_VAR": str(tmp_path), "BROKER_URL": "", "CACHE_URL": ""}
    run(sys.executable, "manage.py", *deploy, **environment, LIVE_REDIS_URL="")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_are_hashed_and_name_no_index(name: str) -> None:
    text = Path(settings.BASE_DIR, name).read_text()
    packages = [line for line in text.splitlines() if line[:1].isalpha()]

    assert all("==" in line and line.rstrip().endswith("\\") for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)
    assert "--index-url" not in text
    assert "://" not in text


def test_every_requirement_has_a_floor() -> None:
    for name in ("requirements.in", "requirements-dev.in"):
        for line in Path(settings.BASE_DIR, name).read_text().splitlines():
            if line[:1].isalpha():
                assert ">=" in line, f"{name}: {line}"
