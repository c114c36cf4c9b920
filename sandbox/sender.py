"""The thread that sends messages and closes payments whose time is over."""

import threading

import structlog
from django.db import DatabaseError, close_old_connections

from core import clock
from sandbox import intents, payees
from sandbox.models import Intent
from sandbox.webhooks import send_due

log = structlog.get_logger(__name__)
IDLE_SECONDS = 1.0
_work = threading.Event()
_started = threading.Lock()


def wake() -> None:
    """There may be something to send."""
    _work.set()


def start() -> None:
    """Start the thread, once for the process."""
    if _started.acquire(blocking=False):
        threading.Thread(target=_run, name="webhooks", daemon=True).start()


def _run() -> None:
    while True:
        _work.wait(IDLE_SECONDS)
        _work.clear()
        try:
            while send_due():
                pass
            _close_late()
            payees.settle_due()
        except DatabaseError:
            # The database is away, or a test emptied the tables: what is due waits there.
            log.warning("webhooks wait for the database", exc_info=True)
            _work.wait(IDLE_SECONDS)
        close_old_connections()


def _close_late() -> None:
    late = Intent.objects.filter(state="requires_action", expires_at__lte=clock.now())
    for pk in late.values_list("pk", flat=True)[:20]:
        intents.close(intent_pk=pk, code="too_late")
