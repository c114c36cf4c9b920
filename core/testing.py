"""For tests and for the demo's seed: run what the workers would."""

from __future__ import annotations

import html
import io
import re
import resource
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

from django.db import connection
from PIL import Image as Pil

from core import clock, handover, outbox
from core.models import Delivery
from core.subscriptions import Event, subscribe, unsubscribe

E = TypeVar("E", bound=Event)
T = TypeVar("T")


def deliver_all(
    *, except_queues: tuple[str, ...] = (), raise_errors: bool = True, rounds: int = 1_000
) -> int:
    """Run every due delivery in this process until none is left; returns how many were run.

    A receiver's error is raised (after it was recorded) unless `raise_errors` is off.
    `except_queues=("media",)` leaves renditions to the workers.
    """
    count = 0
    for _round in range(rounds):
        due = list(
            Delivery.objects.filter(
                state=Delivery.State.PENDING, due_at__lte=clock.now() + outbox.TOLERANCE
            )
            .exclude(queue__in=except_queues)
            .order_by("pk")
            .values_list("pk", flat=True)[:500]
        )
        if not due:
            return count
        for delivery_id in due:
            failed = outbox.deliver_one(delivery_id)
            if failed is not None and raise_errors:
                raise failed.error
            count += 1
    raise AssertionError("The outbox never becomes empty.")


@contextmanager
def delivering_here(*, except_queues: tuple[str, ...] = ()) -> Iterator[Callable[[], None]]:
    """Keep what this process publishes from the workers, but for what is on `except_queues`.

    The answer runs what has come together, in its order, and what that publishes in turn; a
    receiver's error is raised after it was recorded. A process that is forked within the block
    does so for its own.
    """
    waiting: deque[int] = deque()
    to_workers = handover.hand_over

    def keep(deliveries: list[tuple[int, str]]) -> bool:
        waiting.extend(pk for pk, queue in deliveries if queue not in except_queues)
        return to_workers([one for one in deliveries if one[1] in except_queues])

    def deliver() -> None:
        while waiting:
            failed = outbox.deliver_one(waiting.popleft())
            if failed is not None:
                raise failed.error

    handover.hand_over = keep
    try:
        yield deliver
    finally:
        handover.hand_over = to_workers


@contextmanager
def subscribed(
    event_type: type[E], receiver: Callable[[E], None], *, queue: str = "default", **options: Any
) -> Iterator[None]:
    """Let a receiver hear a fact within this block."""
    subscribe(event_type, receiver, queue=queue, **options)
    try:
        yield
    finally:
        unsubscribe(event_type, receiver)


def picture_file(
    *, width: int = 80, height: int = 100, colour: str = "#aa5533", fmt: str = "PNG"
) -> io.BytesIO:
    """A small valid picture as an upload would bring it."""
    file = io.BytesIO()
    Pil.new("RGB", (width, height), colour).save(file, fmt)
    file.seek(0)
    file.name = f"picture.{fmt.lower()}"
    return file


def undo_in(answer: Any) -> str:
    """Where the Undo leads that a page offers beside its newest message that has one; else ""."""
    _page, *toasts = answer.content.decode().split("data-toast>")
    said = "".join(toast.partition("</div>")[0] for toast in toasts)
    found = re.findall(r'formaction="([^"]+)">Undo<', said)
    return html.unescape(found[-1]) if found else ""


def race(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Let `count` rivals start together; what each answered or raised, by number."""
    gate = threading.Barrier(count)
    results: list[T | Exception] = [AssertionError("never ran")] * count

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            results[number] = act(number)
        except Exception as error:  # noqa: BLE001 - handed to the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


class Meeting(NamedTuple):
    """What an act and what happened in the middle of it answered or raised, and whether the second
    had to wait for a lock of the first."""

    act: Any
    meanwhile: Any
    waited: bool


def in_the_middle(
    *, seam: tuple[Any, str], act: Callable[[], Any], meanwhile: Callable[[], Any]
) -> Meeting:
    """Let something happen when `act` is at the end of its seam (where a function stands, and its
    name) for the first time, and not at its own.

    `act` goes on once the other one is through or waits for a lock that it holds. Each has a
    connection of its own, so the test is one with `transaction=True`.
    """
    where, name = seam
    done, others, waited = getattr(where, name), list[Any](), list[bool]()
    rival = threading.Thread(target=lambda: others.extend(race(1, lambda _one: meanwhile())))

    def late(*args: Any, **more: Any) -> Any:
        answer = done(*args, **more)
        if rival.ident is None:
            rival.start()
            waited.append(_has_to_wait(rival))
        return answer

    with patch.object(where, name, late):
        [answer] = race(1, lambda _one: act())
        assert waited, f"it never came to {name}, or not beyond: {answer!r}"
        rival.join()
    return Meeting(answer, others[0], waited[0])


def await_rival(rival: threading.Thread) -> None:
    """Return once `rival` waits for a lock that this transaction holds; it must not end before."""
    assert _has_to_wait(rival), "it did not have to wait"


def _has_to_wait(rival: threading.Thread) -> bool:
    """Returns once `rival` waits for a lock that this transaction holds, or (False) has ended."""
    with connection.cursor() as cursor:
        while rival.is_alive():
            cursor.execute(_WAITS_FOR_US)
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.01)
    return False


# What the database says of activity stands still within a transaction; of locks it does not.
_WAITS_FOR_US = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """The system itself lets this process write no file larger than that, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
