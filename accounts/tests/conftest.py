"""What several modules of these tests share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.oidc_testing import ProviderDouble


@pytest.fixture
def double(settings: Any) -> Iterator[ProviderDouble]:
    """A provider of log-ins, the only one that the market knows."""
    with ProviderDouble() as one:
        settings.LOG_IN_PROVIDERS = (one.as_provider(),)
        yield one
