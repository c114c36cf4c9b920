"""A picture that comes to a pin which is out of sight is out of sight with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.testing import Profile, hide_brand, make_brand, show_brand
from core import files
from core.audits import violations
from core.media import Image, store_image
from core.testing import deliver_all, picture_file
from feed import actions
from feed.models import Pin
from feed.testing import make_pin
from feed.types import FurtherPicture, PinData

pytestmark = pytest.mark.django_db


def picture_of(owner: Profile) -> Image:
    return store_image(file=picture_file(), owner_id=owner.pk)


def settled_as_they_are_seen() -> None:
    deliver_all(except_queues=("media", "mail"))
    assert list(violations(invariants=frozenset({"I10"}))) == []


def marks(*images: Image) -> list[bool]:
    return [files.is_withdrawn(one.public_id) for one in images]


def unpublish(pin: Pin) -> None:
    actions.unpublish_pin(public_id=pin.public_id, author_id=pin.author_id)


def hide_author(pin: Pin) -> None:
    hide_brand(pin.author)


@pytest.mark.parametrize("hide", [unpublish, hide_author])
def test_an_edit_brings_pictures_out_of_sight(hide: Callable[[Pin], None]) -> None:
    brand = make_brand()
    first, side = picture_of(brand), picture_of(brand)
    pin = make_pin(author=brand)
    hide(pin)
    settled_as_they_are_seen()
    further = [FurtherPicture(picture_id=side.public_id)]
    data = PinData(title="T", image=first, further=further)
    actions.edit_pin(public_id=pin.public_id, author_id=brand.pk, data=data)
    settled_as_they_are_seen()
    assert marks(first, side) == [True, True]
    assert Client().get(first.src(236)).status_code == 404


@pytest.mark.parametrize("drafted", [True, False])
def test_published_while_its_author_is_not_public_it_comes_into_sight_with_them(
    *, drafted: bool
) -> None:
    brand = make_brand()
    first, side = picture_of(brand), picture_of(brand)
    hide_brand(brand)
    further = [FurtherPicture(picture_id=side.public_id)]
    pin = make_pin(author=brand, image=first, further=further, publish_now=not drafted)
    if drafted:
        settled_as_they_are_seen()
        assert marks(first, side) == [False, False], "nobody else has its address"
        actions.publish_pin(public_id=pin.public_id, author_id=brand.pk)
    settled_as_they_are_seen()
    assert marks(first, side) == [True, True]
    show_brand(brand)
    settled_as_they_are_seen()
    assert marks(first, side) == [False, False]
    assert Client().get(first.src(236)).status_code == 200
