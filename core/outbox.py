"""Delivering what is due: write down that a try begins, then run it and mark it done, in one."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from core import clock
from core.db import retrying
from core.models import Delivery, OutboxEvent
from core.subscriptions import Subscription, find

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
UNKNOWN_WAIT = timedelta(minutes=1)
# Clocks of two processes agree to the millisecond, not to the microsecond.
TOLERANCE = timedelta(seconds=1)
# So often in a row a try may begin and not end: a machine that goes down is bad luck once or twice.
MOST_STARTS = 5
# A row that was handed to the broker this long ago and is still pending is handed over again;
# the time doubles with each repetition, so that a long queue is not made longer.
LEASE = timedelta(seconds=15)
LONGEST_DOUBLING = 5
# Whoever ran a receiver waits so long for a database that is away, to write down that it failed:
# longer than a restart takes, and short beside what a task may (`CELERY_TASK_SOFT_TIME_LIMIT`).
SECONDS_AWAY = 20.0


@dataclass(frozen=True)
class Failed:
    """What a receiver's exception was."""

    error: Exception


def deliver_one(delivery_id: int) -> Failed | None:
    """Run one delivery if it is pending, due and in nobody else's hands.

    Safe to call any number of times, in parallel. A failure is stored with its traceback and
    tried again later; when patience ends the delivery is dead and waits for a person. So it is
    after a few starts that did not even end: a receiver that takes its process along raises
    nothing. A failure while the database is away is stored when it is there again; after 20 s
    OperationalError is raised, and it looks like a start without an end. Not to be called inside a
    transaction, since that a try begins is kept by itself.
    """
    begun = _begin(delivery_id)
    if begun is None:
        return None
    row, subscription = begun
    try:
        _run(row, subscription)
    except Exception as error:  # noqa: BLE001 - whatever a receiver raises must not stop the queue
        _once_the_database_is_there(partial(_record_failure, row, subscription, error))
        return Failed(error)
    return None


@retrying
def _begin(delivery_id: int) -> tuple[Delivery, Subscription] | None:
    """Write down that a try begins, as if it had failed: it is due again only after a while.

    Committed before the receiver runs, so that it stands when the process ends with it.
    """
    now = clock.now()
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(pk=delivery_id, state=Delivery.State.PENDING, due_at__lte=now + TOLERANCE)
            .first()
        )
        if row is None:
            return None
        subscription = find(event_type=row.event.type, receiver=row.receiver)
        if subscription is None:
            _leave_for_later(row, now)
            return None
        if row.starts >= MOST_STARTS:
            _bury(row)
            return None
        row.starts += 1
        row.attempts += 1
        row.due_at = now + wait_after(row.attempts)
        row.save(update_fields=["starts", "attempts", "due_at"])
    return row, subscription


@retrying
def _run(row: Delivery, subscription: Subscription) -> None:
    with transaction.atomic():
        # Still our try: whoever was held up for long may find that another one has begun.
        # Waits for whoever looks through what lies about, which is soon done.
        mine = Delivery.objects.select_for_update().filter(
            pk=row.pk, state=Delivery.State.PENDING, attempts=row.attempts
        )
        if not mine.values_list("pk"):
            return
        with structlog.contextvars.bound_contextvars(
            request_id=row.event.request_id, fact=row.event_id, receiver=row.receiver
        ):
            subscription.receiver(subscription.event_type.from_data(row.event.data))
        if subscription.event_type.is_secret:
            OutboxEvent.objects.filter(pk=row.event_id).update(data={})
        Delivery.objects.filter(pk=row.pk).update(
            state=Delivery.State.DONE, done_at=clock.now(), starts=0
        )


def _once_the_database_is_there(write: Callable[[], None]) -> None:
    until = time.monotonic() + SECONDS_AWAY
    while True:
        try:
            write()
            return
        except (OperationalError, InterfaceError):
            if time.monotonic() >= until:
                raise
            connection.close()
            time.sleep(0.2)


def _bury(row: Delivery) -> None:
    """Its receiver ended its process each time, as far as is known: one more start would cost
    another one."""
    row.state = Delivery.State.DEAD
    row.last_error = (
        f"Started {row.starts} times without an end: each time the process ended with it, or the "
        f"database was away for long.\n\n{row.last_error}"
    ).strip()
    row.save(update_fields=["state", "last_error"])
    log.error("delivery_never_ends", receiver=row.receiver, fact=row.event_id, starts=row.starts)


def _leave_for_later(row: Delivery, now: datetime) -> None:
    """A process of another version may know the receiver; nothing is lost meanwhile."""
    log.warning("receiver_unknown", receiver=row.receiver, fact=row.event_id)
    Delivery.objects.filter(pk=row.pk).update(
        due_at=now + UNKNOWN_WAIT, last_error=f"Nothing here is called {row.receiver}."
    )


def _record_failure(row: Delivery, subscription: Subscription, error: Exception) -> None:
    row.last_error = "".join(traceback.format_exception(error))[-20_000:].replace("\x00", "")
    row.due_at = clock.now() + wait_after(row.attempts)
    row.starts = 0
    if _patience_ends(row, subscription):
        row.state = Delivery.State.DEAD
    changed = ("last_error", "due_at", "starts", "state")
    Delivery.objects.filter(pk=row.pk, state=Delivery.State.PENDING, attempts=row.attempts).update(
        **{name: getattr(row, name) for name in changed}
    )
    log.error(
        "delivery_failed",
        receiver=row.receiver,
        fact=row.event_id,
        attempts=row.attempts,
        dead=row.state == Delivery.State.DEAD,
        exc_info=error,
    )


def _patience_ends(row: Delivery, subscription: Subscription) -> bool:
    patience = timedelta(hours=subscription.patience_hours)
    # At least a few tries, even if nothing ran for a day after the fact.
    return row.attempts >= 5 and row.due_at - row.event.created_at > patience


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: 5 s, 10 s, 20 s … 1 h, each give or take 20 %."""
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, so that rivals part


def sweep(hand_over: Callable[[list[tuple[int, str]]], bool], *, batch: int = 500) -> int:
    """Hand over again what is due and has been lying about; returns how many.

    `hand_over` says whether the broker took them; if not, nothing is counted as sent. It is called
    after the commit: a worker that is faster than we are must not find the rows locked.
    """
    now = clock.now()
    with transaction.atomic():
        due = (
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(state=Delivery.State.PENDING, due_at__lte=now)
            .order_by("due_at")[: batch * 4]
        )
        stale = [row for row in due if row.sent_at + _lease(row.sweeps) <= now][:batch]
        Delivery.objects.filter(pk__in=[row.pk for row in stale]).update(
            sent_at=now, sweeps=F("sweeps") + 1
        )
    if not stale:
        return 0
    if not hand_over([(row.pk, row.queue) for row in stale]):
        Delivery.objects.bulk_update(stale, ["sent_at", "sweeps"])  # as they were read
        return 0
    return len(stale)


def _lease(sweeps: int) -> timedelta:
    return LEASE * (1 << min(sweeps, LONGEST_DOUBLING))


def retry_dead(*, delivery_ids: list[int]) -> int:
    """Give dead deliveries a new start; returns how many were dead."""
    return Delivery.objects.filter(pk__in=delivery_ids, state=Delivery.State.DEAD).update(
        state=Delivery.State.PENDING, attempts=0, starts=0, due_at=clock.now(), sweeps=0
    )
