"""The ledger: sums to zero, is never rewritten, and equals the payments (I3, I13)."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.testing import make_brand
from core import clock
from core.errors import DomainError
from core.money import Money
from payments import actions
from payments.models import LedgerEntry, LedgerTransaction, Payment
from payments.testing import make_payment, payment_by_id, tell, tell_done, wrong_in_the_books

pytestmark = pytest.mark.django_db

ACTS = st.tuples(
    st.sampled_from(["capture", "refund", "settle", "give_back"]),
    st.integers(min_value=0, max_value=2),
    st.integers(min_value=1, max_value=700),
)


@pytest.fixture
def brands():
    return [make_brand(), make_brand(), make_brand()]


def entered(payment, account):
    rows = LedgerEntry.objects.filter(
        transaction__payment__public_id=payment.payment_id, account=account
    )
    return sum(rows.values_list("amount", flat=True))


@given(
    amounts=st.lists(st.integers(min_value=1, max_value=999), min_size=1, max_size=3),
    acts=st.lists(ACTS, max_size=15),
)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_sequence_the_books_add_up(brands, amounts, acts):
    payment = make_payment(amounts=amounts, sellers=brands[: len(amounts)])
    tell(payment)
    for number, (kind, share, amount) in enumerate(acts):
        name = {
            "payment_id": payment.payment_id,
            "share_reference": f"{payment.reference}-{share + 1}",
            "key": f"act-{number}",
        }
        money = Money(amount, "EUR")
        try:
            if kind == "capture":
                actions.capture(**name, amount=money)
            elif kind == "refund":
                actions.refund(**name, amount=money, reason="any")
            elif kind == "give_back":
                actions.give_back(**name, reason="any")
            else:
                tell_done(payment)
        except DomainError:
            pass  # refused: then nothing may have changed, which is what is checked below
    tell_done(payment)
    assert wrong_in_the_books() == []
    connection.check_constraints()
    done = payment_by_id(payment_id=payment.payment_id)
    owed, fees = (-entered(payment, account) for account in ("seller_balance", "platform_fee"))
    assert owed + fees == done.captured.amount - done.refunded.amount
    assert owed >= 0
    assert fees >= 0
    if done.refunded == done.captured:
        assert owed == fees == 0


def enter_wrongly(owner):
    """Sums to zero only over two currencies."""
    unbalanced = LedgerTransaction.objects.create(key="x", kind="capture", at=clock.now())
    LedgerEntry.objects.create(
        transaction=unbalanced, account="provider", amount=100, currency="EUR"
    )
    LedgerEntry.objects.create(
        transaction=unbalanced,
        account="seller_balance",
        owner_profile=owner,
        amount=-100,
        currency="USD",
    )
    connection.check_constraints()


def test_the_database_refuses_a_transaction_that_does_not_balance():
    brand = make_brand()
    with pytest.raises(IntegrityError, match="is off by"), transaction.atomic():
        enter_wrongly(owner=brand)
    assert not LedgerEntry.objects.exists()


def test_the_books_are_append_only():
    tell(make_payment())
    for change in (
        lambda: LedgerEntry.objects.update(amount=1),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: LedgerTransaction.objects.update(key="other"),
    ):
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            change()
    assert wrong_in_the_books() == []


def test_the_audit_finds_what_does_not_add_up():
    payment = make_payment(amounts=(1_000,), reference="p")
    tell(payment)
    actions.capture(
        payment_id=payment.payment_id, share_reference="p-1", amount=Money(400, "EUR"), key="k"
    )
    tell_done(payment)
    assert wrong_in_the_books() == []
    Payment.objects.update(captured=401)
    found = {(wrong.check, wrong.detail) for wrong in wrong_in_the_books()}
    assert (
        "The books have what the payment has taken",
        "the books say 400, the payment 401",
    ) in found
    assert (
        "The books hold what is held of the payment",
        "the books hold 600, the payment 599",
    ) in found
    assert "A payment is the sum of its shares" in {check for check, _detail in found}
