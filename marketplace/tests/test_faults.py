"""A whole market that loses a part of itself for a while; docs/testing.md lists the faults."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
import redis
from django.test import Client

from marketplace.supervisor import paths, services
from marketplace.testing.runs import SECONDS_TO_END, MarketRun, sign_up, wait_until
from marketplace.tests.flows.paying import GUEST, Shopper
from marketplace.tests.flows.steps import Visitor
from payments.testing import Sandbox

pytestmark = pytest.mark.slow
# The longest that anything of ours leaves a Redis alone that has failed it: the cache 2 s, the
# messages to workers and to open pages 5 s.
LONGEST_PAUSE = 5.0


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


@dataclass
class Wire:
    """Asks a real server as Django's test client asks a view, for the steps that flows share."""

    http: httpx.Client

    def get(self, address: str, data: Any = None, *, follow: bool = False) -> Any:
        answer: Any = self.http.get(address, params=data, follow_redirects=follow)
        answer.redirect_chain = [(answer.url.raw_path.decode(), 302)] if answer.history else []
        return answer

    def post(self, address: str, data: Any = None) -> Any:
        return self.http.post(address, data=data)


@dataclass(frozen=True)
class Stall:
    """A vase on sale, and who sells it."""

    path: str
    email: str
    password: str


@pytest.fixture(scope="module")
def stall(market: MarketRun) -> Stall:
    return Stall(**json.loads(market.run("-m", "marketplace.testing.stall")))


def pids_of(market: MarketRun, part: str) -> list[int]:
    """Processes of the market by a part of their command line."""
    return [pid for pid, command in market.processes().items() if part in command]


def buy(market: MarketRun, stall: Stall) -> str:
    """A guest finds the vase, fills a bag and pays; the number of the order."""
    with httpx.Client(base_url=market.url, timeout=20) as http:
        buyer = Shopper(cast(Client, Wire(http)))
        buyer.open("/search/?q=vase")
        assert buyer.soup.select(f"a[href^='{stall.path}']"), "it is found"
        buyer.open(stall.path)
        buyer.press("Add to bag")
        buyer.open("/bag/")
        buyer.press("Check out")
        buyer.press("Continue to payment", **GUEST)
        till = Sandbox(url=f"http://localhost:{market.port + 2}")
        buyer.come_back(till.pay(buyer.sent_to))
        buyer.says("It is paid")
        return next(
            urlsplit(str(one["href"])).path.strip("/").split("/")[-1]
            for one in buyer.soup.select("a[href^='/order/']")
        )


def ship(market: MarketRun, stall: Stall, number: str) -> None:
    """The studio's owner logs in, finds the order and sends the parcel."""
    with httpx.Client(base_url=market.url, timeout=20) as http:
        seller = Visitor(cast(Client, Wire(http)))
        seller.open("/accounts/login/")
        seller.press("Log in", login=stall.email, password=stall.password)
        seller.open(f"/studio/ondine/orders/{number}/")
        seller.press("Mark shipped", carrier="DHL", tracking="JD014600009812345678")
        seller.open(f"/studio/ondine/orders/{number}/")
        seller.says("JD014600009812345678")


def is_friendly(answer: httpx.Response) -> bool:
    """A page that says to come back in a moment, to people and to programs."""
    told = "One moment, please" in answer.text and bool(answer.headers.get("Retry-After"))
    return answer.status_code == 503 and told


def test_a_database_that_crashes_is_a_friendly_page_for_seconds_and_then_all_goes_on(
    market: MarketRun, stall: Stall, browser: httpx.Client
) -> None:
    """PostgreSQL restarts itself when processes of it are killed, and all connections are lost."""
    browser.get("/accounts/signup/")
    (postmaster,) = pids_of(market, "/postgres -D")
    os.kill(postmaster, signal.SIGSTOP)  # it must not be well again before anybody has looked
    try:
        for pid in pids_of(market, "postgres: market market"):
            os.kill(pid, signal.SIGKILL)
        assert is_friendly(browser.get(stall.path))
        assert is_friendly(sign_up(browser, "too-early@mail.example"))
    finally:
        os.kill(postmaster, signal.SIGCONT)
    answers: list[httpx.Response] = []

    def well_again() -> bool:
        answers.append(browser.get(stall.path))
        return [one.status_code for one in answers[-10:]] == [200] * 10

    wait_until(well_again, seconds=SECONDS_TO_END)
    assert all(one.status_code == 200 or is_friendly(one) for one in answers)
    # The workers have found it again as well.
    assert sign_up(browser, "after-the-crash@mail.example").status_code == 302
    wait_until(lambda: "after-the-crash@mail.example" in market.letters(), seconds=SECONDS_TO_END)
    assert "too-early@mail.example" not in market.letters()
    wait_until(market.nothing_is_wrong, seconds=SECONDS_TO_END)
    assert not market.ended()


# How long a statement, a wait for a lock, and an idle transaction may last in our processes.
SHOW_LIMITS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(*cursor.fetchone())
"""


def test_whoever_waits_for_a_lock_is_told_so_in_seconds(
    market: MarketRun, stall: Stall, browser: httpx.Client
) -> None:
    """The lock is held until the answer is there: only the limit on waiting ends it."""
    server = str(paths.postgres_socket_directory(var=market.var))
    with psycopg.connect(host=server, user=services.NAME, dbname=services.NAME) as other:
        other.execute("LOCK TABLE catalog_product IN ACCESS EXCLUSIVE MODE")
        assert is_friendly(browser.get(stall.path))
        assert browser.get("/accounts/login/").status_code == 200
    assert browser.get(stall.path).status_code == 200
    assert market.run("-c", SHOW_LIMITS).split() == ["5s", "3s", "10s"]


def test_while_valkey_is_away_people_buy_and_sell_and_the_rest_follows(
    market: MarketRun, stall: Stall, browser: httpx.Client
) -> None:
    """It does not even refuse: it hangs, which is worse. Nothing in it is needed for money."""
    (valkey,) = pids_of(market, "valkey-server")
    before = market.letters()
    os.kill(valkey, signal.SIGSTOP)
    stopped = time.monotonic()
    try:
        for path in ("/explore/", "/search/?q=vase", "/accounts/login/"):
            assert browser.get(path).status_code == 200, path
        number = buy(market, stall)
        ship(market, stall, number)
        answer = sign_up(browser, "while-away@mail.example")
        assert answer.status_code == 302, answer.text
        assert browser.get(answer.headers["Location"]).status_code == 200
        # Everything that had given up asks again, fails again, and people still notice nothing.
        while time.monotonic() < stopped + 3 * LONGEST_PAUSE:
            assert browser.get("/explore/").status_code == 200
            time.sleep(0.5)
        assert market.letters() == before
    finally:
        os.kill(valkey, signal.SIGCONT)

    def told() -> bool:
        """Of the new account, of the order, and of its parcel."""
        now = market.letters()
        wanted = ("while-away@mail.example", f"Sold: order {number}", "JD014600009812345678")
        return all(words in now for words in wanted)

    wait_until(told, seconds=SECONDS_TO_END)
    wait_until(market.nothing_is_wrong, seconds=SECONDS_TO_END)


QUEUES = ("default", "mail", "media")


def test_an_emptied_valkey_logs_nobody_out_and_loses_no_duty(
    market: MarketRun, browser: httpx.Client
) -> None:
    """The message about a duty is there, nobody has taken it, and then it is gone for good."""
    valkey = redis.Redis(unix_socket_path=str(paths.valkey_socket(var=market.var)))

    def waiting() -> int:
        return sum(valkey.llen(queue) for queue in QUEUES)

    stopped = [*pids_of(market, "marketplace.celery"), *pids_of(market, "marketplace.beat")]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        # Else a worker that had asked already is handed the message although it is stopped.
        valkey.client_kill_filter(_type="normal", skipme=True)
        answer = sign_up(browser, "emptied@mail.example")
        assert answer.status_code == 302
        assert waiting() > 0
        valkey.flushall()
        assert waiting() == 0
        assert "emptied@mail.example" not in market.letters()
        page = browser.get(answer.headers["Location"])
        assert page.status_code == 200
        assert "Check your mail" in page.text
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    wait_until(lambda: "emptied@mail.example" in market.letters(), seconds=SECONDS_TO_END)
    wait_until(market.nothing_is_wrong, seconds=SECONDS_TO_END)
    assert not market.ended()


def all_at_once(market: MarketRun, path: str, times: int) -> list[httpx.Response]:
    """What so many people are answered who ask in the same moment."""

    def ask(_number: int) -> httpx.Response:
        return httpx.get(f"{market.url}{path}", timeout=120)

    with ThreadPoolExecutor(times) as people:
        return list(people.map(ask, range(times)))


def test_when_all_threads_wait_everybody_is_told_and_then_all_goes_on(
    market: MarketRun, stall: Stall
) -> None:
    """Several people for each thread that makes pages, each behind the same lock."""
    server = str(paths.postgres_socket_directory(var=market.var))
    with psycopg.connect(host=server, user=services.NAME, dbname=services.NAME) as other:
        other.execute("LOCK TABLE catalog_product IN ACCESS EXCLUSIVE MODE")
        answers = all_at_once(market, stall.path, 4 * (os.cpu_count() or 1))
        assert [one.status_code for one in answers if not is_friendly(one)] == []
    assert [one.status_code for one in all_at_once(market, stall.path, 10)] == [200] * 10


def test_when_no_connection_is_left_everybody_is_told_and_then_all_goes_on(
    market: MarketRun, stall: Stall, browser: httpx.Client
) -> None:
    """Somebody else has taken all that PostgreSQL gives, ours too, and keeps them."""
    browser.get("/accounts/signup/")
    server = str(paths.postgres_socket_directory(var=market.var))
    held: list[psycopg.Connection[Any]] = []

    def take_all() -> None:
        with suppress(psycopg.OperationalError):  # "too many clients already"
            while True:
                held.append(
                    psycopg.connect(
                        host=server, user=services.NAME, dbname=services.NAME, autocommit=True
                    )
                )

    try:
        take_all()
        assert len(held) > 50
        for _round in range(3):  # whoever of ours was quicker than we, loses it again
            held[0].execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> ALL(%s)",
                [[one.info.backend_pid for one in held]],
            )
            take_all()
        answers = [browser.get(stall.path) for _ in range(10)]
        answers.append(sign_up(browser, "no-room@mail.example"))
        assert [one.status_code for one in answers if not is_friendly(one)] == []
    finally:
        for one in held:
            one.close()
    assert [browser.get(stall.path).status_code for _ in range(10)] == [200] * 10
    assert sign_up(browser, "room-again@mail.example").status_code == 302
    wait_until(lambda: "room-again@mail.example" in market.letters(), seconds=SECONDS_TO_END)
    assert "no-room@mail.example" not in market.letters()
    wait_until(market.nothing_is_wrong, seconds=SECONDS_TO_END)
    assert not market.ended()


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


LARGE = "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"


def test_who_does_not_read_holds_up_nobody(market: MarketRun, browser: httpx.Client) -> None:
    """Each asks for more than any buffer takes, and leaves the answers lying."""
    asked = f"GET {LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    held = [socket.socket() for _ in range(50)]
    try:
        for one in held:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            one.connect(("127.0.0.1", market.port))
            one.sendall(asked * 5)
        assert [browser.get("/explore/").status_code for _ in range(20)] == [200] * 20
        assert held[0].recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200"
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


def packed_gigabyte() -> bytes:
    """A megabyte that gzip makes a gigabyte of: sixteen times the same, as the format allows."""
    return gzip.compress(b"\0" * 64 * 1024 * 1024) * 16


def test_a_packed_body_is_not_unpacked(market: MarketRun, browser: httpx.Client) -> None:
    """It is taken as it is: a form that names nothing. At no time does it take memory."""
    bomb = packed_gigabyte()
    assert len(bomb) < 2 * 1024 * 1024
    browser.get("/accounts/login/")
    form = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": browser.cookies["csrf"],
    }
    answer = browser.post("/accounts/login/", content=b"login=a", headers=form)
    assert answer.status_code == 200, "without the token it would end here"
    assert "Fill in “Password”" in answer.text
    pages = pids_of(market, "marketplace.serve web")
    for pid in pages:
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew
    before = peaks(pages)
    answers = [
        browser.post("/accounts/login/", content=bomb, headers={**form, "Content-Encoding": "gzip"})
        for _ in range(4)
    ]
    assert [one.status_code for one in answers] == [200] * 4
    assert all("Fill in “Password”" in one.text for one in answers)
    grown = {pid: peak - before[pid] for pid, peak in peaks(pages).items()}
    assert max(grown.values()) < 50, grown
    assert browser.get("/explore/").status_code == 200


def peaks(pids: list[int]) -> dict[int, int]:
    """The most megabytes that each process has had in memory."""
    told = {pid: Path(f"/proc/{pid}/status").read_text() for pid in pids}
    return {pid: int(text.split("VmHWM:")[1].split()[0]) // 1024 for pid, text in told.items()}


@pytest.mark.parametrize("path", ["/", "/static/js/app.js", "/none", "/media/aa/none/236.jpeg"])
def test_no_answer_names_the_version_of_a_server(browser: httpx.Client, path: str) -> None:
    """Of a process that really serves: a test client has no server to name."""
    answer = browser.get(path)
    assert not re.search(r"\d|/", answer.headers.get("Server", ""))
    assert "X-Powered-By" not in answer.headers
