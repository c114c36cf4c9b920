"""Probes: `/healthz` says that the process answers, `/readyz` that what it needs is there too."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from marketplace.celery import app

log = structlog.get_logger(__name__)

# Set once nothing is left to apply: reading all migration files takes longer than the whole probe,
# and a running process never goes back to an older schema.
_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and migrations are fine, otherwise 503 and which of them is not."""
    checks = {
        name: _passes(name, check)
        for name, check in {
            "database": _database,
            "migrations": _migrations,
            "broker": _broker,
        }.items()
    }
    ready = all(checks.values())
    answer = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JsonResponse(answer, status=200 if ready else 503)


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, BrokerError, OSError) as error:
        log.warning("not ready", check=name, error=str(error))
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _broker() -> bool:
    with app.connection_for_read(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=1, timeout=1)
    return True
