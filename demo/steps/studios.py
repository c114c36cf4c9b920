"""Brands with their storefronts, delivery and owners."""

from __future__ import annotations

from accounts.actions import add_member, create_brand, invite
from accounts.types import OrganizationData, Role
from catalog.actions import create_delivery_method, save_look, save_policies
from catalog.types import DEFAULT_SECTIONS, DeliveryMethodData, LookInput, PoliciesInput
from core import clock
from core.money import Money
from demo.content.papers import PAPERS
from demo.content.people import OWNERS
from demo.content.products import of_kind
from demo.content.studios import EU, STUDIOS, Studio
from demo.world import House, Tick, World

TEAM_OF = "Ondine Studio"
TEAM: tuple[tuple[str, Role, float], ...] = (("amelie", "catalogue", 120), ("karim", "orders", 40))
ASKED = "lucie@ondine-studio.example"


def run(world: World, tick: Tick) -> None:
    for index, (studio, owner) in enumerate(zip(STUDIOS, OWNERS, strict=True)):
        with clock.fixed(world.ago(days=180 - index * 4)):
            world.houses[studio.name] = _open(world, studio, owner=owner.handle)
        tick()
    _hire(world, world.houses[TEAM_OF])


def _hire(world: World, house: House) -> None:
    """Two people join the owner, and somebody is asked who has not answered yet."""
    owner = house.owner.user_id
    for handle, role, days in TEAM:
        with clock.fixed(world.ago(days=days)):
            add_member(
                brand_id=house.profile_id,
                user_id=world.citizens[handle].user_id,
                role=role,
                actor_id=owner,
            )
    with clock.fixed(world.ago(days=2)):
        invite(brand_id=house.profile_id, actor_id=owner, email=ASKED, role="chat")


def count() -> int:
    return len(STUDIOS)


def _open(world: World, studio: Studio, *, owner: str) -> House:
    citizen = world.citizens[owner]
    profile = create_brand(
        owner_user_id=citizen.user_id,
        name=studio.name,
        handle=studio.handle,
        bio=studio.tagline,
        organization=organization_of(studio),
        picture_id=_picture(world, "mark", studio),
        cover_id=_picture(world, "cover", studio),
        approved=True,
        operator_id=world.citizens["olga"].user_id,
    )
    save_policies(profile_id=profile.pk, data=policies_of(studio))
    story = LookInput(
        story=studio.story,
        accent="",
        ground="",
        sections=DEFAULT_SECTIONS,
        typeface=studio.typeface,
    )
    save_look(profile_id=profile.pk, actor_id=citizen.user_id, data=story)
    deliver_from(profile.pk, studio)
    return House(studio=studio, profile_id=profile.pk, owner=citizen)


def organization_of(studio: Studio) -> OrganizationData:
    """Who answers for the studio by law."""
    paper = PAPERS[studio.handle]
    return OrganizationData(
        name=studio.legal,
        registration_number=paper.register,
        vat_id=paper.vat,
        email=f"hello@{studio.handle}.example",
        phone=paper.phone,
        line1=studio.street,
        postcode=studio.postcode,
        city=studio.city,
        country=studio.country,
    )


def policies_of(studio: Studio) -> PoliciesInput:
    """How its parcels leave and come back."""
    return PoliciesInput(
        reply_hours=studio.reply_hours,
        return_days=studio.return_days,
        returns_free=studio.return_days > 30,
        delivery_policy="Parcels leave on working days and carry a tracking number.",
        returns_policy=(
            f"Send it back within {studio.return_days} days, unused. "
            "The refund leaves on the day the parcel arrives."
        ),
    )


def _picture(world: World, kind: str, studio: Studio) -> int | None:
    found = of_kind(kind, studio=studio.name)
    return world.images[found[0].file] if found else None


def deliver_from(seller_id: int, studio: Studio) -> None:
    """The ways of its parcels; services send proofs and samples with them."""
    low, high = studio.days
    create_delivery_method(
        seller_id=seller_id,
        data=DeliveryMethodData(
            name="Standard",
            zone="European Union",
            countries=EU,
            price=Money(studio.delivery, "EUR"),
            free_from=Money(studio.free_from, "EUR"),
            min_days=low,
            max_days=high,
        ),
    )
    create_delivery_method(
        seller_id=seller_id,
        data=DeliveryMethodData(
            name="Express",
            zone="European Union",
            countries=EU,
            price=Money(studio.delivery + 900, "EUR"),
            min_days=1,
            max_days=max(1, low),
        ),
    )
