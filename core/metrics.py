"""What a machine reads about this process: request and task times, open streams (Prometheus).

Off unless METRICS_TOKEN is set. Several processes of one machine write into one directory
(PROMETHEUS_MULTIPROC_DIR), so that whichever is asked answers for all of them.
"""

from __future__ import annotations

import os
import secrets

from django.conf import settings
from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SLOW = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60)

REQUEST_SECONDS = Histogram(
    "parley_request_seconds",
    "Time to answer a request, by the name of its address, in seconds.",
    ("route", "method", "status"),
    buckets=_FAST,
)
TASK_SECONDS = Histogram(
    "parley_task_seconds",
    "Time that a background task took, in seconds.",
    ("task", "outcome"),
    buckets=_SLOW,
)
LIVE_STREAMS = Gauge(
    "parley_live_streams", "Open event streams of the live process.", multiprocess_mode="mostrecent"
)


def switched_on() -> bool:
    """Whether anything is measured."""
    return bool(settings.METRICS_TOKEN)


def allowed(*, authorization: str) -> bool:
    """Whether a request with this header may read the metrics: `Bearer <METRICS_TOKEN>`."""
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    return switched_on() and secrets.compare_digest(authorization.encode(), wanted.encode())


def registry(*collectors: Collector) -> CollectorRegistry:
    """All that the processes of this machine have counted, and what `collectors` find just now."""
    found = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]
    else:
        for one in (REQUEST_SECONDS, TASK_SECONDS, LIVE_STREAMS):
            found.register(one)
    for collector in collectors:
        found.register(collector)
    return found


def exposition(*collectors: Collector) -> bytes:
    """The same as text, of the type CONTENT_TYPE."""
    return generate_latest(registry(*collectors))


__all__ = [
    "CONTENT_TYPE",
    "LIVE_STREAMS",
    "REQUEST_SECONDS",
    "TASK_SECONDS",
    "allowed",
    "exposition",
    "registry",
    "switched_on",
]
