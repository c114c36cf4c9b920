"""A process that answers requests: loads everything once, then divides itself into workers.

    python -m marketplace.serve web --host 0.0.0.0 --port 8000 --workers 4

granian forks its workers. What is loaded before that, they share: a second worker costs a third of
the first, and none of them starts with imports of its own. New code therefore needs a new process
of this kind; on Linux it may listen beside the former one until that has ended.
"""

import argparse
import gc
import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from marketplace.supervisor.children import die_with_parent


@dataclass(frozen=True)
class Part:
    """What is served; a worker is killed `kill_timeout` seconds after it was told to end."""

    module: str
    interface: Interfaces
    kill_timeout: int
    blocking_threads: int | None = None


PARTS = {
    "web": Part("marketplace.wsgi", Interfaces.WSGI, kill_timeout=5, blocking_threads=1),
    "live": Part("marketplace.asgi", Interfaces.ASGINL, kill_timeout=2),
    # Some of its cards answer late on purpose, and must not hold up the others.
    "sandbox": Part("sandbox.wsgi", Interfaces.WSGI, kill_timeout=2, blocking_threads=4),
}


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    asked = _arguments()
    part = PARTS[asked.part]
    module = import_module(part.module)
    gc.collect()
    # The collector of a worker would touch, and so copy, all that is shared.
    gc.freeze()

    def load() -> Any:
        """Runs in each worker."""
        die_with_parent()
        begin = getattr(module, "begin", None)
        if begin is not None:
            begin()
        if asked.ready_fd is not None:
            os.write(asked.ready_fd, b".")
        return module.application

    Granian(
        target=f"{part.module}:application",
        interface=part.interface,
        address=asked.host,
        port=asked.port,
        workers=asked.workers,
        blocking_threads=part.blocking_threads,
        workers_kill_timeout=asked.kill_timeout or part.kill_timeout,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve(target_loader=load, wrap_loader=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m marketplace.serve")
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kill-timeout", type=int, help="seconds a worker may take to end")
    parser.add_argument("--ready-fd", type=int, help="gets a byte when a worker has loaded")
    return parser.parse_args()


if __name__ == "__main__":
    main()
