"""What a question is about, and a question as a brand reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.types import ProfileRef
from core.media import Picture


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


@dataclass(frozen=True, kw_only=True)
class EnquiryPage:
    """Some questions, newest first; `next` asks for the ones before."""

    rows: list[EnquiryRow]
    next: str | None
