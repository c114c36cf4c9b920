"""Values of a brand's papers that cross into other apps and templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, Invalid
from core.media import Picture

ItemState = Literal["done", "missing", "waiting", "change"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the checklist. `said` is what it holds now, `words` what is to do or why.

    `pictures` are to be looked at where words do not tell.
    """

    code: str
    title: str
    state: ItemState
    words: str
    said: str
    fingerprint: str
    pictures: tuple[Picture, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state == "done"


@dataclass(frozen=True, kw_only=True)
class PastReview:
    """One time that operators looked at the papers. `refused` pairs titles with reasons."""

    kind: str
    state: str
    submitted_at: datetime
    decided_at: datetime | None
    note: str
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """What a brand needs before it is let in, and what was said about it so far."""

    state: str
    items: tuple[Item, ...]
    history: tuple[PastReview, ...]
    trader_checked: bool = False

    @property
    def done(self) -> int:
        """How many items are complete."""
        return sum(1 for item in self.items if item.done)

    @property
    def complete(self) -> bool:
        """Whether it may be submitted."""
        return self.done == len(self.items)

    @property
    def next(self) -> Item | None:
        """What to do first: what was sent back, then what is missing, then what is awaited."""
        order = {"change": 0, "missing": 1, "waiting": 2, "done": 3}
        first = min(self.items, key=lambda item: order[item.state])
        return None if first.done else first

    @property
    def open(self) -> bool:
        """Whether operators are looking at it now."""
        return bool(self.history) and self.history[0].state == "open"


@dataclass(frozen=True, kw_only=True)
class DomainData:
    """The domain that a brand claims, and how to prove it."""

    domain: str
    file_url: str
    file_text: str
    meta_tag: str
    asked_at: datetime | None
    proved_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PapersData:
    """What a brand declared. `confirmed_email` is '' until an address was confirmed."""

    unregistered: bool = False
    vat_exempt: bool = False
    confirmed_email: str = ""
    code_email: str = ""
    declared_at: datetime | None = None
    declared_name: str = ""


class Incomplete(Conflict):
    """The papers cannot be submitted: something is missing. `items` are their titles."""

    code = "papers_incomplete"
    message = _("Something is still missing. Finish the list first.")

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(items=list(items))
        self.items = tuple(items)


class PaperRefused(Invalid):
    """One field of the papers is not right; `field` names it."""

    code = "paper_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """The one field, for programs."""
        return [{"field": self.field, "message": str(self.message), "code": self.code}]


class TraderRefused(Invalid):
    """Fields of the trader data are not right; `problems` says why, by field."""

    code = "paper_refused"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """Each of them, for programs."""
        return [
            {"field": name, "message": text, "code": self.code}
            for name, text in self.problems.items()
        ]


class CodeRefused(Invalid):
    """The code from the mail is wrong, too old, or was tried too often."""

    code = "code_refused"
    message = _("That code is not right, or not good any more. Ask for another one.")


class NotProved(Conflict):
    """The token was not found at the domain."""

    code = "domain_not_proved"
    message = _("We did not find the token there.")


class TooManyDrafts(Conflict):
    """Somebody has begun enough brands; they finish one first."""

    code = "too_many_drafts"
    message = _("You have begun as many brands as we keep. Finish one of them first.")


DocumentTerm = Literal["open", "good", "ending", "ended"]


@dataclass(frozen=True, kw_only=True)
class DocumentData:
    """A document in a brand's papers, without the file. `size` is in bytes; `term` says how its
    last day stands to today, "open" without one."""

    document_id: str
    kind: str
    kind_name: str
    name: str
    content_type: str
    size: int
    good_until: date | None
    term: DocumentTerm
    added_at: datetime


@dataclass(frozen=True, kw_only=True)
class DocumentFile:
    """The file itself."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """A review as an operator decides about it. `seen` names exactly these words and documents."""

    review_id: str
    brand: str
    kind: str
    state: str
    items: tuple[Item, ...]
    documents: tuple[DocumentData, ...]
    seen: str
