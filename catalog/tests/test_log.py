"""The log of a brand's team: what stayed as it was is no line of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.queries import brand_log
from accounts.testing import make_brand, owner_of
from catalog import actions
from catalog.testing import make_delivery_method
from catalog.types import DeliveryMethodData
from core import clock
from core.money import Money

pytestmark = pytest.mark.django_db


def told(brand):
    """What the log says, oldest first."""
    return [str(one.words) for one in reversed(brand_log(brand_id=brand.pk).rows)]


def test_a_delivery_method_is_changed_by_another_word_and_switched_once():
    brand = make_brand()
    method = make_delivery_method(seller=brand)
    mine: dict[str, Any] = {
        "seller_id": brand.pk,
        "method_id": method.public_id,
        "actor_id": owner_of(brand).user_id,
    }
    before = told(brand)
    for name in ("Standard", "By boat", "By boat"):
        data = DeliveryMethodData(
            name=name,
            zone="EU",
            countries=("FR", "DE", "AT"),
            price=Money(600, "EUR"),
            min_days=2,
            max_days=4,
        )
        actions.update_delivery_method(**mine, data=data)
    for on in (True, False, False, True):
        actions.switch_delivery_method(**mine, on=on)
    assert told(brand)[len(before) :] == [
        "changed a delivery method",
        "switched a delivery method off",
        "switched a delivery method on",
    ]
    method.refresh_from_db()
    assert (method.name, method.active) == ("By boat", True)


def test_a_vacation_is_told_once():
    brand = make_brand()
    who: dict[str, Any] = {"seller_id": brand.pk, "actor_id": owner_of(brand).user_id}
    today = timezone.localdate(clock.now())
    actions.come_back(**who)
    for note in ("", "", "Back soon"):
        actions.go_away(**who, first=today, last=today + timedelta(days=3), note=note)
    for _again in range(2):
        actions.come_back(**who)
    assert told(brand) == [
        "closed the shop for a vacation",
        "closed the shop for a vacation",
        "opened the shop again",
    ]
