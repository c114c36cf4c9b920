"""What a report is about."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.types import ProfileRef


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The thing that is reported, and whose it is."""

    kind: str
    ref: str
    title: str
    url: str
    author: ProfileRef
