"""What people ask a studio: some of it answered, some of it waiting."""

from __future__ import annotations

from catalog.queries import product_cards
from core import clock
from demo.content.questions import QUESTIONS, STUDIO, Question
from demo.steps.asking import asker_of, subject_of
from demo.world import Tick, World
from messaging.actions import ask, mark_answered


def run(world: World, tick: Tick) -> None:
    for one in QUESTIONS:
        _question(world, one)
        tick()


def count() -> int:
    return len(QUESTIONS)


def _question(world: World, one: Question) -> None:
    house = world.houses[STUDIO]
    card = product_cards(public_ids=[world.products[one.product]])[0]
    with clock.fixed(world.ago(days=one.days)):
        question = ask(
            subject=subject_of("product", card),
            asker=asker_of(world, one.who),
            text=one.text,
        )
    if one.answered:
        with clock.fixed(world.ago(days=one.days - 0.5)):
            mark_answered(
                public_id=question, brand_id=house.profile_id, actor_id=house.owner.user_id
            )
