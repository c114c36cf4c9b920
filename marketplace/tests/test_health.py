"""The probes."""

import pytest
from django.db import connection
from django.test import Client


def test_healthz_needs_nothing(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_names_each_check(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "migrations": True, "broker": True}
    assert connection.vendor == "postgresql"
