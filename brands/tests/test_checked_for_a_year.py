"""A check of the trader data is good for a year: asked about before, counted no more after."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.testing import Profile, make_operator, owner_of
from brands import actions, queries, testing
from brands.actions import expiring
from brands.models import Review
from brands.tests.papers import decide, save
from core import clock
from core.testing import deliver_all, race
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


def checked(*, days_ago: int = 0, name: str = "Kiln & Co") -> Profile:
    """A brand with the badge, whose trader data an operator checked."""
    with clock.fixed(at(-days_ago)):
        brand = testing.make_submitted(name=name)
        decide(brand)
        operator = make_operator().user_id or 0
        actions.vouch(brand_id=brand.pk, operator_id=operator, domain=f"{brand.handle}.example")
    return brand


@pytest.fixture
def brand() -> Profile:
    """One that was checked just now."""
    return checked()


def badge(brand: Profile) -> datetime | None:
    """Since when the brand has it."""
    brand.refresh_from_db()
    return brand.verified_at


def at(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def test_a_month_before_the_end_the_brand_is_told_and_operators_look_again(brand: Profile) -> None:
    with clock.fixed(at(334)):
        assert actions.look_again() == 0, "the control: not before"
    with clock.fixed(at(336)):
        assert actions.look_again() == 1
        assert actions.look_again() == 0, "once"
        deliver_all()
        told = [one.kind for one in notices_of(owner_of(brand).pk)]
        assert told.count("brands.again") == 1
        assert queries.checklist(brand_id=brand.pk).trader_checked, "it counts for another month"
        decide(brand)
        assert Review.objects.get(brand=brand, kind="again").state == "passed"
    with clock.fixed(at(400)):
        assert actions.look_again() == 0, "checked a month ago"
        assert queries.checklist(brand_id=brand.pk).trader_checked


def test_after_a_year_it_is_checked_no_more_and_the_badge_goes(brand: Profile) -> None:
    assert badge(brand) is not None
    with clock.fixed(at(366)):
        actions.look_again()
        assert badge(brand) is None
        assert brand.state == "approved", "the shop stays open"
        assert not queries.checklist(brand_id=brand.pk).trader_checked
        assert Review.objects.get(brand=brand, state="open").kind == "again"
        decide(brand)
        assert badge(brand) is not None
    assert Review.objects.filter(brand=brand, kind="again").count() == 1


def test_what_was_sent_back_is_not_asked_for_again_before_it_changes(brand: Profile) -> None:
    """Neither the next day nor when the year is over; the badge goes and comes with the check."""
    with clock.fixed(at(340)):
        actions.look_again()
        assert badge(brand) is not None, "the control"
        decide(brand, trader="The street is another one by now.")
        assert badge(brand) is None
        assert brand.state == "approved", "the shop stays open"
    for day in (341, 366):
        with clock.fixed(at(day)):
            assert actions.look_again() == 0
    deliver_all()
    told = [one.kind for one in notices_of(owner_of(brand).pk)]
    assert (told.count("brands.again"), told.count("brands.change")) == (1, 1)
    with clock.fixed(at(367)):
        save(brand, line1="Am Brennofen 2")
        assert Review.objects.get(brand=brand, state="open").kind == "change"
        decide(brand)
        assert badge(brand) is not None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ask_once() -> None:
    brand = checked(days_ago=340)
    answers = race(2, lambda _number: actions.look_again())
    assert sorted(str(one) for one in answers) == ["0", "1"]
    assert Review.objects.filter(brand=brand, kind="again").count() == 1


def test_who_waits_for_an_operator_keeps_nobody_else_from_being_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(expiring, "A_DAY", 1)
    for days, name in ((345, "Kiln & Co"), (340, "Ondine Studio")):
        checked(days_ago=days, name=name)
    assert [actions.look_again() for _day in range(3)] == [1, 1, 0]
    assert Review.objects.filter(kind="again", state="open").count() == 2
