"""The bank stops holding the money before everything was sent."""

import pytest

from accounts.testing import client_for, owner_of
from core.money import Money
from inventory.testing import counters
from notifications import queries as notifications
from orders import actions
from orders.models import Order, OrderEvent
from orders.testing import buy, deliver, make_buyer, make_variant
from orders.tests.html import assert_good_html
from orders.tests.pages import said_on
from orders.types import Actor
from payments import actions as payment_actions
from payments import queries as payments
from payments.testing import message, wrong_in_the_books
from payments.types import BadEvent

pytestmark = pytest.mark.django_db
NOTHING = Money(0, "EUR")


def notices(profile):
    return notifications.notices_for(profile_id=profile.pk, cursor=None).rows


def titles(profile):
    return [row.title for row in notices(profile)]


def payment_of(order):
    return payments.payment(reference=order.purchase.public_id)


def paid_for_real(quantity=3):
    """An order that a buyer paid at the provider, with the variant on the shelf."""
    buyer, card, _address = make_buyer()
    variant = make_variant()
    placed = buy(variant, quantity=quantity, person=buyer, card=card)
    assert actions.start(placed=placed).state == "authorized"
    deliver()
    order = Order.objects.get(number=placed.orders[0])
    assert (order.state, counters(variant.pk)) == ("paid", (10, quantity))
    return order, buyer, variant


def lapse(sandbox, order):
    payment_id = payment_of(order).payment_id
    sandbox.lapse(payment_id)
    for _time in range(2):
        sandbox.deliver(payment_id)
        deliver()
    order.refresh_from_db()


def who_let_go(order, reader):
    """Who ended the hold, as the page of the order says to its buyer or its seller."""
    seller = order.seller
    studio = f"/studio/{seller.handle}/orders" if reader == owner_of(seller) else "/order"
    lines = said_on(client_for(reader), f"{studio}/{order.number}/")
    (who,) = [who for words, who in lines if "no longer held" in words]
    return who


def books_are_even():
    held = payments.ledger_balance(account="held_at_provider", currency="EUR")
    assert (held, wrong_in_the_books()) == (NOTHING, [])


@pytest.mark.parametrize("packed", [False, True])
def test_what_has_not_left_is_cancelled_and_both_are_told(sandbox, packed):
    order, buyer, variant = paid_for_real()
    owner = owner_of(order.seller)
    if packed:
        client = client_for(owner)
        client.post(f"/studio/{order.seller.handle}/orders/pack/", {"order": [order.number]})
        order.refresh_from_db()
        assert order.state == "packed"
    lapse(sandbox, order)
    assert (order.state, order.cancelled_by) == ("cancelled", "system")
    assert counters(variant.pk) == (10, 0)
    assert payment_of(order).state == "voided"
    assert sum("Cancelled" in title for title in titles(buyer)) == 1
    assert sum("Cancelled" in title for title in titles(owner)) == 1
    assert OrderEvent.objects.filter(to_state="cancelled").count() == 1
    page = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "stopped holding the money" in page
    assert_good_html(page)
    assert who_let_go(order, buyer) == who_let_go(order, owner) == "Payment provider"
    books_are_even()


def test_of_an_order_in_parcels_only_the_rest_is_cancelled(sandbox):
    order, buyer, variant = paid_for_real()
    owner = owner_of(order.seller)
    line = order.lines.get()
    who = {"seller_id": order.seller_id, "actor_user_id": owner.user_id}
    actions.ship(number=order.number, quantities={line.public_id: 1}, **who)
    deliver()
    lapse(sandbox, order)
    assert (order.state, order.cancelled_by) == ("shipped", "")
    assert counters(variant.pk) == (9, 0)
    paid = payment_of(order)
    assert (paid.state, paid.captured.amount, paid.voided.amount) == ("captured", 10200, 19200)
    for person in (buyer, owner):
        (told,) = [row for row in notices(person) if "rest is cancelled" in row.title]
        assert "2 \u00d7 " in told.body
    assert "€192" in next(row.body for row in notices(buyer) if "rest is" in row.title)
    seen = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "1 of 3 shipped" in seen
    assert "What had not left was cancelled" in seen
    assert "€192.00 of €294.00 was never taken." in seen
    assert_good_html(seen)
    desk = client_for(owner).get(f"/studio/{order.seller.handle}/orders/{order.number}/")
    assert "Mark shipped" not in desk.content.decode()
    actions.confirm_delivery(number=order.number, actor=Actor.BUYER, actor_user_id=None)
    books_are_even()
    payment_actions.give_back(payment_id=paid.payment_id, reason="It never came.", key="o")
    deliver()
    seen = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "€294.00 of €294.00 was never taken, or given back." in seen


def test_what_has_left_already_stays_as_it_is(sandbox):
    order, buyer, variant = paid_for_real(quantity=1)
    who = {"seller_id": order.seller_id, "actor_user_id": owner_of(order.seller).user_id}
    payment_id = payment_of(order).payment_id
    sandbox.lapse(payment_id)
    actions.ship(number=order.number, **who)
    deliver()
    sandbox.deliver(payment_id)
    deliver()
    order.refresh_from_db()
    assert order.state == "shipped"
    assert counters(variant.pk) == (9, 0)
    assert not any("ancelled" in title for title in titles(buyer))
    assert any("could not be taken" in title for title in titles(owner_of(order.seller)))
    assert payment_of(order).state == "voided"
    books_are_even()


def test_a_cancelled_order_is_cancelled_once(sandbox):
    order, buyer, variant = paid_for_real()
    actions.cancel_order(number=order.number, actor=Actor.BUYER, actor_user_id=None)
    deliver()
    lapse(sandbox, order)
    assert order.cancelled_by == "buyer"
    assert counters(variant.pk) == (10, 0)
    assert sum("Cancelled" in title for title in titles(buyer)) == 1
    books_are_even()


def test_an_unknown_number_is_none_of_ours():
    actions.cancel_unpaid(number="0000-0000", lapsed=True)
    assert not OrderEvent.objects.exists()


def in_review(sandbox, order):
    payment = payment_of(order)
    ref = sandbox.find(payment.payment_id)["ref"]
    raw, signature = message(payment, ref=ref, amount=1)
    with pytest.raises(BadEvent):
        payment_actions.record_provider_event(raw=raw, signature=signature)
    assert payment_of(order).state == "review"
    return payment.payment_id


def test_what_an_operator_closes_is_not_sent_any_more(sandbox):
    order, buyer, variant = paid_for_real()
    payment_id = in_review(sandbox, order)
    payment_actions.close_review(payment_id=payment_id, why="wrong amount")
    deliver()
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert counters(variant.pk) == (10, 0)
    assert sum("Cancelled" in title for title in titles(buyer)) == 1
    assert "The bank" not in order.cancel_reason
    for reader in (buyer, owner_of(order.seller)):
        assert who_let_go(order, reader) == "The team of Parley"
    books_are_even()


def test_a_purchase_whose_review_is_closed_can_be_paid_anew(sandbox):
    buyer, card, _address = make_buyer()
    variant = make_variant()
    placed = buy(variant, person=buyer, card=card)
    payment = payments.payment(reference=placed.purchase_id)
    assert payment is not None
    raw, signature = message(payment, amount=1)
    with pytest.raises(BadEvent):
        payment_actions.record_provider_event(raw=raw, signature=signature)
    deliver()
    assert counters(variant.pk) == (10, 1)
    payment_actions.close_review(payment_id=payment.payment_id, why="wrong amount")
    deliver()
    assert counters(variant.pk) == (10, 0)
    client = client_for(buyer)
    back = client.get(f"/checkout/{placed.purchase_id}/return/", follow=True)
    assert back.status_code == 200
    assert "Nothing was charged" in back.content.decode()
    assert_good_html(back.content.decode())


def test_cancelled_while_in_review_the_money_follows_when_it_ends(sandbox):
    order, _buyer, variant = paid_for_real()
    payment_id = in_review(sandbox, order)
    actions.cancel_order(number=order.number, actor=Actor.BUYER, actor_user_id=None)
    deliver()
    assert payment_of(order).state == "review"
    payment_actions.ask_again(payment_id=payment_id, why="looked at it")
    deliver()
    assert payment_of(order).state == "voided"
    assert sandbox.find(payment_id)["voided"] == order.total
    assert counters(variant.pk) == (10, 0)
    books_are_even()


def test_what_an_operator_lets_go_of_is_not_sent_any_more(sandbox):
    order, buyer, variant = paid_for_real()
    payment_actions.give_back(payment_id=payment_of(order).payment_id, reason="Fraud.", key="o")
    deliver()
    order.refresh_from_db()
    assert (order.state, counters(variant.pk)) == ("cancelled", (10, 0))
    assert order.cancel_reason == "The payment was ended before everything was sent."
    page = client_for(buyer).get(f"/order/{order.number}/").content.decode()
    assert "given back" not in page, "nothing was ever taken"
    assert any("Cancelled" in title for title in titles(buyer))
    books_are_even()
