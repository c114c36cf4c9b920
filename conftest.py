"""What holds for every test of the project."""

import pytest
from django.conf import settings
from django.core.cache import cache
from pytest_django import Settings


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


@pytest.fixture(autouse=True)
def _no_provider(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Only tests that ask for the sandbox reach it: what others pay for, they tell themselves.

    Once a test has asked, it runs for the whole session and would refuse payments it never saw.
    """
    if not {"sandbox", "sandbox_process"} & set(request.fixturenames):
        settings.PROVIDER_ORIGIN = "http://127.0.0.1:9"


def pytest_configure() -> None:
    """Nobody attacks the passwords of tests; a strong hash for each made-up user costs minutes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
