"""People, their addresses, what they like."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from accounts.actions import choose_interests, create_person, save_address
from accounts.types import AddressData
from catalog.actions import save_category
from core import clock
from demo.content.categories import CATEGORIES
from demo.content.people import OPERATOR, OWNERS, PEOPLE, Person
from demo.content.products import of_kind
from demo.world import PASSWORD, Citizen, Tick, World

EVERYBODY = (*PEOPLE, *OWNERS, OPERATOR)


def run(world: World, tick: Tick) -> None:
    for position, (slug, name, parent) in enumerate(CATEGORIES):
        save_category(slug=slug, name=name, parent=parent, position=position)
    faces = of_kind("avatar")
    password = _hashed()
    for index, person in enumerate(EVERYBODY):
        face = faces[index % len(faces)].file if faces else ""
        with clock.fixed(world.ago(days=200 - index * 3)):
            world.citizens[person.handle] = _join(
                person, password=password, face=world.images.get(face)
            )
        tick()


def count() -> int:
    return len(EVERYBODY)


def _hashed() -> str:
    """One hash for all: they share a password, and each hash would cost a tenth of a second."""
    user = get_user_model()()
    user.set_password(PASSWORD)
    return user.password


def email_of(person: Person) -> str:
    return f"{person.handle}@demo.example"


def _join(person: Person, *, password: str, face: int | None) -> Citizen:
    operator = person is OPERATOR
    user = get_user_model()(
        email=email_of(person), password=password, is_staff=operator, is_superuser=operator
    )
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    profile = create_person(
        user_id=user.pk,
        name=person.name,
        handle=person.handle,
        bio=person.bio,
        picture_id=face,
    )
    choose_interests(profile_id=profile.pk, slugs=person.likes)
    save_address(
        user_id=user.pk,
        data=AddressData(
            name=person.name,
            line1=person.street,
            postcode=person.postcode,
            city=person.city,
            country=person.country,
            is_default=True,
        ),
    )
    return Citizen(person=person, user_id=user.pk, profile_id=profile.pk)
