"""On vacation: seen and not bought, said wherever Buy would stand, over by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.testing import client_for, make_brand, make_member, make_person, owner_of, viewer_for
from catalog import actions as catalog
from catalog.queries import offers, storefront
from catalog.testing import make_product
from core import clock
from core.errors import Invalid
from feed.testing import make_pin
from inventory.actions import receive
from orders.testing import make_paid_order

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 10)


def shop():
    brand = make_brand(name="Ondine Studio", handle="ondine")
    product = make_product(seller=brand, title="Tall vase")
    receive(variant_id=product.variants.get().pk, quantity=5, actor_id=None)
    return brand, product, make_pin(author=brand, products=[product], title="A shelf")


def away(brand, first=FIRST, last=LAST, note="Back with new glazes."):
    catalog.go_away(seller_id=brand.pk, first=first, last=last, note=note, actor_id=None)


def bought(client, variant):
    page = client.get(f"/buy/{variant}/").content.decode()
    return "Pay now" in page, page


def test_everything_is_seen_and_nothing_is_bought_until_it_is_over():
    brand, product, pin = shop()
    variant = product.variants.get().public_id
    guest = Client()
    with clock.fixed(NOON):
        away(brand)
        assert "On vacation until" in guest.get("/@ondine/").content.decode()
        page = guest.get(f"/product/{product.public_id}/{product.slug}/").content.decode()
        assert "Away until 10 Dec" in page
        assert "Back with new glazes." in page
        assert f"/buy/{variant}/" not in page
        for path in ("/", f"/pin/{pin.public_id}/", "/@ondine/shop/"):
            text = guest.get(path).content.decode()
            assert "Away" in text, path
            assert f"/buy/{variant}/" not in text, path
        can, sheet = bought(guest, variant)
        assert not can
        assert "Ondine Studio is away until" in sheet
        refused = guest.post("/bag/add/", {"variant": variant}, follow=True)
        assert "on vacation" in refused.content.decode()
        assert guest.session.get("bag_count", 0) == 0
        assert not offers(variant_ids=[variant])[variant].buyable

    with clock.fixed(datetime(2026, 12, 11, 0, 30, tzinfo=UTC)):
        assert offers(variant_ids=[variant])[variant].buyable, "over by itself"
        assert "On vacation" not in guest.get("/@ondine/").content.decode()
        assert (
            f"/buy/{variant}/"
            in guest.get(f"/product/{product.public_id}/{product.slug}/").content.decode()
        )


def test_before_the_first_day_everything_is_sold():
    brand, product, _pin = shop()
    variant = product.variants.get().public_id
    with clock.fixed(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        away(brand)
        assert offers(variant_ids=[variant])[variant].buyable
        assert storefront(profile_id=brand.pk).away_until is None


def test_what_lies_in_a_bag_stays_there_and_says_why():
    brand, product, _pin = shop()
    client = client_for(make_person())
    with clock.fixed(NOON):
        client.post("/bag/add/", {"variant": product.variants.get().public_id})
        away(brand)
        page = client.get("/bag/").content.decode()
        assert "Away until" in page
        assert "not in the total" in page
        assert "Check out" not in page


def test_what_was_ordered_goes_on():
    brand, product, _pin = shop()
    with clock.fixed(NOON):
        order = make_paid_order(variant=product.variants.get(), person=make_person())
        away(brand)
        client = client_for(owner_of(brand))
        page = client.get(f"/studio/ondine/orders/{order.number}/")
        assert page.status_code == 200
        assert "Mark" in page.content.decode() or "pack" in page.content.decode().lower()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 12, 5), date(2026, 12, 4)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2027, 12, 1)),
    ],
)
def test_days_that_make_no_sense_change_nothing(first, last):
    brand, _product, _pin = shop()
    with clock.fixed(NOON), pytest.raises(Invalid):
        away(brand, first, last)
    front = storefront(profile_id=brand.pk)
    assert front is None or front.away_last is None


def test_the_page_sets_it_and_calls_it_off():
    brand, _product, _pin = shop()
    client, path = client_for(owner_of(brand)), "/studio/ondine/vacation/"
    with clock.fixed(NOON):
        wrong = client.post(path, {"first": "2026-12-05", "last": "2026-12-01", "note": "x"})
        assert wrong.status_code == 422
        assert wrong.content.decode().count("must not be before") == 2
        client.post(path, {"first": "2026-12-01", "last": "2026-12-10", "note": "Sea."})
        assert storefront(profile_id=brand.pk).away_until == LAST
        assert "Open the shop now" in client.get(path).content.decode()
        client.post(f"{path}end/")
        assert storefront(profile_id=brand.pk).away_until is None
        other = client_for(make_member(brand=brand, role="orders"))
        assert other.get(path).status_code == 404
        assert other.post(f"{path}end/").status_code == 404
    assert viewer_for(None).acting is None


def test_a_program_reads_when_the_shop_is_closed_as_the_pages_say_it():
    brand, _product, _pin = shop()
    team = client_for(make_member(brand=brand, role="catalogue"))
    path, front = "/api/v1/studio/ondine/vacation/", "/api/v1/profiles/ondine/storefront/"
    assert team.get(path).json() == {"first": None, "last": None, "note": ""}
    set_for = {"first": "2026-12-01", "last": "2026-12-10", "note": "Back with new glazes."}
    with clock.fixed(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        away(brand)
        assert team.get(path).json() == set_for
        # Nobody else reads of it before it begins.
        assert client_for(make_person()).get(path).status_code == 404
        said = Client().get(front).json()
        assert (said["away_until"], said["away_note"]) == (None, "")
    with clock.fixed(NOON):
        said = Client().get(front).json()
        assert (said["away_until"], said["away_note"]) == ("2026-12-10", set_for["note"])
        assert team.get(path).json() == set_for, "one that is on"
    with clock.fixed(datetime(2026, 12, 11, 12, tzinfo=UTC)):
        assert team.get(path).json() == {"first": None, "last": None, "note": ""}
        form = team.get("/studio/ondine/vacation/").content.decode()
        for left in ("Open the shop now", "Call it off", *set_for.values()):
            assert left not in form, left
