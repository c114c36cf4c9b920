"""What has left is taken from the card, or its seller hears that it cannot be."""

from datetime import timedelta

import pytest

from accounts.testing import client_for, make_operator, owner_of
from core import audits, clock
from core.money import Money
from notifications.testing import notices_of
from orders import actions, notices
from orders.models import Fulfilment
from orders.testing import deliver, hear_only, make_paid_order
from orders.tests.pages import said_on
from orders.tests.test_lapsing import (
    books_are_even,
    in_review,
    paid_for_real,
    payment_of,
    titles,
)
from payments import actions as payment_actions
from payments.testing import Operation
from payments.types import NOT_HELD

pytestmark = pytest.mark.django_db
UNPAID = "could not be taken"


def ship(order, count=None):
    """Send so many pieces of the order's only line, or all that is left."""
    owner = owner_of(order.seller)
    assert owner.user_id is not None
    quantities = None if count is None else {order.lines.get().public_id: count}
    actions.ship(
        number=order.number,
        seller_id=order.seller_id,
        actor_user_id=owner.user_id,
        quantities=quantities,
    )


def superuser():
    person = make_operator()
    person.user.is_superuser = True
    person.user.save()
    return person


def unpaid_notices(order):
    return [title for title in titles(owner_of(order.seller)) if UNPAID in title]


def money_is_accounted_for():
    """To the audit too, a good while after everything left."""
    Fulfilment.objects.update(shipped_at=clock.now() - timedelta(hours=3))
    assert list(audits.violations(invariants=frozenset({"I3"}))) == []
    books_are_even()


def taken(order):
    return payment_of(order).captured.amount


def test_a_hold_that_ends_before_the_parcel_is_heard_of_is_told_to_the_seller(sandbox):
    order, _buyer, _variant = paid_for_real(quantity=1)
    payment_id = payment_of(order).payment_id
    ship(order)
    sandbox.lapse(payment_id)
    sandbox.deliver(payment_id)
    hear_only("payments.HoldDoubted")
    assert payment_of(order).state == "voided"
    deliver()
    assert len(unpaid_notices(order)) == 1
    assert not Operation.objects.filter(kind="capture").exists()
    order.refresh_from_db()
    assert order.state == "shipped"
    money_is_accounted_for()


def test_what_leaves_during_a_review_is_taken_when_it_ends_well(sandbox):
    order, _buyer, _variant = paid_for_real()
    payment_id = in_review(sandbox, order)
    ship(order, 1)
    ship(order)
    deliver()
    with clock.fixed(clock.now() + timedelta(days=1)):
        deliver()
        assert taken(order) == 0
        assert not unpaid_notices(order)
        assert list(audits.violations(invariants=frozenset({"I3"}))) == []
        payment_actions.ask_again(payment_id=payment_id, why="looked at it")
        deliver()
    assert taken(order) == order.total == sandbox.find(payment_id)["captured"]
    assert payment_of(order).state == "captured"
    assert Operation.objects.filter(kind="capture").count() == 2
    money_is_accounted_for()


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_what_left_during_a_review_that_is_closed_is_told_to_the_seller(sandbox, count):
    order, _buyer, _variant = paid_for_real()
    payment_id = in_review(sandbox, order)
    ship(order, count)
    deliver()
    payment_actions.close_review(payment_id=payment_id, why="wrong amount")
    deliver()
    order.refresh_from_db()
    assert order.state == "shipped"
    assert (taken(order), payment_of(order).state) == (0, "voided")
    assert len(unpaid_notices(order)) == 1
    money_is_accounted_for()


def test_what_was_taken_before_the_rest_lapsed_is_nothing_to_tell(sandbox):
    order, _buyer, _variant = paid_for_real()
    ship(order, 1)
    deliver()
    payment_actions.give_back(
        payment_id=payment_of(order).payment_id, reason="Fraud.", key="operator"
    )
    deliver()
    assert not unpaid_notices(order)
    assert Operation.objects.filter(kind="capture").count() == 1
    money_is_accounted_for()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (NOT_HELD, "the bank had ended the hold on the card before the parcel was written down"),
        ("amount_too_large", "less is held on the card than the parcel costs"),
        ("wrong_state", "the payment was closed at the payment provider"),
        ("not_now", "the payment provider cannot take it at the moment"),
        ("some_new_code", "the payment provider refused it"),
    ],
)
def test_why_nothing_was_taken_is_said_in_words_and_never_by_its_code(code, why):
    order = make_paid_order()
    notices.tell_capture_failed(order=order, code=code)
    (told,) = notices_of(owner_of(order.seller).pk, kind="orders.capture_failed")
    assert f"could not take {Money(order.total, order.currency)} from the card: {why}." in told.body
    assert code not in told.title + told.body


def test_a_capture_that_was_refused_is_asked_for_again_by_an_operator_once(sandbox):
    order, _buyer, _variant = paid_for_real()
    payment_id = payment_of(order).payment_id
    sandbox.control(modes={"hold": True, "refuse": "capture"})
    ship(order)
    deliver()
    assert len(unpaid_notices(order)) == 1
    refused = Operation.objects.get(kind="capture", state="failed")
    operator = client_for(superuser())

    def decide(row, reason="Called."):
        press = {"action": "take_again", "_selected_action": [row.pk], "confirmed": "1"}
        address = "/admin/payments/operation/"
        return operator.post(address, {**press, "reason": reason}, follow=True).content.decode()

    assert "is taken from the card" in decide(refused, reason="")
    assert Operation.objects.count() == 1
    decide(refused)
    deliver()
    assert Operation.objects.filter(state="failed").count() == 2
    assert taken(order) == 0
    sandbox.control(modes={"hold": True})
    assert "asked for again already" in decide(refused)
    newest = Operation.objects.latest("pk")
    for _twice in range(2):
        decide(newest)
    deliver()
    assert taken(order) == order.total == sandbox.find(payment_id)["captured"]
    done = Operation.objects.get(kind="capture", state="done")
    assert "was not refused" in decide(done)
    assert Operation.objects.count() == 3
    money_is_accounted_for()


def test_what_could_not_be_taken_is_a_line_that_says_why(sandbox):
    order, buyer, _variant = paid_for_real()
    sandbox.control(modes={"hold": True, "refuse": "capture"})
    ship(order)
    deliver()
    line = said_on(client_for(buyer), f"/order/{order.number}/")[0]
    total = f"€{order.total / 100:.2f}"
    assert line[0].startswith(f"{total} could not be taken from the card: ")
    assert line[1] == "Payment provider"
    studio = f"/studio/{order.seller.handle}/orders/{order.number}/"
    assert said_on(client_for(owner_of(order.seller)), studio)[0] == line
