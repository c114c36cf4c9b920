"""The sandbox, running for as long as the seed needs somebody to take the money."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
from django.conf import settings

START_SECONDS = 30.0


_PR_SET_PDEATHSIG = 1


class TillClosedError(RuntimeError):
    """The sandbox did not come up."""


@contextmanager
def open_till() -> Iterator[None]:
    """Run the payment sandbox at SANDBOX_URL during the block, unless one answers there already.

    It takes a moment: before somebody pays, `wait_until_open`.
    """
    if _answers():
        yield
        return
    parts = urlsplit(settings.SANDBOX_URL)
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(parts.port or 80),
            "--workers",
            "1",
            "--blocking-threads",
            "1",
            "--no-log",
            "sandbox.wsgi:application",
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sandbox.settings"},
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        preexec_fn=_end_with_the_seed if sys.platform.startswith("linux") else None,  # noqa: PLW1509
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def _end_with_the_seed() -> None:
    """A seed that is killed must not leave a sandbox that waits for its database for ever."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def wait_until_open() -> None:
    """Return when the sandbox answers; raises TillClosedError when it does not come up."""
    until = time.monotonic() + START_SECONDS
    while not _answers():
        if time.monotonic() > until:
            raise TillClosedError("The payment sandbox did not start.")
        time.sleep(0.1)


def _answers() -> bool:
    try:
        return httpx.get(f"{settings.SANDBOX_URL}/healthz", timeout=1).is_success
    except httpx.HTTPError:
        return False
