"""Whose turn it is to be asked about, when more is undecided than a round has places."""

from datetime import timedelta

import pytest

from accounts.testing import make_brand, make_user
from core import clock
from payments import actions
from payments.models import Payment, PayoutAccount
from payments.testing import keep_card, make_payment, make_payout_account, payment_by_id, tell

pytestmark = pytest.mark.django_db
NOWHERE = "http://localhost:9"


@pytest.fixture
def brand():
    return make_brand()


def state(payment):
    return payment_by_id(payment_id=payment.payment_id).state


def on_the_page(brand, count):
    """Payments whose buyers are on the provider's page and stay there."""
    payments = [make_payment(sellers=[brand], amounts=(100,)) for _ in range(count)]
    for payment in payments:
        actions.start_payment(payment_id=payment.payment_id)
    assert {state(payment) for payment in payments} == {"requires_action"}
    return payments


def unanswered(brand, settings):
    """A payment by a kept card that never reached the provider."""
    person = make_user()
    card = keep_card(user_id=person.pk).method_id
    payment = make_payment(sellers=[brand], amounts=(100,), user_id=person.pk, method_id=card)
    origin, settings.PROVIDER_ORIGIN = settings.PROVIDER_ORIGIN, NOWHERE
    assert actions.start_payment(payment_id=payment.payment_id).state == "unknown"
    settings.PROVIDER_ORIGIN = origin
    return payment


def asked_since(moment):
    return Payment.objects.filter(asked_at__gte=moment).count()


def test_who_waits_for_an_answer_does_not_wait_for_those_who_are_paying(sandbox, settings, brand):
    on_the_page(brand, 5)
    newest = unanswered(brand, settings)
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert actions.reconcile(limit=2) == 2
    assert state(newest) == "authorized"


def test_everybody_has_their_turn_however_many_there_are(sandbox, brand):
    on_the_page(brand, 5)
    begin = clock.now() + timedelta(minutes=2)
    for number in range(3):
        with clock.fixed(begin + timedelta(seconds=90 * number)):
            actions.reconcile(limit=2)
    assert asked_since(begin) == 5


def test_what_cannot_be_closed_keeps_nobody_else_waiting(sandbox, settings, brand):
    stuck = on_the_page(brand, 3)
    Payment.objects.update(expires_at=clock.now())
    newest = unanswered(brand, settings)
    sandbox.control(modes={"hold": True, "refuse": "cancel"})
    begin = clock.now() + timedelta(seconds=20)
    with clock.fixed(begin):
        assert actions.reconcile(limit=2) == 2
        assert actions.reconcile(limit=2) == 2
        assert actions.reconcile(limit=2) == 0  # each was asked a moment ago
    assert state(newest) == "authorized"
    assert asked_since(begin) == 4
    sandbox.control(modes={"hold": True})
    with clock.fixed(begin + timedelta(seconds=20)):
        assert actions.reconcile() == 3
    assert {state(payment) for payment in stuck} == {"expired"}


def test_a_round_ends_in_time_and_the_next_goes_on_behind_it(settings, brand):
    """However slow the provider is, a task ends before its limit; each round asks once at least."""
    settings.PROVIDER_ORIGIN = NOWHERE
    for _number in range(2):
        make_payment(sellers=[brand], amounts=(100,))
        tell(make_payment(sellers=[brand], amounts=(100,)))
        make_payout_account(seller=make_brand(), state="pending")
    PayoutAccount.objects.update(asked_at=clock.now())
    with clock.fixed(clock.now() + timedelta(hours=13)):
        for ask in (actions.check_holds, actions.ask_pending_payouts, actions.reconcile):
            assert [ask(seconds=0), ask(seconds=0), ask(seconds=0)] == [1, 1, 0]
