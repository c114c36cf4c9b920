"""The papers of all brands: whole ones of those that sell, and of two that want to: one waits for
an operator, one was sent back with reasons."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from brands.actions import (
    decide_review,
    declare,
    found_brand,
    save_pictures,
    save_policies,
    save_trader_data,
    submit_papers,
    vouch,
)
from brands.queries import review_sheet
from core import clock
from demo.bank import name_account
from demo.content.papers import REASONS
from demo.content.studios import APPLICANT, RETURNED, STUDIOS, Studio
from demo.steps.studios import deliver_from, organization_of, policies_of
from demo.till import wait_until_open
from demo.world import House, Tick, World
from payments.actions import ask_payout, open_payout_page

# Who begins them, and the pictures they chose.
BEGUN = ((APPLICANT, "ivo", "look-sea-bath.webp"), (RETURNED, "milos", "look-tea-table.webp"))


def run(world: World, tick: Tick) -> None:
    wait_until_open()
    for index, house in enumerate(world.houses.values()):
        with clock.fixed(world.ago(days=179 - index * 4)):
            _complete(world, house)
            world.deliver()
        tick()
    for studio, owner, picture in BEGUN:
        review_id = _apply(world, studio, owner=owner, picture=picture)
        if studio is RETURNED:
            _send_back(world, review_id)
        tick()


def count() -> int:
    return len(STUDIOS) + len(BEGUN)


def _complete(world: World, house: House) -> None:
    """What a brand that was let in has beside what everybody sees of it."""
    declare(brand_id=house.profile_id, user_id=house.owner.user_id, name=house.owner.person.name)
    vouch(
        brand_id=house.profile_id,
        operator_id=world.citizens["olga"].user_id,
        domain=f"{house.studio.handle}.example",
    )
    _bank(house.profile_id, house.studio)


def _bank(brand_id: int, studio: Studio) -> None:
    path = reverse("brands:payout", kwargs={"handle": studio.handle})
    page = open_payout_page(
        seller_id=brand_id,
        name=studio.legal,
        country=studio.country,
        return_url=f"{settings.SITE_URL}{path}",
    )
    name_account(page=page, holder=studio.legal)
    ask_payout(seller_id=brand_id)


def _apply(world: World, studio: Studio, *, owner: str, picture: str) -> str:
    """A brand is begun, its papers are filled in and submitted; answers the id of the review."""
    user_id, image = world.citizens[owner].user_id, world.images[picture]
    with clock.fixed(world.ago(days=3)):
        brand = found_brand(user_id=user_id, name=studio.name, handle=studio.handle)
        save_trader_data(brand_id=brand.id, actor_id=user_id, data=organization_of(studio))
        vouch(brand_id=brand.id, operator_id=world.citizens["olga"].user_id)
        declare(brand_id=brand.id, user_id=user_id, name=world.citizens[owner].person.name)
        save_policies(brand_id=brand.id, actor_id=user_id, data=policies_of(studio))
        save_pictures(brand_id=brand.id, actor_id=user_id, picture_id=image, cover_id=image)
        deliver_from(brand.id, studio)
        _bank(brand.id, studio)
        world.deliver()
    with clock.fixed(world.ago(days=1)):
        review_id = submit_papers(brand_id=brand.id, user_id=user_id)
        world.deliver()
    return review_id


def _send_back(world: World, review_id: str) -> None:
    with clock.fixed(world.ago(hours=20)):
        decide_review(
            review_id=review_id,
            operator_id=world.citizens["olga"].user_id,
            seen=review_sheet(review_id=review_id).seen,
            refused=REASONS,
        )
        world.deliver()
