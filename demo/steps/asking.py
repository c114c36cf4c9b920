"""Who asks a studio, and about what: the same for questions and for requests for quotes."""

from __future__ import annotations

from typing import Literal

from accounts.queries import profile_refs
from catalog.types import ProductCard, ServiceCard
from demo.steps.people import email_of
from demo.world import World
from messaging.types import Asker, Subject


def subject_of(kind: Literal["product", "service"], card: ProductCard | ServiceCard) -> Subject:
    """What is asked about, as the page that the question is asked on would say it."""
    return Subject(
        kind=kind,
        ref=card.public_id,
        title=card.title,
        url=card.url,
        to=card.seller,
        picture=card.picture,
    )


def asker_of(world: World, who: str) -> Asker:
    """A citizen of the demo, by their key."""
    citizen = world.citizens[who]
    person = profile_refs(ids=[citizen.profile_id])[citizen.profile_id]
    return Asker(name=person.name, email=email_of(citizen.person), profile_id=person.id)
