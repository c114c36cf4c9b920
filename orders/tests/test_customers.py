"""What customers' orders add up to is kept, whatever becomes of them and whoever was not told."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.testing import make_brand, owner_of
from catalog.testing import make_delivery_method
from core import audits, clock
from core.money import Money
from core.subscriptions import subscribe, unsubscribe
from core.testing import in_the_middle
from orders import actions, customers, events, receivers
from orders.customers import add_up, keys_of
from orders.models import Customer, Order, Purchase
from orders.testing import (
    buy,
    finish,
    make_buyer,
    make_paid_order,
    make_variant,
    told,
)
from payments import actions as payments
from payments import queries as payment_queries

pytestmark = pytest.mark.django_db
# The transaction of what is measured, within that of the test.
SAVEPOINT = 2
COLUMNS = ("seller", "buyer", "first", "last", "orders", "spent", "currency")


def kept():
    return sorted(Customer.objects.values_list(*COLUMNS))


def mend():
    out = StringIO()
    call_command("add_up_customers", stdout=out)
    return out.getvalue().strip()


def violations():
    return [one.subject for one in audits.violations(invariants=frozenset({"I4"}))]


def guest_buys(seller, *, email):
    placed = buy(make_variant(seller=seller), email=email)
    told(placed)
    return Order.objects.get(number=placed.orders[0])


def test_a_part_that_goes_back_is_no_part_of_what_was_spent():
    """Nothing else is heard of it than OrderGivenBack."""
    order = make_paid_order(quantity=2)
    assert Customer.objects.get().spent == 19_800
    owner = owner_of(order.seller).user_id
    assert owner
    actions.ship(number=order.number, seller_id=order.seller_id, actor_user_id=owner)
    finish(order)
    payment = payment_queries.payment(reference=order.purchase.public_id)
    payments.refund(
        payment_id=payment.payment_id,
        share_reference=order.number,
        amount=Money(2_500, "EUR"),
        reason="A crack",
        key="crack",
    )
    finish(order)
    assert Order.objects.get().state == "shipped"
    assert Customer.objects.get().spent == 17_300
    assert violations() == []


def test_what_code_of_before_sold_is_made_good():
    """While an upgrade goes on, old code publishes without knowing this receiver."""
    person = make_buyer()[0]
    first = make_paid_order(person=person)
    seller = first.seller
    unsubscribe(events.OrderPaid, receivers.add_up_customer)
    try:
        guest = guest_buys(seller, email="gerda@mail.example")
        placed = buy(make_variant(seller=seller), person=person)
        told(placed)
    finally:
        subscribe(events.OrderPaid, receivers.add_up_customer)
    assert [one.orders for one in Customer.objects.all()] == [1]
    assert sorted(violations()) == sorted(
        [f"customer of order {first.number}", f"customer of order {guest.number}"]
    )
    Customer.objects.create(
        seller=seller, buyer="enobody@mail.example", first=first, last=first, orders=1, spent=1,
        currency="EUR",
    )  # fmt: skip
    for said in ("3 customers", "0 customers"):
        assert mend() == f"{said} added up anew"
        rows = Customer.objects.order_by("pk").values_list("buyer", "orders", "spent")
        assert list(rows) == [
            (f"u{person.user_id}", 2, 20_400),
            ("egerda@mail.example", 1, 10_200),
        ]
        assert violations() == []


def test_another_currency_is_seen_and_made_good():
    make_paid_order()
    Customer.objects.update(currency="JPY")
    assert len(violations()) == 1
    assert mend() == "1 customers added up anew"
    assert Customer.objects.get().currency == "EUR"


def test_the_migration_the_audit_and_we_add_up_the_same():
    seller = make_brand()
    make_delivery_method(seller=seller, price=600)
    person = make_buyer()[0]
    orders = [make_paid_order(variant=make_variant(seller=seller), person=person)]
    for email in ("gerda@mail.example", "Gerda@Mail.example", "hans@mail.example", "x@y.example"):
        orders.append(guest_buys(seller, email=email))
    orders += [make_paid_order(variant=make_variant(seller=seller), person=person) for _ in "ab"]
    orders.append(make_paid_order())
    buy(make_variant(seller=seller))
    Order.objects.filter(pk=orders[1].pk).update(given_back=700)
    Order.objects.filter(pk=orders[5].pk).update(state="cancelled", cancelled_at=clock.now())
    Order.objects.filter(pk=orders[6].pk).update(currency="JPY")
    Purchase.objects.filter(pk=orders[4].purchase_id).update(email="")
    Customer.objects.all().delete()

    add_up(keys_of(Order.objects.all()))
    ours = kept()
    assert sorted((row[1][0], row[4], row[5], row[6]) for row in ours) == [
        ("e", 1, 10_200, "EUR"),
        ("e", 2, 19_700, "EUR"),
        ("o", 1, 10_200, "EUR"),
        ("u", 1, 10_200, "EUR"),
        ("u", 3, 10_200, "JPY"),
    ]
    assert violations() == []

    Customer.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("orders.migrations.0006_add_up_customers").ADD_UP)
    assert kept() == ours


def test_queries_are_as_few_as_they_say(django_assert_num_queries):
    order = make_paid_order()
    keys = keys_of(Order.objects.all())
    # The row, locked; what the orders add up to; what that is now.
    with django_assert_num_queries(3 + SAVEPOINT):
        add_up(keys)
    Customer.objects.all().delete()
    # No row; what the orders add up to; a row; the row, locked; then as above.
    with django_assert_num_queries(6 + SAVEPOINT):
        add_up(keys)
    assert Customer.objects.get().last_id == order.pk


@pytest.fixture
def overtaken():
    """Adds somebody up, and has them buy again and added up once more before that is written."""

    def run(*, begin, waits):
        person = make_buyer()[0]
        variant = make_variant()
        make_paid_order(variant=variant, person=person)
        later = buy(variant, person=person).orders[0]
        if begin:
            Customer.objects.all().delete()
        (key,) = keys_of(Order.objects.filter(paid_at__isnull=False))

        def rival():
            Order.objects.filter(number=later).update(paid_at=clock.now())
            add_up([key])

        met = in_the_middle(seam=(customers, "totals"), act=lambda: add_up([key]), meanwhile=rival)
        assert met == (None, None, waits)
        return Customer.objects.get().orders

    return run


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_slower_one_writes_what_it_read(overtaken, monkeypatch):
    def unlocked(key):
        return Customer.objects.filter(seller=key[0], buyer=key[1]).first()

    monkeypatch.setattr(customers, "_locked", unlocked)
    assert overtaken(begin=False, waits=False) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_up_at_once_the_second_sees_what_the_first_saw_or_more(overtaken):
    assert overtaken(begin=False, waits=True) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_row_at_once_both_write_what_is_true(overtaken):
    assert overtaken(begin=True, waits=False) == 2
