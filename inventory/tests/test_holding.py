from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.testing import Variant
from core import clock
from core.models import OutboxEvent
from core.testing import subscribed
from inventory import actions, queries
from inventory.events import HoldExpired
from inventory.models import Reservation, Stock, StockMovement
from inventory.testing import counters, make_stocked
from inventory.types import (
    BadQuantity,
    HoldLost,
    NotEnoughStock,
    NotReserved,
    ReservationDiffers,
    SoldOut,
)

pytestmark = pytest.mark.django_db


def soon(minutes=15):
    return clock.now() + timedelta(minutes=minutes)


def word(pk):
    return Variant.objects.values_list("availability", flat=True).get(pk=pk)


def test_reserving_holds_units_and_costs_two_statements(django_assert_num_queries):
    pk = make_stocked(10)
    with django_assert_num_queries(4):  # 2 and the savepoint's 2 in this test's own transaction
        actions.reserve(reference="checkout:1", wants={pk: 2}, until=soon())
    assert counters(pk) == (10, 2)
    assert queries.available(variant_pks=[pk]) == {pk: 8}
    assert queries.reservation_state(reference="checkout:1") == "held"


def test_the_same_reference_reserves_once():
    pk = make_stocked(10)
    for _ in range(2):
        actions.reserve(reference="checkout:1", wants={pk: 2}, until=soon())
    assert counters(pk) == (10, 2)


def test_a_repeat_counts_even_when_the_rest_is_sold_out():
    pk = make_stocked(2)
    for _ in range(2):
        actions.reserve(reference="checkout:1", wants={pk: 2}, until=soon())
    assert counters(pk) == (2, 2)


@pytest.mark.parametrize("wants", [{"first": 3}, {"second": 2}, {"first": 2, "second": 1}])
def test_other_wants_under_the_same_reference_are_refused(wants):
    pks = {"first": make_stocked(10), "second": make_stocked(10)}
    actions.reserve(reference="checkout:1", wants={pks["first"]: 2}, until=soon())
    with pytest.raises(ReservationDiffers):
        actions.reserve(
            reference="checkout:1", wants={pks[name]: n for name, n in wants.items()}, until=soon()
        )
    assert counters(pks["first"]) == (10, 2)
    assert counters(pks["second"]) == (10, 0)
    assert Reservation.objects.count() == 1


def test_a_bag_is_reserved_wholly_or_not_at_all():
    plenty, short, never_counted = make_stocked(10), make_stocked(1), make_stocked(0)
    with pytest.raises(SoldOut) as refused:
        actions.reserve(
            reference="bag", wants={plenty: 1, short: 2, never_counted: 1}, until=soon()
        )
    assert set(refused.value.variants) == {short, never_counted}
    assert refused.value.status == 409
    assert counters(plenty) == (10, 0)
    assert counters(short) == (1, 0)
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 2**31, 10**9, True])
def test_odd_quantities_are_refused(quantity):
    pk = make_stocked(10)
    with pytest.raises(BadQuantity):
        actions.reserve(reference="r", wants={pk: quantity}, until=None)
    with pytest.raises(BadQuantity):
        actions.receive(variant_id=pk, quantity=quantity, actor_id=None)
    assert counters(pk) == (10, 0)
    assert StockMovement.objects.count() == 1


def test_a_released_reference_may_reserve_again():
    pk = make_stocked(3)
    actions.reserve(reference="r", wants={pk: 2}, until=soon())
    actions.release(reference="r")
    actions.release(reference="r")
    assert counters(pk) == (3, 0)
    actions.reserve(reference="r", wants={pk: 3}, until=soon())
    assert counters(pk) == (3, 3)
    assert queries.reservation_state(reference="r") == "held"


def test_commit_then_parcels_then_the_rest_given_back():
    pk = make_stocked(10)
    actions.reserve(reference="order", wants={pk: 5}, until=soon())
    actions.commit(reference="order")
    actions.commit(reference="order")
    assert queries.reservation_state(reference="order") == "committed"
    actions.consume(reference="order", quantities={pk: 2})
    assert counters(pk) == (8, 3)
    actions.release_part(reference="order", quantities={pk: 1})
    assert counters(pk) == (8, 2)
    with pytest.raises(NotReserved):
        actions.consume(reference="order", quantities={pk: 3})
    actions.consume(reference="order", quantities={pk: 2})
    assert counters(pk) == (6, 0)
    assert queries.reservation_state(reference="order") == "consumed"
    assert queries.stock_imbalances() == []


def test_what_is_only_held_cannot_be_handed_over():
    pk = make_stocked(10)
    actions.reserve(reference="order", wants={pk: 5}, until=soon())
    with pytest.raises(NotReserved):
        actions.consume(reference="order", quantities={pk: 1})
    assert counters(pk) == (10, 5)


def test_nothing_is_committed_that_was_released():
    pk = make_stocked(10)
    with pytest.raises(HoldLost):
        actions.commit(reference="never")
    actions.reserve(reference="order", wants={pk: 5}, until=soon())
    actions.release(reference="order")
    with pytest.raises(HoldLost):
        actions.commit(reference="order")
    with pytest.raises(HoldLost):
        actions.extend(reference="order", until=soon(30))
    assert counters(pk) == (10, 0)


def test_a_hold_runs_out_once_and_says_so():
    pk, other = make_stocked(10), make_stocked(10)
    told = []

    def hear(event: HoldExpired):
        told.append(event.reference)

    start = clock.now()
    actions.reserve(reference="late", wants={pk: 5, other: 1}, until=start + timedelta(minutes=15))
    actions.reserve(reference="paid", wants={pk: 1}, until=start + timedelta(minutes=15))
    actions.reserve(reference="longer", wants={pk: 1}, until=start + timedelta(minutes=15))
    actions.commit(reference="paid")
    actions.extend(reference="longer", until=start + timedelta(minutes=30))
    actions.extend(reference="longer", until=start + timedelta(minutes=20))  # never shorter
    with clock.fixed(start + timedelta(minutes=14)):
        assert actions.expire_holds() == 0
    with subscribed(HoldExpired, hear), clock.fixed(start + timedelta(minutes=25)):
        assert actions.expire_holds() == 1
        assert actions.expire_holds() == 0
    assert counters(pk) == (10, 2)
    assert counters(other) == (10, 0)
    assert queries.reservation_state(reference="late") == "released"
    events = OutboxEvent.objects.filter(type="inventory.HoldExpired")
    assert [event.data for event in events] == [{"reference": "late"}]


@pytest.mark.django_db(transaction=True)
def test_a_hold_that_somebody_works_on_is_never_let_go_in_part():
    """Paying locks the rows of a hold one by one: the sweeper must not take the rest of them."""
    first, second = make_stocked(10), make_stocked(10)
    start = clock.now()
    wants = {first: 1, second: 1}
    actions.reserve(reference="paying", wants=wants, until=start + timedelta(minutes=15))
    paying = connection.copy()
    try:
        paying.set_autocommit(False)
        with paying.cursor() as cursor:
            cursor.execute(
                "SELECT FROM inventory_reservation WHERE stock_id = %s FOR UPDATE", [first]
            )
        with clock.fixed(start + timedelta(minutes=16)):
            assert actions.expire_holds() == 0
        assert (counters(first), counters(second)) == ((10, 1), (10, 1))
    finally:
        paying.rollback()
        paying.close()
    with clock.fixed(start + timedelta(minutes=16)):
        assert actions.expire_holds() == 1
    assert (counters(first), counters(second)) == ((10, 0), (10, 0))


def test_a_hold_that_ran_out_but_was_not_swept_can_still_be_committed():
    pk = make_stocked(10)
    start = clock.now()
    actions.reserve(reference="just", wants={pk: 5}, until=start + timedelta(minutes=15))
    with clock.fixed(start + timedelta(minutes=16)):
        actions.commit(reference="just")
        assert actions.expire_holds() == 0
    assert counters(pk) == (10, 5)


def test_words_follow_the_counters_only_when_a_mark_is_crossed(django_assert_num_queries):
    pk = make_stocked(10)
    assert word(pk) == "in_stock"
    actions.reserve(reference="a", wants={pk: 6}, until=soon())
    assert word(pk) == "in_stock"
    actions.reserve(reference="b", wants={pk: 1}, until=soon())
    assert word(pk) == "low"
    actions.reserve(reference="c", wants={pk: 3}, until=soon())
    assert word(pk) == "sold_out"
    actions.release(reference="c")
    assert word(pk) == "low"
    actions.release(reference="a")
    assert word(pk) == "in_stock"
    low = OutboxEvent.objects.filter(type="inventory.StockLow")
    assert [(one.data["variant_id"], one.data["available"]) for one in low] == [(pk, 3)]


def test_handing_over_changes_no_word():
    pk = make_stocked(4)
    actions.reserve(reference="a", wants={pk: 4}, until=None)
    assert word(pk) == "sold_out"
    actions.commit(reference="a")
    actions.consume(reference="a", quantities={pk: 4})
    assert word(pk) == "sold_out"
    assert counters(pk) == (0, 0)


def test_nobody_writes_off_what_is_promised():
    pk = make_stocked(5)
    actions.reserve(reference="a", wants={pk: 4}, until=soon())
    with pytest.raises(NotEnoughStock):
        actions.write_off(variant_id=pk, quantity=2, actor_id=None, reason="broken")
    assert counters(pk) == (5, 4)
    actions.write_off(variant_id=pk, quantity=1, actor_id=None, reason="broken")
    assert counters(pk) == (4, 4)
    assert queries.stock_imbalances() == []


def test_the_database_refuses_what_the_code_must_never_do():
    pk = make_stocked(5)
    for wrong in ({"reserved": 6}, {"reserved": -1}, {"on_hand": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stock.objects.filter(pk=pk).update(**wrong)
    actions.reserve(reference="a", wants={pk: 4}, until=soon())
    for column, value in (
        ("state", "sold"),
        ("consumed", 5),
        ("state", "released"),
        ("quantity", 0),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reservation.objects.filter(reference="a").update(**{column: value})
    connection.check_constraints()


def test_the_audit_finds_a_counter_that_lies():
    pk = make_stocked(5)
    assert queries.stock_imbalances() == []
    Stock.objects.filter(pk=pk).update(on_hand=6)
    assert queries.stock_imbalances() == [pk]
