"""What a question is about, and a question as a brand reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accounts.types import ProfileRef
from core.media import Image, Picture
from core.money import Money


class Show(StrEnum):
    """Which questions: what waits for an answer, what was ticked off, or both."""

    OPEN = "open"
    ANSWERED = "answered"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The thing that a question is about, and who answers for it."""

    kind: str
    ref: str
    title: str
    url: str
    to: ProfileRef
    picture: Picture | None = None


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks; `email` is where the answer goes. A guest has no profile."""

    name: str
    email: str
    profile_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class BriefData:
    """What somebody wants a quote for. Everything but `text` may be left open."""

    text: str
    package: str = ""
    quantity: int | None = None
    unit: str = ""
    budget: Money | None = None
    destination: str = ""
    needed_by: date | None = None
    pin_ids: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BriefRow:
    """The fields of a request for a quote, as a brand reads them."""

    package: str
    quantity: int | None
    unit: str
    budget: Money | None
    destination: str
    needed_by: date | None
    pin_ids: tuple[str, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, kw_only=True)
class EnquiryRow:
    """One question in a brand's list."""

    public_id: str
    kind: str
    title: str
    url: str
    name: str
    email: str
    text: str
    answered: bool
    at: datetime
    asker_handle: str
    brief: BriefRow | None = None


@dataclass(frozen=True, kw_only=True)
class EnquiryPage:
    """Some questions, newest first; `next` asks for the ones before."""

    rows: list[EnquiryRow]
    next: str | None
