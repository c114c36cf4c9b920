"""Facts about people and brands."""

from dataclasses import dataclass
from typing import ClassVar

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    """Somebody has an account and a profile; their e-mail may not be verified yet."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Event):
    """Somebody has shown that an e-mail address is theirs. Which one is asked of accounts: the
    fact outlives it.
    """

    user_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """Name, handle, text or picture of a profile changed."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileFollowed(Event):
    """A profile follows another that it did not follow a moment ago."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileBlocked(Event):
    """Neither of the two profiles may meet the other from now on; follows between them ended."""

    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileMuted(Event):
    """A profile does not want to hear of another for a while; the other must not learn of it."""

    muter_id: int
    muted_id: int


@dataclass(frozen=True, kw_only=True)
class BrandApproved(Event):
    """A brand and what it sells may be seen by everybody from now on.

    `decision_id` names the decision of the operator who let it in, or back in; 0 when it was made
    approved.
    """

    profile_id: int
    name: str = ""
    decision_id: int = 0


@dataclass(frozen=True, kw_only=True)
class BrandRejected(Event):
    """An operator did not let a brand in; its team reads why."""

    profile_id: int
    reason: str
    name: str = ""
    decision_id: int = 0


@dataclass(frozen=True, kw_only=True)
class BrandSuspended(Event):
    """Nothing of a brand may be seen from now on; its team reads why."""

    profile_id: int
    reason: str = ""
    name: str = ""
    decision_id: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonSuspended(Event):
    """Nothing of a person may be seen from now on, and they cannot log in; they read why."""

    profile_id: int
    reason: str = ""
    name: str = ""
    decision_id: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonRestored(Event):
    """A person's suspension ended: what is theirs may be seen again."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """Somebody joined a brand's team (`how` is joined), has another role (changed), or is off it.

    Off it is `removed` by an owner, or `left` of their own accord. `person_id` is the primary key
    of their profile, `act_id` tells one change from the next.
    """

    brand_id: int
    person_id: int
    role: str
    how: str
    act_id: str


@dataclass(frozen=True, kw_only=True)
class AccountErased(Event):
    """Somebody deleted their account; files of their pictures are still to be removed."""

    profile_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class BrandClosed(Event):
    """An owner ended a brand for good: nothing of it may be seen from now on."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class AccountMail(Event):
    """A mail about somebody's own account is to be sent: a code, a link, a warning.

    `mail_id` gives the Message-ID, so that a mail sent twice can be told from two mails.
    """

    is_secret: ClassVar[bool] = True

    mail_id: str
    to: str
    subject: str
    text: str
    html: str
