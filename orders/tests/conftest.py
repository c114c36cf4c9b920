"""The provider as a process of its own, for tests that pay, and who buys."""

import pytest

from accounts.testing import make_organization
from orders.testing import make_buyer
from payments.testing import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]


@pytest.fixture
def buyer():
    return make_buyer()[0]


@pytest.fixture
def company(buyer):
    return make_organization(person=buyer)
