"""A brand at its desk, for the tests of pins it makes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.testing import Profile, client_for, make_brand, owner_of


@pytest.fixture
def media_root(settings: Any, tmp_path: Any) -> None:
    """Pictures of this test only."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def brand() -> Profile:
    """A brand that makes pins."""
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def desk(brand: Profile) -> Client:
    """Its owner, at work for it."""
    return client_for(owner_of(brand), acting=brand)
