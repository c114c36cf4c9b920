"""What is dropped, and when: delivered facts, old answers, old counts, files that no row names."""

from datetime import timedelta

import structlog

from core import clock, files
from core.models import Delivery, IdempotencyKey, Image, OutboxEvent, TryCount

log = structlog.get_logger(__name__)

KEEP_EVENTS = timedelta(days=14)
KEEP_ANSWERS = timedelta(days=7)
ORPHAN_AGE = timedelta(hours=1)
BATCH = 5_000


def clean() -> None:
    """Runs to the end or is repeated tomorrow; each step stands alone."""
    now = clock.now()
    delivered = (
        OutboxEvent.objects.filter(created_at__lt=now - KEEP_EVENTS)
        .exclude(deliveries__state__in=[Delivery.State.PENDING, Delivery.State.DEAD])
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    OutboxEvent.objects.filter(pk__in=list(delivered)).delete()
    IdempotencyKey.objects.filter(created_at__lt=now - KEEP_ANSWERS).delete()
    TryCount.objects.filter(expires_at__lt=now).delete()
    removed = remove_orphan_files()
    if removed:
        log.info("orphan_files_removed", count=removed)


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
