"""The market's metrics: who measures, and what stands still. docs/operations.md names them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from celery import signals
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from prometheus_client import start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core import metrics
from marketplace.celery import app

log = structlog.get_logger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# Each by an index of its own, so that asking every few seconds costs nothing.
_STANDING = """
SELECT
    (SELECT count(*) FROM core_delivery WHERE state = 'pending'),
    (SELECT count(*) FROM core_delivery WHERE state = 'dead'),
    (SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)
     FROM core_delivery WHERE state = 'pending' AND due_at < now()),
    (SELECT count(*) FROM payments_payment
     WHERE state IN ('created', 'requires_action', 'unknown')),
    (SELECT count(*) FROM payments_payment WHERE state = 'review'),
    (SELECT count(*) FROM payments_providerevent
     WHERE outcome = 'review' AND kind = 'answer.confused')
"""
_NAMES = (
    ("parley_outbox_pending", "Deliveries that wait."),
    ("parley_outbox_dead", "Deliveries that a person must look at."),
    ("parley_outbox_late_seconds", "Age of the oldest delivery that is due."),
    ("parley_payments_undecided", "Payments that the provider has not decided."),
    ("parley_payments_in_review", "Payments that a person must look at."),
    ("parley_answers_in_review", "Answers about other payments that a person must look at."),
)


class MetricsMiddleware:
    """Measures each request under the name of its address: a million pins are one row."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        metrics.REQUEST_SECONDS.labels(
            route=match.view_name if match else "",
            method=request.method if request.method in ("GET", "HEAD", "POST") else "other",
            status=f"{response.status_code // 100}xx",
        ).observe(time.perf_counter() - started)
        return response


class Standing(Collector):
    """Duties that wait, by asking database and broker; silent about what cannot be asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(_STANDING)
                row = cursor.fetchone()
        except DatabaseError as error:
            log.warning("metrics_without_database", error=str(error))
        else:
            for (name, says), value in zip(_NAMES, row, strict=True):
                yield GaugeMetricFamily(name, says, value=float(value))
        try:
            lengths = _queue_lengths()
        except (OperationalError, OSError) as error:
            log.warning("metrics_without_broker", error=str(error))
        else:
            waiting = GaugeMetricFamily(
                "parley_queue_length", "Messages that no worker has taken.", labels=["queue"]
            )
            for name, length in lengths.items():
                waiting.add_metric([name], length)
            yield waiting


def _queue_lengths() -> dict[str, float]:
    with app.connection_for_read(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=1, timeout=1)
        client = broker.default_channel.client  # type: ignore[attr-defined] # of its Redis kind
        return {one.name: float(client.llen(one.name)) for one in settings.CELERY_TASK_QUEUES}


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """/metrics: for whoever has the token; for everybody else there is no such page."""
    if not metrics.allowed(authorization=request.headers.get("Authorization", "")):
        raise Http404
    return HttpResponse(metrics.exposition(Standing()), content_type=metrics.CONTENT_TYPE)


# --- background tasks ----------------------------------------------------------------------------
_started: dict[str, float] = {}


@signals.task_prerun.connect
def _start_clock(task_id: str = "", **_: object) -> None:
    if metrics.switched_on():
        _started[task_id] = time.perf_counter()


@signals.task_postrun.connect
def _stop_clock(task_id: str = "", task: Any = None, state: str | None = None, **_: object) -> None:
    started = _started.pop(task_id, None)
    if started is not None:
        metrics.TASK_SECONDS.labels(task=task.name, outcome=(state or "lost").lower()).observe(
            time.perf_counter() - started
        )


@signals.worker_ready.connect
def _serve_worker(**_: object) -> None:
    """A worker that runs apart answers for itself, on a port that only the inside can reach."""
    if metrics.switched_on() and settings.METRICS_PORT:
        start_http_server(settings.METRICS_PORT, registry=metrics.registry())
