"""What holds for every test of the project."""

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """What one test left in the cache (rate limits, scroll tokens) must not reach the next."""
    cache.clear()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under marketplace/tests/browser drives a browser, in one process: one market."""
    for item in items:
        if "marketplace/tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_configure() -> None:
    """Nobody attacks the passwords of tests; a strong hash for each made-up user costs minutes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
