"""Asking a server as fast as it answers, over connections that stay open."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Ask = Callable[[int], bytes]


@dataclass(frozen=True)
class Figures:
    """Of one period: answers per second, their times in milliseconds, bytes of the last body."""

    rate: float
    p50: float
    p95: float
    p99: float
    bytes: int


def request(
    path: str, *, cookie: str = "", form: bytes = b"", gzip: bool = False, host: str = "localhost"
) -> bytes:
    """One request as it goes over the wire; with a form it is a POST."""
    lines = [f"{'POST' if form else 'GET'} {path} HTTP/1.1", f"Host: {host}"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if gzip:
        lines.append("Accept-Encoding: gzip")
    if form:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + form


def hammer(*, port: int, ask: Ask, connections: int, seconds: float) -> Figures:
    """Let each of `connections` ask again as soon as it was answered, for so many seconds.

    `ask` gives the bytes for the n-th connection. Any answer but 2xx and 3xx ends it all with a
    RuntimeError: figures of errors are worth nothing.
    """
    return asyncio.run(_hammer(port, ask, connections, seconds))


async def _hammer(port: int, ask: Ask, connections: int, seconds: float) -> Figures:
    times: list[float] = []
    sizes = [0]
    until = time.perf_counter() + seconds
    started = time.perf_counter()
    await asyncio.gather(*(_one(port, ask, n, until, times, sizes) for n in range(connections)))
    spent = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
    return Figures(
        rate=len(times) / spent,
        p50=cuts[49] * 1000,
        p95=cuts[94] * 1000,
        p99=cuts[98] * 1000,
        bytes=sizes[0],
    )


async def _one(
    port: int, ask: Ask, number: int, until: float, times: list[float], sizes: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.perf_counter() < until:
            started = time.perf_counter()
            writer.write(ask(number))
            head = await reader.readuntil(b"\r\n\r\n")
            sizes[0] = await _body(reader, head)
            times.append(time.perf_counter() - started)
            if head[9:10] not in (b"2", b"3"):
                raise RuntimeError(head.decode("latin-1"))
    finally:
        writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> int:
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        size = 0
        while length := int(await reader.readline(), 16):
            size += length
            await reader.readexactly(length + 2)
        await reader.readline()
        return size
    start = lower.find(b"content-length:")
    if start < 0:
        return 0
    length = int(lower[start + 15 : lower.find(b"\r\n", start)])
    await reader.readexactly(length)
    return length
