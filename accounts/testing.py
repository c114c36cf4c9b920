"""Made-up people and brands for tests. Every row goes through the real actions."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import replace
from unittest.mock import patch

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from accounts import actions
from accounts.actions import approval_checks
from accounts.backend import AccountBackend, users_with_profile
from accounts.buying import data_of
from accounts.middleware import viewer_of
from accounts.models import Membership, Organization, Profile, User
from accounts.types import AddressData, BuyerRef, NewToken, OrganizationData, Role, Viewer
from api.scopes import SCOPES

PASSWORD = "a long enough secret"
_numbers = itertools.count(1)


def make_user(*, email: str = "", password: str = PASSWORD, staff: bool = False) -> User:
    """A user with a verified e-mail and no profile; `staff` makes an operator with all rights."""
    email = email or f"user{next(_numbers)}@mail.example"
    user = User.objects.create_user(email, password, is_staff=staff, is_superuser=staff)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_person(
    *, name: str = "", email: str = "", handle: str = "", staff: bool = False
) -> Profile:
    """A person's profile; the log-in is its `.user`, with the password PASSWORD."""
    name = name or f"Person {next(_numbers)}"
    user = make_user(email=email, staff=staff)
    return actions.create_person(user_id=user.pk, name=name, handle=handle)


def make_operator(*, name: str = "Olga Operator") -> Profile:
    """Somebody to whom the administration is open."""
    return make_person(name=name, staff=True)


def make_brand(
    *,
    name: str = "",
    handle: str = "",
    owner: Profile | None = None,
    approved: bool = True,
    country: str = "DE",
) -> Profile:
    """A brand's profile; without an `owner` a person is made who owns it."""
    name = name or f"Studio {next(_numbers)}"
    owner = owner or make_person()
    assert owner.user_id is not None
    return actions.create_brand(
        owner_user_id=owner.user_id,
        name=name,
        handle=handle,
        organization=OrganizationData(
            name=f"{name} GmbH",
            email="office@mail.example",
            line1="Hafenstraße 1",
            postcode="20457",
            city="Hamburg",
            country=country,
        ),
        approved=approved,
    )


def approve(brand: Profile, *, operator_id: int = 0) -> None:
    """Let an operator approve a brand whose papers no test has filled in."""
    with patch.object(approval_checks, "check_approval"):
        actions.approve_brand(
            brand_id=brand.pk, operator_id=operator_id or make_operator().user_id or 0
        )


def hide_brand(brand: Profile) -> None:
    """Let an operator suspend a brand: nothing of it is public any more."""
    operator = make_operator().user_id
    actions.suspend_brand(brand_id=brand.pk, operator_id=operator or 0, reason="To be looked at")


def show_brand(brand: Profile) -> None:
    """Let an operator restore a suspended brand."""
    actions.restore_brand(brand_id=brand.pk, operator_id=make_operator().user_id or 0)


def protect(person: Profile) -> Profile:
    """Give somebody a second factor, so that pages of money open for them."""
    Authenticator.objects.create(
        user_id=person.user_id,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Laptop", "credential": {}},
    )
    return person


def make_member(*, brand: Profile, role: Role = "orders", person: Profile | None = None) -> Profile:
    """Somebody on a brand's team; returns their own profile."""
    person = person or make_person()
    assert person.user_id is not None
    actions.add_member(brand_id=brand.pk, user_id=person.user_id, role=role)
    return person


def roles_in(brand: Profile) -> dict[int, str]:
    """By user id, what everybody on the brand's team may do."""
    rows = Membership.objects.filter(organization=brand.organization_id)
    return dict(rows.values_list("user_id", "role"))


def owner_of(brand: Profile) -> Profile:
    """The profile of the person who owns a brand."""
    return Profile.objects.get(
        user__memberships__organization=brand.organization_id, user__memberships__role="owner"
    )


def make_address(*, user: User, country: str = "DE", is_default: bool = True) -> AddressData:
    """An address in the user's book."""
    data = AddressData(
        name="Noor Haddad",
        line1="Lange Straße 5",
        postcode="10115",
        city="Berlin",
        country=country,
        is_default=is_default,
    )
    saved = actions.save_address(user_id=user.pk, data=data)
    return replace(data, public_id=saved.public_id)


def make_organization(
    *, person: Profile, name: str = "Haddad Innenausbau GmbH", vat_id: str = "DE136695976"
) -> BuyerRef:
    """A company that the person buys for."""
    data = OrganizationData(
        name=name,
        registration_number="HRB 12345, Berlin",
        vat_id=vat_id,
        email="invoices@mail.example",
        line1="Werkstraße 7",
        postcode="10115",
        city="Berlin",
        country="DE",
    )
    saved = actions.save_organization(user_id=person.user_id or 0, data=data)
    row = Organization.objects.get(public_id=saved.public_id)
    return BuyerRef(id=row.pk, public_id=row.public_id, name=row.name)


def said_of(organization: BuyerRef) -> OrganizationData:
    """What the row of a company says at this moment."""
    return data_of(Organization.objects.get(pk=organization.id))


def make_fellow(*, organization: BuyerRef, role: Role = "owner") -> Profile:
    """Somebody else who is in that company."""
    person = make_person()
    Membership.objects.create(user_id=person.user_id, organization_id=organization.id, role=role)
    return person


def client_for(profile: Profile | User | None = None, *, acting: Profile | None = None) -> Client:
    """A browser that is logged in as somebody (a guest for None), perhaps acting for a brand."""
    client = Client()
    if profile is None:
        return client
    user = profile if isinstance(profile, User) else profile.user
    assert user is not None
    client.force_login(user)
    if acting is not None:
        session = client.session
        session["acting"] = acting.public_id
        session.save()
    return client


def viewer_for(profile: Profile | None = None, *, acting: Profile | None = None) -> Viewer:
    """What `request.viewer` would be for somebody, without a request; None is a guest."""
    client = client_for(profile, acting=acting)
    request = RequestFactory().get("/")
    request.session = client.session
    user = None
    if profile is not None and profile.user_id is not None:
        user = AccountBackend().get_user(profile.user_id)
    if user is None:
        return Viewer(session=client.session)
    request.user = user
    return viewer_of(request)


def follow_all(follower: Profile, followed: Sequence[Profile]) -> None:
    """Let one profile follow several."""
    for one in followed:
        actions.follow(follower_id=follower.pk, followed_id=one.pk)


def make_token(
    profile: Profile, *, scopes: Collection[str] = tuple(SCOPES), name: str = "A program"
) -> NewToken:
    """A token of the person, for everything unless `scopes` says less."""
    assert profile.user_id is not None
    return actions.create_token(user_id=profile.user_id, name=name, scopes=scopes, days=30)


__all__ = [
    "PASSWORD",
    "Profile",
    "client_for",
    "follow_all",
    "hide_brand",
    "make_address",
    "make_brand",
    "make_fellow",
    "make_member",
    "make_operator",
    "make_organization",
    "make_person",
    "make_token",
    "make_user",
    "owner_of",
    "protect",
    "said_of",
    "show_brand",
    "users_with_profile",
    "viewer_for",
]
