"""One run at a time in one data directory."""

import fcntl
import os
import time
from pathlib import Path


class DirectoryLock:
    """A lock that lasts as long as anybody holds its descriptor.

    Children inherit the descriptor, so after a `kill -9` of the supervisor the directory stays
    locked until the last of them is gone: the next run never meets half-dead servers.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.fileno = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, wait: float = 0.0) -> bool:
        """Take the lock, waiting at most `wait` seconds unless a living supervisor holds it."""
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(self.fileno, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until or self.holder() is not None:
                    return False
                time.sleep(0.05)
            else:
                os.ftruncate(self.fileno, 0)
                os.pwrite(self.fileno, str(os.getpid()).encode(), 0)
                return True

    def holder(self) -> int | None:
        """The process that took the lock, when it is still alive."""
        written = os.pread(self.fileno, 20, 0)
        if not written.isdigit():
            return None
        try:
            os.kill(int(written), 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            pass
        return int(written)

    def release(self) -> None:
        os.close(self.fileno)
