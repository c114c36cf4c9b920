"""The mail that says what was paid for what."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from accounts.testing import make_brand
from catalog.testing import make_delivery_method
from core.money import Money
from core.testing import deliver_all
from orders import actions
from orders.models import Order, Purchase
from orders.testing import ADDRESS, make_paid_order, make_variant, new_key, told
from orders.types import Details, Want

pytestmark = pytest.mark.django_db


def receipt():
    """The receipt as text, and its HTML as the words that are shown."""
    mail.outbox.clear()
    deliver_all()
    [letter] = [one for one in mail.outbox if one.subject.startswith("Paid: ")]
    shown = BeautifulSoup(letter.alternatives[0][0], "html5lib").body
    return letter.body, [one.strip() for one in shown.get_text("\n").splitlines() if one.strip()]


def test_it_says_what_each_line_and_its_delivery_cost():
    order = make_paid_order(variant=make_variant(title="Blue vase"), quantity=2)
    text, shown = receipt()
    wanted = (
        "2 \u00d7 Blue vase: €192.00",
        f"Delivery, {order.delivery_name}: €6.00",
        f"Total: €198.00, of which VAT {Money(order.tax_total, 'EUR')}",
    )
    for row in wanted:
        assert f"\n{row}\n" in text
        assert row in shown


def test_several_sellers_stand_one_after_the_other_and_what_is_free_is_called_so():
    sellers = [make_brand(name=name) for name in ("First Works", "Second Works")]
    variants = []
    for seller, price in zip(sellers, (600, 0), strict=True):
        make_delivery_method(seller=seller, price=price)
        variants.append(make_variant(seller=seller, title=f"Bowl of {seller.name}"))
    placed = actions.buy_now(
        user_id=None,
        session=None,
        wants=[Want(variant_id=one.public_id, quantity=1) for one in variants],
        details=Details(email="noor@mail.example", address=ADDRESS),
        methods=(),
        shown_total=Money(2 * 9600 + 600, "EUR"),
        idempotency_key=new_key(),
        method_id=None,
        organization_id=None,
    )
    told(placed)
    text, shown = receipt()
    tax = Money(sum(Order.objects.values_list("tax_total", flat=True)), "EUR")
    first, second = Order.objects.order_by("id")
    wanted = [
        "First Works",
        "1 \u00d7 Bowl of First Works: €96.00",
        f"Delivery, {first.delivery_name}: €6.00",
        "Second Works",
        "1 \u00d7 Bowl of Second Works: €96.00",
        f"Delivery, {second.delivery_name}: Free",
        f"Total: €198.00, of which VAT {tax}",
    ]
    rows = [row for row in text.splitlines() if row]
    assert rows[rows.index("First Works") :][: len(wanted)] == wanted
    assert shown[shown.index("First Works") :][: len(wanted)] == wanted
    assert Purchase.objects.get().total == 19800
