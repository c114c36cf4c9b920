"""The market's own processes on one machine, and the order in which they stop."""

import os
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

_MOST_WEB_WORKERS = 4  # one a core, within the memory of a laptop
_SEARCHED_PORTS = 50


@dataclass(frozen=True)
class Process:
    """What to start; `grace` is how many seconds it may take to end."""

    name: str
    command: tuple[str, ...]
    grace: float
    # Sent by the kernel when the supervisor dies without a word.
    death_signal: signal.Signals = signal.SIGTERM
    # Whether a second one may run beside it for a while.
    may_overlap: bool = False
    # Answers requests: takes `--ready-fd`, and a second one listens beside it (Linux).
    answers: bool = False


@dataclass(frozen=True)
class Addresses:
    """Where each process listens, and how people and pages reach it."""

    host: str
    web: int
    live: int
    sandbox: int

    @property
    def name(self) -> str:
        """Host for people: passkeys and cookies want localhost rather than 127.0.0.1."""
        return "localhost" if self.host in ("127.0.0.1", "::1", "0.0.0.0", "::") else self.host  # noqa: S104

    def url(self, port: int) -> str:
        return f"http://{self.name}:{port}"

    def environment(self) -> dict[str, str]:
        """What every process is told about the others; what the user has set stays."""
        return {
            "SITE_URL": self.url(self.web),
            "LIVE_URL": self.url(self.live),
            "SANDBOX_URL": self.url(self.sandbox),
            # Large blocks go back to the system when a picture is done with; by default glibc keeps
            # them in each thread's arena, 120 MB of them after one large photograph.
            "MALLOC_MMAP_THRESHOLD_": "1000000",
            # Where to log in stays on the screen: requests are said on demand.
            "LOG_LEVEL": "WARNING",
            **os.environ,
            "HOST": self.host,
            "PORT": str(self.web),
        }


def port_is_free(*, host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def find_addresses(*, host: str, port: int) -> Addresses:
    """The wanted port for the pages, the next free ones for the others."""
    if not port_is_free(host=host, port=port):
        raise SystemExit(f"Port {port} on {host} is taken; choose another one: PORT=8080 bin/run")
    others = [
        candidate
        for candidate in range(port + 1, min(port + _SEARCHED_PORTS, 65536))
        if port_is_free(host=host, port=candidate)
    ]
    if len(others) < 2:
        raise SystemExit(f"No free port after {port}; choose another one: PORT=8080 bin/run")
    return Addresses(host=host, web=port, live=others[0], sandbox=others[1])


def _serve(part: str, *, host: str, port: int, workers: int = 1) -> tuple[str, ...]:
    command = (sys.executable, "-m", "marketplace.serve", part)
    return (*command, "--host", host, "--port", str(port), "--workers", str(workers))


def market_processes(*, addresses: Addresses, var: Path, sandbox: bool) -> list[Process]:
    """All processes, in the order in which they are stopped."""
    host = addresses.host
    workers = min(os.cpu_count() or 1, _MOST_WEB_WORKERS)
    log_level = addresses.environment()["LOG_LEVEL"]
    celery = [sys.executable, "-m", "celery", "--quiet", "-A"]
    worker = [*celery, "marketplace.celery", "worker", "--loglevel", log_level]
    worker += ["--concurrency", "2", "--queues", "default,mail,media"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [sys.executable, "-m", "marketplace.beat", "--schedule", str(var / "beat-schedule")]
    web = _serve("web", host=host, port=addresses.web, workers=workers)
    live = _serve("live", host=host, port=addresses.live)
    found = [
        Process("web", web, grace=10, answers=True),
        Process("live", live, grace=5, answers=True),
    ]
    if sandbox:
        command = _serve("sandbox", host=host, port=addresses.sandbox)
        found.append(Process("sandbox", command, grace=5, answers=True))
    # SIGQUIT: give running tasks back at once instead of finishing them without a database.
    found.append(
        Process("worker", tuple(worker), grace=30, death_signal=signal.SIGQUIT, may_overlap=True)
    )
    # It keeps nothing that the database does not know better, and its own handler may miss the one
    # signal that the kernel sends.
    found.append(Process("beat", tuple(beat), grace=5, death_signal=signal.SIGKILL))
    return found
