"""Sweeps ask more in a minute than a program may."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _without_limits(settings: Settings) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
