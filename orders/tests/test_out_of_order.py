"""Facts that are heard late, or after those that came later, for deliveries are tried again."""

import pytest

from core.models import OutboxEvent
from inventory.testing import counters
from orders import actions
from orders.actions import settling
from orders.models import Order, OrderEvent, Purchase
from orders.testing import buy, deliver, hear_only, make_buyer, make_variant
from payments import actions as payment_actions
from payments import queries as payments
from payments.testing import message, tell, tell_done
from payments.types import BadEvent

pytestmark = pytest.mark.django_db


def bought():
    """A purchase whose payment is undecided; answers it, its payment and its variant."""
    variant = make_variant()
    placed = buy(variant, person=make_buyer()[0])
    payment = payments.payment(reference=placed.purchase_id)
    assert payment is not None
    return placed, payment, variant


def end_hold(payment):
    """An operator gives back what is held, and the provider does it."""
    payment_actions.give_back(payment_id=payment.payment_id, reason="Fraud.", key="o")
    tell_done(payment)


def never_paid(placed):
    assert Order.objects.get(number=placed.orders[0]).state == "pending"
    purchase = Purchase.objects.get(public_id=placed.purchase_id)
    assert purchase.paid_at is None
    assert not OrderEvent.objects.exists()
    assert not OutboxEvent.objects.filter(type="orders.OrderPaid").exists()
    return purchase


def test_held_and_free_again_heard_the_wrong_way_round_sells_nothing():
    placed, payment, variant = bought()
    tell(payment)
    end_hold(payment)
    hear_only("payments.PaymentVoided")
    deliver()
    assert payments.payment(reference=placed.purchase_id).state == "voided"
    assert never_paid(placed).failed_at is not None
    assert counters(variant.pk) == (10, 0)


def test_a_hold_that_ends_while_it_is_heard_of_sells_nothing(monkeypatch):
    placed, payment, variant = bought()
    tell(payment)
    settle = settling.settle

    def settle_a_moment_later(*, purchase_id):
        end_hold(payment)
        hear_only("payments.PaymentVoided")
        settle(purchase_id=purchase_id)

    monkeypatch.setattr(settling, "settle", settle_a_moment_later)
    actions.catch_up(purchase_id=placed.purchase_id)
    never_paid(placed)
    monkeypatch.setattr(settling, "settle", settle)
    deliver()
    assert never_paid(placed).failed_at is not None
    assert counters(variant.pk) == (10, 0)


def test_what_is_in_review_by_now_is_not_sold_until_a_person_ends_it(sandbox):
    buyer, card, _address = make_buyer()
    variant = make_variant()
    placed = buy(variant, person=buyer, card=card)
    payment_actions.start_payment(payment_id=placed.payment_id)
    payment = payments.payment(reference=placed.purchase_id)
    assert payment is not None
    ref = sandbox.find(payment.payment_id)["ref"]
    raw, signature = message(payment, ref=ref, amount=1)
    with pytest.raises(BadEvent):
        payment_actions.record_provider_event(raw=raw, signature=signature)
    deliver()
    assert payments.payment(reference=placed.purchase_id).state == "review"
    assert never_paid(placed).failed_at is None
    assert counters(variant.pk) == (10, 1)
    payment_actions.ask_again(payment_id=payment.payment_id, why="looked at it")
    deliver()
    assert Order.objects.get(number=placed.orders[0]).state == "paid"
    assert counters(variant.pk) == (10, 1)
