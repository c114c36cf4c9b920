"""What crosses out of the feed: cards, pages and the reasons behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from accounts.types import ProfileRef
from catalog.types import ProductCard
from core.media import Image, Picture
from feed.card_types import CHEAP as CHEAP
from feed.card_types import Audience as Audience
from feed.card_types import BoardList as BoardList
from feed.card_types import BoardRef as BoardRef
from feed.card_types import HashtagRef as HashtagRef
from feed.card_types import PinCard as PinCard
from feed.card_types import PinChoice as PinChoice
from feed.card_types import PinFilter as PinFilter
from feed.card_types import PinKinds as PinKinds
from feed.card_types import PinState as PinState
from feed.card_types import Reason as Reason
from feed.card_types import ReasonCode as ReasonCode
from feed.card_types import ServiceMention as ServiceMention
from feed.card_types import WallPage as WallPage
from feed.saying import Part

MAX_TAGS = 20
# Beside the one that walls show.
MAX_FURTHER = 4
# How many visible signs a board may say about itself.
MAX_BOARD_TEXT = 500
MAX_SECTIONS = 50
MAX_MEMBERS = 20
# Under so many hashtags of its words a pin stands, the first ones; so many somebody follows.
MAX_HASHTAGS = 30
MAX_FOLLOWED_HASHTAGS = 100
# How many pins of a board can be moved or removed in one go.
MAX_AT_ONCE = 200
# How many visible signs a comment may have, and for how long it can be changed.
MAX_COMMENT = 1000
EDIT_MINUTES = 15
# And what somebody writes beside a pin that they save.
MAX_NOTE = 140
COMMENTS_PER_MINUTE = 10
COMMENTS_PER_HOUR = 100


class CommentState(StrEnum):
    VISIBLE = "visible"
    DELETED = "deleted"
    TAKEN_DOWN = "taken_down"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.value.replace("_", " ").capitalize()) for state in cls]


@dataclass(frozen=True)
class TagView:
    """A numbered dot. `column` and `row` are the dot's place in steps of 2 % (0..50)."""

    number: int
    x: Decimal
    y: Decimal
    product: ProductCard
    variant_id: str

    @property
    def column(self) -> int:
        return min(50, max(0, round(float(self.x) * 50)))

    @property
    def row(self) -> int:
        return min(50, max(0, round(float(self.y) * 50)))


@dataclass(frozen=True, kw_only=True)
class KeptPin:
    """A pin that somebody keeps, and on which of the boards that they may arrange."""

    card: PinCard
    boards: list[BoardRef]


@dataclass(frozen=True, kw_only=True)
class KeptFound:
    """What answers of all that somebody keeps: `boards` by name (on the first page, unless it was
    narrowed to one `board`), `pins` the best first. `total` counts pins; `next` is the token for
    more."""

    board: BoardRef | None
    boards: list[BoardRef]
    pins: list[KeptPin]
    total: int
    next: str | None


@dataclass(frozen=True)
class SavedBy:
    """People the viewer follows who saved the pin, by name first, then how many in all."""

    names: list[str]
    total: int


@dataclass(frozen=True)
class PinPage:
    """A pin from close up. `saved_on` are the viewer's boards, `boards` all public ones with it.

    `in_lists` says that everybody meets it by now, who did not ask for it by its address.
    """

    public_id: str
    title: str
    text: str
    link: str
    ai_made: bool
    picture: Picture
    author: ProfileRef
    published_at: datetime | None
    saves_count: int
    tags: list[TagView]
    gone: list[str]
    saved_on: list[BoardRef]
    saved_by: SavedBy
    touch: str
    author_followed: bool = False
    likes_count: int = 0
    liked: bool = False
    boards: list[BoardRef] = field(default_factory=list)
    state: str = PinState.PUBLISHED
    category_slug: str | None = None
    category_name: str | None = None
    service: ServiceMention | None = None
    audience: str = Audience.EVERYONE
    in_lists: bool = True
    further: list[Picture] = field(default_factory=list)
    # Its text, cut into what is plain and what leads somewhere.
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A part of a board; the pins without a section have neither id nor title."""

    public_id: str
    title: str
    count: int
    wall: WallPage | None = None
    cover: Picture | None = None


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """Somebody beside the owner: `joined`, or asked only. `at` is when they answered."""

    profile: ProfileRef
    joined: bool
    saved: int
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ArrangeRow:
    """A pin in the list that is arranged; `place` counts from 1. `note` is what its saver wrote,
    as far as the reader meets them; `mine` says that the reader may write it.
    """

    place: int
    pin_id: str
    title: str
    author: str
    picture: Picture | None
    saver: ProfileRef
    note: str
    mine: bool


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """What somebody wrote beside a pin on a board, as the viewer sees it; "" where they wrote
    nothing yet. `mine` may write it, `may_remove` take it away.
    """

    board: BoardRef
    pin_id: str
    pin_title: str
    picture: Picture | None
    author: str
    saver: ProfileRef
    text: str
    mine: bool
    may_remove: bool

    @property
    def url(self) -> str:
        return note_url(self.board.public_id, self.pin_id)


def note_url(board_id: str, pin_id: str) -> str:
    """Where a note is read, written and taken away."""
    return f"/boards/{board_id}/notes/{pin_id}/"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened on a board: `kind` is saved, moved, joined or section.

    `note` is what they said of what they saved."""

    who: ProfileRef | None
    kind: str
    at: datetime
    title: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """A board as the viewer sees it.

    `parts` are what is shown now (all of it, or the section `at`); `sections` all that there are.
    `following` says that the viewer does. `members` are those who joined, for the owner also those
    who were asked. `arranging` names the part whose `rows` are to be arranged ("top": the pins
    without a section), or is "". So many of its pins have something `to_buy` at this moment. `link`
    is the key with which others may look at a secret board, `cover` the pin that was chosen to be
    shown first (public id), both for its owner alone.
    """

    board: BoardRef
    text: str
    owner: ProfileRef
    owner_saves: int
    to_buy: int
    own: bool
    following: bool
    link: str
    cover: str
    may_arrange: bool
    invited: bool
    parts: list[SectionView]
    at: str
    sections: list[SectionView]
    members: list[MemberView]
    arranging: str
    rows: list[ArrangeRow]
    lately: list[Happening]

    @property
    def joined(self) -> list[MemberView]:
        return [one for one in self.members if one.joined]


@dataclass(frozen=True)
class TagData:
    """A tag to be written. `x`, `y` in 0..1; `variant_id` None means "the product as such"."""

    product_id: str
    x: Decimal
    y: Decimal
    variant_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class FurtherPicture:
    """A picture of the author's (public id) that a pin shows after its first; an `alt` of None
    leaves what it says."""

    picture_id: str
    alt: str | None = None


@dataclass(frozen=True, kw_only=True)
class PinData:
    """A pin as its author describes it; each edit is whole. Texts are taken as cleaned.

    `category` is a slug, `board` the public id of a board of the author's, `new_board` the name of
    one that is made for it and takes that one's place. `image` replaces the picture; `alt` and
    `focus` (whole percent across and down) describe the one it then has, and None leaves them as
    they are. So it does for `audience`, since nobody makes a pin public by not speaking of it, for
    whether people may write under it (`comments_open`), and for the pictures after the first
    (`further`).
    """

    title: str = ""
    text: str = ""
    link: str = ""
    category: str | None = None
    ai_made: bool = False
    tags: Sequence[TagData] = ()
    board: str | None = None
    new_board: str = ""
    image: Image | None = None
    alt: str | None = None
    focus: tuple[int, int] | None = None
    audience: Audience | None = None
    comments_open: bool | None = None
    further: Sequence[FurtherPicture] | None = None


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A pin that says again what it said before: the `version` that holds what it said until then,
    and who sees it now, where somebody else did then."""

    version: int
    audience: Audience | None = None


@dataclass(frozen=True)
class Saved:
    """What a save did; `created` is False when the pin was on that board already. `note` is what
    the saver has written beside it; "" as well where somebody else had saved it there before.
    `undo` puts back the note that it replaced; "" where it replaced none."""

    pin_id: str
    board: BoardRef
    created: bool
    note: str = ""
    undo: str = ""


@dataclass(frozen=True)
class Unsaved:
    """The boards that a pin left, and what `undo` takes to put it back as it stood: where and with
    its note; "" where it left none."""

    boards: list[BoardRef]
    undo: str = ""


@dataclass(frozen=True)
class NoteChange:
    """What a note says now, and what `undo` takes to put the one before back; "" where there was
    none or it says the same."""

    text: str
    undo: str = ""


@dataclass(frozen=True)
class Moved:
    """Where a pin stands after a move: `place` counts from 1 among `total` that can be seen."""

    title: str
    place: int
    total: int


@dataclass(frozen=True, kw_only=True)
class CommentView:
    """A comment as the viewer sees it. One that is gone but has replies keeps its place: it has
    no author and no parts. `parts` is the text cut at people, hashtags and addresses."""

    public_id: str
    author: ProfileRef | None
    parts: list[Part]
    text: str
    at: datetime
    edited: bool
    likes_count: int
    liked: bool
    may_edit: bool
    may_delete: bool
    replies: list[CommentView] = field(default_factory=list)
    replies_count: int = 0

    @property
    def gone(self) -> bool:
        return self.author is None


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What is said under a pin, newest first; replies under what they answer, oldest first.

    `next` is the query string of the following page, or None. `own` says that the viewer is the
    pin's owner, who may take comments away and turn them off.
    """

    pin_id: str
    pin_title: str
    is_open: bool
    own: bool
    count: int
    comments: list[CommentView]
    next: str | None = None
