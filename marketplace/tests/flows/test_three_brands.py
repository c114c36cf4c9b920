"""A bag of three brands: one payment; three orders, three dates, three studios that hear of it."""

from __future__ import annotations

import pytest

from accounts.testing import client_for, make_brand, owner_of
from catalog.testing import make_delivery_method
from core.testing import deliver_all
from marketplace.tests.flows.paying import GUEST, Shopper, guest, payment_of_newest, standing, work
from marketplace.tests.flows.steps import words
from notifications.testing import mails_to
from orders.testing import Order, Purchase, make_variant
from payments.queries import seller_balance, shares_of
from payments.testing import Sandbox, payment_by_id, wrong_in_the_books

pytestmark = pytest.mark.django_db

STUDIOS = [("Ondine", 9_600, 1), ("Birk", 4_250, 8), ("Lumen", 1_999, 20)]
DELIVERY = 690
TOTAL = sum(price for _, price, _ in STUDIOS) + 3 * DELIVERY


def test_three_brands_one_payment(sandbox: Sandbox) -> None:
    brands = [make_brand(name=name, handle=name.lower()) for name, _, _ in STUDIOS]
    for brand in brands:
        make_delivery_method(seller=brand, price=DELIVERY)
    pieces = [
        make_variant(stock=5, seller=brand, price=price, lead_days=days, title=f"{name} piece")
        for brand, (name, price, days) in zip(brands, STUDIOS, strict=True)
    ]
    buyer = guest()
    buyer.begin_checkout(*pieces)
    buyer.says("Ondine piece", "Birk piece", "Lumen piece", f"€{TOTAL / 100:.2f}")
    buyer.press("Continue to payment", **GUEST)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    work()

    # One payment over everything; a share and an order for each.
    purchase = Purchase.objects.get()
    paid = payment_by_id(payment_id=payment_of_newest())
    assert paid is not None
    assert (paid.amount.amount, paid.state, purchase.total) == (TOTAL, "authorized", TOTAL)
    orders = {order.seller_id: order for order in Order.objects.all()}
    assert [orders[brand.pk].total for brand in brands] == [
        price + DELIVERY for _, price, _ in STUDIOS
    ]
    shares = {
        share.reference: share.amount.amount for share in shares_of(payment_id=paid.payment_id)
    }
    assert shares == {order.number: order.total for order in orders.values()}
    assert standing(*pieces).free == (4, 4, 4)

    # The confirmation shows three parcels with three numbers and three dates.
    buyer.says("It is paid", "Parcel 1 of 3", "Parcel 3 of 3")
    dates = {parcel_date(buyer, orders[brand.pk].number) for brand in brands}
    assert len(dates) == 3

    # Each studio finds its own order and no other's, on its page and in its mail.
    deliver_all(except_queues=("media",))
    for brand in brands:
        own = orders[brand.pk]
        others = [order.number for order in orders.values() if order != own]
        owner = owner_of(brand)
        seller = Shopper(client_for(owner))
        seller.open(f"/studio/{brand.handle}/orders/")
        seller.says(own.number)
        for number in others:
            assert number not in words(seller.soup)
            assert seller.client.get(f"/studio/{brand.handle}/orders/{number}/").status_code == 404
        assert owner.user is not None
        told = "".join(mail.subject + mail.text for mail in mails_to(owner.user.email))
        assert own.number in told
        assert not any(number in told for number in others)

    # The first one ships. Its share alone is taken; the others stay held.
    first = Shopper(client_for(owner_of(brands[0])))
    first.open(f"/studio/ondine/orders/{orders[brands[0].pk].number}/")
    first.press("Mark shipped", carrier="DHL", tracking="JD014600009812345678")
    work()
    sandbox.deliver(paid.payment_id)
    work()
    now = payment_by_id(payment_id=paid.payment_id)
    assert now is not None
    assert now.captured.amount == STUDIOS[0][1] + DELIVERY
    assert seller_balance(seller_id=brands[0].pk).amount > 0
    assert [seller_balance(seller_id=brand.pk).amount for brand in brands[1:]] == [0, 0]
    assert wrong_in_the_books() == []


def parcel_date(buyer: Shopper, number: str) -> str:
    """The days on which the order of this number comes, as its page says it."""
    page = Shopper(buyer.client)
    page.open(f"/order/{number}/")
    heading = page.soup.select_one("article.parcel h2")
    assert heading is not None
    _arrives, _space, when = heading.get_text().partition("Arrives ")
    assert when, heading
    return when
