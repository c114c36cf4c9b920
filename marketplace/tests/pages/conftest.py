"""Whose studio the pages show, unless a file has its own."""

import pytest

from accounts.testing import client_for, make_brand, owner_of
from catalog.testing import make_category


@pytest.fixture
def brand():
    make_category(slug="vases", name="Vases")
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def owner(brand):
    return client_for(owner_of(brand))
