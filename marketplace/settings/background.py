"""Celery: the queues, the limits of a task, and what is done at which interval.

It is never the only record of a duty.
"""

from typing import Any

from kombu import Exchange, Queue

from marketplace.settings.environment import env
from marketplace.settings.stores import BROKER_URL

CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # Of whoever leaves a message: a person waits for it. Workers listen for longer (`celery.py`).
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    # By name: default, mail, media. Nobody's mail waits behind a hundred pictures of somebody else.
    "queue_order_strategy": "sorted",
}
# A request that cannot reach the broker goes on at once; the sweeper finds the row later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_DEFAULT_QUEUE = "default"
# Each with an exchange of its own: queues that share one would all receive every message.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in ("default", "mail", "media")
]
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KiB; a child that grew past it is replaced
CELERY_TIMEZONE = "UTC"


def _every(seconds: float, task: str) -> dict[str, Any]:
    """An entry that a late worker drops rather than catches up with: the next one does its work."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 30)}}


CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": _every(10, "core.sweep"),
    "expire holds": _every(15, "inventory.expire_holds"),
    "reconcile payments": _every(20, "payments.reconcile"),
    "expire checkouts": _every(30, "orders.expire_checkouts"),
    "publish what is due": _every(30, "catalog.publish_due"),
    "refresh popularity": _every(300, "feed.refresh_popularity"),
    "forget what was deleted": _every(3600, "feed.forget_deleted"),
    "publish due pins": _every(30, "feed.publish_due"),
    "drop deleted pins": _every(24 * 3600, "feed.drop_deleted"),
    "drop deleted reviews": _every(3600, "reviews.drop_deleted"),
    "look at traders again": _every(24 * 3600, "brands.look_again"),
    "look at withdrawn pictures": _every(24 * 3600, "core.settle_pictures"),
    "clean up": _every(24 * 3600, "core.clean"),
}
