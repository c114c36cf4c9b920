"""All open streams of this process, and the one subscription that feeds them."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import orjson
import structlog
from django.conf import settings
from django.db import DatabaseError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core import metrics
from notifications.actions.live import PREFIX
from notifications.streams_auth import Identity, still_there

log = structlog.get_logger(__name__)

# A reader who does not keep up is cut off and comes back to the present state.
QUEUE_LENGTH = 50
MAX_STREAMS = 5_000
# Pages that one person may have open; the oldest makes room.
MAX_PER_PROFILE = 8
# An ended session loses its streams within this time.
RECHECK_SECONDS = 20.0
RECONNECT_SECONDS = 1.0


class Full(Exception):
    """This process holds as many streams as it may."""


def framed(event: str, data: object) -> bytes:
    """One event as it stands in a stream."""
    return b"event: " + event.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"


class Stream:
    """What waits to be written to one page. None at the end means: close it."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE_LENGTH)

    def put(self, message: bytes) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Close the page's stream, whatever still waits in it."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def next(self) -> bytes | None:
        return await self._queue.get()


class Hub:
    """Delivers what is published for a profile to all of its open pages."""

    def __init__(self) -> None:
        self._streams: dict[int, list[Stream]] = defaultdict(list)
        self._count = 0
        self._hears = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ready(self) -> bool:
        """Start listening at the first request; False while Redis cannot be heard."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or any(task.done() for task in self._tasks):
            for task in self._tasks:
                if self._loop is loop:
                    task.cancel()
            self._loop, self._hears = loop, asyncio.Event()
            self._tasks = [loop.create_task(self._listen()), loop.create_task(self._recheck())]
        try:
            await asyncio.wait_for(self._hears.wait(), timeout=1.0)
        except TimeoutError:
            return False
        return True

    def open(self, identity: Identity) -> Stream:
        """A stream for this person; Full when the process has no room."""
        if self._count >= MAX_STREAMS:
            raise Full
        theirs = self._streams[identity.profile_id]
        if len(theirs) >= MAX_PER_PROFILE:
            theirs[0].end()
        stream = Stream(identity)
        theirs.append(stream)
        self._count += 1
        metrics.LIVE_STREAMS.set(self._count)
        return stream

    def close(self, stream: Stream) -> None:
        """Forget a stream whose page is gone."""
        theirs = self._streams.get(stream.identity.profile_id, [])
        if stream in theirs:
            theirs.remove(stream)
            self._count -= 1
            metrics.LIVE_STREAMS.set(self._count)
            if not theirs:
                del self._streams[stream.identity.profile_id]

    @property
    def count(self) -> int:
        """How many streams are open."""
        return self._count

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("live_away", error=str(error))
            self._hears.clear()
            self._end_all()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _hear(self) -> None:
        client = Redis.from_url(settings.LIVE_REDIS_URL, socket_connect_timeout=1)
        async with client, client.pubsub() as subscription:
            await subscription.psubscribe(f"{PREFIX}*")
            async for message in subscription.listen():
                if message["type"] == "psubscribe":
                    self._hears.set()
                elif message["type"] == "pmessage":
                    self._deliver(message["channel"], message["data"])

    def _deliver(self, channel: bytes, data: bytes) -> None:
        try:
            profile_id = int(channel.decode().removeprefix(PREFIX))
            said = orjson.loads(data)
            message = framed(str(said["event"]), said["data"])
        except (ValueError, KeyError, TypeError):
            log.warning("live_message_refused")
            return
        for stream in self._streams.get(profile_id, ()):
            stream.put(message)

    async def _recheck(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            try:
                await self.drop_ended()
            except DatabaseError as error:
                log.warning("live_recheck_failed", error=str(error))

    async def drop_ended(self) -> None:
        """End the streams of sessions that are over."""
        streams = [stream for theirs in self._streams.values() for stream in theirs]
        if not streams:
            return
        alive = await still_there({stream.identity for stream in streams})
        for stream in streams:
            if stream.identity.session_key not in alive:
                stream.end()

    def _end_all(self) -> None:
        for theirs in self._streams.values():
            for stream in theirs:
                stream.end()


__all__ = ["Full", "Hub", "Stream", "framed"]
