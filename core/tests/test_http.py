import contextlib
import gzip
import http.server as stdlib_server
import socket
import threading
import time
import tracemalloc
from urllib.parse import quote, unquote

import pytest

from core import http
from core.http import FetchRefused, client_for, fetch, is_public

MANY = 200
MEGABYTE = 1024 * 1024
BOMB = gzip.compress(bytes(50 * MEGABYTE))
PACKED = {"/gzip": ("gzip", BOMB), "/gzip-of-gzip": ("gzip, gzip", gzip.compress(BOMB))}


class Site(stdlib_server.BaseHTTPRequestHandler):
    """Counts who comes."""

    visits: list[str] = []
    drips = 0
    codings: list[str | None] = []

    def do_GET(self) -> None:
        Site.visits.append(self.path)
        Site.codings.append(self.headers.get("Accept-Encoding"))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", unquote(self.path.removeprefix("/to/")))
            self.end_headers()
            return
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header(
                "Location", f"http://inside.example:{self.server.server_address[1]}/secret"
            )
            self.end_headers()
            return
        if self.path in ("/slow-head", "/slow-body"):
            self._byte_by_byte()
            return
        if self.path in PACKED:
            coding, body = PACKED[self.path]
            self.send_response(200)
            self.send_header("Content-Encoding", coding)
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"x" * (50 if self.path == "/" else 5_000))

    def _byte_by_byte(self) -> None:
        """An answer that is never late and never done."""
        head = b"HTTP/1.0 200 OK\r\nX-Drip: "
        self.wfile.write(head + (b"\r\n\r\n" if self.path == "/slow-body" else b""))
        with contextlib.suppress(OSError):
            for Site.drips in range(MANY):
                self.wfile.write(b"x")
                time.sleep(0.1)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site():
    Site.visits = []
    server = http_server()
    yield server
    server.shutdown()
    server.server_close()


def http_server():

    server = stdlib_server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "nonsense",
    ],
)
def test_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_outside_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::]/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "http://user@example.com/",
        "http://example.com:22/",
        "https://example.com:80/",
        "http://",
        "http://[",
        "",
    ],
)
def test_refused_before_connecting(url, monkeypatch):
    def connected(*args, **kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connected)
    with pytest.raises(FetchRefused):
        fetch(url)


@pytest.fixture
def outside(site, monkeypatch):
    """Lets one made-up public name lead to the test's server, as a resolver would."""
    port = site.server_address[1]
    monkeypatch.setattr(http, "PORTS", {"http": port})

    def connect(to, *rest, **more):
        made = socket.socket()
        made.connect(("127.0.0.1", port))
        return made

    def resolve(host, port, **kwargs):
        address = {"public.example": "93.184.216.34", "inside.example": "127.0.0.1"}[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    return f":{port}"


def test_a_public_address_answers(outside):
    fetched = fetch(f"http://public.example{outside}/")
    assert (fetched.status, fetched.body, fetched.content_type) == (200, b"x" * 50, "text/plain")


def test_a_name_that_leads_inside_is_refused(outside):
    with pytest.raises(FetchRefused) as refused:
        fetch(f"http://inside.example{outside}/")
    assert refused.value.code == "not_public"
    assert Site.visits == []


def test_a_redirect_that_leads_inside_is_refused(outside):
    with pytest.raises(FetchRefused):
        fetch(f"http://public.example{outside}/redirect")
    assert Site.visits == ["/redirect"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "location",
    [
        "http://[",
        "//[::1",
        "http://a\x01b.example/",
        "http://xn--\u00e4.example/",
        "http://x:y/",
    ],
)
def test_a_redirect_to_nonsense_is_refused(outside, location):
    with pytest.raises(FetchRefused):
        fetch(f"http://public.example{outside}/to/{quote(location, safe='')}")
    assert len(Site.visits) == 1


def test_a_huge_answer_is_cut(outside):
    with pytest.raises(FetchRefused) as refused:
        fetch(f"http://public.example{outside}/large", max_bytes=1_000)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("path", PACKED)
def test_a_packed_answer_is_refused_before_anything_is_unpacked(outside, path):
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefused) as refused:
            fetch(f"http://public.example{outside}{path}")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == "packed"
    assert peak < 8 * MEGABYTE
    assert Site.codings[-1] == "identity", "nor is it asked for"


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body"])
def test_who_answers_byte_by_byte_is_given_up(outside, path):
    """Twenty seconds of bytes, each in time; the fetch as a whole has half of one."""
    with pytest.raises(FetchRefused):
        fetch(f"http://public.example{outside}{path}", timeout=0.5)
    assert Site.drips < MANY - 1


def test_a_resolver_that_is_silent_is_given_up(monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answered.wait(10) and [])
    before = set(threading.enumerate())
    with pytest.raises(FetchRefused) as refused:
        fetch("http://public.example/", timeout=0.2)
    waiting = set(threading.enumerate()) - before
    answered.set()
    assert refused.value.code == "too_slow"
    assert [one.daemon for one in waiting] == [True], "a process that ends waits for all others"


def test_a_client_for_one_origin_goes_nowhere_else(site):
    with client_for(f"http://127.0.0.1:{site.server_address[1]}") as client:
        assert client.get("/").status_code == 200
        with pytest.raises(FetchRefused):
            client.get("http://127.0.0.1:1/")
        assert client.get("/redirect").status_code == 302
