"""Values about organizations: who answers for a brand, and for whom somebody buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class OrganizationData:
    """Who answers for a brand, as the law wants it shown beside what it sells."""

    name: str
    registration_number: str = ""
    vat_id: str = ""
    email: str = ""
    phone: str = ""
    line1: str = ""
    line2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


TRADER_FIELDS: tuple[str, ...] = (
    "organization__checked_at",
    "organization__name",
    "organization__registration_number",
    "organization__vat_id",
    "organization__email",
    "organization__phone",
    "organization__line1",
    "organization__line2",
    "organization__postcode",
    "organization__city",
    "organization__country",
)


@dataclass(frozen=True, kw_only=True)
class TraderDetails(OrganizationData):
    """The organization behind a brand, and when an operator checked it."""

    checked_at: datetime | None = None

    @classmethod
    def from_row(cls, values: Sequence[Any]) -> TraderDetails | None:
        """From the values of TRADER_FIELDS (relative to a profile); None for a person."""
        checked_at, *rest = values
        if rest[0] is None:
            return None
        names = [field.removeprefix("organization__") for field in TRADER_FIELDS[1:]]
        texts = {name: str(value or "") for name, value in zip(names, rest, strict=True)}
        return cls(checked_at=checked_at, **texts)


@dataclass(frozen=True, kw_only=True)
class BuyerRef:
    """A company that somebody may buy for, as far as a choice needs it."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class OwnOrganization:
    """A company that somebody may buy for, whole. `brand` is the handle of the brand that it stands
    behind: its papers are the place where it changes; '' for one that only buys."""

    public_id: str
    data: OrganizationData
    brand: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganizationBefore:
    """What a company was before it was written or left, for the way back.

    `was` is None where there was none; `role` is that of whoever left it, else ''. `now` is what a
    change made of it: who finds it otherwise finds somebody's later words.
    """

    public_id: str
    was: OrganizationData | None
    role: str = ""
    now: OrganizationData | None = None
