"""`manage.py up`: everything comes up, and nothing stays behind, however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

SECONDS_TO_START = 120
SECONDS_TO_END = 40
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "CACHE_URL", "LIVE_REDIS_URL")
TEST_ONLY = ("TEST_DATABASE_TEMPLATE", "CELERY_TASK_ALWAYS_EAGER", "LIVE_URL", "SANDBOX_URL")


class Market:
    """A run of its own in `var`, on a free port, without the demo."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.output = var.parent / f"{var.name}.out"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> "Market":
        kept = {k: v for k, v in os.environ.items() if k not in (*NOT_OURS, *TEST_ONLY)}
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", *options],
                cwd=settings.BASE_DIR,
                env={
                    **kept,
                    "PARLEY_VAR": str(self.var),
                    "PORT": str(self.port),
                    "DEMO": "false",
                },
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def ready(self) -> "Market":
        assert self.process
        wait_until(
            lambda: "READY" in self.said() or self.process.poll() is not None,  # type: ignore[union-attr]
            seconds=SECONDS_TO_START,
        )
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def send(self, sign: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(sign)

    def code(self) -> int:
        assert self.process
        return self.process.wait(SECONDS_TO_START)

    def processes(self) -> dict[int, str]:
        """Every process with this data directory in its environment or its command line."""
        mark = f"PARLEY_VAR={self.var}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                if not entry.name.isdigit():
                    continue
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                told = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            if mark in told or f"{self.var}/" in command:
                found[int(entry.name)] = command
        return found

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=5) as answer:
            return answer.status, answer.read()


def free_port() -> int:
    """A port with free ones above it for the live process and the sandbox."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return min(int(probe.getsockname()[1]), 60000)


def wait_until(true: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    run = Market(tmp_path / "var")
    yield run
    if run.process and run.process.poll() is None:
        run.process.kill()
        run.process.wait()
    wait_until(lambda: not run.processes(), seconds=SECONDS_TO_END)


def test_ctrl_c_ends_everything_and_the_data_stays(market: Market) -> None:
    market.start().ready()
    status, body = market.get("/readyz")
    commands = " ".join(market.processes().values())
    secret = (market.var / "secret-key").read_text()

    assert (status, json.loads(body)["status"]) == (200, "ok")
    for part in ("marketplace.wsgi", "marketplace.asgi", "sandbox.wsgi", " worker ", " beat "):
        assert part in commands
    assert f"READY http://localhost:{market.port}" in market.said()

    market.send(signal.SIGINT)

    assert market.code() == 0
    assert market.processes() == {}

    market.start().ready()
    assert (market.var / "secret-key").read_text() == secret
    market.send(signal.SIGTERM)
    assert market.code() == 0


def test_kill_leaves_no_process_and_the_next_start_works(market: Market) -> None:
    market.start().ready()

    market.send(signal.SIGKILL)
    market.code()
    market.start().ready()  # at once: it waits for what is left of the former run

    assert market.get("/readyz")[0] == 200
    market.send(signal.SIGKILL)
    market.code()
    wait_until(lambda: not market.processes(), seconds=SECONDS_TO_END)


def test_a_dead_child_ends_the_run(market: Market) -> None:
    market.start().ready()
    beat = next(pid for pid, command in market.processes().items() if " beat " in command)

    os.kill(beat, signal.SIGKILL)

    assert market.code() == 1
    assert "beat ended unexpectedly" in market.said()
    assert market.processes() == {}


def test_two_runs_do_not_share_a_directory(market: Market) -> None:
    market.start().ready()
    second = Market(market.var)
    second.output = market.var.parent / "second.out"

    assert second.start().code() == 1
    assert second.said().strip() == (
        f"Parley already runs in {market.var} (process {market.process.pid}). "  # type: ignore[union-attr]
        "Stop it first, or set PARLEY_VAR to another directory."
    )
    assert market.get("/readyz")[0] == 200


def test_a_taken_port_is_said_in_one_sentence(market: Market) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", market.port))
        other.listen()

        assert market.start().code() == 1
        assert market.said().strip() == (
            f"Port {market.port} on 127.0.0.1 is taken; choose another one: PORT=8080 bin/run"
        )
    assert not (market.var / "pg").exists()


def test_reset_starts_afresh_and_touches_nothing_else(market: Market) -> None:
    market.var.mkdir(mode=0o700)
    (market.var / "media").mkdir()
    (market.var / "media" / "old.jpg").touch()
    (market.var / "mine.txt").touch()

    market.start("--reset").ready()

    assert not (market.var / "media" / "old.jpg").exists()
    assert (market.var / "mine.txt").exists()


def test_a_deep_directory_gets_short_sockets(tmp_path: Path) -> None:
    deep = Market(tmp_path / ("d" * 60) / ("e" * 60) / "var")
    deep.var.parent.mkdir(parents=True)
    deep.start().ready()

    deep.send(signal.SIGINT)

    assert deep.code() == 0
    assert deep.processes() == {}
