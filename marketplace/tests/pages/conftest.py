"""Whose studio the pages show and what it sells, unless a file has its own."""

import pytest

from accounts.testing import client_for, make_brand, owner_of
from catalog.testing import make_category, make_product


@pytest.fixture
def brand():
    make_category(slug="vases", name="Vases")
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def owner(brand):
    return client_for(owner_of(brand))


@pytest.fixture
def vases(brand):
    """Vase A for 10 euros, B for 20, C for 30."""
    return [
        make_product(seller=brand, title=f"Vase {one}", price=n * 1000 + 1000)
        for n, one in enumerate("ABC")
    ]
