"""What holds for every test of the project."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """What one test left in the cache (rate limits, scroll tokens) must not reach the next."""
    cache.clear()
    yield


@pytest.fixture(autouse=True)
def _media_of_its_own(settings: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pictures that a test stores go to a directory of its own."""
    settings.MEDIA_ROOT = Path(tmp_path_factory.mktemp("media"))  # type: ignore[attr-defined]
    yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under marketplace/tests/browser drives a browser."""
    for item in items:
        if "marketplace/tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
