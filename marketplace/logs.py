"""Structured logs: one line an event, each with the id of the request that caused it.

The id of a request travels in the headers of the Celery tasks that it sends, and in theirs, so that
everything which a click set in motion can be found by one search.
"""

from typing import Any

import structlog
from celery import signals

HEADER = "request_id"

_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def logging_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Configure structlog and return what Django's LOGGING holds: everything to standard output."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ending: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [
            # Plain, wherever `rich` happens to lie around: it would also print what every variable
            # held (a key, an address), and take half a second.
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "structured",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Replaces Django's own handlers, which would print each error a second time.
            "django": {"handlers": [], "level": level, "propagate": True},
            # A line for every 404 says nothing that our own line for the request does not.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "httpx": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }


@signals.setup_logging.connect
def _keep_our_logging(**_: object) -> None:
    """Being connected is enough: Celery then leaves the logging alone that Django has set up."""


@signals.before_task_publish.connect
def _send_request_id(headers: dict[str, Any] | None = None, **_: object) -> None:
    request_id = structlog.contextvars.get_contextvars().get(HEADER)
    if headers is not None and request_id:
        headers[HEADER] = request_id


@signals.task_prerun.connect
def _bind_request_id(task_id: str = "", task: Any = None, **_: object) -> None:
    if task.request.is_eager:
        return  # runs inside the request that sent it, whose id is bound already
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        task=task.name, task_id=task_id, **{HEADER: task.request.get(HEADER) or task_id}
    )


@signals.task_postrun.connect
def _forget_request_id(task: Any = None, **_: object) -> None:
    if not task.request.is_eager:
        structlog.contextvars.clear_contextvars()
