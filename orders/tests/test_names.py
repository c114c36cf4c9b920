"""What an order is called: never without the variant that somebody packs."""

import pytest

from accounts.testing import client_for, make_brand, owner_of
from catalog.testing import make_delivery_method, make_product
from inventory.actions import receive
from notifications import queries as notifications
from orders import actions
from orders.testing import deliver, make_buyer, make_paid_order
from orders.tests.html import assert_good_html

pytestmark = pytest.mark.django_db


def test_everybody_reads_which_variant_it_is_wherever_an_order_is_named():
    seller = make_brand()
    make_delivery_method(seller=seller, price=600)
    jar = make_product(seller=seller, title="Ginger jar", sizes=["Small", "Bone"])
    variant = jar.variants.get(sku__endswith="-1")
    receive(variant_id=variant.pk, quantity=5, actor_id=None)
    buyer, _card, _address = make_buyer()
    order = make_paid_order(variant=variant, quantity=2, person=buyer)
    desk, browser = client_for(owner_of(seller)), client_for(buyer)

    def said(client, path, selector):
        found = assert_good_html(client.get(path).content.decode()).select(selector)
        return [" ".join(one.get_text().split()) for one in found]

    studio, twice = f"/studio/{seller.handle}/", ["Ginger jar, Bone \u00d7 2"]
    assert said(desk, f"{studio}orders/", ".goods b") == twice
    assert "Ginger jar, Bone \u00d72" in said(desk, studio, "td.clip")
    assert said(desk, f"{studio}customers/{order.number}/", "tbody b") == twice
    assert said(browser, "/orders/", ".parcel h2") == ["Ginger jar, Bone"]
    path = f"/order/{order.number}/cancel/"
    assert said(browser, path, "main li b") == twice

    line = order.lines.get()
    actions.ship(
        number=order.number,
        seller_id=seller.pk,
        actor_user_id=owner_of(seller).user_id or 0,
        quantities={line.public_id: 1},
    )
    deliver()
    (parcel,) = said(browser, f"/order/{order.number}/", "[id^=parcels-] p")
    assert parcel.endswith(": 1 \u00d7 Ginger jar, Bone")
    for profile, kinds in ((buyer, 2), (owner_of(seller), 1)):
        rows = notifications.notices_for(profile_id=profile.pk, cursor=None).rows
        told = [one.body for one in rows if "Ginger jar" in one.body]
        assert len(told) == kinds
        assert all("\u00d7 Ginger jar, Bone" in one for one in told)
