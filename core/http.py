"""The one way out: requests to other servers, guarded.

`fetch` is for addresses that people typed. The guard stands where the connection is made, on the
address that the name resolved to, so that neither a redirect nor a name that changes its mind can
lead inside. `client_for` is for one origin that the operator configured.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

TIMEOUT = 5.0
MAX_BYTES = 2 * 1024 * 1024
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_AGENT = "Parley (+https://parley.example)"
# What is sent with `plain_chunks`.
PLAIN = {"Accept-Encoding": "identity"}


class FetchRefused(Invalid):
    """The address must not be asked, or did not answer as it should."""

    code = "fetch_refused"
    message = _("We could not open that address.")


@dataclass(frozen=True)
class Fetched:
    """What an address answered. `url` is where it ended after redirects."""

    url: str
    status: int
    content_type: str
    body: bytes


def fetch(url: str, *, max_bytes: int = MAX_BYTES, timeout: float = TIMEOUT) -> Fetched:
    """GET a public address; raises FetchRefused for everything that goes wrong.

    Only http and https on their own ports, only public addresses, also after each of at most three
    redirects; `timeout` seconds and `max_bytes` for all of it together, however slowly the other
    side writes.
    """
    time_left = _TimeLeft(timeout)
    transport = _GuardedTransport(time_left)
    headers = {"User-Agent": _AGENT, **PLAIN}
    with httpx.Client(
        transport=transport, trust_env=False, headers=headers, timeout=timeout
    ) as client:
        for _hop in range(MAX_REDIRECTS + 1):
            check_address(url)
            try:
                fetched = _get(client, url, max_bytes)
            except httpx.HTTPError as error:
                raise FetchRefused(code="no_answer") from error
            except httpx.InvalidURL as error:  # one that we take for an address, and it does not
                raise FetchRefused(code="no_address") from error
            if isinstance(fetched, Fetched):
                return fetched
            url = _joined(url, fetched)
    raise FetchRefused(code="too_many_redirects")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchRefused(code="no_address") from error


def _get(client: httpx.Client, url: str, max_bytes: int) -> Fetched | str:
    """The answer, or the address it redirects to."""
    with client.stream("GET", url) as response:
        if response.is_redirect:
            return str(response.headers.get("Location", ""))
        body = b"".join(plain_chunks(response, at_most=max_bytes))
        content_type = response.headers.get("Content-Type", "")
        return Fetched(url, response.status_code, content_type, body)


def plain_chunks(response: httpx.Response, *, at_most: int) -> Iterator[bytes]:
    """The body of a streamed answer as it comes, up to so many bytes.

    Raises FetchRefused for more, and for any that is packed: sixty kilobytes of it may be gigabytes
    once they are unpacked, before anybody could count. Ask with the headers PLAIN.
    """
    if response.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
        raise FetchRefused(code="packed")
    left = at_most
    for chunk in response.iter_raw():
        left -= len(chunk)
        if left < 0:
            raise FetchRefused(code="too_large")
        yield chunk


def check_address(url: str) -> None:
    """Refuse what is no plain public web address, before any name is looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(code="no_address") from error
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise FetchRefused(code="no_address")
    if port not in (None, PORTS[parts.scheme]) and not _allowed(parts.hostname, port):
        raise FetchRefused(code="port")


def _allowed(host: str, port: int | None) -> bool:
    """Whether a test's own server is meant; in production nothing is."""
    return f"{host}:{port}" in settings.FETCH_ALSO


def is_public(address: str) -> bool:
    """Whether an IP address is out in the world, in whatever dress it comes."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _TimeLeft:
    """How long one fetch may still take; asked before each single step of it."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def for_step(self, at_most: float | None = None) -> float:
        """Seconds, more than none; raises FetchRefused when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise FetchRefused(code="too_slow")
        return left if at_most is None else min(left, at_most)


class _TimedStream(httpcore.NetworkStream):
    """Each step has what is left of the whole time: an answer byte by byte takes no longer."""

    def __init__(self, inner: httpcore.NetworkStream, time_left: _TimeLeft) -> None:
        self._inner = inner
        self._time_left = time_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._time_left.for_step(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._time_left.for_step(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._time_left.for_step(timeout)
        safe = self._inner.start_tls(ssl_context, server_hostname, left)
        return _TimedStream(safe, self._time_left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore.SyncBackend):
    """Looks a name up once, refuses it if any address is inside, and connects to what it saw."""

    def __init__(self, time_left: _TimeLeft) -> None:
        super().__init__()
        self._time_left = time_left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._look_up(host, port)
        public = bool(addresses) and all(is_public(address) for address in addresses)
        if not addresses or not (public or _allowed(host, port)):
            raise FetchRefused(code="not_public")
        stream = super().connect_tcp(
            addresses[0], port, self._time_left.for_step(timeout), local_address, socket_options
        )
        return _TimedStream(stream, self._time_left)

    def _look_up(self, host: str, port: int) -> list[str]:
        # The system's resolver takes no time-out; a thread of its own is left to it, for which a
        # process that ends does not wait.
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()
        threading.Thread(target=_resolve, args=(host, port, answers), daemon=True).start()
        try:
            found = answers.get(timeout=self._time_left.for_step())
        except Empty as error:
            raise FetchRefused(code="too_slow") from error
        if isinstance(found, Exception):
            raise FetchRefused(code="unknown_host") from found
        return found


def _resolve(host: str, port: int, answers: SimpleQueue[list[str] | Exception]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answers.put(error)
    else:
        answers.put([str(entry[4][0]) for entry in found])


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self, time_left: _TimeLeft) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_GuardedBackend(time_left),
        )


class _OneOriginTransport(httpx.HTTPTransport):
    def __init__(self, origin: str) -> None:
        super().__init__(trust_env=False)
        self._origin = httpx.URL(origin)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        ours = (self._origin.scheme, self._origin.host, self._origin.port)
        if (request.url.scheme, request.url.host, request.url.port) != ours:
            raise FetchRefused(code="other_origin")
        return super().handle_request(request)


def client_for(origin: str, *, timeout: float = 3.0, **options: Any) -> httpx.Client:
    """A client for one configured origin and nothing else; follows no redirect.

    Raises httpx errors as they are: the caller knows what a time-out means for its business.
    """
    return httpx.Client(
        base_url=origin,
        transport=_OneOriginTransport(origin),
        trust_env=False,
        follow_redirects=False,
        timeout=timeout,
        **options,
    )
