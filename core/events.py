"""Facts that lower apps state and higher apps hear.

    @dataclass(frozen=True, kw_only=True)
    class OrderPaid(Event):
        order_number: str

    publish(OrderPaid(order_number="1042"))              # inside the transaction of the fact
    subscribe(OrderPaid, attribute_order)                # in AppConfig.ready() of an app above

The fact and one delivery per receiver are rows of the same transaction; nothing is lost with a
broker or a worker. A receiver runs in the transaction that marks its delivery done: it may be
started more than once, but its effect in the database happens once.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import structlog
from django.db import connection, transaction

from core import clock, handover
from core.subscriptions import Event, receivers_of, subscribe

__all__ = ["Event", "NotInTransaction", "publish", "subscribe"]


class NotInTransaction(RuntimeError):
    """A fact was published outside of the transaction that makes it true."""


# One statement for the fact and all its deliveries: walls of queries grow here otherwise.
_STORE = """
WITH event AS (
    INSERT INTO core_outboxevent (type, data, request_id, created_at)
    VALUES (%s, %s::jsonb, %s, %s) RETURNING id
)
INSERT INTO core_delivery
    (event_id, receiver, queue, state, attempts, due_at, sent_at, sweeps, last_error)
SELECT event.id, hearer.name, hearer.queue, 'pending', 0, %s, %s, 0, ''
FROM event, unnest(%s::text[], %s::text[]) AS hearer(name, queue)
RETURNING id, queue
"""


def publish(event: Event) -> None:
    """State a fact. Must be called inside `transaction.atomic()`, or raises NotInTransaction.

    Costs one statement. The receivers run after the commit, in Celery workers.
    """
    # The transaction that wraps a whole test is none of the caller's making.
    if all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise NotInTransaction(f"{type(event).__name__} was published outside of a transaction.")
    hearers = receivers_of(type(event))
    now = clock.now()
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64]
    names, queues = [one.name for one in hearers], [one.queue for one in hearers]
    values: list[Any] = [event.type_name(), json.dumps(event.to_data()), request_id, now]
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [*values, now, now, names, queues])
        stored = cursor.fetchall()
    if stored:
        transaction.on_commit(partial(handover.hand_over, stored), robust=True)
