"""What a stranger tells by the clock, how long nonsense takes, what slow senders cost others.

    .venv/bin/python -m bench.hostile --var /tmp/large [--scale 1] [--tries 50]

Fills a market of its own in `--var` at the first run, as `bench.pages` does. Three tables:
- log-in, sign-up and a forgotten password, by turns for an address that has an account and one that
  has none, each from another place: medians in milliseconds, and the gap between them;
- hostile questions to lists and search: the slowest answer, which must be no error of ours;
- a page asked for by four at once, alone and beside 250 connections that send nothing, a byte now
  and then, or half a form, by turns: the 95th of a hundred in milliseconds, and the ratio.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.load import hammer, request
from bench.pages import WEB, say, servers, serving

if TYPE_CHECKING:
    from django.test import Client

PASSWORD = "a wrong guess of 22 letters"
HELD, DRIPPING, HALF_SENT = 250, 100, 50
SLOW = b"GET /explore/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF = b"POST /consent/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\na"
NONSENSE = (
    "' OR 1=1 --",
    "%_%_%_%",
    "\x00",
    "a" * 10_000,
    "(a+)+$" * 50,
    '"' * 500,
    "& | ! <-> :*" * 40,
    "vase " * 500,
)
ASKED = (
    "/search/?q={}",
    "/search/?q=vase&sort={}",
    "/search/?q=vase&cursor={}",
    "/search/?q=vase&min={}&max={}",
    "/search/suggest/?q={}",
    "/explore/?cursor={}",
    "/services/?budget={}&sort={}",
    "/api/v1/products/?q={}&limit={}",
    "/api/v1/pins/?cursor={}&limit=1000000",
)


def told_by_the_clock(*, tries: int) -> None:
    """Medians for addresses with an account and without, and their gap."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    known = list(users.values_list("email", flat=True)[:tries])
    doors: dict[str, Callable[[Client, str], Any]] = {
        "log-in": lambda one, email: one.post(
            "/accounts/login/", {"login": email, "password": PASSWORD}
        ),
        "sign-up": lambda one, email: one.post(
            "/accounts/signup/", {"email": email, "name": "Ana", "password1": PASSWORD}
        ),
        "forgotten password": lambda one, email: one.post(
            "/accounts/password/reset/", {"email": email}
        ),
    }
    say(f"{'door':<24}{'known':>9}{'unknown':>9}{'gap':>9}   (ms, {len(known)} tries)")
    for number, (name, ask) in enumerate(doors.items()):
        times: tuple[list[float], list[float]] = ([], [])
        for n, email in enumerate(known):
            pair = [(0, email), (1, f"nobody-{number}-{n}-{time.time_ns()}@mail.example")]
            for which, one in pair if n % 2 else reversed(pair):
                place = f"{11 + n}.{1 + number}.{1 + which}.7"
                times[which].append(_timed(ask, one, place))
        with_account, without = (statistics.median(each) * 1000 for each in times)
        gap = abs(with_account - without)
        say(f"{name:<24}{with_account:>9.1f}{without:>9.1f}{gap:>9.1f}")


def _timed(ask: Callable[[Client, str], Any], email: str, place: str) -> float:
    from django.test import Client  # noqa: PLC0415

    client = Client(REMOTE_ADDR=place, SERVER_NAME="localhost")
    client.get("/help/")
    started = time.perf_counter()
    answer = ask(client, email)
    spent = time.perf_counter() - started
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{answer.status_code} instead of an answer")
    return spent


def nonsense() -> None:
    """The slowest answer to each kind of question, however hostile it is."""
    from django.test import Client  # noqa: PLC0415

    say(f"\n{'hostile question':<44}{'slowest':>9}   (ms)")
    for path in ASKED:
        slowest = 0.0
        for number, text in enumerate((*NONSENSE, "-1", "1e9", "user__password")):
            client = Client(REMOTE_ADDR=f"{61 + number}.9.9.9", SERVER_NAME="localhost")
            started = time.perf_counter()
            answer = client.get(path.replace("{}", quote(text, safe="")))
            slowest = max(slowest, time.perf_counter() - started)
            if answer.status_code >= 500:
                raise RuntimeError(f"{answer.status_code} for {path} with {text[:40]!r}")
        say(f"{path:<44}{slowest * 1000:>9.1f}")


@contextmanager
def slow_senders() -> Iterator[None]:
    """So many connections that keep a server waiting."""
    held = [socket.create_connection(("127.0.0.1", WEB)) for _ in range(HELD)]
    for number, one in enumerate(held[: DRIPPING + HALF_SENT]):
        one.sendall(SLOW if number < DRIPPING else HALF)
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.2):
            for one in held[:DRIPPING]:
                try:
                    one.send(b"a")
                except OSError:
                    continue  # the server has hung up, as it may

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        over.set()
        dripping.join()
        for one in held:
            one.close()


def beside_slow_senders(*, rounds: int) -> None:
    """The 95th of a hundred of a page alone and beside them, by turns."""
    page = request("/explore/")
    alone: list[float] = []
    beside: list[float] = []

    def p95() -> float:
        return hammer(port=WEB, ask=lambda _: page, connections=4, seconds=4).p95

    p95()
    for _round in range(rounds):
        alone.append(p95())
        with slow_senders():
            beside.append(p95())
    ratios = [one / other for one, other in zip(beside, alone, strict=True)]
    say(
        f"\nExplore, p95 alone {statistics.median(alone):.0f} ms, "
        f"beside {HELD} slow senders {statistics.median(beside):.0f} ms: ratio "
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--tries", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with ExitStack() as stack:
        stack.enter_context(servers(given.var.absolute(), given.scale))
        import django  # noqa: PLC0415

        django.setup()
        told_by_the_clock(tries=given.tries)
        nonsense()
        stack.enter_context(serving("web", WEB))
        beside_slow_senders(rounds=given.rounds)


if __name__ == "__main__":
    main()
