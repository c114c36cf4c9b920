"""The history that the seed plays is possible: nobody acts before they are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.content.people import OWNERS
from demo.content.studios import STUDIOS
from demo.hands import Act
from demo.management.commands.seed import STEPS
from demo.steps import follows, orders, visitors
from demo.steps.people import EVERYBODY
from demo.world import Citizen, House, World

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def peopled() -> World:
    world = World(now=NOW, deliver=lambda: None)
    for number, person in enumerate(EVERYBODY, start=1):
        world.citizens[person.handle] = Citizen(person, user_id=number, profile_id=number)
    for number, (studio, owner) in enumerate(zip(STUDIOS, OWNERS, strict=True), start=100):
        house = House(studio, profile_id=number, owner=world.citizens[owner.handle])
        world.houses[studio.name] = house
    return world


def test_people_follow_after_they_joined_and_before_anybody_buys() -> None:
    # As `people` and `orders` have it: the last to join, the earliest hour of a first purchase.
    last_joined = NOW - timedelta(days=200 - (len(EVERYBODY) - 1) * 3)
    first_sale = NOW - timedelta(days=1 + visitors.DAYS, hours=18)

    planned = follows.plan(peopled())

    times = [at for heard in planned.values() for at, _follower, _followed in heard]
    assert last_joined < min(times)
    assert max(times) < first_sale
    assert len(times) > 200


def test_everybody_hears_of_their_followers_in_order_and_of_each_once() -> None:
    world = peopled()
    owners = {house.profile_id: house.owner.profile_id for house in world.houses.values()}

    planned = follows.plan(world)

    pairs = [pair[1:] for heard in planned.values() for pair in heard]
    assert len(set(pairs)) == len(pairs)
    assert all(follower != owners.get(followed, followed) for follower, followed in pairs)
    for hears, heard in planned.items():
        assert heard == sorted(heard)
        assert {owners.get(followed, followed) for _at, _follower, followed in heard} == {hears}


def test_the_plan_is_the_same_on_every_machine() -> None:
    assert follows.plan(peopled()) == follows.plan(peopled())


def test_the_day_of_each_visit_is_planned_once() -> None:
    acts: list[Act] = visitors.plan(peopled())

    assert len(acts) == visitors.DAYS


def test_some_of_todays_orders_are_called_off_and_some_wait() -> None:
    today = set(range(orders.PURCHASES - orders.TODAY, orders.PURCHASES))

    assert today & set(orders.CALLED_OFF)
    assert not set(orders.DOUBLED) & set(orders.CALLED_OFF)
    assert max(orders.CALLED_OFF) < orders.PURCHASES


def test_each_step_counts_what_it_does() -> None:
    assert all(step.module.count() > 0 and step.seconds > 0 for step in STEPS)
