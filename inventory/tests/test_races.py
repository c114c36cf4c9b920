"""Many buyers at once. Each test of a guard first shows, without it, that the race is real."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock
from core.db import retrying
from core.limits import Level
from core.testing import race
from inventory import actions, queries, stock
from inventory.models import Reservation, Stock
from inventory.testing import counters, make_stocked
from inventory.types import HoldLost, SoldOut

pytestmark = pytest.mark.django_db(transaction=True)


def buy(pk: int) -> Callable[[int], object]:
    return lambda number: actions.reserve(
        reference=f"buyer:{number}", wants={pk: 1}, until=clock.now() + timedelta(minutes=15)
    )


def test_control_without_the_guard_the_last_unit_is_sold_many_times(monkeypatch):
    pk = make_stocked(1)
    gate = threading.Barrier(20)

    def careless(model, wants):
        """Read, compare, write."""
        ((pk, quantity),) = wants.items()
        row = model.objects.get(pk=pk)
        gate.wait()
        if row.available < quantity:
            raise SoldOut(variants=[pk])
        model.objects.filter(pk=pk).update(reserved=row.reserved + quantity)
        return {pk: Level(on_hand=row.on_hand, reserved=row.reserved + quantity)}

    monkeypatch.setattr(stock, "RESERVE", careless)
    race(20, buy(pk))
    sold = Reservation.objects.filter(state="held").count()
    assert sold > 1, "the race did not show: the test beside this one proves nothing"
    assert queries.stock_imbalances() == [pk]


@pytest.mark.parametrize("units", [1, 3])
def test_exactly_as_many_are_sold_as_there_are(units):
    pk = make_stocked(units)
    answers = race(30, buy(pk))
    assert sum(answer is None for answer in answers) == units
    assert sum(isinstance(answer, SoldOut) for answer in answers) == 30 - units
    assert counters(pk) == (units, units)
    assert Reservation.objects.count() == units
    assert queries.stock_imbalances() == []


def test_the_same_reference_twenty_times_at_once_holds_once():
    pk = make_stocked(50)
    answers = race(20, lambda _: actions.reserve(reference="one", wants={pk: 2}, until=None))
    assert answers == [None] * 20
    assert counters(pk) == (50, 2)


def test_bags_in_opposite_order_do_not_wait_for_each_other_for_ever():
    first, second = make_stocked(100), make_stocked(100)
    reserve = retrying(actions.reserve)

    def work(number: int) -> None:
        pks = (first, second) if number % 2 else (second, first)
        reserve(reference=f"bag:{number}", wants=dict.fromkeys(pks, 1), until=None)

    assert race(20, work) == [None] * 20
    assert counters(first) == counters(second) == (100, 20)


def test_paying_and_running_out_at_the_same_moment_leaves_one_truth():
    pks = [make_stocked(1) for _ in range(5)]
    start = clock.now()
    for number, pk in enumerate(pks):
        actions.reserve(reference=f"r{number}", wants={pk: 1}, until=start)

    def work(number: int) -> object:
        if number >= len(pks):
            return actions.expire_holds()
        return actions.commit(reference=f"r{number}")

    answers = race(len(pks) + 3, work)
    for number, pk in enumerate(pks):
        lost = isinstance(answers[number], HoldLost)
        state = queries.reservation_state(reference=f"r{number}")
        assert state == ("released" if lost else "committed")
        assert counters(pk) == (1, 0 if lost else 1)
    assert queries.stock_imbalances() == []


def test_several_sweepers_release_each_hold_once():
    pk = make_stocked(30)
    for number in range(30):
        actions.reserve(reference=f"r{number}", wants={pk: 1}, until=clock.now())
    answers = race(4, lambda _: actions.expire_holds())
    assert sum(answer for answer in answers if isinstance(answer, int)) == 30
    assert counters(pk) == (30, 0)


def test_first_counts_at_the_same_time_make_one_row():
    pk = make_stocked(0)
    race(8, lambda _: actions.receive(variant_id=pk, quantity=2, actor_id=None))
    assert Stock.objects.get(pk=pk).on_hand == 16
    assert queries.stock_imbalances() == []
