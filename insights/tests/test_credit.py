"""Every paid order is credited once, and the report is the orders to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.testing import (
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_person,
    owner_of,
)
from core import clock
from core.testing import deliver_all
from insights.models import Conversion
from insights.queries import order_sources, seller_dashboard
from insights.receivers import credit_order, recount_order, reverse_order
from orders.actions import cancel_order, ship, start
from orders.events import OrderCancelled, OrderGivenBack, OrderPaid
from orders.queries import customer
from orders.testing import Order, buy, deliver, make_buyer, make_paid_order, make_variant, told
from orders.types import Actor
from payments.actions import give_back
from payments.testing import Sandbox
from tracking.queries import read_touch, touch_token

pytestmark = pytest.mark.django_db


def paid(number: str, *, seller_id: int, total: int = 1_000, **touch: str) -> OrderPaid:
    return OrderPaid(
        order_number=number,
        purchase_id="p",
        seller_id=seller_id,
        user_id=None,
        total=total,
        currency="EUR",
        touch_source=touch.get("source", ""),
        touch_ref=touch.get("ref", ""),
        touch_at=touch.get("at", ""),
    )


def test_an_order_without_a_click_is_direct_and_counted() -> None:
    order = make_paid_order()
    credit = Conversion.objects.get()
    assert (credit.order_number, credit.source, credit.total) == (
        order.number,
        "direct",
        order.total,
    )
    assert order_sources(order_numbers=[order.number]) == {order.number: ("direct", "")}


def test_the_same_fact_twice_is_one_credit() -> None:
    seller = make_brand()
    event = paid("A-1", seller_id=seller.pk, source="pin", ref="abc", at=clock.now().isoformat())
    credit_order(event)
    credit_order(event)
    assert Conversion.objects.count() == 1


def test_what_a_brands_own_team_buys_credits_nobody_and_is_marked() -> None:
    """Bought by a member from one's own pin, and by anybody else from the same pin."""
    seller = make_brand()
    member, other = make_member(brand=seller, role="orders"), make_person()
    at = clock.now().isoformat()
    for number, buyer in (("A-1", member), ("A-2", owner_of(seller)), ("A-3", other)):
        event = paid(number, seller_id=seller.pk, source="pin", ref="abc", at=at)
        credit_order(replace(event, user_id=buyer.user_id))
    found = Conversion.objects.order_by("order_number").values_list("source", "ref", "by_team")
    assert list(found) == [("direct", "", True), ("direct", "", True), ("pin", "abc", False)]
    assert Conversion.objects.filter(seller=seller, total=1_000).count() == 3, "it is sold for all"
    operators = client_for(make_operator())
    page = operators.get("/admin/insights/conversion/?by_team__exact=1").content.decode()
    assert [number in page for number in ("A-1", "A-2", "A-3")] == [True, True, False]


def test_the_longest_search_that_a_click_can_name_is_credited() -> None:
    seller = make_brand()
    words = "a very tall teal vase for one branch of cherry and a small room by the harbour"
    token = touch_token(source="search", ref=words)
    touch = read_touch(token=token)
    assert touch is not None
    at = clock.now().isoformat()
    credit_order(paid("A-1", seller_id=seller.pk, source="search", ref=touch.ref, at=at))
    assert Conversion.objects.get().ref == touch.ref


def test_an_unpaid_order_earns_nobody_anything() -> None:
    placed = buy(make_variant(), person=make_buyer()[0])
    assert not Conversion.objects.exists()
    told(placed, "payment.declined")
    assert not Conversion.objects.exists()


def test_a_cancelled_order_takes_its_credit_back() -> None:
    order = make_paid_order()
    cancel_order(number=order.number, actor=Actor.BUYER, actor_user_id=order.user_id, reason="No")
    deliver_all(except_queues=("media", "mail"), raise_errors=False)
    credit = Conversion.objects.get()
    assert (credit.state, credit.reversed_at is None) == ("reversed", False)


def test_sources_pins_and_days_add_up_to_the_orders() -> None:
    seller = make_brand()
    orders = [
        make_paid_order(variant=make_variant(seller=None, price=1_000 + number * 333))
        for number in range(4)
    ]
    seller_id = orders[0].seller_id
    Order.objects.update(seller_id=seller_id)
    Conversion.objects.update(seller_id=seller_id)
    Conversion.objects.filter(order_number=orders[0].number).update(
        source="pin", ref="abcdefghjkmn", touched_at=clock.now()
    )
    board = seller_dashboard(seller_id=seller_id, product_ids=[], last=timezone.localdate())
    total = sum(order.total for order in orders)
    assert board.now.sales.amount == total
    assert sum(source.sales.amount for source in board.sources) == total
    assert sum(source.orders for source in board.sources) == board.now.orders == 4
    assert sum(amount for _day, amount, _count in board.now.days) == total
    assert [(pin.ref, pin.sales.amount) for pin in board.pins] == [
        ("abcdefghjkmn", orders[0].total)
    ]
    assert board.now.from_pins == 1
    other = seller_dashboard(seller_id=seller.pk, product_ids=[], last=timezone.localdate())
    assert (other.now.orders, other.sources, other.pins) == (0, (), ())


def test_what_was_sold_before_the_period_is_in_the_one_before() -> None:
    order = make_paid_order()
    Conversion.objects.update(created_at=clock.now() - timedelta(days=40))
    board = seller_dashboard(
        seller_id=order.seller_id, product_ids=[], last=timezone.localdate(), days=30
    )
    assert (board.now.orders, board.before.orders) == (0, 1)


def test_a_cancellation_that_is_heard_before_the_payment_leaves_no_credit() -> None:
    order = make_paid_order()
    cancel_order(number=order.number, actor=Actor.BUYER, actor_user_id=order.user_id, reason="No")
    Conversion.objects.all().delete()  # neither was heard yet
    seller_id = order.seller_id
    for _time in range(2):
        reverse_order(OrderCancelled(order_number=order.number, reason="No", by="buyer"))
        credit_order(paid(order.number, seller_id=seller_id, total=order.total))
    assert Conversion.objects.get().state == "reversed"
    today = timezone.localdate(clock.now())
    figures = seller_dashboard(seller_id=seller_id, product_ids=[], last=today, days=7)
    assert figures.now.orders == 0


def test_an_order_that_was_never_paid_leaves_no_row() -> None:
    placed = buy(make_variant(), person=make_buyer()[0])
    reverse_order(OrderCancelled(order_number=placed.orders[0], reason="", by="system"))
    assert not Conversion.objects.exists()


def sales_of(order: Order) -> tuple[int, int]:
    """Sales and orders that the overview of the order's seller shows today."""
    today = timezone.localdate(clock.now())
    now = seller_dashboard(seller_id=order.seller_id, product_ids=[], last=today, days=7).now
    return now.sales.amount, now.orders


def spent_by_buyer_of(order: Order) -> int:
    return customer(seller_id=order.seller_id, number=order.number).customer.spent.amount


def send(order: Order, count: int) -> None:
    owner = owner_of(order.seller)
    assert owner.user_id is not None
    ship(
        number=order.number,
        seller_id=order.seller_id,
        actor_user_id=owner.user_id,
        quantities={order.lines.get().public_id: count},
    )
    deliver()


def paid_with(sandbox: Sandbox) -> tuple[Order, str]:
    """An order of three pieces that was paid at the provider, and its payment there."""
    buyer, card, _address = make_buyer()
    placed = buy(make_variant(), quantity=3, person=buyer, card=card)
    start(placed=placed)
    deliver()
    order = Order.objects.get(number=placed.orders[0])
    assert sales_of(order) == (order.total, 1) == (29_400, 1)
    assert spent_by_buyer_of(order) == order.total
    return order, placed.payment_id


def test_what_was_never_taken_of_an_order_is_not_sold(sandbox: Sandbox) -> None:
    order, payment_id = paid_with(sandbox)
    send(order, 1)
    sandbox.lapse(payment_id)
    sandbox.deliver(payment_id)
    deliver()
    assert sales_of(order) == (10_200, 1)
    assert spent_by_buyer_of(order) == 10_200


def test_what_goes_back_is_not_sold(sandbox: Sandbox) -> None:
    order, payment_id = paid_with(sandbox)
    other = make_paid_order(variant=make_variant(seller=order.seller, price=1_000))
    send(order, 3)
    assert sales_of(order)[0] == order.total + other.total
    for _time in range(2):
        give_back(payment_id=payment_id, reason="Broken.", key="operator")
        deliver()
    assert sales_of(order) == (other.total, 2)
    assert spent_by_buyer_of(order) == 0
    assert spent_by_buyer_of(other) == other.total


def test_what_goes_back_may_be_heard_before_the_payment(sandbox: Sandbox) -> None:
    order, payment_id = paid_with(sandbox)
    give_back(payment_id=payment_id, reason="Broken.", key="operator")
    deliver()
    Conversion.objects.all().delete()  # neither was heard yet
    at = clock.now().isoformat()
    for _time in range(2):
        recount_order(OrderGivenBack(order_number=order.number))
        reverse_order(OrderCancelled(order_number=order.number, reason="No", by="system"))
        told_late = paid(
            order.number, seller_id=order.seller_id, total=order.total, source="pin", ref="a", at=at
        )
        credit_order(told_late)
    credit = Conversion.objects.get()
    assert (credit.source, credit.ref, credit.total, credit.state) == ("pin", "a", 0, "reversed")
