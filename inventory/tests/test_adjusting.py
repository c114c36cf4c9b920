"""Counting several variants at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import make_user
from catalog.testing import Variant, make_product
from core.models import OutboxEvent
from core.testing import race
from inventory import actions, queries
from inventory.models import StockMovement
from inventory.testing import counters, make_stocked
from inventory.types import BadQuantity, NotEnoughStock

pytestmark = pytest.mark.django_db


def shelf(*sizes: str) -> list[int]:
    """Variants of one new product, never counted and sold out."""
    product = make_product(sizes=sizes, availability="sold_out")
    return list(Variant.objects.filter(product=product).order_by("pk").values_list("pk", flat=True))


def words(pks: list[int]) -> list[str]:
    return list(
        Variant.objects.filter(pk__in=pks).order_by("pk").values_list("availability", flat=True)
    )


def test_several_come_in_and_cards_follow_once():
    pks = shelf("S", "M", "L")
    OutboxEvent.objects.all().delete()
    keeper = make_user().pk

    changes = dict(zip(pks, (40, 2, 0), strict=True))
    actions.adjust(changes=changes, actor_id=keeper, reason="Delivery")

    assert [counters(pk) for pk in pks[:2]] == [(40, 0), (2, 0)]
    assert queries.available(variant_pks=pks) == dict(zip(pks, (40, 2, 0), strict=True))
    assert words(pks) == ["in_stock", "low", "sold_out"]
    moved = StockMovement.objects.order_by("stock_id").values_list("quantity", "actor_id", "reason")
    assert list(moved) == [(40, keeper, "Delivery"), (2, keeper, "Delivery")]
    assert queries.stock_imbalances() == []
    changed = OutboxEvent.objects.filter(type="catalog.ProductChanged")
    assert changed.count() == 1


def test_some_come_in_while_others_are_gone():
    first, second = shelf("S", "M")
    actions.adjust(changes={first: 10, second: 10}, actor_id=None)

    actions.adjust(changes={second: 5, first: -8}, actor_id=None)

    assert (counters(first), counters(second)) == ((2, 0), (15, 0))
    assert words([first, second]) == ["low", "in_stock"]
    assert queries.stock_imbalances() == []


def test_it_is_all_or_none():
    first, second = shelf("S", "M")
    actions.adjust(changes={first: 10, second: 1}, actor_id=None)

    with pytest.raises(NotEnoughStock):
        actions.adjust(changes={first: 5, second: -2}, actor_id=None)
    for odd in (2**31, True):
        with pytest.raises(BadQuantity):
            actions.adjust(changes={first: 5, second: odd}, actor_id=None)

    assert (counters(first), counters(second)) == ((10, 0), (1, 0))
    assert StockMovement.objects.count() == 2
    assert queries.stock_imbalances() == []


def test_no_change_writes_nothing(django_assert_num_queries):
    pk = make_stocked(10)
    with django_assert_num_queries(2):  # the savepoint in this test's own transaction
        actions.adjust(changes={pk: 0}, actor_id=None)
    assert StockMovement.objects.count() == 1


def test_the_cost_does_not_grow_with_the_variants():
    def cost(pks: list[int]) -> int:
        with CaptureQueriesContext(connection) as seen:
            actions.adjust(changes=dict.fromkeys(pks, 9), actor_id=None)
        return len(seen)

    few, many = shelf("S", "M"), shelf(*"ABCDEFGHIJ")

    # Two of them are what they are called and the line in the brand's log.
    assert cost(few) == cost(many) <= 19


@pytest.mark.django_db(transaction=True)
def test_rivals_who_count_the_same_in_opposite_ways_do_not_wait_for_each_other():
    first, second = shelf("S", "M")
    actions.adjust(changes={first: 100, second: 100}, actor_id=None)

    def count(number: int) -> None:
        sign = 1 if number % 2 else -1
        actions.adjust(changes={first: sign * 3, second: -sign * 3}, actor_id=None)

    assert race(8, count) == [None] * 8
    assert (counters(first), counters(second)) == ((100, 0), (100, 0))
    assert queries.stock_imbalances() == []
