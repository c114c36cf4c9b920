"""Handing deliveries to the workers: the message that says which row is due, and who hears it."""

from __future__ import annotations

import time

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import outbox

log = structlog.get_logger(__name__)

# After the broker failed us it is left alone for a while: no request waits for it twice.
_PAUSE_SECONDS = 5.0
_away_until = 0.0


@shared_task(name="core.deliver")
def deliver(delivery_id: int, **_kwargs: object) -> None:
    """Tell one receiver of one fact."""
    outbox.deliver_one(delivery_id)


def hand_over(deliveries: list[tuple[int, str]]) -> bool:
    """Put messages for these (delivery id, queue) on their queues; False if the broker is away."""
    global _away_until
    if time.monotonic() < _away_until:
        return False
    try:
        for delivery_id, queue in deliveries:
            deliver.apply_async(kwargs={"delivery_id": delivery_id}, queue=queue)
    except (OperationalError, OSError) as error:
        _away_until = time.monotonic() + _PAUSE_SECONDS
        log.warning("broker_away", error=str(error))
        return False
    return True
