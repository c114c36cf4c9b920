"""Money that is held, until the bank drops it of its own accord."""

from datetime import timedelta

import pytest

from core import clock
from core.models import OutboxEvent
from core.money import Money
from core.testing import deliver_all
from payments import actions, queries
from payments.models import Operation, Payment, PaymentMove
from payments.testing import make_payment, payment_by_id, tell, wrong_in_the_books

pytestmark = pytest.mark.django_db


def now(payment):
    return payment_by_id(payment_id=payment.payment_id)


def voided():
    rows = OutboxEvent.objects.filter(type="payments.PaymentVoided").order_by("pk")
    return [(row.data["share_reference"], row.data["amount"], row.data["lapsed"]) for row in rows]


def held_payment(sandbox, *amounts):
    payment = make_payment(amounts=amounts or (6_000, 4_000), reference="p")
    sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
    sandbox.deliver(payment.payment_id)
    deliver_all()
    assert now(payment).state == "authorized"
    return payment


def capture(payment, amount, *, share=1, key="k"):
    actions.capture(
        payment_id=payment.payment_id,
        share_reference=f"p-{share}",
        amount=Money(amount, "EUR"),
        key=key,
    )


def books_are_even():
    assert queries.ledger_balance(account="held_at_provider", currency="EUR") == Money(0, "EUR")
    assert wrong_in_the_books() == []


def test_a_hold_that_the_bank_ended_is_dropped_and_said_once(sandbox):
    payment = held_payment(sandbox)
    sandbox.lapse(payment.payment_id)
    for _time in range(2):
        sandbox.deliver(payment.payment_id)
        deliver_all()
    assert now(payment).state == "voided"
    assert voided() == [("p-1", 6_000, True), ("p-2", 4_000, True)]
    assert PaymentMove.objects.filter(new="voided").count() == 1
    books_are_even()


@pytest.mark.parametrize("kind", ["payment.expired", "payment.voided"])
def test_an_old_message_ends_nothing(sandbox, kind):
    payment = held_payment(sandbox)
    tell(payment, kind, ref=sandbox.find(payment.payment_id)["ref"], state=kind.rpartition(".")[2])
    deliver_all()
    assert now(payment).state == "authorized"
    assert voided() == []
    assert not Operation.objects.exists()


def test_a_lost_message_is_made_up_for_by_asking_twice_a_day(sandbox):
    payment, kept = held_payment(sandbox), make_payment()
    sandbox.pay(actions.start_payment(payment_id=kept.payment_id).redirect_url)
    sandbox.deliver(kept.payment_id)
    sandbox.control(modes={"lost": True})
    sandbox.lapse(payment.payment_id)
    assert actions.check_holds() == 0
    assert now(payment).state == "authorized"
    with clock.fixed(clock.now() + timedelta(hours=13)):
        assert actions.check_holds() == 2
        assert actions.check_holds() == 0
    assert (now(payment).state, now(kept).state) == ("voided", "authorized")
    assert len(voided()) == 2


def test_without_an_answer_a_hold_stays():
    payment = make_payment()
    tell(payment)
    with clock.fixed(clock.now() + timedelta(hours=13)):
        assert actions.check_holds() == 1
    assert now(payment).state == "authorized"
    assert voided() == []


def test_what_was_taken_stays_taken_and_only_the_rest_is_dropped(sandbox):
    payment = held_payment(sandbox)
    capture(payment, 2_500)
    deliver_all()
    sandbox.lapse(payment.payment_id)
    sandbox.deliver(payment.payment_id)
    deliver_all()
    done = now(payment)
    assert (done.state, done.captured.amount, done.voided.amount) == ("captured", 2_500, 7_500)
    assert voided() == [("p-1", 3_500, True), ("p-2", 4_000, True)]
    books_are_even()
    actions.give_back(payment_id=payment.payment_id, reason="returned", key="r")
    deliver_all()
    assert now(payment).state == "refunded"
    books_are_even()


def test_a_capture_that_comes_too_late_finds_out_that_nothing_is_held(sandbox):
    payment = held_payment(sandbox)
    sandbox.control(modes={"lost": True})
    sandbox.lapse(payment.payment_id)
    capture(payment, 6_000)
    deliver_all()
    assert now(payment).state == "voided"
    assert OutboxEvent.objects.filter(type="payments.CaptureFailed").count() == 1
    assert voided() == [("p-1", 6_000, True), ("p-2", 4_000, True)]
    assert list(Operation.objects.filter(kind="capture").values_list("state", flat=True)) == [
        "failed"
    ]
    books_are_even()


def test_what_we_wanted_dropped_is_not_called_lapsed(sandbox):
    payment = held_payment(sandbox)
    sandbox.lapse(payment.payment_id)
    actions.give_back(
        payment_id=payment.payment_id, share_reference="p-1", reason="cancelled", key="v"
    )
    actions.check_hold(payment_id=payment.payment_id)
    deliver_all()
    assert sorted(voided()) == [("p-1", 6_000, False), ("p-2", 4_000, True)]
    assert now(payment).state == "voided"
    books_are_even()


def test_another_amount_is_still_a_matter_for_a_person(sandbox):
    payment = held_payment(sandbox)
    sandbox.lapse(payment.payment_id)
    Payment.objects.update(amount=10_001)
    actions.check_hold(payment_id=payment.payment_id)
    assert now(payment).state == "review"
    assert voided() == []
