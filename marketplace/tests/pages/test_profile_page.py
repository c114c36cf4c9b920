"""Storefronts and people, through HTTP."""

import pytest

from accounts import actions as accounts
from accounts.testing import client_for, make_brand, make_operator, make_person, owner_of
from catalog import actions
from catalog.testing import make_product
from catalog.types import StorefrontInput
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


def storefront(brand):
    actions.save_storefront(
        profile_id=brand.pk,
        data=StorefrontInput(
            story="Two potters, one kiln, forty glazes.", reply_hours=9, returns_free=True
        ),
    )


def test_a_storefront_states_its_promises_and_its_trader(client):
    brand = make_brand(name="Ondine Studio", handle="ondine")
    storefront(brand)
    make_product(seller=brand, title="Tall vase")
    page = client.get("/@ondine/").content.decode()
    for words in (
        "<h1>Ondine Studio",
        "Within 9 hours",
        "€6, 2 to 4 days",
        "Free, 30 days",
        "Two potters, one kiln",
        "Ondine Studio GmbH",
        "Hafenstraße 1",
        "Follow",
        "Ask",
        "Report Ondine Studio",
    ):
        assert words in page
    assert "Tall vase" in client.get("/@ondine/shop/").content.decode()
    assert "forty glazes" in client.get("/@ondine/about/").content.decode()
    assert client.get("/@ondine/boards/").status_code == 200


def test_a_person_has_no_shop(client):
    make_person(name="Mara Lindqvist", handle="mara")
    page = client.get("/@mara/").content.decode()
    assert "<h1>Mara Lindqvist" in page
    assert "No pins yet" in page
    assert client.get("/@mara/shop/").status_code == 404
    assert client.get("/@mara/about/").status_code == 200


def test_handles_have_one_spelling(client):
    make_brand(handle="ondine")
    answer = client.get("/@Ondine/shop/")
    assert answer.status_code == 301
    assert answer["Location"] == "/@ondine/shop/"


@pytest.mark.parametrize("handle", ["nobody", "%00", "x" * 400, "a'b", "..", "%E2%80%AE"])
def test_absent_profiles_are_404(client, handle):
    for tab in ("", "shop/", "boards/", "about/"):
        assert client.get(f"/@{handle}/{tab}").status_code == 404


def test_a_brand_is_seen_by_its_team_before_approval_and_by_nobody_after_suspension(client):
    brand = make_brand(handle="early", approved=False)
    storefront(brand)
    owner = client_for(owner_of(brand))
    assert client.get("/@early/").status_code == 404
    page = owner.get("/@early/")
    assert page.status_code == 200
    assert b"only the team sees this page" in page.content
    operator = make_operator()
    accounts.approve_brand(brand_id=brand.pk, operator_id=operator.user.pk)
    assert client.get("/@early/").status_code == 200


def test_followers_see_that_they_follow(client):
    brand = make_brand(handle="ondine")
    person = make_person()
    accounts.follow(follower_id=person.pk, followed_id=brand.pk)
    page = client_for(person).get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' in page
    own = client_for(owner_of(brand)).get("/@ondine/").content.decode()
    assert "Products in the studio" in own


def test_an_empty_shop_says_so(client):
    brand = make_brand(handle="ondine")
    assert "Nothing on sale yet" in client.get("/@ondine/shop/").content.decode()
    page = client_for(owner_of(brand)).get("/@ondine/shop/").content.decode()
    assert "Add a product" in page


def test_a_shop_pages_and_keeps_its_number_of_queries(client, django_assert_max_num_queries):
    """Profile, storefront, products."""
    brand = make_brand(handle="ondine")
    storefront(brand)
    for _ in range(26):
        make_product(seller=brand)
    client.get("/@ondine/shop/")
    with django_assert_max_num_queries(3):
        page = client.get("/@ondine/shop/").content.decode()
    assert page.count("<article") == 24
    assert "?cursor=" in page
    for bad in ("?cursor=%00", "?cursor=" + "9" * 500, "?cursor[]=1"):
        assert client.get(f"/@ondine/shop/{bad}").status_code == 200
    with django_assert_max_num_queries(5):
        client.get("/@ondine/")


def test_a_guest_sees_on_the_storefront_what_they_saved(client):
    brand = make_brand(handle="ondine")
    pin = make_pin(author=brand)
    page = client.get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' not in page.split("<main", 1)[1].split("</main>")[0]
    client.post(f"/pin/{pin.public_id}/save/")
    page = client.get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' in page.split("<main", 1)[1].split("</main>")[0]
