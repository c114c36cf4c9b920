"""What somebody wants to hear, by program: the same kinds as on the page."""

from __future__ import annotations

import pytest

from accounts.testing import make_brand, make_person, owner_of
from marketplace.tests.api.calling import Program, refusal
from notifications.models import Preference

pytestmark = pytest.mark.django_db
PATH = "me/notification-preferences/"


def test_kinds_of_brands_are_for_those_who_work_in_one() -> None:
    buyer, seller = make_person(), owner_of(make_brand())
    lists = {
        one.pk: {row["kind"]: row["on"] for row in Program(one).get(PATH)["results"]}
        for one in (buyer, seller)
    }
    assert "orders.sold" in lists[seller.pk]
    assert "orders.sold" not in lists[buyer.pk]
    assert set(lists[buyer.pk]) < set(lists[seller.pk])
    muted = {"kind": "orders.sold", "on": []}
    assert refusal(Program(buyer).call("PATCH", PATH, muted))[0] == 404
    assert not Preference.objects.exists()
    changed = Program(seller).good(Program(seller).call("PATCH", PATH, muted))["results"]
    assert {row["kind"]: row["on"] for row in changed}["orders.sold"] == []
    again = Program(seller).good(Program(seller).call("PATCH", PATH, muted))["results"]
    assert again == changed, "muted twice is muted"
    assert Preference.objects.get().profile == seller
