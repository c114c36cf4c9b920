"""What other apps may ask about people and brands. Reads only; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from accounts.models import Address, Follow, Membership, Profile
from accounts.types import (
    AddressData,
    BrandRole,
    OrganizationData,
    ProfilePage,
    ProfileRef,
    TeamMember,
    Viewer,
)
from core.errors import NotFound
from core.media import PICTURE_FIELDS, Picture

# The columns of a by-line; other apps select them through their own foreign key to a profile with
# `profile_columns("author")` and turn the row into a ProfileRef with `ref_from_row`.
REF_FIELDS = ("id", "public_id", "kind", "handle", "name", "verified_at")


def profile_columns(prefix: str = "") -> list[str]:
    """Column names for `.values()` or `.values_list()` from which `ref_from_row` builds a by-line.

    `prefix` is the path of the foreign key to the profile, without trailing underscores.
    """
    lead = f"{prefix}__" if prefix else ""
    return [
        f"{lead}{name}" for name in (*REF_FIELDS, *(f"picture__{one}" for one in PICTURE_FIELDS))
    ]


def ref_from_row(row: Mapping[str, Any], prefix: str = "") -> ProfileRef:
    """A by-line from a row that was selected with `profile_columns(prefix)`."""
    lead = f"{prefix}__" if prefix else ""
    picture = None
    if row[f"{lead}picture__public_id"] is not None:
        picture = Picture.from_row(**{one: row[f"{lead}picture__{one}"] for one in PICTURE_FIELDS})
    return ProfileRef(
        id=row[f"{lead}id"],
        public_id=row[f"{lead}public_id"],
        kind=row[f"{lead}kind"],
        handle=row[f"{lead}handle"],
        name=row[f"{lead}name"],
        picture=picture,
        verified=row[f"{lead}verified_at"] is not None,
    )


def profile_by_handle(*, handle: str, viewer: Viewer | None = None) -> ProfilePage | None:
    """The profile behind a handle, in one query; None when there is none that the viewer may see.

    Only approved profiles are public. The team of a brand sees its own before that (`is_public` of
    the answer is False then), but nobody sees a suspended one.
    """
    row = (
        Profile.objects.filter(handle=handle.lower())
        .values(
            *profile_columns(),
            *(f"cover__{one}" for one in PICTURE_FIELDS),
            *(f"organization__{one}" for one in _ORGANIZATION_FIELDS),
            "bio",
            "links",
            "state",
            "followers_count",
            "following_count",
            "created_at",
        )
        .first()
    )
    if row is None or not _may_see(row["state"], row["id"], viewer):
        return None
    return _page(row)


_ORGANIZATION_FIELDS = (
    "name",
    "registration_number",
    "vat_id",
    "email",
    "phone",
    "line1",
    "line2",
    "postcode",
    "city",
    "country",
)


def _may_see(state: str, profile_id: int, viewer: Viewer | None) -> bool:
    if state == Profile.State.APPROVED:
        return True
    own = {brand.profile.id for brand in viewer.brands} if viewer else set()
    return state != Profile.State.SUSPENDED and profile_id in own


def _page(row: Mapping[str, Any]) -> ProfilePage:
    cover = None
    if row["cover__public_id"] is not None:
        cover = Picture.from_row(**{one: row[f"cover__{one}"] for one in PICTURE_FIELDS})
    organization = None
    if row["organization__name"] is not None:
        values = {one: str(row[f"organization__{one}"] or "") for one in _ORGANIZATION_FIELDS}
        organization = OrganizationData(**values)
    return ProfilePage(
        ref=ref_from_row(row),
        bio=row["bio"],
        links=row["links"],
        cover=cover,
        state=row["state"],
        followers_count=row["followers_count"],
        following_count=row["following_count"],
        created_at=row["created_at"],
        country=organization.country if organization else "",
        organization=organization,
    )


def profile_refs(*, ids: Iterable[int]) -> dict[int, ProfileRef]:
    """By-lines by primary key, in one query; only of profiles that everybody may see."""
    rows = Profile.objects.filter(id__in=set(ids), state=Profile.State.APPROVED)
    return {row["id"]: ref_from_row(row) for row in rows.values(*profile_columns())}


def profile_refs_by_public_id(*, public_ids: Iterable[str]) -> dict[str, ProfileRef]:
    """By-lines by public id, in one query; only of profiles that everybody may see."""
    rows = Profile.objects.filter(public_id__in=set(public_ids), state=Profile.State.APPROVED)
    return {row["public_id"]: ref_from_row(row) for row in rows.values(*profile_columns())}


def approved_ids(*, ids: Iterable[int]) -> set[int]:
    """Those of the profiles that everybody may see."""
    rows = Profile.objects.filter(id__in=set(ids), state=Profile.State.APPROVED)
    return set(rows.values_list("id", flat=True))


def followed_ids(*, profile_id: int) -> list[int]:
    """Primary keys of the profiles that this one follows, newest follow first."""
    rows = Follow.objects.filter(follower_id=profile_id, followed__state=Profile.State.APPROVED)
    return list(rows.order_by("-id").values_list("followed_id", flat=True))


def follower_ids(*, profile_id: int) -> list[int]:
    """Primary keys of the profiles that follow this one, newest follow first."""
    rows = Follow.objects.filter(followed_id=profile_id, follower__state=Profile.State.APPROVED)
    return list(rows.order_by("-id").values_list("follower_id", flat=True))


def is_following(*, follower_id: int | None, followed_ids: Collection[int]) -> set[int]:
    """Those of the profiles that the follower follows; a guest (None) follows nobody."""
    if follower_id is None or not followed_ids:
        return set()
    rows = Follow.objects.filter(follower_id=follower_id, followed_id__in=followed_ids)
    return set(rows.values_list("followed_id", flat=True))


def brands_to_follow(*, profile_id: int | None, limit: int = 6) -> list[ProfileRef]:
    """The most followed brands that this profile does not follow yet."""
    rows = _approved_brands()
    if profile_id is not None:
        rows = rows.exclude(
            id__in=Follow.objects.filter(follower_id=profile_id).values("followed_id")
        )
    rows = rows.order_by("-followers_count", "id")[:limit]
    return [ref_from_row(row) for row in rows.values(*profile_columns())]


def _approved_brands() -> QuerySet[Profile]:
    return Profile.objects.filter(kind=Profile.Kind.BRAND, state=Profile.State.APPROVED)


def addresses_for(*, user_id: int) -> list[AddressData]:
    """The user's addresses, the one used first in front."""
    return [_address(row) for row in Address.objects.filter(user_id=user_id)]


def address_for(*, user_id: int, public_id: str) -> AddressData:
    """One of the user's own addresses.

    Raises NotFound for a foreign and for an absent one alike.
    """
    row = Address.objects.filter(user_id=user_id, public_id=public_id).first()
    if row is None:
        raise NotFound(_("There is no such address."))
    return _address(row)


def _address(row: Address) -> AddressData:
    return AddressData(
        name=row.name,
        company=row.company,
        line1=row.line1,
        line2=row.line2,
        postcode=row.postcode,
        city=row.city,
        country=str(row.country),
        phone=row.phone,
        is_default=row.is_default,
        public_id=row.public_id,
    )


def require_brand_role(*, viewer: Viewer, handle: str, roles: set[str] | None = None) -> BrandRole:
    """The brand behind the handle, when the viewer has one of the roles for it. Costs no query.

    Owners may do everything; `roles` None means any role. Raises NotFound for strangers, for the
    wrong role and for a brand that does not exist, so that the three cannot be told apart.
    """
    for brand in viewer.brands:
        if brand.profile.handle == handle.lower():
            if roles is None or brand.role == "owner" or brand.role in roles:
                return brand
    raise NotFound(_("There is no such page."))


def brand_team(*, profile_id: int, roles: set[str] | None = None) -> list[TeamMember]:
    """Everybody who acts for a brand and can log in, owners first; `roles` keeps those and owners."""
    rows = Membership.objects.filter(
        organization__brands=profile_id, user__is_active=True, user__profile__isnull=False
    )
    if roles is not None:
        rows = rows.filter(Q(role="owner") | Q(role__in=roles))
    owners_first = Case(
        When(role="owner", then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = rows.order_by(owners_first, "id").values_list(
        "user_id", "user__email", "user__profile__name", "user__profile__id", "role"
    )
    return [
        TeamMember(user_id=user_id, email=email, name=name, profile_id=person_id, role=role)
        for user_id, email, name, person_id, role in found
    ]


def person_contact(*, user_id: int) -> TeamMember | None:
    """E-mail, name and profile of a user to whom a notice goes; None when they are gone."""
    row = (
        Profile.objects.filter(user_id=user_id, user__is_active=True)
        .values_list("user__email", "name", "id")
        .first()
    )
    if row is None:
        return None
    email, name, profile_id = row
    return TeamMember(user_id=user_id, email=email, name=name, profile_id=profile_id, role="owner")
