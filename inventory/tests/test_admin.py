"""Operators may read every counter and every change; nothing is changed there."""

import pytest

from accounts.testing import client_for, make_user
from inventory import actions
from inventory.testing import make_stocked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["stock", "stockmovement", "reservation"])
def test_lists_cost_the_same_whatever_they_hold(
    page, django_assert_max_num_queries, django_assert_num_queries
):
    operator = client_for(make_user(staff=True))
    address = f"/admin/inventory/{page}/"
    actions.reserve(reference="first", wants={make_stocked(5): 1}, until=None)
    with django_assert_max_num_queries(10) as first:
        assert operator.get(address).status_code == 200
    for number in range(3):
        actions.reserve(reference=f"r{number}", wants={make_stocked(5): 1}, until=None)
    with django_assert_num_queries(len(first)):
        operator.get(address)
    assert operator.get(f"{address}?q=first").status_code == 200
    assert operator.get(f"{address}add/").status_code == 403
