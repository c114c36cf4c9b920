"""Every act in the studio leaves a line in the brand's log, named after whoever did it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import Profile, client_for, make_brand, make_member, owner_of
from catalog.testing import make_product
from core.testing import picture_file
from feed.testing import make_pin
from inventory.actions import receive
from orders.testing import make_paid_order

pytestmark = pytest.mark.django_db


def lines(brand: Profile) -> list[tuple[str, ...]]:
    """Who, did what, to what: newest first."""
    page = client_for(owner_of(brand)).get(f"/studio/{brand.handle}/log/").content
    rows = BeautifulSoup(page, "html5lib").select("tbody tr")
    return [
        tuple(cell.get_text("|", strip=True) for cell in row.find_all("td")[1:]) for row in rows
    ]


def test_products_and_pins() -> None:
    brand = make_brand(handle="ondine")
    vase = make_product(seller=brand, title="Vase", publish=False)
    draft = make_pin(author=brand, title="Shelf", publish_now=False)
    member = make_member(brand=brand, role="catalogue")
    client = client_for(member)
    product = f"/studio/ondine/products/{vase.public_id}/move/"
    client.post(product, {"to": "published"})
    client.post(f"/studio/ondine/pins/from/{vase.public_id}/")
    client.post(f"/studio/ondine/pins/{draft.public_id}/publish/")
    client.post(product, {"to": "archived"})
    assert lines(brand)[:4] == [
        (member.name, "archived a product", "Vase"),
        (member.name, "published a pin", "Shelf"),
        (member.name, "made a pin", "Vase"),
        (member.name, "put a product on sale", "Vase"),
    ]


def test_a_pin_from_a_form() -> None:
    brand = make_brand(handle="ondine")
    member = make_member(brand=brand, role="catalogue")
    client = client_for(member)
    client.post("/studio/ondine/pins/new/", {"pictures": picture_file()})
    assert lines(brand)[0][:2] == (member.name, "made a pin")


def test_orders() -> None:
    brand = make_brand(handle="ondine")
    variant = make_product(seller=brand, title="Vase").variants.get()
    receive(variant_id=variant.pk, quantity=9, actor_id=None)
    sent, dropped = make_paid_order(variant=variant), make_paid_order(variant=variant)
    member = make_member(brand=brand, role="orders")
    client = client_for(member)
    client.post("/studio/ondine/orders/pack/", {"order": sent.number})
    client.post("/studio/ondine/orders/pack/", {"order": sent.number})
    parcel = {"carrier": "DHL", "tracking": "JD1"}
    client.post(f"/studio/ondine/orders/{sent.number}/ship/", parcel)
    client.post(f"/studio/ondine/orders/{dropped.number}/cancel/", {"reason": "It broke"})
    assert lines(brand)[:3] == [
        (member.name, "cancelled an order", f"{dropped.number}|It broke"),
        (member.name, "sent a parcel", f"{sent.number}|DHL JD1"),
        (member.name, "packed an order", sent.number),
    ]
    assert [line[1] for line in lines(brand)].count("packed an order") == 1
    owner = client_for(owner_of(brand))
    page = BeautifulSoup(owner.get("/studio/ondine/log/").content, "html5lib")
    for order in (sent, dropped):
        link = page.select_one(f'tbody a[href="/studio/ondine/orders/{order.number}/"]')
        assert link is not None
        assert link.get_text() == order.number
        assert owner.get(str(link["href"])).status_code == 200


def test_questions() -> None:
    brand = make_brand(handle="ondine", name="Ondine")
    Client().post(
        f"/ask/brand/{brand.public_id}/",
        {"text": "Why?", "name": "Ana", "email": "ana@mail.example"},
    )
    member = make_member(brand=brand, role="chat")
    client = client_for(member)
    page = client.get("/studio/ondine/questions/").content.decode()
    found = re.search(r'value="answer\.(\w+)"', page)
    assert found
    for act in ("answer", "answer", "reopen"):
        client.post("/studio/ondine/questions/", {"do": act, "row": found[1]})
    assert lines(brand)[:2] == [
        (member.name, "opened a question again", "Ondine|Ana"),
        (member.name, "ticked a question off", "Ondine|Ana"),
    ]


def test_the_storefront() -> None:
    brand = make_brand(handle="ondine", name="Ondine")
    owner = owner_of(brand)
    client_for(owner, acting=brand).post(
        "/settings/profile/", {"name": "Ondine", "handle": "ondine", "bio": "Vases."}
    )
    assert lines(brand)[0] == (owner.name, "changed the storefront", "Ondine")


def test_a_person_who_changes_their_profile_is_in_no_log() -> None:
    brand = make_brand(handle="ondine")
    owner = owner_of(brand)
    client_for(owner).post("/settings/profile/", {"name": "Ana B", "handle": owner.handle})
    owner.refresh_from_db()
    assert owner.name == "Ana B"
    assert lines(brand) == []
