"""When a pin goes on the wall, comes off, and is gone for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.events import BrandApproved
from accounts.queries import brand_log
from accounts.testing import make_brand, make_person
from catalog.testing import make_product
from core import clock
from core.audits import violations
from core.models import OutboxEvent
from core.testing import deliver_all, race
from feed import actions
from feed.actions import publishing
from feed.actions.publishing import KEPT_FOR
from feed.errors import DueInThePast, PinNotFound, TitleMissing
from feed.models import AuthorLast, Pin, Save
from feed.receivers import show_pins
from feed.testing import HALF, fill_board, make_board, make_pin
from feed.types import PinData, TagData
from notifications.testing import notices_of
from search.queries import find

pytestmark = pytest.mark.django_db


def make_draft(**data: Any) -> Pin:
    return make_pin(publish_now=False, **data)


def who(pin: Pin) -> dict[str, Any]:
    return {"public_id": pin.public_id, "author_id": pin.author_id}


def facts() -> int:
    return OutboxEvent.objects.filter(type__contains="PinPublished").count()


def test_a_pin_that_comes_back_is_no_news() -> None:
    pin = make_pin(at=clock.now() - timedelta(days=9))
    newer = make_pin(author=pin.author)
    assert facts() == 2
    actions.unpublish_pin(**who(newer))
    assert AuthorLast.objects.get().last_at == pin.published_at
    assert not find(text=newer.title, kinds=["pin"]).items or newer.title == pin.title
    actions.publish_pin(**who(newer))
    assert AuthorLast.objects.get().last_at == newer.published_at
    assert facts() == 2


def test_a_draft_publishes_itself_when_it_is_due() -> None:
    pin = make_draft(title="At noon")
    now = clock.now()
    actions.schedule_pin(at=now + timedelta(hours=1), **who(pin))
    assert actions.publish_due() == 0
    with clock.fixed(now + timedelta(hours=2)):
        assert actions.publish_due() == 1
        assert actions.publish_due() == 0
    pin.refresh_from_db()
    assert (pin.state, pin.publish_at) == ("published", None)
    assert facts() == 1


@pytest.mark.parametrize("ahead", [timedelta(seconds=-1), timedelta(0), timedelta(days=400)])
def test_only_a_moment_to_come_is_taken(ahead: timedelta) -> None:
    pin = make_draft()
    with clock.fixed(clock.now()), pytest.raises(DueInThePast):
        actions.schedule_pin(at=clock.now() + ahead, **who(pin))
    pin.refresh_from_db()
    assert pin.publish_at is None


def test_what_has_no_title_is_not_given_a_time() -> None:
    pin = make_draft(title="")
    with pytest.raises(TitleMissing):
        actions.schedule_pin(at=clock.now() + timedelta(hours=1), **who(pin))


def test_one_that_cannot_be_published_loses_its_time_and_stops_no_other() -> None:
    author, now = make_person(), clock.now()
    first, later = make_draft(author=author), make_draft(title="At noon")
    actions.schedule_pin(at=now + timedelta(minutes=1), **who(first))
    actions.schedule_pin(at=now + timedelta(minutes=2), **who(later))
    # As an older row may lie there: no action leaves one so.
    Pin.objects.filter(pk=first.pk).update(title="")
    with clock.fixed(now + timedelta(hours=1)):
        assert actions.publish_due() == 1
        assert actions.publish_due() == 0
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.state, first.publish_at, later.state) == ("draft", None, "published")
    [told] = notices_of(author.pk, kind="feed.not_published")
    assert "title" in told.body
    assert told.url == f"/pin/{first.public_id}/edit/"


def test_a_pin_that_waits_for_its_time_keeps_a_title() -> None:
    vase, at = make_product(title="Tall vase"), clock.now() + timedelta(hours=1)
    pin = make_draft(title="At noon")
    actions.schedule_pin(at=at, **who(pin))
    with pytest.raises(TitleMissing):
        actions.edit_pin(data=PinData(title=""), **who(pin))
    pin.refresh_from_db()
    assert (pin.title, pin.publish_at) == ("At noon", at)
    tag = TagData(product_id=vase.public_id, x=HALF, y=HALF)
    assert actions.edit_pin(data=PinData(tags=[tag]), **who(pin)).title == "Tall vase"
    # Without a time it may be without words, too.
    actions.edit_pin(data=PinData(), then="schedule", at=None, **who(pin))
    pin.refresh_from_db()
    assert (pin.title, pin.publish_at) == ("", None)


def test_a_pin_on_the_wall_borrows_no_title() -> None:
    """Also when the press says once more that it shall be there."""
    tag = TagData(product_id=make_product(title="Tall vase").public_id, x=HALF, y=HALF)
    pin = make_pin(title="At noon")
    for then in ("", "publish"):
        with pytest.raises(TitleMissing):
            actions.edit_pin(data=PinData(title="", tags=[tag]), then=then, **who(pin))
    pin.refresh_from_db()
    assert (pin.title, pin.tags.count()) == ("At noon", 0)


def test_a_deleted_draft_is_not_published_by_its_clock() -> None:
    pin = make_draft()
    actions.schedule_pin(at=clock.now() + timedelta(hours=1), **who(pin))
    actions.delete_pin(**who(pin))
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert actions.publish_due() == 0
    pin.refresh_from_db()
    assert pin.state == "deleted"


def test_after_thirty_days_a_deleted_pin_is_gone() -> None:
    pin, kept = make_pin(), make_pin()
    actions.delete_pin(**who(pin))
    assert actions.drop_deleted() == 0
    with clock.fixed(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        assert actions.drop_deleted() == 1
        with pytest.raises(PinNotFound):
            actions.undelete_pin(**who(pin))
    assert list(Pin.objects.all()) == [kept]


def test_more_deleted_pins_than_a_batch_go_on_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "BATCH", 2)
    brand = make_brand()
    for _number in range(5):
        actions.delete_pin(**who(make_pin(author=brand)))
    with clock.fixed(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        monkeypatch.setattr(publishing, "SECONDS", 0)
        assert actions.drop_deleted() == 0, "there is an end to it"
        monkeypatch.setattr(publishing, "SECONDS", 25)
        assert actions.drop_deleted() == 5
    assert not Pin.objects.exists()


def test_boards_count_right_when_their_pin_is_gone() -> None:
    board, kept = fill_board(count=2)
    pin = make_pin()
    save_pin = {"pin_id": pin.public_id, "saver_id": board.owner_id, "board_id": board.public_id}
    actions.save_pin(**save_pin)
    board.refresh_from_db()
    assert board.pins_count == 3
    actions.delete_pin(**who(pin))
    with clock.fixed(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        assert actions.drop_deleted() == 1
    board.refresh_from_db()
    assert board.pins_count == len(kept)
    assert list(violations(invariants=frozenset({"I11"}))) == []


def test_an_operator_puts_back_what_was_there_and_no_more() -> None:
    draft, hidden, shown = make_draft(), make_pin(), make_pin()
    actions.unpublish_pin(**who(hidden))
    for pin, state in ((draft, "draft"), (hidden, "draft"), (shown, "published")):
        actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="A mistake")
        with pytest.raises(PinNotFound):
            actions.publish_pin(**who(pin))
        actions.restore_pin(public_id=pin.public_id)
        pin.refresh_from_db()
        assert pin.state == state


def test_the_pin_of_a_brand_that_waits_reaches_its_board_when_it_is_approved() -> None:
    brand = make_brand(approved=False)
    board = make_board(owner=brand)
    pin = make_draft(author=brand)
    data = PinData(title="Evening", board=board.public_id)
    actions.edit_pin(data=data, then="publish", **who(pin))
    assert not Save.objects.exists()
    brand.state = "approved"
    brand.save()
    with transaction.atomic():
        show_pins(BrandApproved(profile_id=brand.pk))
    assert Save.objects.get().board_id == board.pk


def test_a_brands_log_says_who_of_the_team_did_it() -> None:

    brand = make_brand()
    person = make_person()
    pin = make_draft(author=brand, title="Evening")
    assert person.user
    for act in (
        actions.publish_pin, actions.unpublish_pin, actions.delete_pin, actions.undelete_pin
    ):  # fmt: skip
        act(user_id=person.user.pk, **who(pin))
    done = [(row.words, row.subject) for row in brand_log(brand_id=brand.pk).rows]
    assert done == [
        ("brought a pin back", "Evening"),
        ("deleted a pin", "Evening"),
        ("took a pin off the wall", "Evening"),
        ("published a pin", "Evening"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "published", "title": "", "published_at": "now"},
        {"state": "deleted"},
        {"state": "published", "published_at": "now", "publish_at": "now"},
        {"state": "elsewhere"},
    ],
)
def test_the_database_holds_the_states_too(wrong: dict[str, Any]) -> None:
    pin = make_draft()
    data = {name: clock.now() if one == "now" else one for name, one in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.filter(pk=pin.pk).update(**data)


@pytest.mark.django_db(transaction=True)
def test_published_by_eight_hands_at_once_it_is_told_once() -> None:
    pin = make_draft(title="", products=[make_product(title="Tall vase")])
    results = race(8, lambda _n: actions.publish_pin(**who(pin)))
    assert [one for one in results if isinstance(one, Exception)] == []
    assert facts() == 1
    deliver_all()
    pin.refresh_from_db()
    assert (pin.state, pin.title) == ("published", "Tall vase")
