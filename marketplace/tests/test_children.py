"""How child processes end."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marketplace.supervisor import children, services

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(3600)
"""
LONG = 1800.0  # far beyond what a test may take


class Impatience:
    """Somebody presses Ctrl-C as soon as there is something to wait for."""

    monotonic = staticmethod(time.monotonic)

    @staticmethod
    def sleep(_seconds: float) -> None:
        raise KeyboardInterrupt


@pytest.fixture
def stubborn() -> Iterator["subprocess.Popen[bytes]"]:
    child = children.start([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()


def test_who_is_pressed_a_second_time_waits_no_longer(
    stubborn: "subprocess.Popen[bytes]",
) -> None:
    pressed = iter([False, False, True])
    obeyed = children.stop(
        stubborn, sign=signal.SIGTERM, grace=LONG, hurry=lambda: next(pressed, True)
    )
    assert not obeyed
    assert stubborn.returncode == -signal.SIGKILL


def test_who_does_not_obey_is_killed_after_its_time(stubborn: "subprocess.Popen[bytes]") -> None:
    assert not children.stop(stubborn, sign=signal.SIGTERM, grace=0.1)
    assert stubborn.returncode == -signal.SIGKILL


def test_who_obeys_is_waited_for() -> None:
    child = children.start([sys.executable, "-c", "import time; time.sleep(3600)"])
    assert children.stop(child, sign=signal.SIGTERM, grace=LONG)
    assert child.returncode == -signal.SIGTERM


@pytest.mark.parametrize("ends", [SystemExit, KeyboardInterrupt])
@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_a_server_that_does_not_come_up_is_stopped(
    name: str, ends: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever starts it never hears of it, and it would keep the directory from the next run: also
    where somebody who waits for it has no patience."""
    program, started, start = tmp_path / "postgres", [], children.start
    program.write_text("#!/bin/sh\nexec sleep 3600\n")
    program.chmod(0o755)
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("18")

    def remember(*args: Any, **options: Any) -> "subprocess.Popen[bytes]":
        started.append(start(*args, **options))
        return started[-1]

    monkeypatch.setattr(services, "START_SECONDS", 0.2)
    monkeypatch.setattr(services, "postgres_binaries", lambda: tmp_path)
    monkeypatch.setattr(services, "valkey_binary", lambda: program)
    monkeypatch.setattr(services.children, "start", remember)
    if ends is KeyboardInterrupt:
        monkeypatch.setattr(services, "time", Impatience)
    with pytest.raises(ends):
        getattr(services, f"start_{name}")(var=tmp_path)
    [child] = started
    assert child.poll() is not None
