"""schemathesis reads our document and asks what it says: no server error, no answer beside it.

The fast run takes a few cases of every operation, the slow one many. The seed is fixed, so that a
failure is the same everywhere; every case is rolled back, so that none depends on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.testing import make_token, owner_of
from marketplace.tests.api.calling import routes
from marketplace.tests.world import World, make_world

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def arguments(world: World, names: dict[str, str], path: str) -> dict[str, str]:
    """What leads to something of the buyer's or the brand's."""
    wanted = set(re.findall(r"\{(\w+)\}", path))
    return {key: str(value) for key, value in world.real(names[path], wanted).items()}


@contextmanager
def connection_kept() -> Iterator[None]:
    """A request of a server closes the connection of its thread; this one is the test's own."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(strategy: Any, headers: dict[str, str], examples: int) -> tuple[int, str]:
    """Send so many cases; how many were sent, and what the first wrong answer was."""
    sent = 0

    @seed(20261128)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case: Any) -> None:
        nonlocal sent
        sent += 1
        # No block of its own: an act that must be outermost would not run in one.
        before = transaction.savepoint()
        answer = case.call(headers=headers)
        transaction.savepoint_rollback(before)
        case.validate_response(answer, checks=CHECKS)

    try:
        send()
    except Unsatisfiable:
        return 0, ""
    except AssertionError as failure:
        return sent, str(failure)
    except BaseExceptionGroup as failures:
        return sent, str(failures.exceptions[0])
    return sent, ""


def sweep(examples: int, modes: list[GenerationMode]) -> tuple[int, list[str]]:
    """Ask every operation so often in each mode; how many were asked, and what went wrong."""
    world = make_world()
    secrets = {
        "buyer": make_token(world.buyer).secret,
        "owner": make_token(owner_of(world.brand)).secret,
    }
    names = {re.sub(r"<\w+:(\w+)>", r"{\1}", path): name for path, _view, name in routes()}
    asked, wrong = 0, []
    with connection_kept():
        schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
        for found in schema.get_all_operations():
            one = found.ok()
            who = "owner" if "/studio/" in one.path else "buyer"
            headers = {"Authorization": f"Bearer {secrets[who]}"}
            for mode in modes:
                strategy = one.as_strategy(
                    generation_mode=mode, path_parameters=arguments(world, names, one.path)
                )
                done, failure = ask(strategy, headers, examples)
                asked += done
                if failure:
                    wrong.append(f"{one.label}: {failure}"[:600])
    return asked, wrong


def test_a_few_cases_of_every_operation() -> None:
    asked, wrong = sweep(1, [GenerationMode.POSITIVE])
    assert wrong == [], "\n".join(wrong)
    assert asked > 100


@pytest.mark.slow
def test_many_cases_of_every_operation() -> None:
    asked, wrong = sweep(8, [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    assert wrong == [], "\n".join(wrong)
    assert asked > 1_000
