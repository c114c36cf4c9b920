"""Celery entries: load by id, one call."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from orders import actions


@shared_task(name="orders.expire_checkouts")
def expire_checkouts(**kwargs: Any) -> None:
    """Expire checkouts and finish purchases whose news was lost; beat calls it."""
    actions.expire_checkouts()
