"""What our pages cost beside the bare limit, by turns in one run.

    .venv/bin/python -m bench.pages --var /tmp/large [--scale 1] [--seconds 3] [--rounds 5]

Fills a market of its own in `--var` at the first run (`manage.py seed --scale`), serves its pages
with two processes and the bare view (`bench.bare`) with two, and asks each page and that view by
turns. Prints medians with the least and most of the rounds. Rates are local, ratios travel.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Ask, Figures, hammer, request
from marketplace.supervisor import paths, services

WEB, BARE = 8471, 8472
CSRF = "b" * 32


@dataclass(frozen=True)
class Page:
    """A page to ask for, how many ask at once, and what share of the limit is wanted of it."""

    name: str
    ask: Ask
    connections: int = 16
    goal: float = 0.0


@contextmanager
def servers(var: Path, scale: float) -> Iterator[None]:
    """PostgreSQL (that waits for the disk), Valkey, and a filled market."""
    var.mkdir(exist_ok=True, parents=True)
    os.environ |= {"PARLEY_VAR": str(var), "LOG_LEVEL": "ERROR", "PORT": str(WEB)}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings"}
    # Everybody who asks comes from one address.
    os.environ |= {"WRITES_PER_MINUTE": "1000000"}
    postgres = services.start_postgres(var=var)
    valkey = services.start_valkey(var=var)
    try:
        _manage("migrate", "--verbosity=0")
        if services.is_empty(var=var, table="accounts_profile"):
            _manage("seed", "--scale", str(scale))
        yield
    finally:
        valkey.stop()
        postgres.stop()


def _manage(*arguments: str) -> None:
    limits = {"DB_STATEMENT_TIMEOUT_MS": "0", "DB_IDLE_TIMEOUT_MS": "0"}
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=paths.ROOT, env={**os.environ, **limits}, check=True)  # noqa: S603


@contextmanager
def serving(target: str, port: int, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Two processes of granian, as `bin/run` starts them: `web`, or an application."""
    command = [sys.executable, "-m", "marketplace.serve", target]
    if ":" in target:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        command += ["--blocking-threads", "1", "--log-level", "error", target]
    command += ["--port", str(port), "--workers", "1" if target == "sandbox" else "2"]
    env = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "1000000", **more}
    process = subprocess.Popen(command, cwd=paths.ROOT, env=env)  # noqa: S603
    try:
        _wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return  # it answers, though it has no such page
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def pages() -> list[Page]:
    """All that is asked, with cookies of people who exist. Django is set up here."""
    import django  # noqa: PLC0415

    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    def cookie(handle: str) -> str:
        browser = Client()
        browser.force_login(get_user_model().objects.get(profile__handle=handle))
        return "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.public_id, p.slug, v.public_id FROM catalog_product p "
            "JOIN catalog_variant v ON v.id = p.default_variant_id "
            "WHERE p.state = 'published' ORDER BY p.id DESC LIMIT 200"
        )
        goods = cursor.fetchall()
    connection.close()

    def fixed(path: str, who: str = "") -> Ask:
        wire = request(path, cookie=cookie(who) if who else "")
        return lambda _: wire

    words = ("tall vase", "wool throw", "cermic lamp", "brass lmap", "oak desk 77", "night soap")
    asked = [request(f"/search/?q={text.replace(' ', '+')}") for text in words]
    buyers = [cookie(f"u{100 + n}") for n in range(4)]

    def add(n: int) -> bytes:
        form = f"csrfmiddlewaretoken={CSRF}&variant={goods[n][2]}&quantity=1".encode()
        return request("/bag/add/", cookie=f"{buyers[n]}; csrf={CSRF}", form=form)

    public_id, slug, _variant = goods[0]
    return [
        Page("explore, guest", fixed("/explore/")),
        Page("home, 10 followed", fixed("/", "reads10")),
        Page("home, 300 followed", fixed("/", "reads300"), goal=0.5),
        Page("home, 3,000 followed", fixed("/", "reads3000"), goal=0.25),
        Page("following, 300 followed", fixed("/following/", "reads300"), goal=0.5),
        Page("following, 3,000 followed", fixed("/following/", "reads3000"), goal=0.25),
        Page("product, guest", fixed(f"/product/{public_id}/{slug}/"), goal=0.6),
        Page("product, one after the other", fixed(f"/product/{public_id}/{slug}/"), 1),
        Page("search", lambda n: asked[n % len(asked)], 8, goal=0.4),
        Page("add to bag", add, 4),
    ]


def compare(found: list[Page], *, seconds: float, rounds: int) -> None:
    """Each page and the bare view by turns; one line for each page."""
    bare = request("/")
    heads = ("page", "per s", "limit", "ratio", "goal", "p50", "p95", "p99", "bytes")
    say(f"{heads[0]:<30}" + "".join(f"{one:>9}" for one in heads[1:]))
    for page in found:
        hammer(port=WEB, ask=page.ask, connections=page.connections, seconds=1)
        ours: list[Figures] = []
        limit: list[Figures] = []
        for _round in range(rounds):
            ours.append(_measure(WEB, page.ask, page.connections, seconds))
            limit.append(_measure(BARE, lambda _: bare, page.connections, seconds))
        ratios = [one.rate / other.rate for one, other in zip(ours, limit, strict=True)]
        columns = [
            f"{_median([one.rate for one in ours]):.0f}",
            f"{_median([one.rate for one in limit]):.0f}",
            f"{_median(ratios):.2f}",
            f"{page.goal:.2f}" if page.goal else "",
            *(f"{_median([getattr(one, p) for one in ours]):.1f}" for p in ("p50", "p95", "p99")),
            f"{ours[-1].bytes}",
        ]
        spread = f"  ({min(ratios):.2f} to {max(ratios):.2f})"
        say(f"{page.name:<30}" + "".join(f"{one:>9}" for one in columns) + spread)


def _measure(port: int, ask: Ask, connections: int, seconds: float) -> Figures:
    return hammer(port=port, ask=ask, connections=connections, seconds=seconds)


def _median(values: list[float]) -> float:
    return statistics.median(values)


def memory(process: subprocess.Popen[bytes]) -> float:
    """MB that a server and its workers have for themselves; what they share is counted once."""
    kibibytes = 0
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit():
                continue
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            if process.pid in (int(entry.name), int(fields[1])):
                rollup = (entry / "smaps_rollup").read_text()
                kibibytes += int(rollup.split("\nPss:")[1].split()[0])
        except OSError:
            continue  # ended meanwhile
    return kibibytes / 1024


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    given = parser.parse_args()
    with ExitStack() as stack:
        stack.enter_context(servers(given.var.absolute(), given.scale))
        host = str(paths.postgres_socket_directory(var=given.var.absolute()))
        found = [one for one in pages() if given.only in one.name]
        web = stack.enter_context(serving("web", WEB))
        bare = stack.enter_context(
            serving(
                "bench.bare.app:application",
                BARE,
                BARE_DATABASE_HOST=host,
                DJANGO_SETTINGS_MODULE="bench.bare.settings",
            )
        )
        compare(found, seconds=given.seconds, rounds=given.rounds)
        ours, least = memory(web), memory(bare)
        say(f"memory of two page processes: {ours:.0f} MB, bare {least:.0f} MB: {ours / least:.2f}")


if __name__ == "__main__":
    main()
