"""A whole market that loses a part of itself for a while; docs/testing.md lists the faults."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
import redis

from marketplace.supervisor import paths
from marketplace.testing.runs import SECONDS_TO_END, MarketRun, wait_until

pytestmark = pytest.mark.slow
PASSWORD = "a-long-enough-secret-1"


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarketRun]:
    """One market for all of them, without the demo: each test leaves it as it was."""
    run = MarketRun(tmp_path_factory.mktemp("faults") / "var")
    run.start().ready()
    yield run
    run.stop()


@pytest.fixture
def browser(market: MarketRun) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=market.url, timeout=20) as client:
        yield client


def pid_of(market: MarketRun, part: str) -> int:
    """A process of the market by a part of its command line."""
    return next(pid for pid, command in market.processes().items() if part in command)


def sign_up(browser: httpx.Client, email: str) -> httpx.Response:
    browser.get("/accounts/signup/")
    form = {
        "csrfmiddlewaretoken": browser.cookies["csrf"],
        "name": "Faulty Fiona",
        "email": email,
        "password1": PASSWORD,
    }
    return browser.post("/accounts/signup/", data=form)


def letters(market: MarketRun) -> str:
    """All mails that left so far."""
    return "".join(one.read_text() for one in (market.var / "mail").glob("*.log"))


def test_a_database_that_crashes_is_a_friendly_page_for_seconds(
    market: MarketRun, browser: httpx.Client
) -> None:
    """PostgreSQL restarts itself when a process of it is killed, and all connections are lost."""
    assert browser.get("/explore/").status_code == 200
    os.kill(pid_of(market, "postgres: market market"), signal.SIGKILL)
    answers: list[httpx.Response] = []

    def well_again() -> bool:
        answers.append(browser.get("/explore/"))
        return [one.status_code for one in answers[-10:]] == [200] * 10

    wait_until(well_again, seconds=SECONDS_TO_END)
    seen = Counter(one.status_code for one in answers)
    assert set(seen) <= {200, 503}, seen
    for one in answers:
        if one.status_code == 503:
            assert one.headers["Retry-After"]
            assert "One moment, please" in one.text
    assert not market.ended()
    wait_until(lambda: browser.get("/readyz").status_code == 200, seconds=SECONDS_TO_END)


def test_while_valkey_is_away_people_go_on_and_the_rest_follows(
    market: MarketRun, browser: httpx.Client
) -> None:
    """It does not even refuse: it hangs, which is worse."""
    valkey = pid_of(market, "valkey-server")
    os.kill(valkey, signal.SIGSTOP)
    try:
        for path in ("/explore/", "/search/?q=vase", "/accounts/login/", "/explore/"):
            assert browser.get(path).status_code == 200, path
        answer = sign_up(browser, "while-away@mail.example")
        assert answer.status_code == 302, answer.text
        assert answer.headers["Location"].startswith("/accounts/confirm-email/")
        assert browser.get(answer.headers["Location"]).status_code == 200
        assert "while-away@mail.example" not in letters(market)
    finally:
        os.kill(valkey, signal.SIGCONT)
    wait_until(lambda: "while-away@mail.example" in letters(market), seconds=SECONDS_TO_END)
    assert letters(market).count("To: Faulty Fiona <while-away@mail.example>") <= 1
    assert not market.ended()


def test_an_emptied_valkey_logs_nobody_out_and_loses_no_duty(
    market: MarketRun, browser: httpx.Client
) -> None:
    answer = sign_up(browser, "emptied@mail.example")
    assert answer.status_code == 302
    client = redis.Redis(unix_socket_path=str(paths.valkey_socket(var=market.var)))
    client.flushall()
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "Check your mail" in page.text
    wait_until(lambda: "emptied@mail.example" in letters(market), seconds=SECONDS_TO_END)


SLOW = b"GET /explore/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
ODD = {
    "a megabyte in one header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: "
    + b"a" * 1_048_576
    + b"\r\n\r\n",
    "chunks that are none": b"POST /consent/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n",
    "two lengths": b"POST /consent/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
    b"Content-Length: 9\r\n\r\nabcd",
    "no protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


def test_who_writes_slowly_or_nothing_holds_up_nobody(
    market: MarketRun, browser: httpx.Client
) -> None:
    held = [socket.create_connection(("127.0.0.1", market.port)) for _ in range(250)]
    try:
        for one in held[:100]:
            one.sendall(SLOW)
        for one in held[100:150]:
            one.sendall(
                b"POST /consent/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\na"
            )
        over = threading.Event()

        def drip() -> None:
            while not over.wait(0.2):
                for one in held[:100]:
                    one.send(b"a")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            answers = [browser.get("/explore/").status_code for _ in range(20)]
        finally:
            over.set()
            dripping.join()
        assert answers == [200] * 20
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize("name", ODD)
def test_odd_requests_are_refused_and_others_served(
    market: MarketRun, browser: httpx.Client, name: str
) -> None:
    with socket.create_connection(("127.0.0.1", market.port), timeout=20) as raw:
        try:  # the server may hang up before it has read the whole
            raw.sendall(ODD[name])
            raw.shutdown(socket.SHUT_WR)
            answer = raw.recv(4096)
        except OSError:  # reset, broken or no longer connected: it hung up
            answer = b""
    assert answer == b"" or answer.split()[1][:1] == b"4", answer[:200]
    assert browser.get("/explore/").status_code == 200


def test_a_packed_body_is_not_unpacked(market: MarketRun, browser: httpx.Client) -> None:
    """A few kilobytes that would be a gigabyte stay a few kilobytes that mean nothing."""
    browser.get("/accounts/login/")
    answer = browser.post(
        "/accounts/login/",
        content=b"\x1f\x8b\x08" + b"\0" * 5_000,
        headers={
            "Content-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    assert 400 <= answer.status_code < 500
    assert browser.get("/explore/").status_code == 200
