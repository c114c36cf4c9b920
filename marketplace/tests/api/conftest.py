"""Sweeps ask more in a minute than a program may; the provider is a process of its own."""

import pytest
from pytest_django import Settings

from payments.testing import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]


@pytest.fixture(autouse=True)
def _without_limits(settings: Settings) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
