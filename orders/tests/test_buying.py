"""Buying at the level of actions: what is written, refused, and changed by the provider."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.testing import make_delivery_method
from core.idempotency import KeyReused
from core.testing import race
from inventory.testing import counters
from orders import actions
from orders.errors import NotDeliverable, PriceChanged, SoldOut
from orders.models import Checkout, Order, OrderEvent, Purchase
from orders.testing import buy, finish, make_buyer, make_paid_order, make_variant, new_key, told
from payments import queries as payments
from payments.types import MethodNotFound

pytestmark = pytest.mark.django_db


def nothing_bought(variant, on_hand=10):
    assert not Purchase.objects.exists()
    assert not Order.objects.exists()
    assert not Checkout.objects.exists()
    assert counters(variant.pk) == (on_hand, 0)


def statements(context):
    ignored = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in context if not one["sql"].startswith(ignored)]


def test_a_two_tap_purchase_is_paid_when_the_provider_says_so():
    variant = make_variant()
    person, card, _address = make_buyer()
    placed = buy(variant, person=person, card=card)
    order = Order.objects.get()
    assert (order.state, order.number) == ("pending", placed.orders[0])
    assert (order.total, order.items_total, order.delivery_total) == (10200, 9600, 600)
    assert counters(variant.pk) == (10, 1)
    told(placed)
    order.refresh_from_db()
    assert order.state == "paid"
    assert counters(variant.pk) == (10, 1)
    moves = OrderEvent.objects.filter(order=order).values_list("from_state", "to_state", "actor")
    assert list(moves) == [("pending", "paid", "system")]


def test_the_provider_may_say_it_five_times():
    placed = buy(make_variant(), person=make_buyer()[0])
    for _time in range(5):
        told(placed)
    assert OrderEvent.objects.count() == 1
    assert Order.objects.get().state == "paid"


def test_one_tap_pay_costs_eleven_statements():
    # offers, delivery options; purchase, orders, lines; card, payment, shares; OrderPlaced;
    # reservation, stock. With session, user and address that the view reads it makes 14.
    variant = make_variant()
    person, card, _address = make_buyer()
    with CaptureQueriesContext(connection) as context:
        buy(variant, person=person, card=card)
    assert len(statements(context)) <= 11, "\n".join(statements(context))


def test_the_same_key_answers_the_same():
    variant = make_variant(stock=1)
    person, card, _address = make_buyer()
    key = new_key()
    first = buy(variant, person=person, card=card, key=key)
    again = buy(variant, person=person, card=card, key=key)
    assert again.replayed
    assert (again.purchase_id, again.orders) == (first.purchase_id, first.orders)
    assert Order.objects.count() == 1
    assert counters(variant.pk) == (1, 1)


def test_the_same_key_with_another_body_is_refused():
    variant = make_variant()
    person, card, _address = make_buyer()
    key = new_key()
    buy(variant, person=person, card=card, key=key)
    with pytest.raises(KeyReused):
        buy(variant, person=person, card=card, key=key, quantity=2)
    assert Order.objects.count() == 1
    assert counters(variant.pk) == (10, 1)


def test_keys_of_two_people_never_meet():
    variant = make_variant()
    key = new_key()
    first = buy(variant, person=make_buyer()[0], key=key)
    second = buy(variant, person=make_buyer()[0], key=key)
    assert first.purchase_id != second.purchase_id


@pytest.mark.parametrize("total", [9000, 10201, 0, -1])
def test_another_total_than_now_is_asked_again(total):
    variant = make_variant()
    with pytest.raises(PriceChanged) as refused:
        buy(variant, person=make_buyer()[0], total=total)
    assert refused.value.data == {"was": total, "now": 10200, "currency": "EUR"}
    nothing_bought(variant)


def test_a_sold_out_piece_charges_nobody():
    variant = make_variant(stock=1)
    buy(variant)
    with pytest.raises(SoldOut):
        buy(variant, person=make_buyer()[0])
    assert Purchase.objects.count() == 1
    assert counters(variant.pk) == (1, 1)


def test_somebody_elses_card_is_refused():
    variant = make_variant()
    person, _card, _address = make_buyer()
    _other, foreign, _address = make_buyer()
    with pytest.raises(MethodNotFound):
        buy(variant, person=person, card=foreign)
    nothing_bought(variant)


def test_a_country_to_which_nobody_delivers_is_said():
    variant = make_variant(countries=("FR",))
    with pytest.raises(NotDeliverable):
        buy(variant)
    nothing_bought(variant)


def test_a_declined_card_frees_the_piece_and_opens_a_checkout():
    variant = make_variant()
    placed = buy(variant, person=make_buyer()[0], card=None)
    told(placed, "payment.declined")
    purchase = Purchase.objects.get()
    assert purchase.failed_at is not None
    assert counters(variant.pk) == (10, 0)
    checkout = Checkout.objects.get()
    assert checkout.state == "ready"
    assert checkout.messages == [{"code": "payment_failed", "subject": "card_declined"}]
    assert purchase.checkout == checkout


def test_a_late_success_after_a_decline_reserves_again():
    variant = make_variant()
    placed = buy(variant, person=make_buyer()[0])
    told(placed, "payment.declined")
    told(placed)
    assert Order.objects.get().state == "paid"
    assert counters(variant.pk) == (10, 1)


def test_a_late_success_on_a_sold_out_piece_goes_back():
    variant = make_variant(stock=1)
    late = buy(variant, person=make_buyer()[0])
    told(late, "payment.expired")
    faster = buy(variant, person=make_buyer()[0])
    told(late)
    order = Order.objects.get(number=late.orders[0])
    assert (order.state, order.cancelled_by) == ("cancelled", "system")
    finish(order)
    assert payments.payment(reference=late.purchase_id).state == "voided"
    assert Order.objects.get(number=faster.orders[0]).state == "pending"
    assert counters(variant.pk) == (1, 1)


def test_a_failure_after_success_changes_nothing():
    order = make_paid_order()
    actions.fail(purchase_id=order.purchase.public_id, code="card_declined")
    order.refresh_from_db()
    assert order.state == "paid"
    assert order.purchase.failed_at is None


def test_an_order_keeps_what_was_sold_when_the_catalogue_changes():
    from catalog import actions as catalog
    from core.money import Money

    variant = make_variant(title="Tall vase")
    order = make_paid_order(variant=variant)
    catalog.set_price(variant_id=variant.public_id, price=Money(1, "EUR"), actor_id=None)
    line = order.lines.get()
    assert (line.title, line.unit_price, line.total) == ("Tall vase", 9600, 9600)


@pytest.mark.django_db(transaction=True)
def test_twelve_buyers_race_for_the_last_one():
    variant = make_variant(stock=1)
    buyers = [make_buyer()[0] for _ in range(12)]
    answers = race(12, lambda number: buy(variant, person=buyers[number]))
    assert sorted(type(one).__name__ for one in answers) == ["Placed"] + ["SoldOut"] * 11
    assert Order.objects.count() == 1
    assert counters(variant.pk) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_presses_of_one_form_make_one_order():
    variant = make_variant()
    person, card, _address = make_buyer()
    key = new_key()
    found = race(8, lambda _number: buy(variant, person=person, card=card, key=key).purchase_id)
    assert len(found) == 8
    assert len(set(found)) == 1
    assert Order.objects.count() == 1
    assert counters(variant.pk) == (10, 1)


def test_delivery_is_free_above_the_sellers_mark():
    variant = make_variant(delivery=None)
    make_delivery_method(seller=variant.product.seller, price=600, free_from=9000)
    assert buy(variant, delivery=0).orders
    assert Order.objects.get().delivery_total == 0
