"""Who bought deletes their account: the order stays as the law wants it, and nothing else."""

from __future__ import annotations

import pytest

from accounts.actions import erase_account
from accounts.testing import client_for, make_brand, make_person, owner_of
from accounts.tests.test_leaving import rows_with
from catalog.testing import make_delivery_method, make_product
from core.testing import deliver_all
from inventory.actions import receive
from marketplace.tests.api.calling import Program
from notifications.models import Mail, Notice
from orders.models import Order, Purchase
from orders.tests.pages import FIVE, form_of
from payments.testing import keep_card

pytestmark = pytest.mark.django_db(transaction=True)

# Name and address stay on what was paid, for the tax office, and in what told the seller of it.
SOLD = "orders.sold"
KEPT = {
    *("orders_order", "orders_purchase", "orders_checkout"),
    *("notifications_notice", "notifications_mail"),
}


@pytest.mark.usefixtures("sandbox")
def test_the_order_stays_with_its_address_and_nothing_else_names_the_buyer() -> None:
    brand = make_brand(name="Ondine Studio", handle="ondine")
    make_delivery_method(seller=brand, price=600)
    vase = make_product(seller=brand, title="Tall vase", with_delivery=False)
    variant = vase.variants.get()
    receive(variant_id=variant.pk, quantity=3, actor_id=None)
    buyer = make_person(name="Quillon Vesper", handle="quillon", email="quillon@mail.example")
    assert buyer.user_id is not None
    keep_card(user_id=buyer.user_id)
    client, address = client_for(buyer), f"/buy/{variant.public_id}/"
    typed = {**FIVE, "name": "Quillon Vesper", "do": "pay"}
    paid = client.post(address, {**form_of(client.get(address), "/buy/"), **typed})
    assert paid.status_code == 303
    deliver_all(except_queues=("media",))
    order = Order.objects.get()
    desk = Program(owner_of(brand), scopes=["sales:read", "sales:write"])
    desk.post("studio/ondine/orders/pack/", {"orders": [order.number]})
    desk.post(f"studio/ondine/orders/{order.number}/ship/", {"carrier": "DHL"})
    deliver_all(except_queues=("media",))
    Program(buyer).post(f"orders/{order.number}/received/")
    deliver_all(except_queues=("media",))

    erase_account(user_id=buyer.user_id)
    deliver_all(except_queues=("media",))

    after, purchase = Order.objects.get(), Purchase.objects.get()
    assert (after.number, after.total, after.tax_total) == (
        order.number,
        order.total,
        order.tax_total,
    )
    assert after.state == "completed"
    assert (purchase.name, purchase.line1) == ("Quillon Vesper", FIVE["street"])
    assert (purchase.email, purchase.phone) == ("", "")
    assert set(rows_with("quillon")) <= KEPT
    assert {one.kind for one in Notice.objects.filter(body__icontains="quillon")} == {SOLD}
    assert {one.kind for one in Mail.objects.filter(text__icontains="quillon")} == {SOLD}
    assert desk.get(f"studio/ondine/orders/{order.number}/")["details"]["address"]["name"]
