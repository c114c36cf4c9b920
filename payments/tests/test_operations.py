"""Taking, dropping and giving back shares of a payment."""

import pytest

from accounts.testing import make_brand, make_user
from core.models import OutboxEvent
from core.money import Money
from core.testing import race
from payments import actions, queries
from payments.models import LedgerEntry, Operation
from payments.testing import (
    keep_card,
    make_payment,
    payment_by_id,
    tell,
    tell_done,
    wrong_in_the_books,
)
from payments.types import BadAmount, NotPossible, OperationDiffers, PaymentNotFound


def eur(amount):
    return Money(amount, "EUR")


def authorized(*amounts, sellers=()):
    payment = make_payment(amounts=amounts, sellers=sellers, reference="p")
    tell(payment)
    return payment


def capture(payment, amount, *, share=1, key=""):
    actions.capture(
        payment_id=payment.payment_id,
        share_reference=f"p-{share}",
        amount=eur(amount),
        key=key or f"capture-{share}-{amount}",
    )


def refund(payment, amount, *, share=1, key="refund"):
    actions.refund(
        payment_id=payment.payment_id,
        share_reference=f"p-{share}",
        amount=eur(amount),
        reason="returned",
        key=key,
    )


def give_back(payment, *, share=1, key="cancel"):
    actions.give_back(
        payment_id=payment.payment_id, share_reference=f"p-{share}", reason="cancelled", key=key
    )


def now(payment):
    return payment_by_id(payment_id=payment.payment_id)


@pytest.mark.django_db
def test_three_brands_one_payment_each_ends_its_own_way():
    brands = [make_brand(), make_brand(), make_brand()]
    payment = authorized(5_000, 3_333, 2_000, sellers=brands)
    capture(payment, 5_000)
    capture(payment, 3_333, share=2)
    give_back(payment, share=3)
    tell_done(payment)
    done = now(payment)
    assert (done.state, done.captured, done.voided) == ("captured", eur(8_333), eur(2_000))
    # 6 % of 33.33 is 1.9998, rounded once
    balances = [queries.seller_balance(seller_id=brand.pk) for brand in brands]
    assert balances == [eur(4_700), eur(3_133), eur(0)]
    assert queries.ledger_balance(account="platform_fee", currency="EUR") == eur(-500)
    assert queries.ledger_balance(account="provider", currency="EUR") == eur(8_333)
    assert queries.ledger_balance(account="held_at_provider", currency="EUR") == eur(0)
    refund(payment, 3_333, share=2)
    tell_done(payment)
    assert queries.seller_balance(seller_id=brands[1].pk) == eur(0)
    assert queries.ledger_balance(account="platform_fee", currency="EUR") == eur(-300)
    refund(payment, 5_000, share=1, key="all")
    tell_done(payment)
    assert now(payment).state == "refunded"
    assert wrong_in_the_books() == []


@pytest.mark.django_db
def test_parcel_by_parcel_and_cent_by_cent_the_fee_goes_back_whole():
    brand = make_brand()
    payment = authorized(1_001, sellers=[brand])
    for parcel, amount in enumerate((333, 333, 335)):
        capture(payment, amount, key=f"parcel-{parcel}")
    tell_done(payment)
    for part, amount in enumerate((1, 334, 333, 333)):
        refund(payment, amount, key=f"part-{part}")
        tell_done(payment)
    assert now(payment).state == "refunded"
    assert queries.seller_balance(seller_id=brand.pk) == eur(0)
    assert queries.ledger_balance(account="platform_fee", currency="EUR") == eur(0)
    assert wrong_in_the_books() == []


@pytest.mark.django_db
def test_nothing_more_is_taken_or_given_than_there_is():
    payment = authorized(5_000, 3_000)
    for wrong in (0, -1, 5_001):
        with pytest.raises(BadAmount):
            capture(payment, wrong)
    with pytest.raises(BadAmount):
        refund(payment, 1)
    capture(payment, 4_000)
    with pytest.raises(BadAmount):
        capture(payment, 1_001, key="more")
    with pytest.raises(BadAmount):
        refund(payment, 1)  # asked for, not taken yet
    tell_done(payment)
    with pytest.raises(BadAmount):
        refund(payment, 4_001)
    refund(payment, 4_000)
    with pytest.raises(BadAmount):
        refund(payment, 1, key="more")
    with pytest.raises(BadAmount):
        actions.capture(
            payment_id=payment.payment_id,
            share_reference="p-1",
            amount=Money(1, "USD"),
            key="dollars",
        )
    with pytest.raises(PaymentNotFound):
        capture(payment, 1, share=9)
    assert Operation.objects.count() == 2


@pytest.mark.django_db
def test_a_key_acts_once():
    payment = authorized(5_000)
    for _ in range(3):
        capture(payment, 2_000, key="k")
    with pytest.raises(OperationDiffers):
        capture(payment, 2_001, key="k")
    tell_done(payment)
    for _ in range(3):
        refund(payment, 500, key="r")
    for _ in range(3):
        give_back(payment, key="g")
    tell_done(payment)
    done = now(payment)
    assert (done.captured, done.refunded, done.voided) == (eur(2_000), eur(2_000), eur(3_000))
    assert Operation.objects.count() == 4  # the capture, the part, and the rest of both


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "payment.declined", "payment.expired"])
def test_nothing_is_taken_from_a_payment_that_is_not_authorized(kind):
    payment = make_payment(reference="p")
    if kind:
        tell(payment, kind)
    with pytest.raises(NotPossible):
        capture(payment, 100)
    actions.give_back(payment_id=payment.payment_id, reason="late", key="g")
    give_back(payment)
    assert not Operation.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_giving_back_drops_what_is_held_and_refunds_what_was_taken():
    payment = authorized(5_000, 3_000)
    capture(payment, 2_000)
    tell_done(payment)
    for _ in range(2):
        actions.give_back(payment_id=payment.payment_id, reason="sold out", key="late")
        tell_done(payment)
    done = now(payment)
    assert (done.state, done.captured, done.refunded, done.voided) == (
        "refunded",
        eur(2_000),
        eur(2_000),
        eur(6_000),
    )
    assert wrong_in_the_books() == []
    facts = OutboxEvent.objects.filter(type="payments.PaymentVoided")
    assert [fact.data["share_reference"] for fact in facts.order_by("pk")] == ["p-1", "p-2"]


@pytest.mark.django_db
def test_giving_back_one_share_leaves_the_others():
    payment = authorized(5_000, 3_000)
    give_back(payment, share=2)
    tell_done(payment)
    assert now(payment).state == "authorized"
    assert [share.voided for share in queries.shares_of(payment_id=payment.payment_id)] == [
        eur(0),
        eur(3_000),
    ]


def paid_by_card(amount):
    """Authorized at the real sandbox: with real commits the provider is asked at once."""
    person = make_user()
    payment = make_payment(
        amounts=(amount,),
        reference="p",
        user_id=person.pk,
        method_id=keep_card(user_id=person.pk).method_id,
    )
    assert actions.start_payment(payment_id=payment.payment_id).state == "authorized"
    return payment


@pytest.mark.django_db(transaction=True)
def test_two_refunds_at_once_never_exceed_what_was_taken(sandbox):
    payment = paid_by_card(5_000)
    capture(payment, 5_000)
    assert now(payment).state == "captured"
    answers = race(8, lambda number: refund(payment, 3_000, key=f"staff-{number}"))
    assert answers.count(None) == 1
    assert sum(isinstance(answer, BadAmount) for answer in answers) == 7
    assert now(payment).refunded == eur(3_000)
    assert sandbox.find(payment.payment_id)["refunded"] == 3_000
    assert wrong_in_the_books() == []


@pytest.mark.django_db(transaction=True)
def test_capture_and_cancel_at_once_leave_one_of_them(sandbox):
    payment = paid_by_card(5_000)
    answers = race(6, lambda number: capture(payment, 5_000) if number % 2 else give_back(payment))
    done = now(payment)
    assert done.captured + done.voided == eur(5_000)
    assert done.state in ("captured", "voided", "refunded")
    assert all(answer is None or isinstance(answer, BadAmount | NotPossible) for answer in answers)
    assert Operation.objects.filter(kind__in=["capture", "void"]).count() == 1
    assert wrong_in_the_books() == []
