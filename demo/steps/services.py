"""Services with their portfolios, and a few requests for quotes that wait for an answer."""

from __future__ import annotations

from datetime import timedelta

from catalog.actions import create_service, publish_service
from catalog.queries import service_cards
from catalog.types import PackageData, PictureInput, Pricing, ServiceData
from core import clock
from core.money import Money
from demo.content.products import Shot, of_kind
from demo.content.services import WISHES, WORKS, Wish, Work
from demo.steps.asking import asker_of, subject_of
from demo.world import House, Tick, World
from feed.actions import show_service
from messaging.actions import request_quote
from messaging.types import BriefData


def run(world: World, tick: Tick) -> None:
    made = {}
    for number, work in enumerate(WORKS):
        with clock.fixed(world.ago(days=60 - number * 4)):
            made[work.key] = _offer(world, work)
        tick()
    for number, wish in enumerate(WISHES):
        with clock.fixed(world.ago(days=number, hours=3)):
            _wish(world, wish, service_id=made[wish.key])
        tick()


def count() -> int:
    return len(WORKS) + len(WISHES)


def _shots(work: Work) -> list[Shot]:
    """Pictures of the work itself first, then the studio's others."""
    own = [shot for shot in of_kind("service") if shot.product_key == work.key]
    studio = [shot for shot in of_kind("service", studio=own[0].studio) if shot not in own]
    return own + studio


def _offer(world: World, work: Work) -> str:
    shots = _shots(work)
    house: House = world.houses[shots[0].studio]
    service = create_service(
        seller_id=house.profile_id,
        actor_id=house.owner.user_id,
        data=ServiceData(
            title=work.title,
            category=work.category,
            description=work.text,
            pricing=Pricing(work.pricing),
            price=Money(work.price, "EUR") if work.price else None,
            packages=[
                PackageData(
                    name=one.name,
                    scope=one.scope,
                    price=Money(one.price, "EUR"),
                    revisions=one.revisions,
                    lead_days=one.days,
                )
                for one in work.sizes
            ],
            area=work.area,
            countries=work.countries,
            languages=work.languages,
            lead_days=work.days,
            pictures=[
                PictureInput(image_id=world.images[shot.file], alt=shot.alt) for shot in shots
            ],
        ),
    )
    show_service(
        author_id=house.profile_id,
        service_id=service.pk,
        pin_ids=world.pins_of_service.get(work.key, []),
    )
    publish_service(
        service_id=service.public_id, seller_id=house.profile_id, actor_id=house.owner.user_id
    )
    return str(service.public_id)


def _wish(world: World, wish: Wish, *, service_id: str) -> None:
    card = service_cards(public_ids=[service_id])[0]
    request_quote(
        subject=subject_of("service", card),
        asker=asker_of(world, wish.who),
        data=BriefData(
            text=wish.text,
            package=wish.package,
            quantity=wish.quantity or None,
            unit=wish.unit,
            budget=Money(wish.budget, "EUR") if wish.budget else None,
            destination=wish.where,
            needed_by=(world.now + timedelta(days=wish.days)).date(),
        ),
    )
