"""The live process: one stream of server-sent events for each open page.

An ASGI application and nothing else, so that a thousand open pages cost a thousand small tasks.
It asks the database who a cookie belongs to when a stream opens, and once in a while which sessions
are still there; between these no connection is held. One Redis subscription feeds all streams.
While Redis cannot be heard, streams end and new ones are refused: the page then asks by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from core import metrics
from core.headers import protecting
from notifications.hub import Full, Hub, Stream, framed
from notifications.streams_auth import Identity, identify

log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT_SECONDS = 15.0
PATHS = ("/", "/live", "/live/")

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request; anything but a stream is refused shortly."""
    if scope["type"] != "http":
        return None
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["path"] == "/metrics" and metrics.allowed(
        authorization=headers.get("authorization", "")
    ):
        return await _tell_metrics(send)
    allowed = _cors(headers)
    if scope["path"] not in PATHS:
        return await _refuse(send, 404, allowed)
    if scope["method"] != "GET":
        return await _refuse(send, 405, allowed)
    if allowed is None:
        return await _refuse(send, 403, allowed)
    if not await hub.ready():
        return await _refuse(send, 503, allowed)
    identity = await identify(_session_key(headers))
    if identity is None:
        return await _refuse(send, 401, allowed)
    try:
        stream = hub.open(identity)
    except Full:
        return await _refuse(send, 503, allowed)
    try:
        await _serve(stream, identity, receive, send, allowed)
    finally:
        hub.close(stream)


async def _serve(
    stream: Stream,
    identity: Identity,
    receive: Receive,
    send: Send,
    allowed: dict[str, str],
) -> None:
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await _start(send, 200, {"Content-Type": "text/event-stream", **allowed})
        await _write(send, b"retry: 5000\n\n" + framed("badge", {"unread": identity.unread}))
        while not gone.done():
            waiting = asyncio.ensure_future(stream.next())
            await asyncio.wait(
                {waiting, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if waiting.done():
                message = waiting.result()
                if message is None:
                    break
                await _write(send, message)
            else:
                waiting.cancel()
                if not gone.done():
                    await _write(send, b": still here\n\n")
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except OSError:
        pass  # the reader left while we were writing
    finally:
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _session_key(headers: dict[str, str]) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _cors(headers: dict[str, str]) -> dict[str, str] | None:
    """Headers that let pages of the same host read the stream; None for those of another host."""
    origin = headers.get("origin")
    if origin is None:
        return {}
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname
        from_host = urlsplit(origin).hostname
    except ValueError:
        return None
    known = {host, urlsplit(settings.SITE_URL).hostname} - {None}
    if from_host not in known or host not in known | set(settings.ALLOWED_HOSTS):
        return None
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }


async def _tell_metrics(send: Send) -> None:
    await _start(send, 200, {"Content-Type": metrics.CONTENT_TYPE})
    await send({"type": "http.response.body", "body": metrics.exposition(), "more_body": False})


async def _refuse(send: Send, status: int, allowed: dict[str, str] | None) -> None:
    await _start(send, status, {"Content-Type": "text/plain", **(allowed or {})})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    everywhere = {
        **protecting(),
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Accel-Buffering": "no",
    }
    pairs = {**everywhere, **headers}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode()) for name, value in pairs.items()],
        }
    )


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})
