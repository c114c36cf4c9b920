"""One request id from the click to the last task."""

import json
import logging
from typing import Any

import pytest
import structlog
from celery import signals
from django.test import Client

from marketplace.logs import logging_settings


class _Request:
    is_eager = False

    def __init__(self, headers: dict[str, Any]) -> None:
        self.headers = headers

    def get(self, name: str) -> Any:
        return self.headers.get(name)


class _Task:
    name = "core.deliver"

    def __init__(self, headers: dict[str, Any]) -> None:
        self.request = _Request(headers)


def test_task_carries_the_id_of_its_request() -> None:
    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id="click-1"):
        signals.before_task_publish.send(sender="core.deliver", headers=headers)

    task = _Task(headers)
    signals.task_prerun.send(sender=task, task_id="t1", task=task)
    bound = structlog.contextvars.get_contextvars()
    signals.task_postrun.send(sender=task, task_id="t1", task=task)

    assert headers == {"request_id": "click-1"}
    assert bound == {"request_id": "click-1", "task": "core.deliver", "task_id": "t1"}
    assert structlog.contextvars.get_contextvars() == {}


def test_request_leaves_one_line(client: Client, caplog: Any) -> None:
    with caplog.at_level(logging.INFO, logger="marketplace.middleware"):
        client.get("/no-such-page", headers={"X-Request-ID": "click-0002"})

    lines = [r.msg for r in caplog.records if r.name == "marketplace.middleware"]
    assert [(each["path"], each["status"], each["request_id"]) for each in lines] == [
        ("/no-such-page", 404, "click-0002")
    ]


SECRET = ("a", "secret", "key")


def written(*, as_json: bool) -> str:
    """What a log says of an error, in whose function a key lay."""
    formatter = logging_settings(as_json=as_json, level="INFO")["formatters"]["structured"]
    handler = structlog.stdlib.ProcessorFormatter(
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    )
    try:
        key = "-".join(SECRET)
        raise ValueError(f"why, with {len(key)} letters")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    return handler.format(logging.LogRecord("x", logging.ERROR, __file__, 1, "it failed", (), info))


def test_json_lines_hold_the_traceback() -> None:
    line = json.loads(written(as_json=True))
    assert line["event"] == "it failed"
    assert line["level"] == "error"
    assert "ValueError: why, with 12 letters" in line["exception"]


@pytest.mark.parametrize("as_json", [True, False])
def test_what_a_variable_held_is_in_no_log(as_json: bool) -> None:
    text = written(as_json=as_json)
    assert "ValueError: why" in text
    assert "-".join(SECRET) not in text
