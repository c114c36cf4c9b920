"""Who sells, in full, beside whatever is sold: before anybody pays, as the law wants it."""

import pytest
from django.test import Client

from brands import actions
from brands.testing import TRADER, user_of
from catalog.testing import make_product, make_service
from marketplace.testing.html import assert_good_html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["product", "service"])
def test_every_offer_names_its_trader_in_full(brand, kind):
    actions.save_trader_data(brand_id=brand.pk, actor_id=user_of(brand), data=TRADER)
    make = make_product if kind == "product" else make_service
    offer = make(seller=brand)
    answer = Client().get(f"/{kind}/{offer.public_id}/{offer.slug}/")
    block = assert_good_html(answer.content.decode()).select_one("main dl.pair")
    assert block is not None
    said = {one.get_text(): one.find_next("dd").get_text() for one in block.find_all("dt")}
    assert said["Sold by"].startswith(f"{TRADER.name}, a professional seller")
    assert said["Address"] == f"{TRADER.line1}, {TRADER.postcode} {TRADER.city}, Germany"
    assert said["Contact"] == f"{TRADER.email}, {TRADER.phone}"
    assert said["Register"] == TRADER.registration_number
    assert said["VAT number"] == TRADER.vat_id
    assert all((TRADER.email, TRADER.phone, TRADER.registration_number, TRADER.vat_id))
