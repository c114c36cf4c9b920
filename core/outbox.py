"""Delivering what is due: claim a row, run its receiver, mark it done, all in one transaction."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
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
# A row that was handed to the broker this long ago and is still pending is handed over again;
# the time doubles with each repetition, so that a long queue is not made longer.
LEASE = timedelta(seconds=15)
LONGEST_DOUBLING = 5


@dataclass(frozen=True)
class Failed:
    """What a receiver's exception was."""

    error: Exception


def deliver_one(delivery_id: int) -> Failed | None:
    """Run one delivery if it is pending, due and in nobody else's hands.

    Safe to call any number of times, in parallel. A failure is stored with its traceback and
    tried again later; when patience ends the delivery is dead and waits for a person.
    """
    try:
        _claim_and_run(delivery_id)
    except Exception as error:  # noqa: BLE001 - whatever a receiver raises must not stop the queue
        _record_failure(delivery_id, error)
        return Failed(error)
    return None


@retrying
def _claim_and_run(delivery_id: int) -> None:
    now = clock.now()
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(pk=delivery_id, state=Delivery.State.PENDING, due_at__lte=now + TOLERANCE)
            .first()
        )
        if row is None:
            return
        subscription = find(event_type=row.event.type, receiver=row.receiver)
        if subscription is None:
            _leave_for_later(row, now)
            return
        with structlog.contextvars.bound_contextvars(
            request_id=row.event.request_id, fact=row.event_id, receiver=row.receiver
        ):
            subscription.receiver(subscription.event_type.from_data(row.event.data))
        if subscription.event_type.is_secret:
            OutboxEvent.objects.filter(pk=row.event_id).update(data={})
        Delivery.objects.filter(pk=row.pk).update(
            state=Delivery.State.DONE, done_at=clock.now(), attempts=F("attempts") + 1
        )


def _leave_for_later(row: Delivery, now: datetime) -> None:
    """A process of another version may know the receiver; nothing is lost meanwhile."""
    log.warning("receiver_unknown", receiver=row.receiver, fact=row.event_id)
    Delivery.objects.filter(pk=row.pk).update(
        due_at=now + UNKNOWN_WAIT, last_error=f"Nothing here is called {row.receiver}."
    )


def _record_failure(delivery_id: int, error: Exception) -> None:
    text = "".join(traceback.format_exception(error))[-20_000:].replace("\x00", "")
    now = clock.now()
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("event")
            .filter(pk=delivery_id, state=Delivery.State.PENDING)
            .first()
        )
        if row is None:
            return
        row.attempts += 1
        row.last_error = text
        row.due_at = now + wait_after(row.attempts)
        subscription = find(event_type=row.event.type, receiver=row.receiver)
        if _patience_ends(row, subscription):
            row.state = Delivery.State.DEAD
        row.save(update_fields=["attempts", "last_error", "due_at", "state"])
    log.error(
        "delivery_failed",
        receiver=row.receiver,
        fact=row.event_id,
        attempts=row.attempts,
        dead=row.state == Delivery.State.DEAD,
        exc_info=error,
    )


def _patience_ends(row: Delivery, subscription: Subscription | None) -> bool:
    patience = timedelta(hours=subscription.patience_hours if subscription else 6)
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
        state=Delivery.State.PENDING, attempts=0, due_at=clock.now(), sweeps=0
    )
