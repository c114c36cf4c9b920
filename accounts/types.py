"""What of a person or brand crosses to other apps, and who is looking at a page."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.errors import BuyingChanged as BuyingChanged
from accounts.models import User
from accounts.organization_types import TRADER_FIELDS as TRADER_FIELDS
from accounts.organization_types import BuyerRef as BuyerRef
from accounts.organization_types import OrganizationBefore as OrganizationBefore
from accounts.organization_types import OrganizationData as OrganizationData
from accounts.organization_types import OwnOrganization as OwnOrganization
from accounts.organization_types import TraderDetails as TraderDetails
from api import operations
from core.errors import Forbidden
from core.media import Picture, picture_fields

Kind = Literal["person", "brand"]
Role = Literal["owner", "catalogue", "orders", "chat", "ads", "finance"]
# Who of a brand's team may act in its name before others: save, like, talk, follow, block.
VOICES: frozenset[Role] = frozenset({"owner", "catalogue", "chat"})


# The columns of a by-line, relative to a profile, in the order that `ProfileRef.from_row` takes.
# An app above puts its own path in front: [f"seller__{name}" for name in PROFILE_FIELDS].
_OWN_FIELDS = ("id", "public_id", "kind", "handle", "name", "verified_at")
PROFILE_FIELDS: tuple[str, ...] = (*_OWN_FIELDS, *picture_fields("picture"))


@dataclass(frozen=True, kw_only=True)
class ProfileRef:
    """As much of a profile as a by-line needs."""

    id: int
    public_id: str
    kind: Kind
    handle: str
    name: str
    picture: Picture | None = None
    verified: bool = False

    @property
    def url(self) -> str:
        """Its page. Built here and not reversed, because a wall shows hundreds of them."""
        return f"/@{self.handle}/"

    @property
    def short_name(self) -> str:
        """As a by-line says it among friends: a person's first name, a brand's whole."""
        return self.name.split()[0] if self.kind == "person" else self.name

    @classmethod
    def from_row(cls, values: Sequence[Any]) -> ProfileRef:
        """A by-line from the values of PROFILE_FIELDS, in that order."""
        profile_id, public_id, kind, handle, name, verified_at = values[: len(_OWN_FIELDS)]
        return cls(
            id=profile_id,
            public_id=public_id,
            kind=kind,
            handle=handle,
            name=name,
            verified=verified_at is not None,
            picture=picture_from(values[len(_OWN_FIELDS) :]),
        )


def picture_from(values: Sequence[Any]) -> Picture | None:
    """A picture from the values of PICTURE_FIELDS; None when the outer join found none."""
    return None if values[0] is None else Picture.from_row(*values)


def profile_columns(prefix: str = "") -> list[str]:
    """Columns for `.values()` from which `ref_from_row` builds a by-line.

    `prefix` is the path of the foreign key to the profile, without trailing underscores.
    """
    lead = f"{prefix}__" if prefix else ""
    return [f"{lead}{name}" for name in PROFILE_FIELDS]


def ref_from_row(row: Mapping[str, Any], prefix: str = "") -> ProfileRef:
    """A by-line from a row that was selected with `profile_columns(prefix)`."""
    return ProfileRef.from_row([row[name] for name in profile_columns(prefix)])


@dataclass(frozen=True, kw_only=True)
class BrandRole:
    """A brand and what the viewer may do for it.

    `state` is draft, submitted, rejected or approved: nobody acts for a suspended one.
    """

    profile: ProfileRef
    role: Role
    state: str = "approved"

    @property
    def is_public(self) -> bool:
        """Whether anybody but its team can see the brand."""
        return self.state == "approved"


@dataclass(frozen=True, kw_only=True)
class ProfilePage:
    """A profile as its own page shows it."""

    ref: ProfileRef
    bio: str
    links: list[str]
    cover: Picture | None
    state: str
    followers_count: int
    following_count: int
    created_at: datetime
    country: str = ""
    trader: TraderDetails | None = None

    @property
    def is_public(self) -> bool:
        """False only for the team of a brand that is not approved yet."""
        return self.state == "approved"


@dataclass(frozen=True, kw_only=True)
class BrandFile:
    """A brand as its own team and an operator see it while it is being let in."""

    ref: ProfileRef
    state: str
    bio: str
    picture_id: int | None
    cover_id: int | None
    cover: Picture | None
    trader: TraderDetails


@dataclass(frozen=True, kw_only=True)
class AddressData:
    """Where somebody has things sent. `country` is an ISO 3166 alpha-2 code, `phone` may be ''."""

    name: str
    line1: str
    postcode: str
    city: str
    country: str
    company: str = ""
    line2: str = ""
    phone: str = ""
    is_default: bool = False
    public_id: str = ""


@dataclass(frozen=True, kw_only=True)
class AddressBefore:
    """What an address was before it was written or removed, for the way back.

    `was` is None where there was none. `first` names the address that was used first, where the act
    changed which one is; '' where it left that alone, or there was none.
    """

    public_id: str
    was: AddressData | None
    first: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamMember:
    """Somebody who acts for a brand. `profile_id` is their own profile, where notices go."""

    user_id: int
    email: str
    name: str
    profile_id: int
    role: Role
    handle: str = ""


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One line of a brand's log. `words` say what was done, by whom `name` and `handle`.

    Both are '' when the market itself did it, or somebody whose account is gone.
    """

    at: datetime
    name: str
    handle: str
    words: str
    group: str
    subject: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """Some lines of a brand's log, newest first; `next` asks for the ones before."""

    rows: list[LogEntry]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Whom and what a viewer is not shown. It comes with the viewer: reading it costs no query.

    `blocked`: neither sees the other, whoever asked for it: their pages answer 404. `muted`: left
    out of walls, lists and notices, but still there for who goes to them. `words`: pins that hold
    one of these are left out of walls. `owners`: public ids of the blocked and the muted.
    """

    blocked: frozenset[int] = frozenset()
    muted: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    owners: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.blocked or self.muted or self.words)

    @property
    def ids(self) -> frozenset[int]:
        """Profiles to leave out of anything that nobody asked for by name."""
        return self.blocked | self.muted

    @property
    def mark(self) -> str:
        """Changes when what is hidden changes: part of the key of whatever is kept for a viewer."""
        if not self:
            return ""
        parts = [sorted(self.blocked), sorted(self.muted), sorted(self.words)]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


NOTHING_HIDDEN = Hidden()


@dataclass(frozen=True, kw_only=True)
class MuteRow:
    """Something muted, for its list: a profile or a word, perhaps until a moment."""

    profile: ProfileRef | None
    word: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    """A browser in which somebody is logged in; `is_this` is the one that asks."""

    public_id: str
    device: str
    since: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    """Somebody on a brand's team as its page shows them."""

    user_id: int
    person: ProfileRef
    email: str
    role: Role
    since: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationRow:
    """Somebody who was asked to join a team and has not answered; `expired` ones can be renewed."""

    public_id: str
    email: str
    role: Role
    expires_at: datetime
    expired: bool


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """What a link in a mail invites to."""

    id: int
    email: str
    role: Role
    brand: ProfileRef


def member_key(user_id: int) -> str:
    """Stable name of somebody with an account, for idempotency keys."""
    return f"u:{user_id}"


@dataclass(eq=False, kw_only=True)
class Viewer:
    """Who looks at the page: `request.viewer`. All of it comes with the row of the user.

    `profile` is the person, `acting` the person or the brand they act for now. A guest has neither.
    `is_protected` says that a log-in of theirs takes two proofs, so that pages of money may open.
    """

    user: User | None = None
    profile: ProfileRef | None = None
    acting: ProfileRef | None = None
    brands: list[BrandRole] = field(default_factory=list)
    # Companies that they may buy for, and the one they buy for now: None is for themselves.
    organizations: list[BuyerRef] = field(default_factory=list)
    buying: BuyerRef | None = None
    unread_count: int = 0
    bag_count: int = 0
    consent: frozenset[str] = frozenset()
    interests: list[str] = field(default_factory=list)
    session: SessionBase | None = field(default=None, repr=False)
    # Where the request came from, as far as our proxies say; '' without a request.
    address: str = ""
    is_protected: bool = False
    hidden: Hidden = NOTHING_HIDDEN

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in."""
        return self.user is not None

    @property
    def is_operator(self) -> bool:
        """Whether the administration is open to them."""
        return self.user is not None and self.user.is_staff

    @property
    def user_id(self) -> int | None:
        """Primary key of who is logged in: whom the log of a brand names. None for a guest."""
        return self.user.pk if self.user else None

    @property
    def own_ids(self) -> set[int]:
        """Primary keys of the person's own profile and of the brands on whose team they are."""
        own = {self.profile.id} if self.profile else set()
        return own | {brand.profile.id for brand in self.brands}

    def works_for(self, profile_id: int, *, roles: Collection[str]) -> bool:
        """Whether the viewer has one of the roles, or owns it, in the brand of that profile."""
        return any(
            brand.profile.id == profile_id and brand.role in {"owner", *roles}
            for brand in self.brands
        )

    @property
    def acting_id(self) -> int | None:
        """Primary key of the acting profile; None for a guest."""
        return self.acting.id if self.acting else None

    @property
    def acting_brand(self) -> BrandRole | None:
        """The brand they act for now, or None while they act for themselves."""
        acting = self.acting_id
        return next((brand for brand in self.brands if brand.profile.id == acting), None)

    def voice(self) -> ProfileRef | None:
        """Who is seen to act: whom they act for; None for a guest.

        Ask it before anything is done in a profile's name (saves, boards, likes, comments, follows,
        blocks). Raises Forbidden when they act for a brand and their role is none of VOICES.
        """
        if self.silent:
            raise Forbidden(_("Your role does not speak for this brand."))
        return self.acting

    @property
    def silent(self) -> bool:
        """Whether they act for a brand in whose name their role may not be seen to act."""
        brand = self.acting_brand
        return brand is not None and brand.role not in VOICES

    @property
    def brand_actor_id(self) -> int | None:
        """Primary key of the user, for the log of the brand that they act for; None without one."""
        return self.user.pk if self.user is not None and self.acting_brand is not None else None

    @property
    def limit_key(self) -> str:
        """Who has a limit: the user, or for guests where they come from.

        A guest's session is no one to count by: who keeps no cookies has a new one each time.
        """
        if self.user is not None:
            return f"u:{self.user.pk}"
        return "ip:" + hashlib.sha256(self.address.encode()).hexdigest()[:32]

    @property
    def visitor_key(self) -> str:
        """Stable name of the visitor, for idempotency keys.

        A guest without a session gets one here: ask only where the visitor *does* something.
        """
        if self.user is not None:
            return member_key(self.user.pk)
        if self.session is None:
            return "s:none"
        if self.session.session_key is None:
            self.session.create()
        return "s:" + hashlib.sha256(str(self.session.session_key).encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class ProviderRow:
    """An account elsewhere that opens this one, or may: `public_id` is '' until it does.

    `slug` is '' for a provider that is no longer set up: it can only be disconnected.
    """

    slug: str
    title: str
    public_id: str = ""
    email: str = ""
    since: datetime | None = None


class Request(HttpRequest):
    """A request behind our middleware: what views take, so that `viewer` is known to mypy."""

    viewer: Viewer


class Call(operations.Call):
    """A call of the API behind our middleware: what operations take."""

    viewer: Viewer


@dataclass(frozen=True, kw_only=True)
class NewToken:
    """A token that was just made: the one time that its secret is seen."""

    public_id: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """A token as its owner sees it. `state` is live, expired or revoked."""

    public_id: str
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    state: str
