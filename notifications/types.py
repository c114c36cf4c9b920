"""Who is told, and what they read."""

from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, takewhile

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.media import Picture


class AlwaysOn(DomainError):
    """A kind of notice that no channel of can be switched off: a duty of ours."""

    code = "always_on"
    message = _("These notices cannot be switched off.")


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person to tell: in the app if they have a profile, by mail if there is an address.

    `sub` tells two duties towards the same person apart (as buyer and as seller of one order).
    """

    profile_id: int | None = None
    email: str | None = None
    name: str = ""
    sub: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """A notice as the list shows it."""

    public_id: str
    kind: str
    group: str
    title: str
    body: str
    url: str
    action: str
    is_new: bool
    at: datetime
    picture: Picture | None

    @property
    def lead(self) -> str:
        """The first line of the body: what a row says of it."""
        return self.body.strip().split("\n")[0].strip()

    @property
    def announced(self) -> str:
        """What stands below a first line that ends in a colon ("The reason:"), in one line."""
        if not self.lead.endswith(":"):
            return ""
        below = [line.strip() for line in self.body.strip().splitlines()[1:]]
        words = dropwhile(lambda line: not line, below)
        return " ".join(takewhile(bool, words))


@dataclass(frozen=True, kw_only=True)
class Read:
    """A notice that is read now: where it leads, and whether it was new until then."""

    url: str
    was_new: bool


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Some notices, newest first; `next` asks for the ones before."""

    rows: list[NoticeRow]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PreferenceRow:
    """One line of the settings: a kind and what is on."""

    kind: str
    label: str
    note: str
    group: str
    on: frozenset[str]
    locked: frozenset[str]
