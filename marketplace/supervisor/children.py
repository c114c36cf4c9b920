"""Child processes that end with us: cleanly when asked, at once when we are killed."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
NOBODY = 65534
_HURRY_SECONDS = 0.5
_POLL_SECONDS = 0.02


def _become_nobody_in_namespace() -> None:
    """Enter a user namespace in which the real user is called nobody.

    PostgreSQL refuses to run as root. In here it sees itself as an ordinary user, while its files
    still belong to the user who started us, so nothing has to change owner.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {uid} 1"),
        ("gid_map", f"{NOBODY} {gid} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(line)


@cache
def namespaces_allowed() -> bool:
    """Whether this machine lets us make a user namespace (many containers do not)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        subprocess.run(
            [sys.executable, "-c", ""],
            check=True,
            preexec_fn=_become_nobody_in_namespace,
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def needs_dropping() -> bool:
    return os.geteuid() == 0


def die_with_parent() -> None:
    """Let the kernel kill this process when the one that forked it dies without a word (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def start(
    command: Sequence[str | Path],
    *,
    death_signal: signal.Signals = signal.SIGTERM,
    drop_root: bool = False,
    keep_open: Sequence[int] = (),
    env: dict[str, str] | None = None,
    stdout: int | IO[Any] | None = None,
    stderr: int | IO[Any] | None = None,
    cwd: Path | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a child in its own process group, so that a terminal's Ctrl-C reaches us alone.

    When we die without a word the kernel sends it `death_signal` (Linux). `drop_root` makes it run
    as an ordinary user where we are root. `keep_open` are file descriptors that it inherits.
    Call this from the main thread: the kernel ties the signal to the thread that started a child.
    """
    parent = os.getpid()
    drop = drop_root and needs_dropping()
    in_namespace = drop and namespaces_allowed()
    libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None

    def prepare() -> None:
        os.setpgrp()
        # A shell ignores these for what it starts with `&`; a child that is still starting when we
        # die would never hear of it.
        for sign in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(sign, signal.SIG_DFL)
        if in_namespace:
            _become_nobody_in_namespace()
        elif drop:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:  # we were gone before the line above
                os._exit(1)

    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        preexec_fn=prepare,  # noqa: PLW1509
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=tuple(keep_open),
        env=env,
        cwd=cwd,
    )


def stop(
    child: "subprocess.Popen[bytes]",
    *,
    sign: signal.Signals,
    grace: float,
    hurry: Callable[[], bool] = lambda: False,
) -> bool:
    """Ask a child to end and wait; kill its whole group after `grace` seconds. True: it obeyed.

    Once `hurry` says so, half a second is all that is left.
    """
    if child.poll() is None:
        child.send_signal(sign)
    until, hurried = time.monotonic() + grace, False
    while child.poll() is None and time.monotonic() < until:
        if not hurried and hurry():
            until, hurried = min(until, time.monotonic() + _HURRY_SECONDS), True
        time.sleep(_POLL_SECONDS)
    obeyed = child.poll() is not None
    _kill_group(child)  # or what it left behind
    child.wait()
    return obeyed


def _kill_group(child: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
