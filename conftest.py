"""What holds for every test of the project."""

import gc
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from pytest_django import Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from catalog.queries import forget_attributes, forget_categories
from core import clock, ratelimit

BROWSER_TESTS = "marketplace/tests/browser/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """What one test left in the cache (rate limits, scroll tokens) must not reach the next.

    Nor the categories and attributes of another one, which the process keeps for a minute.
    """
    cache.clear()
    forget_categories()
    forget_attributes()


@pytest.fixture(autouse=True)
def _whole_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit begins with its test: the clock's next minute gives nobody new tries."""
    monkeypatch.setattr(ratelimit, "COUNTED_SINCE", int(clock.now().timestamp()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under marketplace/tests/browser drives a browser."""
    for item in items:
        if item.nodeid.startswith(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


# What shares a market that takes half a minute and more to come up.
TOGETHER = (
    BROWSER_TESTS,
    "marketplace/tests/test_faults.py",
    "marketplace/tests/test_up.py",
)


class OneMarketScheduling(LoadScopeScheduling):
    """Tests that share a market go to one process, all others where there is room.

    What `--dist loadgroup` is for; pytest-xdist 3.8 sets the groups where pytest 9.2 no longer
    looks for them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((part for part in TOGETHER if nodeid.startswith(part)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneMarketScheduling:
    return OneMarketScheduling(config, log)


@pytest.fixture(autouse=True)
def _without_limit(settings: Settings) -> None:
    """Sweeps send more forms in a minute than anybody may; the tests of the limit set their own."""
    settings.WRITES_PER_MINUTE = 1_000_000


@pytest.fixture(autouse=True)
def media_root(settings: Settings) -> Path:
    """Where this test's pictures lie, and nobody else's. The first of them makes it.

    A process that the test starts looks elsewhere unless it is told (`MEDIA_ROOT`).
    """
    directory = Path(settings.MEDIA_ROOT) / uuid4().hex
    settings.MEDIA_ROOT = directory
    return directory


@pytest.fixture(autouse=True)
def _no_provider(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Only tests that ask for the sandbox reach it: what others pay for, they tell themselves.

    Once a test has asked, it runs for the whole session and would refuse payments it never saw.
    """
    if not {"sandbox", "sandbox_process"} & set(request.fixturenames):
        settings.PROVIDER_ORIGIN = "http://127.0.0.1:9"


def pytest_configure() -> None:
    # Nobody attacks the passwords of tests; a strong hash for each made-up user costs minutes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # How busy the machine is decides no test.
    hypothesis.settings.register_profile(
        "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("untimed")
