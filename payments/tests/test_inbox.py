"""Webhooks: forged, repeated, late, out of order."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings

from core import clock
from core.models import OutboxEvent
from core.money import Money
from core.testing import race
from payments import actions, progress
from payments.actions import hearing
from payments.models import LedgerEntry, Operation, Payment, PaymentMove, ProviderEvent
from payments.signature import sign
from payments.testing import make_payment, message, payment_by_id, tell, wrong_in_the_books

URL = "/webhooks/payments/"


def post(client, raw, signature):
    return client.post(
        URL, raw, content_type="application/json", headers={"Webhook-Signature": signature}
    )


def state(payment):
    return payment_by_id(payment_id=payment.payment_id).state


def signed(raw, *, at=None, secret=None):
    at = int(clock.now().timestamp()) if at is None else at
    return sign(raw=raw, secret=secret or settings.PAYMENTS_WEBHOOK_SECRET, at=at)


def nothing_changed(payment):
    assert state(payment) == "created"
    assert not ProviderEvent.objects.exists()
    assert not PaymentMove.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert not OutboxEvent.objects.filter(type__startswith="payments.").exists()


@pytest.mark.django_db
def test_a_good_message_is_taken_in_once_without_a_csrf_token(client):
    payment = make_payment()
    raw, signature = message(payment)
    for _ in range(3):
        assert post(client, raw, signature).status_code == 204
    assert state(payment) == "authorized"
    assert ProviderEvent.objects.count() == 1
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1
    assert client.get(URL).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forge",
    [
        lambda raw, good: (raw, ""),
        lambda raw, good: (raw, "t=,v1="),
        lambda raw, good: (raw, "v1=" + good.partition("v1=")[2]),
        lambda raw, good: (raw, good[:-1] + ("0" if good[-1] != "0" else "1")),
        lambda raw, good: (raw.replace(b"10000", b"10001"), good),
        lambda raw, good: (raw + b" ", good),
        lambda raw, good: (raw, signed(raw, secret="another")),
        lambda raw, good: (raw, signed(raw, at=int(clock.now().timestamp()) - 600)),
        lambda raw, good: (raw, signed(raw, at=int(clock.now().timestamp()) + 600)),
        lambda raw, good: (raw, "t=" + "9" * 5000 + ",v1=00"),
        lambda raw, good: (raw, "t=²,v1=é"),
    ],
)
def test_a_forged_message_changes_nothing(client, forge):
    payment = make_payment()
    raw, signature = forge(*message(payment))
    assert post(client, raw, signature).status_code == 400
    nothing_changed(payment)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"{" * 5000,
        b'{"id": 1}',
        b'{"id": "a", "type": "payment.authorized"}',
        b'{"id": "a", "type": "payment.authorized", "payment": []}',
        b'{"id": "a", "type": [], "payment": {}}',
        b"\xff\xfe",
        b'{"id": "' + b"9" * 70_000 + b'"}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b'{"id":' * 9000 + b"1" + b"}" * 9000,
    ],
)
def test_a_signed_message_without_sense_is_refused(client, raw):
    payment = make_payment()
    assert post(client, raw, signed(raw)).status_code == 422
    nothing_changed(payment)


@pytest.mark.django_db
def test_an_unknown_kind_and_odd_fields_are_refused(client):
    payment = make_payment()
    for raw, signature in (
        message(payment, "payment.exploded"),
        message(payment, state="gone"),
        message(payment, amount="10000"),
        message(payment, amount=True),
        message(payment, ref="a\x00b"),
        message(payment, event="x" * 81),
    ):
        assert post(client, raw, signature).status_code == 422
    nothing_changed(payment)


@pytest.mark.django_db
def test_a_message_before_our_own_commit_is_asked_for_again(client):
    payment = make_payment()
    raw, signature = message(payment)
    Payment.objects.filter(public_id=payment.payment_id).update(public_id="notyethere22")
    assert post(client, raw, signature).status_code == 409
    assert not ProviderEvent.objects.exists()
    Payment.objects.update(public_id=payment.payment_id)
    assert post(client, raw, signature).status_code == 204
    assert state(payment) == "authorized"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"amount": 9_999}, {"amount": 10_001}, {"currency": "USD"}])
def test_another_amount_stops_the_payment_for_a_person(client, wrong):
    payment = make_payment()
    raw, signature = message(payment, **wrong)
    assert post(client, raw, signature).status_code == 422
    assert state(payment) == "review"
    assert not LedgerEntry.objects.exists()
    assert ProviderEvent.objects.get().outcome == "review"
    stored = OutboxEvent.objects.filter(type__startswith="payments.")
    assert [row.type for row in stored] == ["payments.PaymentInReview"]
    assert post(client, *message(payment)).status_code == 204
    assert state(payment) == "review", "only a person ends a review"


@pytest.mark.django_db
def test_the_provider_reference_of_another_payment_is_refused(client):
    mine, other = make_payment(), make_payment()
    tell(mine)
    raw, signature = message(mine, "payment.expired", ref=f"ref-{other.payment_id}")
    assert post(client, raw, signature).status_code == 422
    assert state(mine) == "authorized"
    assert state(other) == "created"
    assert ProviderEvent.objects.count() == 1


@pytest.mark.django_db
def test_a_payment_without_a_reference_does_not_take_anothers(client):
    mine, other = make_payment(), make_payment()
    tell(mine)
    raw, signature = message(other, ref=f"ref-{mine.payment_id}")
    for _again in range(2):
        assert post(client, raw, signature).status_code == 422
    assert (state(mine), state(other)) == ("authorized", "created")
    assert ProviderEvent.objects.count() == 1
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1
    tell(other)
    assert state(other) == "authorized"


@pytest.mark.django_db
@pytest.mark.parametrize("late", ["payment.declined", "payment.expired", "payment.authorized"])
def test_news_that_are_old_do_not_undo_a_payment(late):
    payment = make_payment()
    tell(payment)
    tell(payment, late)
    assert state(payment) == "authorized"
    assert list(ProviderEvent.objects.values_list("outcome", flat=True)) == ["stale", "applied"]
    assert wrong_in_the_books() == []


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["payment.declined", "payment.expired"])
def test_a_late_success_is_a_fact_for_those_who_asked(first):
    payment = make_payment()
    tell(payment, first)
    with clock.fixed(clock.now() + timedelta(days=3)):
        tell(payment)
    assert state(payment) == "authorized"
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1


@pytest.mark.django_db
def test_captured_may_be_told_before_authorized_and_twice():
    payment = make_payment(reference="p")
    row = Payment.objects.get()
    operation = Operation.objects.create(
        payment=row,
        share=row.shares.get(),
        kind="capture",
        amount=10_000,
        key="k",
        created_at=clock.now(),
    )
    row.shares.update(capture_asked=10_000)
    for _ in range(2):
        tell(payment, "payment.captured", operation=operation.public_id)
    tell(payment)
    assert state(payment) == "captured"
    assert wrong_in_the_books() == []
    assert LedgerEntry.objects.filter(account="provider").count() == 1


@pytest.mark.django_db
def test_money_moved_at_the_provider_without_us_is_left_to_a_person(client):
    payment = make_payment()
    tell(payment)
    raw, signature = message(payment, "payment.refunded", operation="unknown-one2")
    assert post(client, raw, signature).status_code == 422
    assert ProviderEvent.objects.first().outcome == "review"
    assert payment_by_id(payment_id=payment.payment_id).refunded == Money(0, "EUR")


@pytest.mark.django_db
def test_the_account_of_the_buyer_may_be_gone():
    payment = make_payment()
    Payment.objects.update(customer_user=None)
    card = {"token": "t", "brand": "Visa", "last4": "4242", "exp_month": 1, "exp_year": 2040}
    tell(payment, card=card)
    assert state(payment) == "authorized"


@pytest.mark.django_db(transaction=True)
def test_the_same_message_twenty_times_at_once_has_one_effect():
    payment = make_payment()
    raw, signature = message(payment)
    work = lambda _: actions.record_provider_event(raw=raw, signature=signature)  # noqa: E731
    assert race(20, work) == [None] * 20
    assert ProviderEvent.objects.count() == 1
    assert PaymentMove.objects.count() == 1
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1
    assert wrong_in_the_books() == []


@pytest.mark.django_db(transaction=True)
def test_many_different_messages_at_once_have_one_effect():
    payment = make_payment()
    news = [message(payment) for _ in range(10)] + [message(payment, "payment.declined")] * 5

    def work(number):
        raw, signature = news[number]
        actions.record_provider_event(raw=raw, signature=signature)

    assert race(len(news), work) == [None] * len(news)
    assert state(payment) == "authorized"
    assert PaymentMove.objects.filter(new="authorized").count() == 1
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1
    assert wrong_in_the_books() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False], ids=["the same", "different"])
def test_control_without_their_guards_two_messages_have_two_effects(same, monkeypatch):
    """Off are the conditional update of a payment, the key of its entry in the books, and, of the
    same message twice, that it is known by its id."""
    payment = make_payment()
    news = [message(payment)] * 2 if same else [message(payment) for _ in range(2)]
    gate = threading.Barrier(2)

    class Careless:
        @staticmethod
        def filter(**named):
            with suppress(threading.BrokenBarrierError):
                gate.wait(timeout=20)
            return Payment.objects.filter(pk=named["pk"])

    def keep_anyhow(provider, said):
        own = f"{said.event_id}-{threading.get_ident()}"
        return keep(provider, replace(said, event_id=own))

    keep = hearing._keep
    monkeypatch.setattr(progress, "Payment", SimpleNamespace(objects=Careless))
    monkeypatch.setattr(progress.ledger, "post", lambda **_named: None)
    if same:
        monkeypatch.setattr(hearing, "_keep", keep_anyhow)

    def work(number):
        raw, signature = news[number]
        actions.record_provider_event(raw=raw, signature=signature)

    assert race(2, work) == [None] * 2
    assert PaymentMove.objects.filter(new="authorized").count() == 2
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 2


@pytest.mark.django_db
def test_taking_in_a_message_costs_a_fixed_number_of_statements(
    client, django_assert_max_num_queries
):
    payment = make_payment(amounts=(1_000,) * 5)
    raw, signature = message(payment)
    with django_assert_max_num_queries(11):
        assert post(client, raw, signature).status_code == 204
