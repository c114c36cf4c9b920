"""Two-tap buying, up to the commit and through the provider's answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.idempotency import KeyReused
from core.testing import deliver_all
from inventory.models import Stock
from orders import actions
from orders.errors import NotDeliverable, PriceChanged, SoldOut
from orders.models import Checkout, Order, OrderEvent, Purchase
from orders.testing import (
    buy,
    make_buyer,
    make_card,
    make_paid_order,
    make_variant,
    new_key,
    provider,
)
from payments.models import Payment

pytestmark = pytest.mark.django_db


def stock(variant):
    return Stock.objects.values_list("on_hand", "reserved").get(pk=variant.pk)


def nothing_bought(variant, on_hand=10):
    assert not Purchase.objects.exists()
    assert not Order.objects.exists()
    assert not Payment.objects.exists()
    assert stock(variant) == (on_hand, 0)


def statements(context):
    ignored = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in context if not one["sql"].startswith(ignored)]


def test_two_taps_make_a_paid_order_and_hold_the_piece():
    variant = make_variant()
    person, card, _address = make_buyer()
    with provider() as bank:
        placed = buy(variant, person=person, card=card)
        assert Order.objects.get().state == "pending"
        result = actions.start(placed=placed)
        deliver_all(except_queues=("media", "mail"))
    assert result.state == "authorized"
    order = Order.objects.get()
    assert (order.state, order.total, order.items_total, order.delivery_total) == (
        "paid",
        10200,
        9600,
        600,
    )
    assert order.number == placed.orders[0]
    assert stock(variant) == (10, 1)
    assert len(bank.started) == 1
    assert OrderEvent.objects.filter(order=order).values_list("from_state", "to_state").get() == (
        "pending",
        "paid",
    )


def test_one_tap_pay_costs_at_most_twelve_queries_beside_session_and_user():
    # offers, delivery; purchase, orders, lines; card, payment, shares; event; reservation, stock.
    # The address (1) is read by the view.
    variant = make_variant()
    person, card, _address = make_buyer()
    with CaptureQueriesContext(connection) as context:
        buy(variant, person=person, card=card)
    assert len(statements(context)) <= 11, "\n".join(statements(context))


def test_same_key_answers_the_same():
    variant = make_variant()
    person, card, _address = make_buyer()
    key = new_key()
    first = buy(variant, person=person, card=card, key=key)
    again = buy(variant, person=person, card=card, key=key)
    assert again.replayed
    assert (again.purchase_id, again.orders) == (first.purchase_id, first.orders)
    assert Order.objects.count() == 1
    assert stock(variant) == (10, 1)


def test_same_key_answers_the_same_even_when_that_sold_the_last_one():
    variant = make_variant(stock=1)
    person, card, _address = make_buyer()
    key = new_key()
    first = buy(variant, person=person, card=card, key=key)
    assert buy(variant, person=person, card=card, key=key).purchase_id == first.purchase_id


def test_same_key_with_another_body_is_refused():
    variant = make_variant()
    person, card, _address = make_buyer()
    key = new_key()
    buy(variant, person=person, card=card, key=key)
    with pytest.raises(KeyReused):
        buy(variant, person=person, card=card, key=key, quantity=2)
    assert Order.objects.count() == 1
    assert stock(variant) == (10, 1)


def test_keys_of_two_people_never_meet():
    variant = make_variant()
    person, card, _address = make_buyer()
    other, other_card, _address = make_buyer()
    key = new_key()
    first = buy(variant, person=person, card=card, key=key)
    second = buy(variant, person=other, card=other_card, key=key)
    assert first.purchase_id != second.purchase_id


def test_a_changed_price_is_asked_again():
    variant = make_variant()
    person, card, _address = make_buyer()
    with pytest.raises(PriceChanged) as refused:
        buy(variant, person=person, card=card, total=9000)
    assert refused.value.data == {"was": 9000, "now": 10200, "currency": "EUR"}
    nothing_bought(variant)


def test_sold_out_charges_nobody():
    variant = make_variant(stock=1)
    person, card, _address = make_buyer()
    buy(variant)
    before = Purchase.objects.count()
    with pytest.raises(SoldOut):
        buy(variant, person=person, card=card)
    assert Purchase.objects.count() == before
    assert stock(variant) == (1, 1)


def test_somebody_elses_card_is_refused():
    variant = make_variant()
    person, _card, _address = make_buyer()
    foreign = make_card(person=make_buyer()[0], token="other")
    from payments.types import MethodNotFound

    with pytest.raises(MethodNotFound):
        buy(variant, person=person, card=foreign)
    nothing_bought(variant)


def test_a_declined_card_frees_the_piece_and_opens_a_checkout():
    variant = make_variant()
    person, card, _address = make_buyer()
    with provider(state="declined", failure_code="card_declined"):
        placed = buy(variant, person=person, card=card)
        result = actions.start(placed=placed)
        deliver_all(except_queues=("media", "mail"))
    assert result.state == "declined"
    purchase = Purchase.objects.get()
    assert purchase.failed_at is not None
    assert stock(variant) == (10, 0)
    checkout = Checkout.objects.get()
    assert checkout.state == "ready"
    assert checkout.messages == [{"code": "payment_failed", "subject": "card_declined"}]
    assert purchase.checkout == checkout


def test_a_late_success_after_a_decline_reserves_again():
    variant = make_variant()
    person, card, _address = make_buyer()
    with provider(state="declined", failure_code="card_declined"):
        placed = buy(variant, person=person, card=card)
        actions.start(placed=placed)
    actions.settle(purchase_id=placed.purchase_id)
    assert Order.objects.get().state == "paid"
    assert stock(variant) == (10, 1)


def test_a_late_success_on_a_sold_out_piece_goes_back():
    variant = make_variant(stock=1)
    person, card, _address = make_buyer()
    with provider(silent=True) as bank:
        placed = buy(variant, person=person, card=card)
        assert actions.start(placed=placed).state == "unknown"
        actions.fail(purchase_id=placed.purchase_id, code="closed")
        other = buy(variant)
        bank.silent = False
        from datetime import timedelta

        from core import clock
        from payments.actions import reconcile

        Payment.objects.update(asked_at=clock.now() - timedelta(hours=1))
        reconcile()
        deliver_all(except_queues=("media", "mail"))
        assert bank.total("void") == 10200
    order = Order.objects.get(number=placed.orders[0])
    assert order.state == "cancelled"
    assert order.cancelled_by == "system"
    assert Order.objects.get(number=other.orders[0]).state == "pending"
    assert stock(variant) == (1, 1)


def test_a_country_nobody_delivers_to_is_said():
    variant = make_variant()
    variant.product.seller.delivery_methods.all().delete() if hasattr(
        variant.product.seller, "delivery_methods"
    ) else None
    from catalog.models import DeliveryMethod

    DeliveryMethod.objects.all().delete()
    with pytest.raises(NotDeliverable):
        buy(variant)
    nothing_bought(variant)


def test_paid_order_helper():
    assert make_paid_order().state == "paid"
