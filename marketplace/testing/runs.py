"""A whole market as a process of its own, for tests that kill it or drive a browser against it."""

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from marketplace.supervisor import paths
from marketplace.supervisor.processes import port_is_free

SECONDS_TO_START = 300
SECONDS_TO_END = 120

# What the test command has set for itself.
_NOT_FOR_A_RUN = (
    "DATABASE_URL",
    "REDIS_URL",
    "BROKER_URL",
    "CACHE_URL",
    "LIVE_REDIS_URL",
    "LIVE_URL",
    "SANDBOX_URL",
    "SITE_URL",
    "TEST_DATABASE_TEMPLATE",
    "CELERY_TASK_ALWAYS_EAGER",
    "DB_STATEMENT_TIMEOUT_MS",
    "DB_LOCK_TIMEOUT_MS",
    "DB_IDLE_TIMEOUT_MS",
)
# Hides what `bin/run` would not have installed, and what its packages would load if it were there.
_ONLY_FOR_TESTS = Path(__file__).parent / "hidden"


def free_port() -> int:
    """A port with room above it for the live process and the sandbox.

    Below those that the system gives to connections by itself (32768 on Linux), so that nobody
    takes one between this look and the start; at random, since two test processes look at once.
    """
    for _attempt in range(100):
        port = random.randrange(10_000, 32_000)  # noqa: S311 - not a secret
        if all(port_is_free(host="127.0.0.1", port=port + above) for above in range(3)):
            return port
    raise AssertionError("no three free ports in a row")


def wait_until(true: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds:.0f} s in vain"
        time.sleep(0.1)


def sign_up(browser: httpx.Client, email: str) -> httpx.Response:
    """Somebody joins a market; the answer to their form."""
    browser.get("/accounts/signup/")
    form = {
        "csrfmiddlewaretoken": browser.cookies["csrf"],
        "name": "Faulty Fiona",
        "email": email,
        "password1": "a-long-enough-secret-1",
    }
    return browser.post("/accounts/signup/", data=form)


class MarketRun:
    """`manage.py up` in the data directory `var`, on a free port."""

    def __init__(
        self,
        var: Path,
        *,
        demo: bool = False,
        output: str = "up.out",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.var = var
        self.environment = dict(environment or {})
        self.demo = demo
        self.port = free_port()
        self.output = var.parent / output
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def _settings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_A_RUN}
        own = {
            "PARLEY_VAR": str(self.var),
            "PORT": str(self.port),
            "DEMO": "true" if self.demo else "false",
            "PYTHONPATH": str(_ONLY_FOR_TESTS),
        }
        return {**kept, **own, **self.environment}

    def start(self, *options: str) -> "MarketRun":
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "manage.py", "up", *options],
                cwd=paths.ROOT,
                env=self._settings(),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def run(self, *program: str) -> str:
        """What one of our programs prints that works on the data of this market; it must end well.

        `run("manage.py", "audit")`, or `run("-m", "some.module")`.
        """
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, *program],
            cwd=paths.ROOT,
            env=self._settings() | {"LOG_LEVEL": "WARNING"},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ready(self) -> "MarketRun":
        """Wait for the line READY; fail with everything that was printed when it does not come."""
        wait_until(lambda: "READY" in self.said() or self.ended(), seconds=SECONDS_TO_START)
        assert not self.ended(), self.said()
        return self

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def ended(self) -> bool:
        assert self.process
        return self.process.poll() is not None

    def send(self, sign: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(sign)

    def code(self) -> int:
        """Wait for the end; the exit code."""
        assert self.process
        return self.process.wait(SECONDS_TO_START)

    def stop(self) -> None:
        """End whatever still runs."""
        if self.process and not self.ended():
            self.send(signal.SIGINT)
            try:
                self.process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.gone()

    def gone(self) -> None:
        """Wait until nothing of it is left; what does not end is said."""
        try:
            wait_until(lambda: not self.processes(), seconds=SECONDS_TO_END)
        except AssertionError as error:
            raise AssertionError(f"{error}; still there: {self.processes()}") from None

    def processes(self) -> dict[int, str]:
        """Every process with this data directory in its environment or its command line, or that
        works in it: PostgreSQL overwrites both with what it is doing.
        """
        mark = f"PARLEY_VAR={self.var}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                if not entry.name.isdigit():
                    continue
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                told = (entry / "environ").read_bytes().split(b"\0")
                place = (entry / "cwd").readlink()
            except OSError:
                continue  # ended meanwhile
            if mark in told or f"{self.var}/" in command or place.is_relative_to(self.var):
                found[int(entry.name)] = command
        return found

    def memory(self) -> int:
        """Megabytes of all its processes; what several share is counted once (PSS)."""
        kibibytes = 0
        for pid in self.processes():
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue  # ended meanwhile
            kibibytes += int(rollup.split("\nPss:")[1].split()[0])
        return kibibytes // 1024

    def seconds_of_work(self) -> float:
        """Processor time that its living processes have used so far."""
        ticks = 0
        for pid in self.processes():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # ended meanwhile
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def letters(self) -> str:
        """All mails that left so far."""
        return "".join(one.read_text() for one in (self.var / "mail").glob("*.log"))

    def nothing_is_wrong(self) -> bool:
        """What the audit says; a duty that has just become one is none that was missed."""
        try:
            return self.run("manage.py", "audit").strip() == "[]"
        except AssertionError:
            return False

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=5) as answer:  # noqa: S310
            return answer.status, answer.read()
