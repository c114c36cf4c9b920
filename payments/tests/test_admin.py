"""Operators may read everything, and give a payment back after a question."""

import re

import pytest

from accounts.testing import client_for, make_operator, make_user
from core.money import Money
from core.testing import deliver_all
from payments import actions
from payments.models import Operation, Payment, ProviderEvent
from payments.testing import (
    keep_card,
    make_payment,
    payment_by_id,
    tell,
    tell_done,
    wrong_in_the_books,
)
from payments.types import AnswerConfused

pytestmark = pytest.mark.django_db

PAGES = [
    "payments/payment/",
    "payments/operation/",
    "payments/paymentmethod/",
    "payments/providerevent/",
    "payments/ledgertransaction/",
    "payments/ledgerentry/",
]


@pytest.fixture
def operator():
    person = make_operator()
    person.user.is_superuser = True
    person.user.save()
    return client_for(person)


def some_rows(number):
    payment = make_payment(reference=f"p{number}")
    tell(payment)
    actions.capture(
        payment_id=payment.payment_id,
        share_reference=f"p{number}-1",
        amount=Money(6_000, "EUR"),
        key="k",
    )
    tell_done(payment)
    keep_card(user_id=make_user().pk)
    return payment


@pytest.mark.parametrize("page", PAGES)
def test_lists_cost_the_same_whatever_they_hold(
    operator, page, django_assert_max_num_queries, django_assert_num_queries
):
    some_rows(1)
    with django_assert_max_num_queries(18) as first:
        assert operator.get(f"/admin/{page}?q=p1").status_code == 200
        assert operator.get(f"/admin/{page}").status_code == 200
    for number in (2, 3):
        some_rows(number)
    with django_assert_num_queries(len(first)):
        operator.get(f"/admin/{page}?q=p1")
        operator.get(f"/admin/{page}")
    assert operator.get(f"/admin/{page}add/").status_code == 403


def test_money_goes_back_only_after_a_question_and_a_reason(operator):
    payment = some_rows(1)
    row = Operation.objects.get().payment
    press = {"action": "give_back", "_selected_action": [row.pk]}
    asked = operator.post("/admin/payments/payment/", press)
    assert asked.status_code == 200
    assert "goes back to the buyer" in asked.content.decode()
    operator.post("/admin/payments/payment/", {**press, "confirmed": "1", "reason": ""})
    assert Operation.objects.count() == 1
    for _ in range(2):
        operator.post("/admin/payments/payment/", {**press, "confirmed": "1", "reason": "broken"})
    tell_done(payment)
    assert payment_by_id(payment_id=payment.payment_id).state == "refunded"
    assert wrong_in_the_books() == []


@pytest.mark.parametrize("kind", ["refund", "void"])
def test_what_the_provider_refused_may_be_decided_again(sandbox, operator, kind):
    payment = make_payment(reference="p")
    sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
    sandbox.deliver(payment.payment_id)
    if kind == "refund":
        whole = Money(10_000, "EUR")
        actions.capture(payment_id=payment.payment_id, share_reference="p-1", amount=whole, key="k")
        deliver_all()
    row = Payment.objects.get()
    address = f"/admin/payments/payment/{row.pk}/change/"
    press = {"action": "give_back", "_selected_action": [row.pk], "confirmed": "1", "reason": "x"}
    sandbox.control(modes={"hold": True, "refuse": kind})
    for _again in range(2):
        operator.post("/admin/payments/payment/", press)
        deliver_all()
    assert (
        list(row.operations.filter(kind=kind).values_list("state", "failure_code"))
        == [("failed", "not_now")] * 2
    )
    assert "not_now" in operator.get(address).content.decode()
    kept = payment_by_id(payment_id=payment.payment_id)
    assert (kept.refunded, kept.voided) == (Money(0, "EUR"), Money(0, "EUR"))
    sandbox.control(modes={"hold": True})
    for _again in range(2):  # pressed twice, it is given back once
        operator.post("/admin/payments/payment/", press)
    deliver_all()
    done = payment_by_id(payment_id=payment.payment_id)
    assert done.state == ("refunded" if kind == "refund" else "voided")
    assert row.operations.filter(kind=kind, state="done").count() == 1
    assert row.operations.filter(kind=kind).count() == 3
    assert wrong_in_the_books() == []


def waiting_answers(operator):
    """What the first page counts."""
    page = operator.get("/admin/").content.decode()
    return int(re.search(r"<b>(\d+)</b> Answers about other payments", page)[1])


def test_an_answer_about_another_payment_waits_with_what_it_said_until_it_was_seen_to(
    sandbox, operator
):
    other, mine = make_payment(reference="other"), make_payment(reference="mine")
    for payment in (other, mine):
        sandbox.pay(actions.start_payment(payment_id=payment.payment_id).redirect_url)
        sandbox.deliver(payment.payment_id)
    sandbox.control(modes={"hold": True, "answer_as": other.payment_id})
    with pytest.raises(AnswerConfused):
        actions.check_hold(payment_id=mine.payment_id)
    here = "/admin/payments/providerevent/"
    row = ProviderEvent.objects.get(kind="answer.confused")
    assert waiting_answers(operator) == 1
    page = operator.get(f"{here}{row.pk}/change/").content.decode()
    for said in (Payment.objects.get(reference="other").provider_ref, other.payment_id, "10000"):
        assert said in page
    news = ProviderEvent.objects.filter(kind="payment.authorized").first()
    assert news.body["payment"]["card"]["last4"] == "4242"
    plain = operator.get(f"{here}{news.pk}/change/").content.decode()
    assert "4242" not in plain, "what it sent of itself may name people"

    before = list(Payment.objects.order_by("pk").values())
    press = {"action": "mark_seen", "_selected_action": [row.pk]}
    operator.post(here, press)
    operator.post(here, {**press, "confirmed": "1", "reason": ""})
    assert waiting_answers(operator) == 1
    operator.post(here, {**press, "confirmed": "1", "reason": "They mended it"})
    assert waiting_answers(operator) == 0
    assert "They mended it" in operator.get(f"{here}{row.pk}/history/").content.decode()
    again = operator.post(here, {**press, "confirmed": "1", "reason": "x"}, follow=True)
    assert "waits for nobody" in again.content.decode()
    assert list(Payment.objects.order_by("pk").values()) == before


def test_a_payment_can_be_opened_but_not_changed(operator):
    some_rows(1)
    row = Operation.objects.get().payment
    page = operator.get(f"/admin/payments/payment/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert operator.post(f"/admin/payments/payment/{row.pk}/delete/").status_code == 403
