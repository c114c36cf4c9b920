"""Facts that the feed states."""

from dataclasses import dataclass, field

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class PinPublished(Event):
    pin_id: str
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PinSaved(Event):
    """Also told of secret boards: whoever hears it must not tell others."""

    pin_id: str
    saver_id: int
    board_id: str


@dataclass(frozen=True, kw_only=True)
class PinLiked(Event):
    pin_id: str
    profile_id: int


@dataclass(frozen=True, kw_only=True)
class PinTakenDown(Event):
    """An operator removed a pin from every page. `at` tells a second time from the first."""

    pin_id: str
    author_id: int = 0
    title: str = ""
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Event):
    comment_id: str


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    """`mentioned` are profiles that the text did not name before."""

    comment_id: str
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CommentLiked(Event):
    comment_id: str
    profile_id: int


@dataclass(frozen=True, kw_only=True)
class CommentTakenDown(Event):
    """An operator removed a comment. `at` tells a second time from the first."""

    comment_id: str
    author_id: int
    title: str
    reason: str
    at: str


@dataclass(frozen=True, kw_only=True)
class NoteTakenDown(Event):
    """An operator removed what somebody wrote beside a pin on a board."""

    board_id: str
    pin_id: str
    author_id: int
    title: str
    reason: str
    at: str


@dataclass(frozen=True, kw_only=True)
class BoardInvited(Event):
    board_id: str
    owner_id: int
    profile_id: int


@dataclass(frozen=True, kw_only=True)
class BoardJoined(Event):
    board_id: str
    owner_id: int
    profile_id: int
