import random
import threading

import pytest
from django.db import IntegrityError, connection, models, transaction

from core import limits
from core.limits import Level, LimitBroken, Limited, NotEnough
from core.testing import race


class Seat(Limited):
    """A limited row that exists only in these tests."""

    class Meta(Limited.Meta):
        app_label = "core"
        db_table = "test_seat"


@pytest.fixture
def table(django_db_blocker, django_db_setup):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Seat)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Seat)


@pytest.fixture
def seats(table, transactional_db):
    Seat.objects.bulk_create([Seat(pk=pk, on_hand=5) for pk in (1, 2, 3)])
    return Seat


def counts() -> dict[int, tuple[int, int]]:
    return {seat.pk: (seat.on_hand, seat.reserved) for seat in Seat.objects.all()}


def test_taking_giving_back_and_consuming(seats):
    assert limits.take(Seat, {1: 3}) == {1: Level(on_hand=5, reserved=3)}
    assert limits.take(Seat, {1: 2})[1].available == 0
    assert limits.give_back(Seat, {1: 1}) == {1: Level(on_hand=5, reserved=4)}
    assert limits.consume(Seat, {1: 4}) == {1: Level(on_hand=1, reserved=0)}
    assert limits.add(Seat, {1: 9}) == {1: Level(on_hand=10, reserved=0)}
    assert limits.remove(Seat, {1: 10}) == {1: Level(on_hand=0, reserved=0)}


def test_several_rows_are_all_taken_or_none(seats):
    assert limits.take(Seat, {3: 1, 1: 2}) == {1: Level(5, 2), 3: Level(5, 1)}
    before = counts()
    with pytest.raises(NotEnough) as refused:
        limits.take(Seat, {1: 3, 2: 6, 3: 5})
    assert refused.value.short == {2: 5, 3: 4}
    assert (refused.value.pk, refused.value.wanted, refused.value.available) == (2, 6, 5)
    assert counts() == before


def test_the_last_one_is_refused_with_what_is_left(seats):
    limits.take(Seat, {1: 4})
    with pytest.raises(NotEnough) as refused:
        limits.take(Seat, {1: 2})
    assert (refused.value.available, refused.value.status) == (1, 409)
    with pytest.raises(NotEnough):
        limits.remove(Seat, {1: 2})
    with pytest.raises(NotEnough):
        limits.take(Seat, {99: 1})
    assert counts()[1] == (5, 4)


def test_nothing_comes_back_that_was_not_taken(seats):
    for act in (limits.give_back, limits.consume):
        for amounts in ({1: 1}, {1: 1, 2: 1}):
            with pytest.raises(LimitBroken):
                act(Seat, amounts)
    assert set(counts().values()) == {(5, 0)}


@pytest.mark.parametrize("quantity", [0, -1, 1.5, True, "1", 2**31, None])
def test_quantities_are_whole_and_positive(seats, quantity):
    with pytest.raises(ValueError, match="quantity"):
        limits.take(Seat, {1: quantity})
    assert counts()[1] == (5, 0)


def test_the_database_itself_refuses_more(seats):
    for change in ({"reserved": 6}, {"reserved": -1}, {"on_hand": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(pk=1).update(**change)
    assert counts()[1] == (5, 0)


def test_fifty_rivals_for_five(seats):
    results = race(50, lambda _number: limits.take(Seat, {1: 1}))
    assert sum(isinstance(one, dict) for one in results) == 5
    assert sum(isinstance(one, NotEnough) for one in results) == 45
    assert counts()[1] == (5, 5)


def test_control_reading_before_writing_sells_too_many(seats):
    """What the conditional statement prevents: without the CHECK the row would say 5 of 5 sold."""
    sold, all_looked = [], threading.Barrier(20)

    def naive(number: int) -> None:
        seat = Seat.objects.get(pk=1)
        if seat.on_hand - seat.reserved >= 1:
            all_looked.wait(timeout=20)
            Seat.objects.filter(pk=1).update(reserved=models.Value(seat.reserved + 1))
            sold.append(number)

    race(20, naive)
    assert len(sold) == 20


def test_bags_in_any_order_never_wait_for_each_other(seats):
    Seat.objects.update(on_hand=1_000)

    def shop(number: int) -> None:
        for turn in range(10):
            keys = [1, 2, 3]
            random.Random(number * 100 + turn).shuffle(keys)
            with transaction.atomic():
                limits.take(Seat, dict.fromkeys(keys, 1))

    assert race(10, shop) == [None] * 10
    assert set(counts().values()) == {(1_000, 100)}


def test_many_rows_cost_two_statements(seats, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        limits.take(Seat, {1: 1, 2: 1, 3: 1})
    with transaction.atomic(), django_assert_num_queries(1):
        limits.take(Seat, {1: 1})
