"""A provider that answers about another payment than it was asked about."""

from datetime import timedelta

import pytest

from accounts.testing import make_user
from core import clock
from core.models import Delivery
from core.testing import deliver_all
from payments import actions
from payments.models import LedgerEntry, Payment, PaymentMove, ProviderEvent
from payments.testing import keep_card, make_payment, tell, wrong_in_the_books
from payments.types import AnswerConfused, BadEvent

pytestmark = pytest.mark.django_db
# Wholly of another payment, and of ours but for the reference.
WAYS = pytest.mark.parametrize("way", ["answer_as", "answer_ref_of"])


def start(payment):
    return actions.start_payment(payment_id=payment.payment_id)


def rows():
    """All that a payment is and was, but for when it was asked about."""
    left_out = {"asked_at"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in Payment.objects.order_by("pk").values()
    ] + [PaymentMove.objects.count(), LedgerEntry.objects.count()]


def held(amount=10_000):
    """Somebody's payment, held."""
    person = make_user()
    card = keep_card(user_id=person.pk).method_id
    payment = make_payment(amounts=(amount,), user_id=person.pk, method_id=card)
    assert start(payment).state == "authorized"
    return payment


@WAYS
@pytest.mark.parametrize("amount", [10_000, 700])
def test_an_answer_about_another_payment_touches_neither(sandbox, way, amount):
    other = held(amount)
    payment = make_payment()
    before = rows()
    sandbox.control(modes={"hold": True, way: other.payment_id})
    for _twice in range(2):
        with pytest.raises(AnswerConfused, match="try again"):
            start(payment)
    assert rows() == before
    kept = ProviderEvent.objects.get()
    assert (kept.payment.public_id, kept.outcome) == (payment.payment_id, "review")
    assert kept.body["ref"] == Payment.objects.get(public_id=other.payment_id).provider_ref
    assert wrong_in_the_books() == []

    # The provider comes to its senses: the same payment goes on, and is charged once.
    sandbox.control(modes={"hold": True})
    page = start(payment).redirect_url
    sandbox.pay(page)
    sandbox.deliver(payment.payment_id)
    assert Payment.objects.filter(state="authorized").count() == 2
    assert wrong_in_the_books() == []


@WAYS
def test_a_payment_that_is_known_is_not_told_apart_by_its_amount_alone(sandbox, way):
    """Asked whether it is still held, and answered about one that is over."""
    mine, other = held(), held()
    sandbox.lapse(other.payment_id)
    before = rows()
    sandbox.control(modes={"hold": True, way: other.payment_id})
    with pytest.raises(AnswerConfused):
        actions.check_hold(payment_id=mine.payment_id)
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert actions.check_holds() == 2
    assert rows()[0] == before[0]
    assert Payment.objects.get(public_id=mine.payment_id).state == "authorized"


@WAYS
def test_news_of_a_hold_about_which_the_provider_is_confused_is_heard_and_kept(sandbox, way):
    """What is kept for an operator stays, though who hears it does so within a transaction."""
    mine, other = held(), held()
    deliver_all()
    sandbox.lapse(mine.payment_id)
    sandbox.control(modes={"hold": True, way: other.payment_id})
    sandbox.deliver(mine.payment_id)
    deliver_all()
    kept = ProviderEvent.objects.get(kind="answer.confused")
    assert (kept.payment.public_id, kept.outcome) == (mine.payment_id, "review")
    heard = Delivery.objects.filter(event__type="payments.HoldDoubted")
    assert [one.state for one in heard] == ["done"]
    assert Payment.objects.get(public_id=mine.payment_id).state == "authorized"


@WAYS
def test_reconciling_and_stopping_go_on_with_the_others(sandbox, way):
    other = held()
    asked = [make_payment(), make_payment()]
    for payment in asked:
        start(payment)
    sandbox.control(modes={"hold": True, way: other.payment_id})
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert actions.reconcile() == 2
        assert actions.cancel_payment(payment_id=asked[0].payment_id).state == "requires_action"
    states = Payment.objects.exclude(public_id=other.payment_id).values_list("state", flat=True)
    assert list(states) == ["requires_action", "requires_action"]
    sandbox.control(modes={"hold": True})
    with clock.fixed(clock.now() + timedelta(minutes=4)):
        actions.reconcile()
    assert Payment.objects.get(public_id=asked[0].payment_id).state == "expired"


@WAYS
def test_a_review_is_not_ended_by_what_is_said_of_another(sandbox, way):
    other, payment = held(), make_payment()
    start(payment)
    ref = Payment.objects.get(public_id=payment.payment_id).provider_ref
    with pytest.raises(BadEvent):
        tell(payment, amount=1, ref=ref)
    before = rows()
    sandbox.control(modes={"hold": True, way: other.payment_id})
    for act in (actions.ask_again, actions.close_review):
        with pytest.raises(AnswerConfused):
            act(payment_id=payment.payment_id, why="Called.")
    assert rows() == before
