"""What is dropped, and when: delivered facts, old answers, counts and sessions, nobody's files."""

import time
from datetime import datetime, timedelta
from importlib import import_module

import structlog
from django.conf import settings

from core import clock, files
from core.models import Delivery, IdempotencyKey, Image, OutboxEvent, TryCount

log = structlog.get_logger(__name__)

KEEP_EVENTS = timedelta(days=14)
KEEP_ANSWERS = timedelta(days=7)
ORPHAN_AGE = timedelta(hours=1)
BATCH = 5_000
# Deleting facts takes at most this much of the minute that a task has.
SECONDS = 25


def clean() -> None:
    """Runs to the end or goes on next time; each step stands alone."""
    now = clock.now()
    until = time.monotonic() + SECONDS
    while _drop_delivered(before=now - KEEP_EVENTS) == BATCH and time.monotonic() < until:
        pass
    IdempotencyKey.objects.filter(created_at__lt=now - KEEP_ANSWERS).delete()
    TryCount.objects.filter(expires_at__lt=now).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    removed = remove_orphan_files()
    if removed:
        log.info("orphan_files_removed", count=removed)


def _drop_delivered(*, before: datetime) -> int:
    """One batch of facts that everybody has heard of; how many there were."""
    delivered = list(
        OutboxEvent.objects.filter(created_at__lt=before)
        .exclude(deliveries__state__in=[Delivery.State.PENDING, Delivery.State.DEAD])
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    OutboxEvent.objects.filter(pk__in=delivered).delete()
    return len(delivered)


def remove_orphan_files() -> int:
    """Remove files older than an hour that no image owns: their transaction never came through."""
    removed = 0
    for batch in files.old_directories(older_than=ORPHAN_AGE):
        known = set(
            Image.objects.filter(public_id__in=list(batch)).values_list("public_id", flat=True)
        )
        for public_id, directory in batch.items():
            if public_id not in known:
                files.remove_directory(directory)
                removed += 1
    return removed
