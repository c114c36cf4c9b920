"""What a seller says about the shelf: counted, received, returned, written off, and low marks."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from accounts.testing import make_brand, make_member, owner_of
from catalog.testing import Variant as CatalogVariant
from core import clock
from core.testing import deliver_all
from inventory import actions, queries
from inventory.testing import Stock, StockMovement, counters, make_stocked
from inventory.types import BadQuantity, MovementKind, NotEnoughStock
from notifications.testing import mails_to, notices_of

pytestmark = pytest.mark.django_db


def word(pk):
    return CatalogVariant.objects.values_list("availability", flat=True).get(pk=pk)


def moved(pk):
    rows = StockMovement.objects.filter(stock_id=pk).order_by("id")
    return list(rows.values_list("kind", "quantity"))


def test_a_count_books_the_difference_in_either_direction():
    pk, other = make_stocked(10), make_stocked(0)
    actions.count(counts={pk: 7, other: 4}, actor_id=None, reason="Inventory")
    actions.count(counts={pk: 7}, actor_id=None)
    actions.count(counts={pk: 0}, actor_id=None)

    assert moved(pk) == [("received", 10), ("counted", -3), ("counted", -7)]
    assert moved(other) == [("counted", 4)]
    assert counters(pk) == (0, 0)
    assert word(pk) == "sold_out"
    assert queries.stock_imbalances() == []


def test_less_than_what_is_promised_cannot_have_been_counted():
    pk, other = make_stocked(5), make_stocked(5)
    actions.reserve(reference="a", wants={pk: 3}, until=None)
    with pytest.raises(NotEnoughStock) as refused:
        actions.count(counts={pk: 2, other: 9}, actor_id=None)

    assert refused.value.variants == [pk]
    assert (counters(pk), counters(other)) == ((5, 3), (5, 0))
    assert len(moved(other)) == 1


def test_what_comes_back_is_a_movement_of_its_own():
    pk = make_stocked(1)
    actions.take_back(variant_id=pk, quantity=2, actor_id=None, reason="Did not fit")
    assert moved(pk) == [("received", 1), ("returned", 2)]
    assert queries.stock_imbalances() == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (MovementKind.RECEIVED, -1),
        (MovementKind.RETURNED, -1),
        (MovementKind.WRITTEN_OFF, 1),
    ],
)
def test_a_kind_has_one_direction(kind, change):
    pk = make_stocked(5)
    with pytest.raises(BadQuantity):
        actions.adjust(changes={pk: change}, actor_id=None, kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(stock_id=pk, kind=kind, quantity=change, at=clock.now())
    assert counters(pk) == (5, 0)


@pytest.mark.parametrize("number", [-1, 1_000_001, True])
def test_nonsense_counts_and_marks_change_nothing(number):
    pk = make_stocked(5)
    with pytest.raises(BadQuantity):
        actions.count(counts={pk: number}, actor_id=None)
    with pytest.raises(BadQuantity):
        actions.set_low_mark(variant_id=pk, low_at=number, actor_id=None)
    assert counters(pk) == (5, 0)
    assert Stock.objects.get(pk=pk).low_at == 3


def test_the_word_follows_the_mark_of_the_variant():
    pk = make_stocked(10)
    actions.set_low_mark(variant_id=pk, low_at=10, actor_id=None)
    assert word(pk) == "low"
    actions.set_low_mark(variant_id=pk, low_at=0, actor_id=None)
    assert word(pk) == "in_stock"
    actions.write_off(variant_id=pk, quantity=9, actor_id=None)
    assert word(pk) == "in_stock"
    actions.write_off(variant_id=pk, quantity=1, actor_id=None)
    assert word(pk) == "sold_out"


def test_who_looks_after_products_hears_once_for_each_crossing():
    brand = make_brand()
    keeper, finance = (
        make_member(brand=brand, role="catalogue"),
        make_member(brand=brand, role="finance"),
    )
    pk = make_stocked(10, seller=brand, title="Tall vase")
    actions.set_low_mark(variant_id=pk, low_at=5, actor_id=None)

    def told(person):
        deliver_all()
        return len(notices_of(person.pk, kind="inventory.low"))

    assert told(keeper) == 0
    actions.write_off(variant_id=pk, quantity=5, actor_id=None)
    actions.write_off(variant_id=pk, quantity=1, actor_id=None)
    assert (told(keeper), told(owner_of(brand)), told(finance)) == (1, 1, 0)
    actions.receive(variant_id=pk, quantity=20, actor_id=None)
    actions.reserve(reference="a", wants={pk: 20}, until=None)
    assert told(keeper) == 2

    mails = mails_to(keeper.user.email, kind="inventory.low")
    assert len(mails) == 2
    assert "Tall vase" in mails[0].subject


def test_movements_are_read_newest_first_with_what_was_then_there(django_assert_num_queries):
    pk = make_stocked(10)
    for number in range(40):
        actions.write_off(variant_id=pk, quantity=1, actor_id=None, reason=str(number)) if (
            number < 5
        ) else actions.receive(variant_id=pk, quantity=2, actor_id=None)
    # The rows, and the sums of what lies between them.
    with django_assert_num_queries(2):
        page = queries.movements(variant_id=pk)
    rest = queries.movements(variant_id=pk, cursor=page.next)

    everything = [*page.rows, *rest.rows]
    assert (len(page.rows), len(everything), rest.next) == (30, 41, None)
    assert (everything[0].after, everything[-1].after) == (75, 10)
    assert all(newer.after - newer.quantity == older.after for newer, older in pairwise(everything))


def test_a_narrowed_list_of_movements_counts_what_it_does_not_show(django_assert_num_queries):
    pk, other = make_stocked(10), make_stocked(100)
    for number in range(4):
        actions.receive(variant_id=pk, quantity=number + 1, actor_id=None)
        actions.receive(variant_id=other, quantity=50, actor_id=None)
        actions.count(counts={pk: 5 + number}, actor_id=None, reason=f"Look {number}")
    actions.receive(variant_id=pk, quantity=7, actor_id=None)
    every = {one.at: one.after for one in queries.movements(variant_id=pk).rows}

    with django_assert_num_queries(2):
        counted = queries.movements(variant_id=pk, kind="counted", size=3)
    older = queries.movements(variant_id=pk, kind="counted", cursor=counted.next)
    worded = queries.movements(variant_id=pk, text="look 1")
    assert [one.after for one in counted.rows] == [8, 7, 6]
    assert [one.after for one in (*older.rows, *worded.rows)] == [5, 6]
    assert all(one.after == every[one.at] for one in counted.rows)
    with django_assert_num_queries(1):
        assert queries.movements(variant_id=pk, kind="returned").rows == []
