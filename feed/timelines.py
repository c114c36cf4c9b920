"""Walls: Home, Following, Explore and one author's pins, each in a constant number of queries."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.queries import followed_ids
from accounts.types import Viewer
from catalog.queries import categories, category_tree_ids
from core import clock
from feed import ranking, scroll, wall
from feed.audience import shown_pins
from feed.cards import build_cards
from feed.kinds import only
from feed.models import Save
from feed.scroll import MAX_PAGES, PAGE_SIZE, Item, Position
from feed.types import PinFilter, Reason, ReasonCode, WallPage
from tracking.queries import PERSONAL

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
EXPLORE_SLOT_SECONDS = 300
KEYSET = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})")


def home_timeline(
    *, viewer: Viewer, position: Position, guest_saves: frozenset[str] = frozenset()
) -> WallPage:
    """Home of somebody signed in: follows, what they save, followed boards, chosen interests,
    popular, fresh.

    Four queries on the first page (follows, candidates, pins, products), three on the others (who
    still shows what they saved, pins, products); two more for each page of which all is muted.
    """
    assert viewer.acting is not None  # noqa: S101 -- the view sends guests to Explore
    # What is hidden is part of the name: a wall kept from before a block is not shown after it.
    kind = "own" if PERSONAL in viewer.consent else "plain"
    owner = f"{viewer.acting.id}:{kind}:{viewer.hidden.mark}"
    items = scroll.load(owner=owner, token=position.token) if position.token else None
    if items is None:
        now = clock.now()
        at = scroll.began(token=position.token, now=now)
        if at is None:
            at, position = now, Position(token=scroll.new_token(at=now))
        items = _rank_home(viewer=viewer, at=at)
        scroll.keep(owner=owner, token=position.token, items=items)
    else:
        items = _still_told(items, start=_shown(position)[0])
    return _page_of(items, position=position, viewer=viewer, guest_saves=guest_saves)


def _rank_home(*, viewer: Viewer, at: datetime) -> list[Item]:
    assert viewer.acting is not None  # noqa: S101
    own = viewer.acting.id
    hidden = viewer.hidden.ids
    # Whoever refused a wall of their own gets what is popular and new, like everybody.
    personal = PERSONAL in viewer.consent
    followed = followed_ids(profile_id=own) if personal else []
    interests = viewer.interests if personal else []
    found = wall.candidates(
        reader=own if personal else None,
        followed=[one for one in followed if one not in hidden],
        categories=category_tree_ids(slugs=interests) if interests else [],
        without=hidden | {own},
        at=at,
    )
    return [
        Item(item.pin_id, item.source, item.detail, item.others, item.named)
        for item in ranking.spread(found, n=PAGE_SIZE * MAX_PAGES)
    ]


def _still_told(items: list[Item], *, start: int) -> list[Item]:
    """A kept wall, which from `start` on names nobody who does not show by now that they saved a
    pin, and no board that does not show it: the board is secret, they took it off, or who saved it
    or owns the board is not public. To the end of it: where all of a page is muted, a later one is
    shown. One query."""
    named = [one for one in items[start:] if one.source in wall.NAMING]
    if not named:
        return items
    people, boards = (
        {one.named for one in named if one.source is source} for source in wall.NAMING
    )
    saves = Save.objects.filter(
        Q(saver__in=people, saver__state="approved")
        | Q(board__in=boards, board__owner__state="approved"),
        pin__in=[one.pin_id for one in named],
        board__secret=False,
    )
    told: set[tuple[int, ReasonCode, int]] = set()
    for pin, saver, saver_state, board, owner_state in saves.values_list(
        "pin_id", "saver_id", "saver__state", "board_id", "board__owner__state"
    ):
        if saver_state == "approved":
            told.add((pin, ReasonCode.SAVED_BY_FOLLOWED, saver))
        if owner_state == "approved":
            told.add((pin, ReasonCode.ON_FOLLOWED_BOARD, board))
    hidden = {one for one in named if (one.pin_id, one.source, one.named) not in told}
    return [Item(one.pin_id, ReasonCode.INTEREST, "", 0) if one in hidden else one for one in items]


def explore_wall(
    *,
    viewer: Viewer,
    category: str | None,
    position: Position,
    guest_saves: frozenset[str] = frozenset(),
) -> WallPage:
    """The popular wall, the same for everybody within five minutes; of one category or of all.

    A position on a wall that is kept no more is the same one on the wall of now.
    """
    owner, now = f"explore:{category or ''}", _slot_token()
    token = position.token or now
    items = scroll.load(owner=owner, token=token)
    if items is None and token != now:
        token, items = now, scroll.load(owner=owner, token=now)
    position = Position(token=token, page=position.page, first=position.first)
    if items is None:
        chosen = category_tree_ids(slugs=[category]) if category else None
        ids = wall.popular_ids(categories=chosen, n=PAGE_SIZE * MAX_PAGES)
        items = [Item(pin_id, ReasonCode.POPULAR, "", 0) for pin_id in ids]
        scroll.keep(owner=owner, token=token, items=items)
    return _page_of(
        items, position=position, viewer=viewer, guest_saves=guest_saves, show_reasons=False
    )


def _slot_token() -> str:
    slot = int(clock.now().timestamp()) // EXPLORE_SLOT_SECONDS * EXPLORE_SLOT_SECONDS
    return f"{slot:x}-{0:012x}"


def _shown(position: Position) -> tuple[int, int]:
    """From where to where the pages go that are shown."""
    return (position.first - 1) * PAGE_SIZE, position.page * PAGE_SIZE


def _page_of(
    items: list[Item],
    *,
    position: Position,
    viewer: Viewer,
    guest_saves: frozenset[str],
    show_reasons: bool = True,
) -> WallPage:
    start, end = _shown(position)
    shown = items[start:end]
    liked = viewer.interests
    reasons = {item.pin_id: _reason(item, liked) for item in shown} if show_reasons else {}
    cards = build_cards(
        ids=[item.pin_id for item in shown],
        viewer=viewer,
        reasons=reasons,
        guest_saves=guest_saves,
    )
    more = len(items) > end and position.page < MAX_PAGES
    if more and not cards:  # all of it is muted: the wall does not end here
        after = Position(token=position.token, page=position.page + 1, first=position.page + 1)
        return _page_of(
            items,
            position=after,
            viewer=viewer,
            guest_saves=guest_saves,
            show_reasons=show_reasons,
        )
    return WallPage(
        cards=cards,
        next=f"scroll={position.token}&page={position.page + 1}" if more else None,
        scroll=position.token,
        page=position.page,
    )


def _reason(item: Item, liked: Collection[str]) -> Reason:
    """Words for why a card is here; `liked` are the slugs of the categories they picked."""
    match item.source:
        case ReasonCode.SAVED_BY_FOLLOWED if item.others:
            text = ngettext(
                "%(name)s + %(count)s you follow saved this",
                "%(name)s + %(count)s you follow saved this",
                item.others,
            ) % {"name": item.detail.split()[0], "count": item.others}
        case ReasonCode.SAVED_BY_FOLLOWED:
            text = _("%(name)s saved this") % {"name": item.detail.split()[0]}
        case ReasonCode.ON_FOLLOWED_BOARD:
            text = _("On %(board)s, a board you follow") % {"board": item.detail}
        case ReasonCode.UNDER_FOLLOWED_HASHTAG:
            text = _under(item.detail)
        case ReasonCode.INTEREST:
            picked = _picked(item.detail, liked)
            if picked is None:
                return Reason(code=item.source, text=_("for you"), beside=True)
            text = _("Because you like %(category)s") % {"category": picked}
        case ReasonCode.FOLLOWED:
            return Reason(code=item.source, text=_("you follow"), beside=True)
        case ReasonCode.POPULAR:
            return Reason(code=item.source, text=_("popular"), beside=True)
        case ReasonCode.FRESH:
            return Reason(code=item.source, text=_("new"), beside=True)
    return Reason(code=item.source, text=text)


def _under(hashtag: str) -> str:
    return _("Under #%(hashtag)s, a hashtag you follow") % {"hashtag": hashtag}


def _picked(category_id: str, liked: Collection[str]) -> str | None:
    """The name of what somebody picked, as they picked it: a pin may be in a branch below."""
    by_slug = {category.slug: category for category in categories()}
    one = next((one for one in by_slug.values() if str(one.id) == category_id), None)
    while one is not None and one.slug not in liked:
        one = by_slug.get(one.parent_slug or "")
    return None if one is None else one.name


def following_timeline(
    *,
    viewer: Viewer,
    cursor: str = "",
    guest_saves: frozenset[str] = frozenset(),
) -> WallPage:
    """Only people and brands that the viewer follows, and what says a hashtag that they follow,
    strictly newest first. Of MAX_PAGES the first on which not everything is muted.

    The cursor is the last card's date and id, so nothing repeats and nothing is skipped
    while pins arrive, without anything kept in between.
    """
    assert viewer.acting is not None  # noqa: S101 -- the view asks to sign in first
    before = read_keyset(cursor)
    for _page in range(MAX_PAGES):
        keys = feed_ids(
            viewer_id=viewer.acting.id, before=before, n=PAGE_SIZE + 1, without=viewer.hidden.ids
        )
        cards = build_cards(
            ids=[pin_id for pin_id, _at, _tag in keys[:PAGE_SIZE]],
            viewer=viewer,
            reasons={
                pin_id: Reason(code=ReasonCode.UNDER_FOLLOWED_HASHTAG, text=_under(tag))
                for pin_id, _at, tag in keys[:PAGE_SIZE]
                if tag is not None
            },
            guest_saves=guest_saves,
        )
        if cards or len(keys) <= PAGE_SIZE:
            break
        # All of it is muted: the wall does not end here.
        pin_id, at, _tag = keys[PAGE_SIZE - 1]
        before = at, pin_id
    dated = [(pin_id, at) for pin_id, at, _tag in keys]
    return WallPage(cards=cards, next=next_keyset(dated, size=PAGE_SIZE))


def feed_ids(
    *,
    viewer_id: int,
    before: tuple[datetime, int] | None,
    n: int,
    without: frozenset[int] = frozenset(),
) -> list[tuple[int, datetime, str | None]]:
    """The seam of the pulled wall: pin ids and dates of the followed, newest first, from the
    beginning (None) or those `before` a pin's date and id; with a hashtag where that, and nobody
    whom the viewer follows, is why the pin is there.

    `without` the pins of some, whom the viewer muted or who are kept from them.
    """
    authors = [one for one in followed_ids(profile_id=viewer_id) if one not in without]
    return wall.followed_keys(
        reader=viewer_id,
        authors=authors,
        without={*without, viewer_id},
        before=before or (END_OF_TIME, 0),
        n=n,
        first=before is None,
    )


def pins_of(
    *,
    author_id: int,
    viewer: Viewer,
    cursor: str = "",
    wanted: PinFilter | None = None,
    guest_saves: frozenset[str] = frozenset(),
    size: int = PAGE_SIZE,
) -> WallPage:
    """An author's pins that the viewer meets, newest first; all, or those that are `wanted`. So
    many on this page."""
    pins = shown_pins(viewer=viewer).filter(author=author_id).order_by("-published_at", "-id")
    if wanted is not None:
        pins = only(pins, wanted)
    before = read_keyset(cursor)
    if before:
        at, pin_id = before
        pins = pins.filter(Q(published_at__lt=at) | Q(published_at=at, id__lt=pin_id))
    keys = list(pins.values_list("id", "published_at")[: size + 1])
    cards = build_cards(
        ids=[pin_id for pin_id, _at in keys[:size]],
        viewer=viewer,
        guest_saves=guest_saves,
        muted_too=True,
    )
    return WallPage(cards=cards, next=next_keyset(keys, size=size))


def read_keyset(cursor: str) -> tuple[datetime, int] | None:
    """A cursor that we gave out, as (date, id); anything else is the beginning."""
    match = KEYSET.fullmatch(cursor)
    if match is None:
        return None
    try:
        return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    except OverflowError:
        return None


def next_keyset(
    keys: Sequence[tuple[int, datetime | None]], *, size: int = PAGE_SIZE
) -> str | None:
    """The query string of the next page, when there is more than this one."""
    if len(keys) <= size:
        return None
    pin_id, at = keys[size - 1]
    assert at is not None  # noqa: S101 -- published pins have a date (constraint)
    return f"cursor={(at - EPOCH) // timedelta(microseconds=1)}.{pin_id}"
