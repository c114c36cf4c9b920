"""What people ask a studio: some of it answered, some of it waiting."""

from __future__ import annotations

from accounts.queries import profile_refs
from catalog.queries import product_cards
from core import clock
from demo.content.questions import QUESTIONS, STUDIO, Question
from demo.steps.people import email_of
from demo.world import Tick, World
from messaging.actions import ask, mark_answered
from messaging.types import Asker, Subject


def run(world: World, tick: Tick) -> None:
    for one in QUESTIONS:
        _ask(world, one)
        tick()


def count() -> int:
    return len(QUESTIONS)


def _ask(world: World, one: Question) -> None:
    house, citizen = world.houses[STUDIO], world.citizens[one.who]
    asker = profile_refs(ids=[citizen.profile_id])[citizen.profile_id]
    card = product_cards(public_ids=[world.products[one.product]])[0]
    with clock.fixed(world.ago(days=one.days)):
        question = ask(
            subject=Subject(
                kind="product",
                ref=card.public_id,
                title=card.title,
                url=card.url,
                to=card.seller,
                picture=card.picture,
            ),
            asker=Asker(name=asker.name, email=email_of(citizen.person), profile_id=asker.id),
            text=one.text,
        )
    if one.answered:
        with clock.fixed(world.ago(days=one.days - 0.5)):
            mark_answered(
                public_id=question, brand_id=house.profile_id, actor_id=house.owner.user_id
            )
