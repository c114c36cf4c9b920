"""A pin says again what it said before, and back."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.queries import brand_log
from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of
from catalog.actions import archive_product
from catalog.testing import make_category, make_delivery_method, make_image, make_product
from core.audits import violations
from core.testing import deliver_all, undo_in
from feed import actions
from feed.models import Pin, PinRevision, ProductTag
from feed.testing import HALF, make_board, make_pin
from feed.types import PinData, TagData
from search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Profile:
    brand = make_brand(handle="ondine")
    make_category(slug="vases", name="Vases")
    make_delivery_method(seller=brand)
    return brand


@pytest.fixture
def pin(brand: Profile) -> Pin:
    """A pin that was changed altogether since it was published."""
    vase = make_product(seller=brand, title="Vase", with_delivery=False)
    pin = make_pin(
        author=brand, title="A wobbly shelf", text="At noon", products=[vase], category="vases"
    )
    board = make_board(owner=brand)
    data = PinData(
        title="A straight shelf", image=make_image(owner_id=brand.pk), board=board.public_id
    )
    actions.edit_pin(public_id=pin.public_id, author_id=brand.pk, data=data)
    pin.refresh_from_db()
    return pin


def editor(pin: Pin) -> str:
    return f"/studio/ondine/pins/{pin.public_id}/edit/"


def buttons(client: Client, pin: Pin) -> list[str]:
    page = client.get(editor(pin)).content.decode()
    return re.findall(r'formaction="(/studio/ondine/pins/\w+/version/\d+/)"', page)


def said(pin: Pin) -> tuple[object, ...]:
    pin.refresh_from_db()
    tags = list(ProductTag.objects.filter(pin=pin).values_list("product", "x", "y"))
    return pin.title, pin.text, pin.image_id, pin.category_id, tags


def test_everything_is_as_it_was_and_undo_takes_that_back(brand: Profile, pin: Pin) -> None:
    client, now, board = client_for(owner_of(brand)), said(pin), pin.board_id
    [back] = buttons(client, pin)
    assert client.post(back)["Location"] == editor(pin)
    before = said(pin)
    assert before[:2] == ("A wobbly shelf", "At noon")
    assert before[2] != now[2]
    assert before[3] is not None
    assert len(before[4]) == 1  # type: ignore[arg-type]
    assert pin.board_id == board, "where it lies is no part of what it says"
    page = client.get(editor(pin))
    assert "It is as it was." in page.content.decode()
    client.post(undo_in(page))
    assert said(pin) == now
    words = [one.words for one in brand_log(brand_id=brand.pk).rows]
    assert words.count("changed a pin") == 2


def test_search_and_audit_follow(brand: Profile, pin: Pin) -> None:
    client = client_for(owner_of(brand))
    client.post(buttons(client, pin)[0])
    deliver_all(except_queues=("media", "mail"))
    assert [hit.public_id for hit in find(text="wobbly", kinds=["pin"]).items] == [pin.public_id]
    assert find(text="straight", kinds=["pin"]).items == []
    assert {one.invariant for one in violations()} <= {"I12"}, "pictures of tests have no files"


def test_once_more_changes_nothing(brand: Profile, pin: Pin) -> None:
    client = client_for(owner_of(brand))
    [back] = buttons(client, pin)
    client.post(back)
    count = PinRevision.objects.count()
    client.post(back)
    assert "It says that already." in client.get(editor(pin)).content.decode()
    assert PinRevision.objects.count() == count


def test_what_is_not_sold_any_more_does_not_come_back(brand: Profile) -> None:
    vase, bowl = (make_product(seller=brand, title=one) for one in ("Vase", "Bowl"))
    pin = make_pin(author=brand, products=[vase, bowl])
    tags = [TagData(product_id=bowl.public_id, x=HALF, y=HALF)]
    data = PinData(title="Only the bowl", tags=tags)
    actions.edit_pin(public_id=pin.public_id, author_id=brand.pk, data=data)
    archive_product(product_id=vase.public_id, seller_id=brand.pk, actor_id=None)
    client = client_for(owner_of(brand))
    client.post(buttons(client, pin)[0])
    assert list(ProductTag.objects.filter(pin=pin).values_list("product", flat=True)) == [bowl.pk]


def test_tags_come_back_in_as_many_queries_as_one(brand: Profile) -> None:
    def queries(products: int) -> int:
        sold = [make_product(seller=brand, with_delivery=False) for _ in range(products)]
        pin = make_pin(author=brand, products=sold)
        actions.edit_pin(public_id=pin.public_id, author_id=brand.pk, data=PinData(title="Bare"))
        archive_product(product_id=sold[0].public_id, seller_id=brand.pk, actor_id=None)
        [change] = PinRevision.objects.filter(pin=pin)
        with CaptureQueriesContext(connection) as asked:
            actions.restore_version(public_id=pin.public_id, author_id=brand.pk, version=change.pk)
        assert ProductTag.objects.filter(pin=pin).count() == products - 1
        return len(asked)

    assert queries(2) == queries(5)


def test_versions_of_others_are_out_of_reach(brand: Profile, pin: Pin) -> None:
    [back] = buttons(client_for(owner_of(brand)), pin)
    other = make_pin(author=brand)
    rival = make_brand(handle="rival")
    elsewhere = make_pin(author=rival)
    number = back.rstrip("/").rpartition("/")[2]
    now = said(pin), said(other), said(elsewhere)
    tries = [
        (client_for(owner_of(brand)), f"/studio/ondine/pins/{other.public_id}/version/{number}/"),
        (client_for(owner_of(brand)), f"/studio/ondine/pins/{pin.public_id}/version/999999/"),
        (client_for(owner_of(rival)), back),
        (client_for(owner_of(rival)), f"/studio/rival/pins/{pin.public_id}/version/{number}/"),
        (client_for(make_person()), f"/pin/{pin.public_id}/version/{number}/"),
        (client_for(make_member(brand=brand, role="orders")), back),
    ]
    for client, path in tries:
        assert client.post(path).status_code == 404, path
    assert Client().post(back).status_code == 302
    assert client_for(owner_of(brand)).get(back).status_code == 405
    assert (said(pin), said(other), said(elsewhere)) == now
