"""Dates and prices of parcels."""

from datetime import date

import pytest

from accounts.testing import make_brand
from catalog import queries
from catalog.models import DeliveryMethod
from catalog.testing import make_delivery_method
from catalog.types import DeliveryRefused
from core.money import Money

FRIDAY = date(2026, 11, 20)


@pytest.mark.django_db
def test_options_are_priced_dated_and_sorted_in_one_query(django_assert_num_queries):
    brand, other, far = make_brand(), make_brand(), make_brand()
    make_delivery_method(seller=brand, name="Express", price=1200, min_days=1, max_days=1)
    make_delivery_method(seller=brand, name="Standard", price=600, free_from=10_000)
    make_delivery_method(seller=other, price=900)
    make_delivery_method(seller=far, countries=["IT"])
    subtotals = {
        brand.pk: Money(9_999, "EUR"),
        other.pk: Money(100, "EUR"),
        far.pk: Money(100, "EUR"),
    }
    with django_assert_num_queries(1):
        found = queries.delivery_options(
            seller_ids=[brand.pk, other.pk, far.pk],
            country="DE",
            subtotals=subtotals,
            lead_days={brand.pk: 3},
            today=FRIDAY,
        )
    assert [one.name for one in found[brand.pk]] == ["Standard", "Express"]
    assert found[brand.pk][0].price == Money(600, "EUR")
    assert found[brand.pk][0].earliest == date(2026, 11, 27)
    assert found[brand.pk][0].latest == date(2026, 12, 1)
    assert [one.price.amount for one in found[other.pk]] == [900]
    assert found[far.pk] == []


@pytest.mark.django_db
def test_delivery_is_free_from_the_stated_amount_on():
    brand = make_brand()
    make_delivery_method(seller=brand, price=600, free_from=10_000)
    found = queries.delivery_options(
        seller_ids=[brand.pk],
        country="DE",
        subtotals={brand.pk: Money(10_000, "EUR")},
        lead_days={},
        today=FRIDAY,
    )
    assert found[brand.pk][0].price == Money.zero("EUR")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"countries": []},
        {"countries": ["US"]},
        {"countries": ["zz"]},
        {"price": -1},
        {"min_days": 5, "max_days": 2},
        {"free_from": 0},
        {"max_days": 9_999},
    ],
)
def test_a_delivery_method_that_makes_no_sense_is_refused(wrong):
    brand = make_brand()
    with pytest.raises(DeliveryRefused):
        make_delivery_method(seller=brand, **wrong)
    assert not DeliveryMethod.objects.exists()
