"""Celery entries of the ground. The rows are the truth; a message only says that one is due."""

import time
from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import outbox
from core.housekeeping import clean as clean_up

log = structlog.get_logger(__name__)

# After the broker failed us it is left alone for a while: no request waits for it twice.
_PAUSE_SECONDS = 5.0
_away_until = 0.0


@shared_task(name="core.deliver")
def deliver(delivery_id: int, **kwargs: Any) -> None:
    """Tell one receiver of one fact."""
    outbox.deliver_one(delivery_id)


@shared_task(name="core.sweep")
def sweep(**kwargs: Any) -> None:
    """Hand over what was left lying, because a broker, a worker or a receiver failed."""
    while outbox.sweep(hand_over) == 500:
        pass


@shared_task(name="core.clean")
def clean(**kwargs: Any) -> None:
    """Once a day: drop what has served its purpose."""
    clean_up()


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
