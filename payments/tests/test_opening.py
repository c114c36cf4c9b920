import pytest
from django.db import IntegrityError, transaction

from accounts.testing import make_brand, make_user
from core.money import Money
from payments import actions, queries
from payments.models import Payment, PaymentShare
from payments.testing import keep_card, make_payment, tell
from payments.types import BadAmount, MethodNotFound, PaymentUnderWay, Share

pytestmark = pytest.mark.django_db


def open_with(**changes):
    brand = make_brand()
    wanted = {
        "reference": "purchase-1",
        "amount": Money(10_000, "EUR"),
        "shares": [Share(reference="1001", seller_id=brand.pk, amount=Money(10_000, "EUR"))],
        "user_id": None,
        "method_id": None,
        "return_url": "http://localhost/r",
        "cancel_url": "http://localhost/c",
        "description": "A vase",
    }
    return actions.open_payment(**{**wanted, **changes})


def test_opening_writes_the_payment_and_its_shares_in_two_statements(django_assert_num_queries):
    brands = [make_brand(), make_brand(), make_brand()]
    with django_assert_num_queries(4):  # payment, shares, and the savepoint around the first
        payment = make_payment(amounts=(5_000, 3_000, 2_000), sellers=brands, reference="p")
    assert payment.state == "created"
    assert payment.undecided
    shares = queries.shares_of(payment_id=payment.payment_id)
    assert [share.amount for share in shares] == [
        Money(amount, "EUR") for amount in (5_000, 3_000, 2_000)
    ]
    assert [share.reference for share in shares] == ["p-1", "p-2", "p-3"]


def test_shares_must_sum_to_the_amount():
    brand = make_brand()
    for shares in (
        [],
        [Share(reference="1", seller_id=brand.pk, amount=Money(9_999, "EUR"))],
        [
            Share(reference="1", seller_id=brand.pk, amount=Money(11_000, "EUR")),
            Share(reference="2", seller_id=brand.pk, amount=Money(-1_000, "EUR")),
        ],
    ):
        with pytest.raises(BadAmount):
            open_with(shares=shares)
    assert not Payment.objects.exists()


def test_a_reference_has_one_live_payment_and_may_try_again_after_a_decline():
    first = open_with()
    with pytest.raises(PaymentUnderWay):
        open_with()
    assert Payment.objects.count() == 1
    assert PaymentShare.objects.count() == 1
    tell(first, "payment.declined")
    second = open_with()
    assert queries.payment(reference="purchase-1").payment_id == second.payment_id
    assert Payment.objects.count() == 2


def test_the_card_of_another_is_as_absent_as_one_that_is_not_there():
    mine, other = make_user(), make_user()
    foreign = keep_card(user_id=other.pk)
    forgotten = keep_card(user_id=mine.pk)
    actions.forget_method(user_id=mine.pk, public_id=forgotten.method_id)
    said = []
    for user_id, method_id in (
        (mine.pk, foreign.method_id),
        (mine.pk, forgotten.method_id),
        (mine.pk, "nothinghere2"),
        (None, foreign.method_id),
    ):
        with pytest.raises(MethodNotFound) as refused:
            open_with(user_id=user_id, method_id=method_id)
        said.append((refused.value.status, str(refused.value)))
    assert len(set(said)) == 1
    assert said[0][0] == 404
    assert not Payment.objects.exists()


def test_the_database_refuses_wrong_rows():
    payment = open_with()
    rows = Payment.objects.filter(public_id=payment.payment_id)
    for wrong in (
        {"state": "paid"},
        {"captured": 10_001},
        {"refunded": 1},
        {"amount": 0},
        {"voided": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    shares = PaymentShare.objects.filter(payment__public_id=payment.payment_id)
    for wrong in (
        {"capture_asked": 10_001},
        {"refund_asked": 1},
        {"captured": 1},
        {"capture_asked": 6_000, "void_asked": 6_000},
        {"fee": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            shares.update(**wrong)
