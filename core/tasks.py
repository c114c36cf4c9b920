"""Celery entries of the ground. The rows are the truth; a message only says that one is due."""

from typing import Any

from celery import shared_task

from core import handover, outbox, withdrawn
from core.housekeeping import clean as clean_up


@shared_task(name="core.sweep")
def sweep(**kwargs: Any) -> None:
    """Hand over what was left lying, because a broker, a worker or a receiver failed."""
    while outbox.sweep(handover.hand_over) == 500:
        pass


@shared_task(name="core.clean")
def clean(**kwargs: Any) -> None:
    """Once a day: drop what has served its purpose."""
    clean_up()


@shared_task(name="core.settle_pictures", time_limit=55)
def settle_pictures(**kwargs: Any) -> None:
    """Once a day: pictures that came into sight or went out of it, though nobody said so."""
    withdrawn.look_again()
