"""From a name to the first parcel: a person begins a brand and sells, without anybody's help.

Only the product's form is not filled in here: its own tests do that.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.core import mail

from accounts.testing import Profile, client_for, make_operator, make_person, protect, viewer_for
from catalog.queries import seller_products
from catalog.testing import Product, make_image, make_product
from catalog.types import PictureInput
from core.testing import deliver_all, picture_file
from feed.actions import create_pin
from feed.types import TagData
from inventory.actions import receive
from marketplace.tests.flows.steps import Visitor
from orders.testing import make_paid_order
from payments.testing import VERIFIED_IBAN, Sandbox

SIZES = ["S", "M", "L", "XL", "XXL", "Mini", "Tall", "Wide", "Low"]


@pytest.mark.django_db(transaction=True)
def test_a_person_becomes_a_brand_and_sends_its_first_parcel(sandbox: Sandbox) -> None:
    person, operator = protect(make_person(name="Mara Lindqvist")), make_operator()
    mara = Visitor(client_for(person))

    # A name, and the list that leads on.
    mara.open("/studio/new/")
    mara.press("Begin", name="Kiln & Co", handle="kiln")
    mara.says("0 of 10 are complete", "Legal name and address")
    fill_in_papers(mara, sandbox)
    mara.open("/studio/kiln/")
    mara.says("10 of 10 are complete", "Submit for approval")

    # A product is prepared meanwhile, and cannot go out yet.
    product = vase_of(owner=person)
    mara.open("/studio/kiln/products/")
    mara.press("Publish")
    assert state_of(product) == "draft"

    # The operator looks, item by item, and lets the brand in.
    mara.open("/studio/kiln/")
    mara.press("Submit for approval")
    olga = Visitor(client_for(operator))
    queue = str(olga.open("/admin/brands/review/"))
    found = re.search(r'href="([^"]+/decide/)"', queue)
    assert found is not None
    page = olga.open(found[1])
    seen = page.find("input", attrs={"name": "seen"})
    assert seen is not None
    olga.client.post(found[1], {"seen": seen["value"], "decision": "pass"})
    deliver_all(except_queues=("media",))

    # On sale, on a pin, bought, packed and sent.
    mara.open("/studio/kiln/products/")
    mara.press("Publish")
    assert state_of(product) == "published"
    guest = Visitor(client_for(None))
    guest.open("/@kiln/shop/")
    guest.says("Tall vase")
    pin = create_pin(
        author_id=product.seller_id,
        image=product.images.get(position=0).image,
        title="A shelf",
        tags=[
            TagData(
                product_id=product.public_id, variant_id=None, x=Decimal("0.3"), y=Decimal("0.4")
            )
        ],
    )
    guest.open(f"/pin/{pin.public_id}/")
    guest.says("Tall vase", "Kiln & Co")
    buyer = make_person(name="Noor Haddad")
    order = make_paid_order(variant=product.variants.get(title="S"), person=buyer)
    mara.open(f"/studio/kiln/orders/{order.number}/")
    mara.says("Tall vase")
    mara.client.post(
        f"/studio/kiln/orders/{order.number}/ship/", {"carrier": "dhl", "tracking": "JD0001"}
    )
    order.refresh_from_db()
    assert order.state == "shipped"


def fill_in_papers(mara: Visitor, sandbox: Sandbox) -> None:
    """Each item of the list, on its own page."""
    papers = "/studio/kiln/papers/"
    mara.open(f"{papers}trader/")
    mara.press(
        "Save",
        name="Kiln & Co GmbH",
        line1="Hafenstraße 1",
        postcode="20457",
        city="Hamburg",
        country="DE",
        email="office@kiln.example",
        phone="040 35550123",
        registration_number="HRB 12345",
        vat_id="DE136695976",
    )
    mara.open(f"{papers}email/")
    mara.press("Send the code")
    deliver_all(except_queues=("media",))
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code is not None
    mara.press("Confirm", code=code[0])
    mara.open(f"{papers}declaration/")
    mara.press("Declare", name="Mara Lindqvist", agreed="on")
    mara.open(f"{papers}policies/")
    mara.press("Save", returns_policy="Unused.", delivery_policy="On working days.")
    mara.client.post(f"{papers}pictures/", {"picture": picture_file(), "cover": picture_file()})
    mara.open("/studio/kiln/delivery/new/")
    mara.press("Save", name="Standard", where="eu", price="6", min_days="2", max_days="4")
    opened = mara.client.post(f"{papers}payout/open/")
    assert opened["Location"].startswith(sandbox.url), opened["Location"]
    back = sandbox.name_iban(opened["Location"], VERIFIED_IBAN)
    mara.open(back.removeprefix(settings.SITE_URL))
    mara.says("Verified")


def vase_of(*, owner: Profile) -> Product:
    """Nine variants, five pictures; a draft."""
    viewer = viewer_for(owner)
    seller = Profile.objects.get(pk=viewer.brands[0].profile.id)
    product = make_product(
        seller=seller,
        title="Tall vase",
        sizes=SIZES,
        pictures=[
            PictureInput(image_id=make_image(owner_id=seller.pk).pk, alt=f"View {number}")
            for number in range(5)
        ],
        publish=False,
        with_delivery=False,
    )
    for variant in product.variants.all():
        receive(variant_id=variant.pk, quantity=3, actor_id=None)
    return product


def state_of(product: Product) -> str:
    return str(seller_products(seller_id=product.seller_id).rows[0].state)
