"""From our page to the provider's and back, over HTTP, with the real sandbox."""

from datetime import timedelta

import pytest
from django.conf import settings

from accounts.testing import make_brand, make_user
from core import clock
from core.models import OutboxEvent
from core.money import Money
from core.testing import deliver_all
from payments import actions, queries
from payments.models import Operation, Payment, PaymentMethod, PaymentMove
from payments.testing import (
    CHALLENGE,
    DECLINED,
    NO_FUNDS,
    SLOW,
    keep_card,
    make_payment,
    payment_by_id,
    wrong_in_the_books,
)
from payments.types import PaymentNotFound

pytestmark = pytest.mark.django_db


def start(payment):
    return actions.start_payment(payment_id=payment.payment_id)


def state(payment):
    return payment_by_id(payment_id=payment.payment_id).state


def facts():
    rows = OutboxEvent.objects.filter(type__startswith="payments.Payment").order_by("pk")
    return [row.type.partition(".")[2] for row in rows]


def test_a_guest_pays_on_the_hosted_page_and_the_seller_is_owed(sandbox):
    brand = make_brand()
    payment = make_payment(amounts=(10_000,), sellers=[brand], reference="p")
    started = start(payment)
    assert started.state == "requires_action"
    assert started.redirect_url.startswith(settings.SANDBOX_URL)
    back = sandbox.pay(started.redirect_url)
    assert back == f"{settings.SITE_URL}/checkout/x/return/"
    assert state(payment) == "requires_action"  # nothing is believed but the signed message
    sandbox.deliver(payment.payment_id)
    assert state(payment) == "authorized"
    assert facts() == ["PaymentAuthorized"]
    assert queries.payment(reference="p").method_label == "Visa •••• 4242"
    assert not PaymentMethod.objects.exists()

    actions.capture(
        payment_id=payment.payment_id,
        share_reference="p-1",
        amount=Money(10_000, "EUR"),
        key="shipped-1",
    )
    deliver_all()
    assert state(payment) == "captured"
    assert queries.seller_balance(seller_id=brand.pk) == Money(9_400, "EUR")
    assert wrong_in_the_books() == []
    assert sandbox.find(payment.payment_id)["captured"] == 10_000
    moves = PaymentMove.objects.values_list("old", "new")
    assert list(moves) == [
        ("created", "requires_action"),
        ("requires_action", "authorized"),
        ("authorized", "captured"),
    ]


@pytest.mark.parametrize(
    ("number", "code"),
    [(DECLINED, "card_declined"), (NO_FUNDS, "insufficient_funds")],
)
def test_a_refused_card_says_why_and_leaves_the_way_open(sandbox, number, code):
    payment = make_payment(reference="p")
    sandbox.pay(start(payment).redirect_url, number=number)
    sandbox.deliver(payment.payment_id)
    failed = queries.payment(reference="p")
    assert (failed.state, failed.failure_code) == ("declined", code)
    assert "Nothing was charged" in failed.failure_message
    assert facts() == ["PaymentFailed"]
    again = make_payment(reference="p")
    sandbox.pay(start(again).redirect_url)
    sandbox.deliver(again.payment_id)
    assert queries.payment(reference="p").state == "authorized"


@pytest.mark.parametrize(("approve", "end"), [(True, "authorized"), (False, "declined")])
def test_the_bank_may_ask_whether_it_is_you(sandbox, approve, end):
    payment = make_payment()
    sandbox.pay(start(payment).redirect_url, number=CHALLENGE, approve=approve)
    sandbox.deliver(payment.payment_id)
    assert state(payment) == end


def test_closing_the_page_ends_the_payment(sandbox):
    payment = make_payment()
    back = sandbox.leave(start(payment).redirect_url)
    assert back == f"{settings.SITE_URL}/checkout/x/"
    sandbox.deliver(payment.payment_id)
    assert state(payment) == "expired"
    assert facts() == ["PaymentExpired"]


def test_a_kept_card_pays_in_one_call_and_few_statements(sandbox, django_assert_max_num_queries):
    person = make_user()
    method = keep_card(user_id=person.pk)
    payment = make_payment(user_id=person.pk, method_id=method.method_id)
    with django_assert_max_num_queries(7):  # read, move, audit, fact, books; savepoint
        started = start(payment)
    assert (started.state, started.redirect_url) == ("authorized", None)
    assert state(payment) == "authorized"
    sandbox.deliver(payment.payment_id)
    assert start(payment).state == "authorized"
    assert facts() == ["PaymentAuthorized"]


def test_a_kept_card_may_be_asked_too_or_declined(sandbox):
    person = make_user()
    card = keep_card(user_id=person.pk, number=CHALLENGE)
    payment = make_payment(user_id=person.pk, method_id=card.method_id)
    started = start(payment)
    assert started.state == "requires_action"
    assert "/verify/" in started.redirect_url
    declined = keep_card(user_id=person.pk, number=DECLINED)
    other = make_payment(user_id=person.pk, method_id=declined.method_id)
    result = start(other)
    assert (result.state, result.failure_code) == ("declined", "card_declined")


def test_remembering_is_the_buyers_choice_and_never_a_guests(sandbox):
    person = make_user()
    for remember in (False, True):
        payment = make_payment(user_id=person.pk)
        sandbox.pay(start(payment).redirect_url, remember=remember)
        sandbox.deliver(payment.payment_id)
        kept = queries.methods_for(user_id=person.pk)
        assert len(kept) == int(remember)
    assert (kept[0].label, kept[0].is_default) == ("Visa •••• 4242", True)
    again = make_payment(user_id=person.pk, method_id=kept[0].method_id)
    assert start(again).state == "authorized"
    guest = make_payment()
    sandbox.pay(start(guest).redirect_url, remember=True)
    sandbox.deliver(guest.payment_id)
    assert PaymentMethod.objects.count() == 1


def test_forgetting_a_card_reaches_the_provider(sandbox):
    person = make_user()
    payment = make_payment(user_id=person.pk)
    sandbox.pay(start(payment).redirect_url, remember=True)
    sandbox.deliver(payment.payment_id)
    (kept,) = queries.methods_for(user_id=person.pk)
    token = PaymentMethod.objects.get().token
    actions.forget_method(user_id=person.pk, public_id=kept.method_id)
    deliver_all()
    assert queries.methods_for(user_id=person.pk) == []
    assert sandbox.find(payment.payment_id)["card"]["token"] == ""
    revived = actions.keep_method(
        user_id=person.pk,
        token=token,
        brand="Visa",
        last4="4242",
        exp_month=12,
        exp_year=2039,
    )
    other = make_payment(user_id=person.pk, method_id=revived.method_id)
    assert start(other).failure_code == "provider_error"


def test_no_answer_in_time_is_found_out_later_and_charged_once(sandbox):
    person = make_user()
    method = keep_card(user_id=person.pk, number=SLOW)
    payment = make_payment(user_id=person.pk, method_id=method.method_id)
    assert start(payment).state == "unknown"
    with pytest.raises(Exception, match="under way"):
        make_payment(reference=payment.reference)
    assert actions.reconcile() == 0  # it is normal to hear nothing for some seconds
    with clock.fixed(clock.now() + timedelta(seconds=30)):
        assert actions.reconcile() == 1
        assert actions.reconcile() == 0
    assert state(payment) == "authorized"
    sandbox.deliver(payment.payment_id)
    assert facts() == ["PaymentAuthorized"]


def test_killed_before_the_call_the_charge_is_made_up_for(sandbox):
    person = make_user()
    method = keep_card(user_id=person.pk)
    payment = make_payment(user_id=person.pk, method_id=method.method_id)
    with clock.fixed(clock.now() + timedelta(seconds=60)):
        assert actions.reconcile() == 1
    assert state(payment) == "authorized"
    assert facts() == ["PaymentAuthorized"]


def test_a_message_that_was_lost_is_asked_for(sandbox):
    payment = make_payment()
    sandbox.control(modes={"lost": True})
    sandbox.pay(start(payment).redirect_url)
    assert sandbox.messages(payment.payment_id) == []
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        actions.reconcile()
    assert state(payment) == "authorized"


def test_a_payment_beyond_its_time_is_closed_at_the_provider_too(sandbox):
    payment = make_payment(expires_at=clock.now() + timedelta(minutes=15))
    page = start(payment).redirect_url
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        actions.reconcile()
    assert state(payment) == "expired"
    assert "This payment is closed" in sandbox.client.get(page).text
    assert sandbox.find(payment.payment_id)["state"] == "expired"


def test_cancelling_too_late_tells_that_it_is_paid(sandbox):
    payment = make_payment()
    sandbox.pay(start(payment).redirect_url)
    assert actions.cancel_payment(payment_id=payment.payment_id).state == "authorized"
    assert facts() == ["PaymentAuthorized"]


def test_cancelling_in_time_and_before_the_provider_heard_of_it(sandbox):
    page, fresh = make_payment(), make_payment()
    start(page)
    for payment in (page, fresh):
        assert actions.cancel_payment(payment_id=payment.payment_id).state == "expired"
    assert facts() == ["PaymentExpired", "PaymentExpired"]


def test_nobody_is_sent_to_a_foreign_address(sandbox):
    payment = make_payment()
    Payment.objects.update(return_url="https://evil.example/")
    result = start(payment)
    assert (result.state, result.redirect_url) == ("declined", None)
    assert sandbox.find(payment.payment_id) is None


def test_an_unreachable_provider_decides_nothing(sandbox, settings):
    payment = make_payment()
    settings.PROVIDER_ORIGIN = "http://localhost:9"
    assert start(payment).state == "unknown"
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        actions.reconcile()
    assert state(payment) == "unknown"
    assert facts() == []


def test_a_key_that_the_provider_does_not_take_decides_nothing(sandbox, settings):
    """An answer about our key says nothing about money, neither of a charge nor of a parcel."""
    paid, asked = make_payment(reference="p"), make_payment()
    sandbox.pay(start(paid).redirect_url)
    sandbox.deliver(paid.payment_id)
    key, settings.PAYMENTS_API_KEY = settings.PAYMENTS_API_KEY, "another"
    whole = Money(10_000, "EUR")
    actions.capture(payment_id=paid.payment_id, share_reference="p-1", amount=whole, key="k")
    deliver_all(raise_errors=False)
    assert start(asked).state == "unknown"
    assert [row.state for row in Operation.objects.all()] == ["pending"]
    assert facts() == ["PaymentAuthorized"]
    settings.PAYMENTS_API_KEY = key
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        deliver_all()
        actions.reconcile()
    assert (state(paid), state(asked)) == ("captured", "requires_action")
    assert sandbox.find(paid.payment_id)["captured"] == 10_000


def test_what_was_stopped_while_the_provider_was_away_is_never_charged(sandbox, settings):
    person = make_user()
    method = keep_card(user_id=person.pk)
    payment = make_payment(user_id=person.pk, method_id=method.method_id)
    origin, settings.PROVIDER_ORIGIN = settings.PROVIDER_ORIGIN, "http://localhost:9"
    assert start(payment).state == "unknown"
    assert actions.cancel_payment(payment_id=payment.payment_id).state == "unknown"
    settings.PROVIDER_ORIGIN = origin
    with clock.fixed(clock.now() + timedelta(seconds=30)):
        assert actions.reconcile() == 1
    assert state(payment) == "expired"
    assert sandbox.find(payment.payment_id) is None
    assert facts() == ["PaymentExpired"]


def test_an_operation_the_provider_refuses_may_be_asked_again(sandbox):
    payment = make_payment(reference="p")
    sandbox.pay(start(payment).redirect_url)
    sandbox.deliver(payment.payment_id)
    sandbox.drop(payment.payment_id, 1)
    for key in ("one", "two"):
        actions.capture(
            payment_id=payment.payment_id,
            share_reference="p-1",
            amount=Money(10_000, "EUR"),
            key=key,
        )
        deliver_all()
    types = OutboxEvent.objects.values_list("type", flat=True)
    assert list(types).count("payments.CaptureFailed") == 2
    assert state(payment) == "authorized"


def test_unknown_payments_are_absent():
    with pytest.raises(PaymentNotFound):
        actions.start_payment(payment_id="nothinghere2")
