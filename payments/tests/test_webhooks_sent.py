"""From the provider's thread to our live web server and back, misbehaving in every way."""

import time

import pytest

from core.models import OutboxEvent
from payments import actions
from payments.models import Payment, ProviderEvent
from payments.testing import make_payment, payment_by_id, wrong_in_the_books
from payments.types import EventTooEarly

pytestmark = pytest.mark.django_db(transaction=True)


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def state(payment):
    return payment_by_id(payment_id=payment.payment_id).state


def open_page(live_server):
    payment = make_payment()
    Payment.objects.update(
        return_url=f"{live_server.url}/back/", cancel_url=f"{live_server.url}/bag/"
    )
    pages = []

    def opened():
        """A provider on a busy machine may be silent for 3 s; asking again is safe."""
        pages.append(actions.start_payment(payment_id=payment.payment_id).redirect_url)
        return pages[-1]

    until(opened)
    return payment, pages[-1]


@pytest.mark.parametrize("modes", [{}, {"copies": 5}, {"delay_ms": 700}])
def test_messages_reach_the_inbox_and_have_one_effect(sandbox, live_server, modes):
    sandbox.to(live_server.url, **modes)
    payment, page = open_page(live_server)
    assert sandbox.pay(page) == f"{live_server.url}/back/"
    until(lambda: state(payment) == "authorized")
    until(lambda: not sandbox.messages(payment.payment_id))
    assert ProviderEvent.objects.count() == 1
    assert OutboxEvent.objects.filter(type="payments.PaymentAuthorized").count() == 1


def test_a_message_may_come_before_the_buyer_does(sandbox, live_server):
    sandbox.to(live_server.url, early=True)
    payment, page = open_page(live_server)
    sandbox.pay(page)
    assert state(payment) == "authorized"


def test_a_message_that_is_not_taken_is_sent_again(sandbox, live_server, monkeypatch):
    early, take_in = [], actions.record_provider_event

    def told_when_early(**message):
        try:
            take_in(**message)
        except EventTooEarly as error:
            early.append(error)
            raise

    monkeypatch.setattr(actions, "record_provider_event", told_when_early)
    sandbox.to(live_server.url)
    payment, page = open_page(live_server)
    Payment.objects.update(public_id="notyethere22")  # as if our own commit were still to come
    sandbox.pay(page)
    until(lambda: early)
    assert not ProviderEvent.objects.exists()
    Payment.objects.update(public_id=payment.payment_id)
    until(lambda: state(payment) == "authorized")


@pytest.mark.slow
def test_messages_out_of_order_end_in_the_right_state(sandbox, live_server):
    sandbox.to(live_server.url, reorder=True)
    payment, page = open_page(live_server)
    sandbox.pay(page)
    until(lambda: state(payment) == "authorized")
    assert wrong_in_the_books() == []
