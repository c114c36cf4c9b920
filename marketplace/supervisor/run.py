"""One run of the whole market: servers, schema, demo, processes, and a clean end."""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from marketplace.supervisor import children, locks, paths, processes, services

READY_SECONDS = 180.0
_LEFTOVER_SECONDS = 90.0
_POLL_SECONDS = 0.1
# From the moment a worker has loaded until it takes its first request.
_LISTENS_SECONDS = 2.0

# Everything that a run writes into its data directory, and nothing else.
_OWN_FILES = (
    "pg",
    "pg.fresh",
    "postgres.log",
    "valkey.log",
    "valkey.sock",
    "appendonlydir",
    "beat-schedule",
    "beat-schedule.db",
    "media",
    "mail",
    "secret-key",
    "webhook-secret",
    "payments-api-key",
    "demo-logins.txt",
    "demo-loading",
)


class StopRequestedError(Exception):
    """Somebody asked us to stop while we were still starting."""


class Run:
    """Start with `run()`; it returns the exit code once everything has ended."""

    def __init__(
        self,
        *,
        var: Path,
        host: str,
        port: int,
        sandbox: bool,
        seed: bool,
    ) -> None:
        self.var = var
        self.host = host
        self.port = port
        self.sandbox = sandbox
        self.seed = seed
        self.services: list[services.Service] = []
        self.children: list[tuple[processes.Process, subprocess.Popen[bytes]]] = []
        self.stops = 0
        self.renewal_wanted = False
        self.lock = locks.DirectoryLock(paths.make_private(var) / "lock")

    @property
    def embedded_database(self) -> bool:
        return not os.environ.get("DATABASE_URL")

    def run(self, *, reset: bool = False) -> int:
        """Start everything, watch it, stop everything. 0 after a wanted end, 1 otherwise."""
        started = time.monotonic()
        if not self.lock.take(wait=_LEFTOVER_SECONDS):
            holder = self.lock.holder()
            self.say(
                f"Parley already runs in {self.var} (process {holder}). Stop it first, "
                "or set PARLEY_VAR to another directory."
                if holder
                else f"A former run in {self.var} does not end. Stop its processes first."
            )
            return 1
        # Only now: what is left of a killed run keeps its ports until it has ended.
        self.addresses = processes.find_addresses(host=self.host, port=self.port)
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._on_signal)
        signal.signal(signal.SIGUSR1, self._on_renewal)
        try:
            self._prepare(reset=reset)
            self._start_processes()
            self._wait_until_ready()
            self._say_ready(seconds=time.monotonic() - started)
            return self._watch()
        except StopRequestedError:
            return 0
        finally:
            self._stop_all()

    def say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def _on_signal(self, *_: object) -> None:
        self.stops += 1

    def _on_renewal(self, *_: object) -> None:
        self.renewal_wanted = True

    def _go_on(self) -> None:
        if self.stops:
            raise StopRequestedError

    # --- starting --------------------------------------------------------------------------------
    def _prepare(self, *, reset: bool) -> None:
        loading = self.var / "demo-loading"
        if reset and not self.embedded_database:
            raise SystemExit("--reset empties the embedded database only; DATABASE_URL is set.")
        if loading.exists() and self.embedded_database and not reset:
            self.say("The demo was interrupted while it was loading: starting afresh.")
            reset = True
        if reset:
            self._forget_everything()
        # Counts of processes that ended with the run before.
        shutil.rmtree(self.var / "metrics", ignore_errors=True)
        held = [self.lock.fileno]
        if self.embedded_database:
            self.services.append(services.start_postgres(var=self.var, keep_open=held))
        self._go_on()
        if not os.environ.get("REDIS_URL"):
            self.services.append(services.start_valkey(var=self.var, keep_open=held))
        self._go_on()
        self._manage("migrate", "--verbosity=0")
        if self.seed and services.is_empty(var=self.var, table="accounts_profile"):
            self.say("First start: loading the demo.")
            loading.touch()
            self._manage("seed")
            loading.unlink()

    def _forget_everything(self) -> None:
        for name in _OWN_FILES:
            found = self.var / name
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink(missing_ok=True)

    def _manage(self, *arguments: str) -> None:
        """Run one of our commands to its end, in a process that gives its memory back."""
        env = {**self.addresses.environment(), "DB_STATEMENT_TIMEOUT_MS": "0"}
        env |= {"DB_IDLE_TIMEOUT_MS": "0"}
        command = children.start(
            [sys.executable, "manage.py", *arguments],
            keep_open=[self.lock.fileno],
            env=env,
            cwd=paths.ROOT,
        )
        while command.poll() is None:
            if self.stops:
                children.stop(command, sign=signal.SIGTERM, grace=5)
                raise StopRequestedError
            time.sleep(_POLL_SECONDS)
        if command.returncode:
            raise SystemExit(f"manage.py {' '.join(arguments)} failed; see above.")

    def _start_processes(self) -> None:
        self._go_on()
        for process in processes.market_processes(
            addresses=self.addresses, var=self.var, sandbox=self.sandbox
        ):
            self.children.append((process, self._start_process(process)))

    def _start_process(
        self, process: processes.Process, *, ready_fd: int | None = None
    ) -> "subprocess.Popen[bytes]":
        env = self.addresses.environment()
        # Celery's warning about root is for servers; here everything belongs to one person.
        env.setdefault("PYTHONWARNINGS", "ignore::Warning:celery.platforms")
        ready = () if ready_fd is None else ("--ready-fd", str(ready_fd))
        return children.start(
            (*process.command, *ready),
            death_signal=process.death_signal,
            keep_open=[self.lock.fileno, *([] if ready_fd is None else [ready_fd])],
            env=env,
            cwd=paths.ROOT,
        )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_SECONDS
        host = "127.0.0.1" if self.addresses.host == "0.0.0.0" else self.addresses.host  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        while not _answers_ok(f"http://{host}:{self.addresses.web}/readyz"):
            self._go_on()
            ended = self._ended()
            if ended:
                raise SystemExit(f"{ended} ended while starting; see above.")
            if time.monotonic() > until:
                raise SystemExit(f"Not ready after {READY_SECONDS:.0f} seconds; see above.")
            time.sleep(_POLL_SECONDS)

    def _say_ready(self, *, seconds: float) -> None:
        address = self.addresses.url(self.addresses.web)
        logins = self.var / "demo-logins.txt"
        if logins.exists():
            self.say(f"\n{logins.read_text().rstrip()}")
        self.say(f"\nREADY {address} ({seconds:.1f} s; Ctrl-C stops)")
        if "LOG_LEVEL" not in os.environ:
            self.say("Warnings and errors follow here; LOG_LEVEL=INFO bin/run shows every request.")

    # --- running and stopping --------------------------------------------------------------------
    def _ended(self) -> str | None:
        for service in self.services:
            if service.process.poll() is not None:
                return service.name
        for process, child in self.children:
            if child.poll() is not None:
                return process.name
        return None

    def _watch(self) -> int:
        while not self.stops:
            ended = self._ended()
            if ended:
                self.say(f"{ended} ended unexpectedly; stopping the rest.")
                return 1
            if self.renewal_wanted:
                self.renewal_wanted = False
                self._renew()
            time.sleep(_POLL_SECONDS)
        self.say("Stopping.")
        return 0

    def _renew(self) -> None:
        """Let new code take over without a moment in which nobody answers.

        Schema first, for old code works with a wider one; then whoever answers requests, each by a
        successor that has loaded before the former is told to end; then the others.
        """
        self.say("Renewing: the schema, then one process after the other.")
        try:
            self._manage("migrate", "--verbosity=0")
        except SystemExit as refused:
            self.say(f"{refused} Everything stays as it was.")
            return
        for number, (process, child) in enumerate(self.children):
            self._go_on()
            if process.answers:
                successor = self._loaded(process)
                if successor is None:
                    self.say(f"The new {process.name} does not load; the former one goes on.")
                    return
            else:
                successor = self._start_process(process) if process.may_overlap else None
            children.stop(child, sign=signal.SIGTERM, grace=process.grace)
            self.children[number] = (process, successor or self._start_process(process))
        self.say("Renewed.")

    def _loaded(self, process: processes.Process) -> "subprocess.Popen[bytes] | None":
        """A second one that listens beside the former; None when it ended or took too long."""
        heard, said = os.pipe()
        try:
            child = self._start_process(process, ready_fd=said)
        finally:
            os.close(said)
        try:
            until = time.monotonic() + READY_SECONDS
            while time.monotonic() < until and child.poll() is None:
                self._go_on()
                if select.select([heard], [], [], _POLL_SECONDS)[0]:
                    if not os.read(heard, 1):
                        break
                    time.sleep(_LISTENS_SECONDS)
                    return child
        except StopRequestedError:
            self.children.append((process, child))  # ends with all others
            raise
        finally:
            os.close(heard)
        children.stop(child, sign=signal.SIGTERM, grace=process.grace)
        return None

    def _stop_all(self) -> None:
        """Pages first and databases last; a second Ctrl-C leaves no time to finish."""
        for process, child in self.children:
            obeyed = children.stop(
                child, sign=signal.SIGTERM, grace=process.grace, hurry=lambda: self.stops > 1
            )
            if not obeyed:
                self.say(f"{process.name} did not end in time and was killed.")
        for service in reversed(self.services):
            service.stop()


def _answers_ok(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
