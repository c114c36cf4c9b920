"""Whoever kept the address of a picture finds nothing there once its pin is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import actions as accounts
from accounts.testing import (
    Profile,
    client_for,
    hide_brand,
    make_brand,
    make_member,
    make_operator,
    make_person,
    owner_of,
)
from catalog.testing import make_product
from core import clock, files, handover, withdrawn
from core.media import Image, store_image
from core.models import OutboxEvent
from core.tasks import settle_pictures
from core.testing import deliver_all, in_the_middle, picture_file
from core.withdrawn import settle_now
from feed import actions, receivers
from feed.actions.publishing import KEPT_FOR
from feed.models import Pin
from feed.tasks import drop_deleted
from feed.testing import make_pin
from feed.types import FurtherPicture, PinData

pytestmark = pytest.mark.django_db


def settled() -> None:
    deliver_all(except_queues=("media", "mail"))


def picture_of(owner: Profile) -> Image:
    return store_image(file=picture_file(), owner_id=owner.pk)


def asked(image: Image, client: Client | None = None) -> Any:
    return (client or Client()).get(image.src(236))


def seen_by_anybody(image: Image) -> bool:
    answer = asked(image)
    assert answer.status_code in (200, 404)
    return answer.status_code == 200 and "public" in answer["Cache-Control"]


@pytest.fixture
def brand() -> Profile:
    return make_brand()


def who(pin: Pin) -> dict[str, Any]:
    return {"public_id": pin.public_id, "author_id": pin.author_id}


def test_a_deleted_pins_pictures_are_gone_for_all_but_those_whose_they_are(brand: Profile) -> None:
    images = [picture_of(brand), picture_of(brand)]
    further = FurtherPicture(picture_id=images[1].public_id, alt="The other side")
    pin = make_pin(author=brand, image=images[0], further=[further])
    assert [seen_by_anybody(one) for one in images] == [True, True]
    actions.delete_pin(**who(pin))
    settled()
    strangers = [Client(), client_for(make_person()), client_for(owner_of(make_brand()))]
    own = [client_for(make_member(brand=brand)), client_for(make_operator())]
    for image in images:
        assert [asked(image, one).status_code for one in strangers] == [404] * 3
        answers = [asked(image, one) for one in own]
        assert [one.status_code for one in answers] == [200] * 2
        assert {one["Cache-Control"] for one in answers} == {"private, no-store"}
    actions.undelete_pin(**who(pin))
    settled()
    assert [seen_by_anybody(one) for one in images] == [True, True]


def test_it_stays_gone_when_the_pin_is_dropped_for_good(brand: Profile) -> None:
    image = picture_of(brand)
    actions.delete_pin(**who(make_pin(author=brand, image=image)))
    settled()
    with clock.fixed(clock.now() + KEPT_FOR + timedelta(days=1)):
        assert drop_deleted() == 1
        assert drop_deleted() == 0
    assert not seen_by_anybody(image)


def test_what_an_operator_took_down_is_gone_and_comes_back_with_the_pin(brand: Profile) -> None:
    image = picture_of(brand)
    pin = make_pin(author=brand, image=image)
    actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="A copy")
    settled()
    assert not seen_by_anybody(image)
    actions.restore_pin(public_id=pin.public_id)
    settled()
    assert seen_by_anybody(image)


def test_off_the_wall_they_are_their_authors_alone(brand: Profile) -> None:
    images = [picture_of(brand), picture_of(brand)]
    further = [FurtherPicture(picture_id=images[1].public_id)]
    pin = make_pin(author=brand, image=images[0], further=further, publish_now=False)
    settle_now([image.pk for image in images])
    assert [seen_by_anybody(one) for one in images] == [True, True], "nobody else has its address"
    actions.publish_pin(**who(pin))
    actions.unpublish_pin(**who(pin))
    settled()
    own = client_for(make_member(brand=brand))
    assert [seen_by_anybody(one) for one in images] == [False, False]
    assert [asked(one, own).status_code for one in images] == [200, 200]
    for back in (actions.publish_pin, on_its_date):
        back(**who(pin))
        settled()
        assert [seen_by_anybody(one) for one in images] == [True, True]
        actions.unpublish_pin(**who(pin))
        settled()
        assert [seen_by_anybody(one) for one in images] == [False, False]
    actions.delete_pin(**who(pin))
    actions.undelete_pin(**who(pin))
    settled()
    assert [seen_by_anybody(one) for one in images] == [False, False], "a draft, as it was"


def on_its_date(**pin: Any) -> None:
    actions.schedule_pin(**pin, at=clock.now() + timedelta(hours=1))
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert actions.publish_due() == 1
        settled()


@pytest.mark.parametrize("kind", ["person", "brand"])
def test_a_suspended_authors_are_gone_and_come_back_with_them(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receivers, "_BATCH", 2)
    author = make_person() if kind == "person" else make_brand()
    images = [picture_of(author) for _number in range(5)]
    pins = [make_pin(author=author, image=image) for image in images]
    actions.unpublish_pin(**who(pins[0]))
    actions.take_down_pin(public_id=pins[1].public_id, operator_id=None, reason="A copy")
    settled()
    shown = [False, False, True, True, True]
    assert [seen_by_anybody(one) for one in images] == shown
    operator = make_operator().user_id or 0
    about: dict[str, Any] = {"operator_id": operator, "reason": "Spam"}
    about |= {"profile_id" if kind == "person" else "brand_id": author.pk}
    getattr(accounts, f"suspend_{kind}")(**about)
    settled()
    facts = OutboxEvent.objects.filter(type="core.PicturesToSettle").order_by("-pk")[:2]
    assert [len(one.data["image_ids"]) for one in facts] == [1, 2], "so many at a time"
    assert [seen_by_anybody(one) for one in images] == [False] * 5
    operators = client_for(make_operator())
    assert [asked(one, operators).status_code for one in images] == [200] * 5
    getattr(accounts, f"restore_{kind}")(**about)
    settled()
    assert [seen_by_anybody(one) for one in images] == shown


def test_what_a_suspended_brand_sold_is_still_seen_by_who_bought_it(brand: Profile) -> None:
    on_sale, story = make_product(seller=brand).images.get().image, picture_of(brand)
    for image in (on_sale, story):
        make_pin(author=brand, image=image)
    hide_brand(brand)
    settled()
    assert [files.is_withdrawn(one.public_id) for one in (on_sale, story)] == [False, True]


def test_what_something_else_shows_stays(brand: Profile) -> None:
    """A picture of a product, and of a second pin."""
    on_sale, twice = make_product(seller=brand).images.get().image, picture_of(brand)
    first, second = (make_pin(author=brand, image=twice) for _n in range(2))
    for pin in (make_pin(author=brand, image=on_sale), first):
        actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="A copy")
    settled()
    assert not files.is_withdrawn(on_sale.public_id)
    assert seen_by_anybody(twice)
    actions.delete_pin(**who(second))
    settled()
    assert not seen_by_anybody(twice)


def test_a_new_use_brings_it_back(brand: Profile) -> None:
    image, other = picture_of(brand), picture_of(brand)
    for one in (image, other):
        actions.delete_pin(**who(make_pin(author=brand, image=one)))
    settled()
    make_pin(author=brand, image=image)
    settled()
    assert seen_by_anybody(image)
    actions.delete_pin(**who(Pin.objects.get(image=image, deleted_at=None)))
    settled()
    pin = make_pin(author=brand)
    further = [FurtherPicture(picture_id=image.public_id)]
    actions.edit_pin(**who(pin), data=PinData(title="T", further=further))
    settled()
    assert seen_by_anybody(image), "as a further picture"
    actions.edit_pin(**who(pin), data=PinData(title="T", image=other))
    settled()
    assert seen_by_anybody(other), "as another one in place of the first"
    actions.delete_pin(**who(pin))
    settled()
    # Where nobody says so, the daily look finds it.
    Profile.objects.filter(pk=brand.pk).update(cover=other)
    assert not seen_by_anybody(other)
    settle_pictures()
    assert seen_by_anybody(other)


def test_what_went_out_of_sight_unsaid_is_found_by_the_daily_look(brand: Profile) -> None:
    """As all did before there were marks."""
    images = [picture_of(brand) for _one in range(4)]
    further = [FurtherPicture(picture_id=images[1].public_id)]
    gone = make_pin(author=brand, image=images[0], further=further)
    make_pin(author=brand, image=images[2])
    make_pin(author=brand, image=images[3], publish_now=False)
    Pin.objects.filter(pk=gone.pk).update(state="deleted", deleted_at=clock.now())
    settle_pictures()
    assert [seen_by_anybody(one) for one in images] == [False, False, True, True]
    settle_pictures()
    assert not seen_by_anybody(images[0])


def used_while_it_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> Image:
    """A second pin is made of a picture between the question who shows it and its mark."""
    monkeypatch.setattr(handover, "hand_over", lambda _deliveries: True)
    brand = make_brand()
    image = picture_of(brand)
    actions.delete_pin(**who(make_pin(author=brand, image=image)))
    settling, made, waited = in_the_middle(
        seam=(withdrawn, "_shown"),
        act=settled,
        meanwhile=lambda: actions.create_pin(
            author_id=brand.pk, image=image, title="Again", publish_now=True
        ),
    )
    assert settling is None
    assert isinstance(made, Pin)
    assert not waited, "it is through before the mark is put there"
    settled()
    return image


@pytest.mark.django_db(transaction=True)
def test_control_a_use_that_does_not_look_who_settles_leaves_it_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = Image.objects.values_list("pk", "public_id")
    monkeypatch.setattr(withdrawn, "_held", lambda ids: dict(named.filter(pk__in=ids)))
    image = used_while_it_is_withdrawn(monkeypatch)
    assert not seen_by_anybody(image), "the race did not show: the next test proves nothing"


@pytest.mark.django_db(transaction=True)
def test_what_is_used_while_it_is_withdrawn_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen_by_anybody(used_while_it_is_withdrawn(monkeypatch))


def test_the_daily_look_writes_no_mark_that_is_there(brand: Profile) -> None:
    image = picture_of(brand)
    actions.delete_pin(**who(make_pin(author=brand, image=image)))
    settled()
    directory = files.directory_of(image.public_id)
    before = directory.stat().st_mtime_ns
    settle_pictures()
    assert directory.stat().st_mtime_ns == before
    assert not seen_by_anybody(image)


def test_a_daily_look_that_has_no_time_for_all_comes_to_all_by_and_by(
    brand: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawn, "SECONDS", 0)
    images = [picture_of(brand) for _number in range(4)]
    for image in images:
        files.withdraw(image.public_id)
    Pin.objects.bulk_create(
        Pin(author=brand, image=image, created_at=clock.now()) for image in images
    )

    def marked() -> int:
        return sum(files.is_withdrawn(image.public_id) for image in images)

    with monkeypatch.context() as patched:
        patched.setattr(files.random, "shuffle", lambda found: found.sort())
        settle_pictures()
        left = marked()
        settle_pictures()
        assert marked() == left > 0, "the control: in one order it never gets beyond the first"
    days = 0
    while marked() and days < 200:
        settle_pictures()
        days += 1
    assert marked() == 0


def test_facts_out_of_order_end_with_the_truth(brand: Profile) -> None:
    image = picture_of(brand)
    pin = make_pin(author=brand, image=image)
    actions.delete_pin(**who(pin))
    actions.undelete_pin(**who(pin))
    actions.delete_pin(**who(pin))
    settled()
    assert not seen_by_anybody(image)


def test_what_an_edit_takes_off_is_its_authors_alone_until_it_is_put_back(brand: Profile) -> None:
    first, side, other = (picture_of(brand) for _one in range(3))
    further = [FurtherPicture(picture_id=side.public_id)]
    pin = make_pin(author=brand, image=first, further=further)
    actions.edit_pin(**who(pin), data=PinData(title="T", image=other, further=[]))
    settled()
    assert [seen_by_anybody(one) for one in (first, side, other)] == [False, False, True]
    assert asked(first, client_for(owner_of(brand))).status_code == 200
    actions.edit_pin(**who(pin), data=PinData(title="T", image=first, further=further))
    settled()
    assert [seen_by_anybody(one) for one in (first, side, other)] == [True, True, False]
