"""What a machine may read about the market, and who may."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from core import clock
from core.models import Delivery, OutboxEvent
from payments.models import ProviderEvent

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer of-the-tests"}


@pytest.fixture
def measured(settings: Settings) -> Client:
    """A visitor of a market that measures."""
    settings.METRICS_TOKEN = "of-the-tests"
    settings.MIDDLEWARE = ["marketplace.metrics.MetricsMiddleware", *settings.MIDDLEWARE]
    return Client()


def samples(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """Value by name and labels, these in the order of their names."""
    return {
        (one.name, tuple(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_nobody_reads_them_without_a_token(client: Client) -> None:
    assert django_settings.METRICS_TOKEN == ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_nobody_reads_them_with_another_token(measured: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "of-the-tests"}):
        assert measured.get("/metrics", headers=headers).status_code == 404
    assert measured.post("/metrics", headers=TOKEN).status_code in (403, 405)


def test_requests_are_counted_by_the_name_of_their_address(measured: Client) -> None:
    name = "parley_request_seconds_count"
    before = samples(measured.get("/metrics", headers=TOKEN).content.decode())
    for path in ("/explore/", "/explore/lamps/", "/no-such-page/"):
        measured.get(path)
    after = samples(measured.get("/metrics", headers=TOKEN).content.decode())
    for labels in (
        ("GET", "feed:explore", "2xx"),
        ("GET", "feed:explore_category", "4xx"),
        ("GET", "", "4xx"),
    ):
        assert after[name, labels] == before.get((name, labels), 0) + 1


def test_what_waits_is_told(measured: Client) -> None:
    event = OutboxEvent.objects.create(type="core.Nothing", data={})
    Delivery.objects.create(event=event, receiver="nobody", queue="default", state="dead")
    said = {"body": {}, "received_at": clock.now()}
    for number, (kind, outcome) in enumerate(
        [("answer.confused", "review"), ("answer.confused", "seen"), ("payment.paid", "review")]
    ):
        ProviderEvent.objects.create(event_id=number, kind=kind, outcome=outcome, **said)
    answer = measured.get("/metrics", headers=TOKEN)
    assert answer["Content-Type"].startswith("text/plain")
    found = samples(answer.content.decode())
    assert found["parley_outbox_dead", ()] == 1
    assert found["parley_outbox_pending", ()] == 0
    assert found["parley_answers_in_review", ()] == 1
    for queue in ("default", "mail", "media"):
        assert found["parley_queue_length", (queue,)] >= 0


COUNT = """
from core.metrics import TASK_SECONDS, exposition
import sys
TASK_SECONDS.labels(task="t", outcome="success").observe(0.01)
sys.stdout.write(exposition().decode())
"""


def test_processes_of_one_machine_count_together(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
    }
    told = [
        subprocess.run(
            [sys.executable, "-c", COUNT],
            env=env,
            cwd=django_settings.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for _ in range(2)
    ]
    name = ("parley_task_seconds_count", ("success", "t"))
    assert [samples(text)[name] for text in told] == [1, 2]
