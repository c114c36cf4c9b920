"""A payment in review: an operator asks the provider again, or closes it."""

import pytest

from accounts.testing import client_for, make_operator
from core.models import OutboxEvent
from core.money import Money
from core.testing import deliver_all
from payments import actions, queries
from payments.models import LedgerEntry, Payment, PaymentMove
from payments.testing import make_payment, message, payment_by_id, tell, wrong_in_the_books
from payments.types import BadEvent

pytestmark = pytest.mark.django_db
LIST = "/admin/payments/payment/"
NOTHING = Money(0, "EUR")


@pytest.fixture
def operator():
    person = make_operator()
    person.user.is_superuser = True
    person.user.save()
    return client_for(person)


def press(client, action, *rows, reason="Called the bank."):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    data = {**chosen, "confirmed": "1", "reason": reason}
    return client.post(LIST, data, follow=True).content.decode()


def now(payment):
    return payment_by_id(payment_id=payment.payment_id)


def row(payment):
    return Payment.objects.get(public_id=payment.payment_id)


def facts():
    kept = OutboxEvent.objects.filter(type__startswith="payments.").order_by("pk")
    return [one.type.partition(".")[2] for one in kept]


def held():
    return queries.ledger_balance(account="held_at_provider", currency="EUR")


def misheard(payment, sandbox=None):
    """The provider speaks of another amount; answers the payment, in review."""
    ref = sandbox.find(payment.payment_id)["ref"] if sandbox else "ref"
    raw, signature = message(payment, ref=ref, amount=9_999)
    with pytest.raises(BadEvent):
        actions.record_provider_event(raw=raw, signature=signature)
    assert now(payment).state == "review"
    return payment


def unheard(sandbox):
    """In review, never authorized in our books; at the provider the money is held."""
    payment = make_payment(reference="p")
    sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
    return misheard(payment, sandbox)


def heard(sandbox):
    """In review after it was authorized: the books hold it."""
    payment = make_payment(amounts=(6_000, 4_000), reference="p")
    sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
    sandbox.deliver(payment.payment_id)
    return misheard(payment, sandbox)


def test_the_list_says_why_and_asks_before_it_acts(operator):
    payment = misheard(make_payment())
    assert "The provider says 9999 EUR, we say 10000 EUR." in operator.get(LIST).content.decode()
    for action, word in (("ask_again", "stays in review"), ("close_review", "cannot be undone")):
        chosen = {"action": action, "_selected_action": [row(payment).pk]}
        assert word in operator.post(LIST, chosen).content.decode()
        press(operator, action, row(payment), reason="")
    assert now(payment).state == "review"
    assert facts() == ["PaymentInReview"]


def test_who_may_not_move_money_is_not_offered_it():
    payment = misheard(make_payment())
    client = client_for(make_operator())
    for action in ("ask_again", "close_review"):
        press(client, action, row(payment))
    assert now(payment).state == "review"
    assert facts() == ["PaymentInReview"]


@pytest.mark.parametrize("world", [unheard, heard])
def test_asked_again_the_payment_goes_on_as_the_provider_says(sandbox, operator, world):
    payment = world(sandbox)
    press(operator, "ask_again", row(payment))
    assert now(payment).state == "authorized"
    assert facts()[-1] == "PaymentAuthorized"
    assert held() == Money(10_000, "EUR")
    assert wrong_in_the_books() == []
    last = PaymentMove.objects.last()
    assert (last.old, last.new) == ("review", "authorized")
    assert "Called the bank." in last.why
    assert "not in review" in press(operator, "ask_again", row(payment))


def test_asked_again_about_another_amount_it_stays(sandbox, operator):
    payment = unheard(sandbox)
    Payment.objects.update(amount=9_000)
    said = press(operator, "ask_again", row(payment))
    assert "The provider says 10000 EUR, we say 9000 EUR." in said
    assert now(payment).state == "review"
    assert facts() == ["PaymentInReview"]
    assert not LedgerEntry.objects.exists()


def test_what_ended_at_the_provider_meanwhile_is_dropped_here(sandbox, operator):
    payment = heard(sandbox)
    sandbox.lapse(payment.payment_id)
    press(operator, "ask_again", row(payment))
    assert now(payment).state == "voided"
    assert facts().count("PaymentVoided") == 2
    assert held() == NOTHING
    assert wrong_in_the_books() == []


@pytest.mark.parametrize("world", [unheard, heard])
def test_closed_it_is_dropped_at_the_provider_and_may_be_paid_anew(sandbox, operator, world):
    payment = world(sandbox)
    said = press(operator, "close_review", row(payment))
    assert "Decided for 1 row" in said
    assert now(payment).state == "voided"
    assert sandbox.find(payment.payment_id)["voided"] == 10_000
    assert facts()[-1] == ("PaymentVoided" if world is heard else "PaymentFailed")
    assert held() == NOTHING
    assert wrong_in_the_books() == []
    assert "Called the bank." in PaymentMove.objects.last().why
    before = facts()
    assert "not in review" in press(operator, "close_review", row(payment))
    assert facts() == before
    again = make_payment(reference="p")
    assert now(again).state == "created"


def test_closed_is_closed_whatever_is_told_later(sandbox, operator):
    payment = unheard(sandbox)
    press(operator, "close_review", row(payment))
    tell(payment, ref=sandbox.find(payment.payment_id)["ref"])
    deliver_all()
    assert now(payment).state == "voided"
    assert held() == NOTHING


def test_what_the_buyer_never_finished_is_closed_there_too(sandbox, operator):
    payment = make_payment(reference="p")
    actions.start_payment(payment_id=payment.payment_id)
    misheard(payment, sandbox)
    press(operator, "close_review", row(payment))
    assert now(payment).state == "voided"
    assert sandbox.find(payment.payment_id)["state"] == "expired"
    assert facts()[-1] == "PaymentFailed"


def test_without_an_answer_nothing_changes(operator):
    payment = misheard(make_payment())
    for action in ("ask_again", "close_review"):
        assert "The provider did not do it." in press(operator, action, row(payment))
    assert now(payment).state == "review"
    assert facts() == ["PaymentInReview"]
    assert not LedgerEntry.objects.exists()


def test_what_was_taken_is_given_back_before_it_is_closed(sandbox, operator):
    payment = make_payment(reference="p")
    sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
    sandbox.deliver(payment.payment_id)
    eur = Money(4_000, "EUR")
    actions.capture(payment_id=payment.payment_id, share_reference="p-1", amount=eur, key="k")
    deliver_all()
    misheard(payment, sandbox)
    assert "Give that back first" in press(operator, "close_review", row(payment))
    assert now(payment).state == "review"
    assert sandbox.find(payment.payment_id)["voided"] == 0
    press(operator, "give_back", row(payment))
    deliver_all()
    assert (now(payment).state, now(payment).refunded) == ("review", eur)
    press(operator, "close_review", row(payment))
    assert now(payment).state == "refunded"
    there = sandbox.find(payment.payment_id)
    assert (there["captured"], there["refunded"], there["voided"]) == (4_000, 4_000, 6_000)
    assert held() == NOTHING
    assert queries.ledger_balance(account="provider", currency="EUR") == NOTHING
    assert wrong_in_the_books() == []
