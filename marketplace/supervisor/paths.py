"""Where the data of a run lives, and where its sockets do."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# sun_path holds 107 bytes on Linux and 103 on macOS; PostgreSQL also makes a lock file beside it.
SOCKET_PATH_LIMIT = 100
_LONGEST_SOCKET_NAME = "pg/.s.PGSQL.5432"


def data_directory() -> Path:
    """The directory named by PARLEY_VAR, by default `var` beside manage.py."""
    return Path(os.environ.get("PARLEY_VAR") or ROOT / "var").expanduser().absolute()


def socket_directory(*, var: Path) -> Path:
    """Directory of the sockets that belong to `var`: itself, or a short one when it is too deep."""
    if len(os.fsencode(var / _LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return var
    key = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    for base in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108
        if base and len(base) + len(f"/parley-{key}/{_LONGEST_SOCKET_NAME}") <= SOCKET_PATH_LIMIT:
            return Path(base) / f"parley-{key}"
    raise SystemExit(f"No directory with a short enough path for sockets; set PARLEY_VAR ({var}).")


def make_private(directory: Path) -> Path:
    """Create `directory` for us alone; refuse one that somebody else put in its place."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = directory.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid not in (os.geteuid(), 0):
        raise SystemExit(f"{directory} belongs to somebody else. Remove it or set PARLEY_VAR.")
    return directory


def postgres_socket_directory(*, var: Path) -> Path:
    return socket_directory(var=var) / "pg"


def valkey_socket(*, var: Path) -> Path:
    return socket_directory(var=var) / "valkey.sock"
