"""What people say and like, and the boards that they keep together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core import clock
from demo.content.talk import SHARED, THREADS, Shared, Thread
from demo.hands import Act
from demo.steps.noting import Noting
from demo.world import World
from feed.actions import (
    answer_invitation,
    create_section,
    invite_member,
    like_comment,
    like_pin,
    move_pin,
    move_pins,
    save_pin,
    write_comment,
)

# So many pins are liked, each by up to so many people.
LIKED, LIKERS = 40, 6


def plan(world: World) -> list[Act]:
    """Threads and likes: each touches a pin of its own kind, so all may be done at once."""
    people = sorted(world.citizens)
    pins = sorted({pin for found in world.pins.values() for pin in found})
    likes = [
        (pin, world.dice.sample(people, k=world.dice.randint(1, LIKERS)))
        for pin in world.dice.sample(pins, k=min(LIKED, len(pins)))
    ]
    taken: set[str] = set()
    acts: list[Act] = [partial(_like, world, likes)]
    for number, thread in enumerate(THREADS):
        free = [pin for pin in world.pins.get(thread.category, []) if pin not in taken]
        if free:
            taken.add(free[0])
            acts.append(partial(_talk, world, thread, free[0], days=1 + number * 1.7))
    return acts


def _like(world: World, likes: Sequence[tuple[str, Sequence[str]]]) -> None:
    for number, (pin, people) in enumerate(likes):
        for handle in people:
            with clock.fixed(world.ago(days=1 + number % 30, hours=number % 11)):
                like_pin(pin_id=pin, profile_id=world.citizens[handle].profile_id)
                world.deliver()


def _talk(world: World, thread: Thread, pin: str, *, days: float) -> None:
    spoken: dict[str, str] = {}
    for number, said in enumerate((thread.first, *thread.replies)):
        who = world.citizens[said.who].profile_id
        with clock.fixed(world.ago(days=days, hours=-2 * number)):
            answers = spoken.get(said.answers or thread.first.who)
            comment = write_comment(pin_id=pin, author_id=who, text=said.text, answers=answers)
            if answers:
                like_comment(comment_id=answers, profile_id=who)
            world.deliver()
        spoken[said.who] = comment.public_id


def share(
    world: World, owner: str, title: str, board_id: str, pins: Sequence[str], notes: Noting
) -> None:
    """Let others join a board that was just filled, and part it, where the plan says so."""
    for plan in SHARED:
        if (plan.owner, plan.title) == (owner, title):
            _share(world, plan, board_id, list(pins), notes)


def _share(world: World, plan: Shared, board_id: str, pins: list[str], notes: Noting) -> None:
    owner = world.citizens[plan.owner].profile_id
    for handle in (*plan.people, *plan.asked):
        with clock.fixed(world.ago(days=9)):
            invite_member(board_id=board_id, owner_id=owner, handle=handle)
            world.deliver()
    for number, handle in enumerate(plan.people):
        person = world.citizens[handle].profile_id
        with clock.fixed(world.ago(days=8 - number, hours=3)):
            answer_invitation(board_id=board_id, profile_id=person, accept=True)
            world.deliver()
        likes = world.citizens[handle].person.likes
        liked = [pin for slug in likes for pin in world.pins.get(slug, [])]
        for index, pin in enumerate(pin for pin in liked if pin not in pins):
            if index == 2:
                break
            with clock.fixed(world.ago(days=6 - number, hours=index)):
                note = notes.next(handle, pin)
                save_pin(pin_id=pin, saver_id=person, board_id=board_id, note=note)
    arranged = pins[: plan.parts[0][1]] if plan.parts else []
    for number, (title, count) in enumerate(plan.parts):
        with clock.fixed(world.ago(days=4, hours=number)):
            section = create_section(board_id=board_id, actor_id=owner, title=title)
            move_pins(board_id=board_id, pin_ids=pins[:count], actor_id=owner, to_section=section)
        del pins[:count]
    if plan.people and len(arranged) > 1:
        person = world.citizens[plan.people[0]].profile_id
        with clock.fixed(world.ago(hours=2)):
            move_pin(board_id=board_id, pin_id=arranged[1], actor_id=person, direction="earlier")
