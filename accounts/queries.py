"""What other apps may ask about people and brands. Reads only; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from allauth.account.models import EmailAddress
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.buying import MYSELF as MYSELF
from accounts.buying import buyer_called as buyer_called
from accounts.buying import buying_mark as buying_mark
from accounts.buying import check_buying as check_buying
from accounts.buying import organization_of as organization_of
from accounts.buying import organizations_of as organizations_of
from accounts.errors import IdentityChanged, NotApproved, ProtectFirst
from accounts.hiding import are_blocked as are_blocked
from accounts.hiding import blocked_ids as blocked_ids
from accounts.hiding import blocks_of as blocks_of
from accounts.hiding import deaf_to as deaf_to
from accounts.hiding import hidden_count as hidden_count
from accounts.hiding import mutes_of as mutes_of
from accounts.models import Address, Follow, Membership, Profile, TopicFollowers
from accounts.network import KnownFollowers as KnownFollowers
from accounts.network import NetworkPage as NetworkPage
from accounts.network import followers_of as followers_of
from accounts.network import following_of as following_of
from accounts.network import known_followers as known_followers
from accounts.network import last_profile_id as last_profile_id
from accounts.network import profile_addresses as profile_addresses
from accounts.provider_queries import provider_called as provider_called
from accounts.provider_queries import providers_of as providers_of
from accounts.provider_queries import user_behind as user_behind
from accounts.roles import role_words as role_words
from accounts.session_queries import sessions_of as sessions_of
from accounts.sole_owner import brands_without_another_owner as brands_without_another_owner
from accounts.team_queries import brand_log as brand_log
from accounts.team_queries import invitations_of as invitations_of
from accounts.team_queries import open_invitation as open_invitation
from accounts.team_queries import team_of as team_of
from accounts.token_models import ApiToken
from accounts.types import (
    PROFILE_FIELDS,
    TRADER_FIELDS,
    AddressData,
    BrandFile,
    BrandRole,
    ProfilePage,
    ProfileRef,
    Role,
    TeamMember,
    TokenRow,
    TraderDetails,
    Viewer,
    picture_from,
)
from core import clock
from core.bulk import By
from core.errors import NotFound, NotFoundByGuests
from core.ids import is_public_id
from core.media import picture_fields
from core.prepared import Prepared


def profile_by_handle(*, handle: str, viewer: Viewer | None = None) -> ProfilePage | None:
    """The profile behind a handle, in one query; None when there is none that the viewer may see.

    Only approved profiles are public. The team of a brand sees its own before that (`is_public` of
    the answer is False then), but nobody sees a suspended one, nor one behind a block.
    """
    rows = Profile.objects.filter(handle=handle.lower())
    row = rows.values_list(*PROFILE_FIELDS, *_COVER_FIELDS, *TRADER_FIELDS, *_PAGE_FIELDS).first()
    if row is None:
        return None
    page = _page(row)
    return page if _may_see(page, viewer) else None


_COVER_FIELDS = picture_fields("cover")
_PAGE_FIELDS = ("bio", "links", "state", "followers_count", "following_count", "created_at")


def _may_see(page: ProfilePage, viewer: Viewer | None) -> bool:
    if viewer is not None and page.ref.id in viewer.hidden.blocked:
        return False
    if page.is_public:
        return True
    own = {brand.profile.id for brand in viewer.brands} if viewer else set()
    return page.state != Profile.State.SUSPENDED and page.ref.id in own


def _page(row: Sequence[Any]) -> ProfilePage:
    values = list(row)
    parts = []
    for fields in (PROFILE_FIELDS, _COVER_FIELDS, TRADER_FIELDS):
        parts.append(values[: len(fields)])
        values = values[len(fields) :]
    trader = TraderDetails.from_row(parts[2])
    return ProfilePage(
        ref=ProfileRef.from_row(parts[0]),
        cover=picture_from(parts[1]),
        trader=trader,
        country=trader.country if trader else "",
        **dict(zip(_PAGE_FIELDS, values, strict=True)),
    )


def brand_file(*, profile_id: int) -> BrandFile | None:
    """What a brand has told of itself and of who answers for it, in whatever state. One query."""
    rows = Profile.objects.filter(id=profile_id, kind=Profile.Kind.BRAND)
    row = rows.values_list(*PROFILE_FIELDS, *_COVER_FIELDS, *TRADER_FIELDS, *_FILE_FIELDS).first()
    if row is None:
        return None
    values = list(row)
    own = len(PROFILE_FIELDS)
    legal = own + len(_COVER_FIELDS)
    rest = legal + len(TRADER_FIELDS)
    trader = TraderDetails.from_row(values[legal:rest])
    assert trader is not None, "a brand always has an organization"  # noqa: S101 - a constraint
    return BrandFile(
        ref=ProfileRef.from_row(values[:own]),
        cover=picture_from(values[own:legal]),
        trader=trader,
        **dict(zip(_FILE_FIELDS, values[rest:], strict=True)),
    )


_FILE_FIELDS = ("state", "picture_id", "cover_id", "bio")


def trader_country(*, profile_id: int) -> str:
    """Where who answers for a brand sits, as an ISO 3166 alpha-2 code; '' while that is not told,
    and for who is no brand. One query."""
    found = Profile.objects.filter(id=profile_id).values_list("organization__country", flat=True)
    return str(found.first() or "")


def checked_before(*, moment: datetime, limit: int, without: Collection[int] = ()) -> list[int]:
    """Approved brands (ids) whose trader data were last checked before a moment, the oldest check
    first; none of those in `without`. One query."""
    rows = Profile.objects.filter(
        kind=Profile.Kind.BRAND,
        state=Profile.State.APPROVED,
        organization__checked_at__lte=moment,
    )
    return list(
        rows.exclude(pk__in=without)
        .order_by("organization__checked_at", "pk")
        .values_list("pk", flat=True)[:limit]
    )


def require_approved(*, profile_id: int) -> None:
    """Nothing is shown to the public before its brand was let in. One query. Raises NotApproved."""
    rows = Profile.objects.filter(id=profile_id, state=Profile.State.APPROVED)
    if not rows.exists():
        raise NotApproved


def profile_refs(*, ids: Iterable[int]) -> dict[int, ProfileRef]:
    """By-lines by primary key, in one query; only of profiles that everybody may see."""
    rows = Profile.objects.filter(id__in=set(ids), state=Profile.State.APPROVED)
    return {ref.id: ref for ref in map(ProfileRef.from_row, rows.values_list(*PROFILE_FIELDS))}


def profile_refs_by_public_id(*, public_ids: Iterable[str]) -> dict[str, ProfileRef]:
    """By-lines by public id, in one query; only of profiles that everybody may see."""
    wanted = {one for one in public_ids if is_public_id(one)}
    rows = Profile.objects.filter(public_id__in=wanted, state=Profile.State.APPROVED)
    return {
        ref.public_id: ref for ref in map(ProfileRef.from_row, rows.values_list(*PROFILE_FIELDS))
    }


def profile_refs_by_handle(*, handles: Iterable[str]) -> dict[str, ProfileRef]:
    """By-lines by handle, in one query (none for no handle); only of profiles everybody may see."""
    wanted = {handle.lower() for handle in handles}
    if not wanted:
        return {}
    rows = Profile.objects.filter(handle__in=wanted, state=Profile.State.APPROVED)
    return {ref.handle: ref for ref in map(ProfileRef.from_row, rows.values_list(*PROFILE_FIELDS))}


def approved_ids(*, ids: Iterable[int]) -> set[int]:
    """Those of the profiles that everybody may see."""
    rows = Profile.objects.filter(id__in=set(ids), state=Profile.State.APPROVED)
    return set(rows.values_list("id", flat=True))


def followed_ids(*, profile_id: int) -> list[int]:
    """Primary keys of all whom this profile follows, in no order: thousands in half a millisecond.

    Also of those who are not let in; whatever is shown of theirs is left out where it is read.
    """
    return _FOLLOWED_BY([profile_id])


def following_count(*, profile_id: int) -> int:
    """How many this profile follows, as it is kept with the profile. One query."""
    return Profile.objects.values_list("following_count", flat=True).get(pk=profile_id)


def topic_followers(*, slug: str) -> int:
    """How many have a topic among their interests, exactly. One query."""
    counts = TopicFollowers.objects.filter(slug=slug).values_list("followers_count", flat=True)
    return counts.first() or 0


def topics_followers(*, slugs: Sequence[str]) -> dict[str, int]:
    """The same of many by their slugs, without those that nobody has. One query, none for none."""
    if not slugs:
        return {}
    rows = TopicFollowers.objects.filter(slug__in=slugs)
    return dict(rows.values_list("slug", "followers_count"))


def follows(*, profiles: Sequence[int], whom: OuterRef) -> QuerySet[Follow]:
    """That one of these profiles follows `whom`, for `Exists` in a question of another app."""
    return Follow.objects.filter(follower__among=profiles, followed=whom)


def self_and_followed(*, profile_id: int) -> QuerySet[Profile, str]:
    """Public ids of a profile and of all whom it follows, as a part of another question."""
    followed = Follow.objects.filter(follower=profile_id).values("followed")
    found = Profile.objects.filter(Q(pk=profile_id) | Q(pk__in=followed))
    return found.values_list("public_id", flat=True)


_FOLLOWED_BY = Prepared(
    lambda ids: Follow.objects.filter(follower__among=ids).values_list("followed_id", flat=True)
)


def followed_refs(*, profile_id: int, limit: int) -> list[ProfileRef]:
    """By-lines of those whom this profile followed last, newest first. One query."""
    rows = Follow.objects.filter(follower_id=profile_id, followed__state=Profile.State.APPROVED)
    fields = [f"followed__{name}" for name in PROFILE_FIELDS]
    return [ProfileRef.from_row(row) for row in rows.order_by("-id").values_list(*fields)[:limit]]


def is_following(*, follower_id: int | None, followed_ids: Collection[int]) -> set[int]:
    """Those of the profiles that the follower follows; a guest (None) follows nobody."""
    if follower_id is None or not followed_ids:
        return set()
    rows = Follow.objects.filter(follower_id=follower_id, followed_id__in=followed_ids)
    return set(rows.values_list("followed_id", flat=True))


def followers_count(*, profile_id: int) -> int:
    """How many follow a profile at this moment."""
    return Profile.objects.values_list("followers_count", flat=True).get(pk=profile_id)


def followers_among(*, followed_id: int, user_ids: Collection[int]) -> set[int]:
    """Which of these users follow that profile with their own. One query, none for nobody."""
    if not user_ids:
        return set()
    rows = Follow.objects.filter(followed=followed_id, follower__user__in=list(user_ids))
    return {pk for pk in rows.values_list("follower__user", flat=True) if pk is not None}


def brands_to_follow(
    *, profile_id: int | None, limit: int = 6, without: Collection[int] = ()
) -> list[ProfileRef]:
    """The most followed brands that this profile does not follow yet, `without` some of them."""
    rows = _approved_brands().exclude(id__in=list(without))
    if profile_id is not None:
        rows = rows.exclude(
            id__in=Follow.objects.filter(follower_id=profile_id).values("followed_id")
        )
    rows = rows.order_by("-followers_count", "id")[:limit]
    return [ProfileRef.from_row(row) for row in rows.values_list(*PROFILE_FIELDS)]


def _approved_brands() -> QuerySet[Profile]:
    return Profile.objects.filter(kind=Profile.Kind.BRAND, state=Profile.State.APPROVED)


def addresses_for(*, user_id: int) -> list[AddressData]:
    """The user's addresses, the one used first in front."""
    return [_address(row) for row in Address.objects.filter(user_id=user_id)]


def address_for(*, user_id: int, public_id: str) -> AddressData:
    """One of the user's own addresses.

    Raises NotFound for a foreign and for an absent one alike.
    """
    rows = Address.objects.filter(user_id=user_id, public_id=public_id)
    row = rows.first() if is_public_id(public_id) else None
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


def require_brand_role(
    *, viewer: Viewer, handle: str, roles: set[str] | None = None, protected: bool = False
) -> BrandRole:
    """The brand behind the handle, when the viewer has one of the roles for it. Costs no query.

    Owners may do everything; `roles` None means any role. Raises NotFound for strangers, for the
    wrong role and for a brand that does not exist, so that the three cannot be told apart; a guest
    who looks is asked to log in first (NotFoundByGuests), whatever the handle. A page of money says
    `protected`: then ProtectFirst leads somebody whose password is all that guards their account
    through the set-up of a second factor and back.
    """
    for brand in viewer.brands:
        allowed = roles is None or brand.role == "owner" or brand.role in roles
        if allowed and brand.profile.handle == handle.lower():
            if protected and not viewer.is_protected:
                raise ProtectFirst
            return brand
    raise (NotFound if viewer.user else NotFoundByGuests)(_("There is no such page."))


def work_of(*, viewer: Viewer, role: BrandRole) -> By:
    """Who is at work for the brand, for its lists and their acts."""
    if viewer.user is None:  # a brand role always has a user behind it
        raise NotFound
    return By(brand_id=role.profile.id, actor_id=viewer.user.pk)


def acts_for(*, user_id: int, profile_id: int) -> bool:
    """Whether a user is on the team of a brand and can log in. One query."""
    rows = Membership.objects.filter(organization__brands=profile_id, user_id=user_id)
    return rows.filter(user__is_active=True, user__profile__isnull=False).exists()


def brand_team(*, profile_id: int, roles: set[str] | None = None) -> list[TeamMember]:
    """Who acts for a brand and can log in, owners first; `roles` keeps those and the owners."""
    rows = Membership.objects.filter(
        organization__brands=profile_id, user__is_active=True, user__profile__isnull=False
    )
    if roles is not None:
        rows = rows.filter(Q(role="owner") | Q(role__in=roles))
    owners_first = Case(
        When(role="owner", then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = rows.order_by(owners_first, "id").values_list(
        "user_id",
        "user__email",
        "user__profile__name",
        "user__profile__id",
        "role",
        "user__profile__handle",
    )
    return [
        TeamMember(
            user_id=user_id,
            email=email,
            name=name,
            profile_id=person_id,
            role=cast(Role, role),
            handle=handle,
        )
        for user_id, email, name, person_id, role, handle in found
    ]


def contacts_of(
    *, profile_id: int, roles: set[str] | None = None, even_closed: bool = False
) -> list[TeamMember]:
    """Who is told what concerns a profile: the person themselves, or a brand's team.

    Of a brand's team only owners and those with one of `roles`; None means everybody. Somebody
    whose account is closed is told `even_closed`: why it was closed.
    """
    people = Profile.objects.filter(id=profile_id, user__isnull=False)
    if not even_closed:
        people = people.filter(user__is_active=True)
    row = people.values_list("user_id", "user__email", "name").first()
    if row is None:
        return brand_team(profile_id=profile_id, roles=roles)
    user_id, email, name = row
    return [
        TeamMember(user_id=user_id, email=email, name=name, profile_id=profile_id, role="owner")
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


def user_names(*, ids: Iterable[int]) -> dict[int, str]:
    """What the people behind these users are called, also those who left a team. One query."""
    return dict(Profile.objects.filter(user_id__in=list(ids)).values_list("user_id", "name"))


def check_acting(*, request: HttpRequest) -> None:
    """Refuse a form that was shown for another identity than the one chosen now.

    The form's hidden field `acting` names the profile it was shown for; without one nothing is
    checked. Raises IdentityChanged (409) when another tab switched in the meantime.
    """
    shown_for = request.POST.get("acting")
    acting: ProfileRef | None = request.viewer.acting  # type: ignore[attr-defined]
    if shown_for and (acting is None or acting.public_id != shown_for):
        raise IdentityChanged


def sees_withdrawn(*, request: HttpRequest, owner_id: int | None) -> bool:
    """Whether a withdrawn picture of that profile is there for the request: for the person, the
    team of the brand, and operators, who may put back what it belongs to."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer.is_operator or owner_id in viewer.own_ids


def tokens_for(*, user_id: int) -> list[TokenRow]:
    """The user's tokens, newest first, those that are over among them. One query."""
    now = clock.now()
    return [
        TokenRow(
            public_id=row.public_id,
            name=row.name,
            hint=row.hint,
            scopes=list(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            state="revoked" if row.revoked_at else "live" if row.expires_at > now else "expired",
        )
        for row in ApiToken.objects.filter(user_id=user_id).order_by("-id")[:100]
    ]


def is_empty() -> bool:
    """Whether nobody has joined yet: the demo is loaded only then."""
    return not Profile.objects.exists()


def has_confirmed(*, user_id: int, email: str) -> bool:
    """Whether the address, however it is written, is one that the account has confirmed. One
    query."""
    mine = EmailAddress.objects.filter(user_id=user_id, verified=True, email__iexact=email)
    return bool(mine.exists())


def confirmed_addresses(*, user_id: int) -> list[str]:
    """The e-mail addresses that an account which can log in has confirmed. One query."""
    rows = EmailAddress.objects.filter(user_id=user_id, user__is_active=True, verified=True)
    return list(rows.order_by("pk").values_list("email", flat=True))
