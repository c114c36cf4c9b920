"""A brand at its desk, for the tests of pins it makes."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.testing import Profile, client_for, make_brand, owner_of


@pytest.fixture
def brand() -> Profile:
    """A brand that makes pins."""
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def desk(brand: Profile) -> Client:
    """Its owner, at work for it."""
    return client_for(owner_of(brand), acting=brand)
