"""Hashtags as pages show them: one, its wall, and those that somebody follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from accounts.types import Viewer
from feed.audience import hashtags_shown
from feed.cards import build_cards
from feed.models import Hashtag, HashtagFollow, PinHashtag
from feed.saying import hashtag_name, hashtags_said, shown_hashtag
from feed.scroll import MAX_PAGES, PAGE_SIZE
from feed.timelines import next_keyset, read_keyset
from feed.types import MAX_HASHTAGS, Audience, HashtagRef, PinState, WallPage


def hashtag(*, tag: str, viewer: Viewer) -> tuple[HashtagRef, bool] | None:
    """A hashtag, however it is written, and whether whoever acts follows it; None for what is none.
    One query.

    One that no pin says and nobody follows is a hashtag all the same: comments lead to it.
    """
    name = hashtag_name(tag)
    if not name:
        return None
    followed: Exists | Value = Value(False, output_field=BooleanField())
    if viewer.acting_id is not None:
        mine = HashtagFollow.objects.filter(hashtag=OuterRef("pk"), profile=viewer.acting_id)
        followed = Exists(mine)
    row = Hashtag.objects.filter(name=name).annotate(followed=followed).first()
    if row is None:
        return HashtagRef(name=name, shown=shown_hashtag(tag)), False
    return ref_of(row), row.followed


def ref_of(row: Hashtag) -> HashtagRef:
    return HashtagRef(
        name=row.name, shown=row.shown, followers_count=row.followers_count, id=row.pk
    )


def hashtag_wall(
    *,
    of: HashtagRef,
    viewer: Viewer,
    cursor: str = "",
    guest_saves: frozenset[str] = frozenset(),
) -> WallPage:
    """Pins that say a hashtag and that the viewer meets, newest first. Of MAX_PAGES the first on
    which not everything is muted. Three queries, two more for each page of which all is."""
    if of.id is None:
        return WallPage(cards=[], next=None)
    links = hashtags_shown(viewer=viewer).filter(hashtag=of.id)
    before = read_keyset(cursor)
    for _page in range(MAX_PAGES):
        keys = _keys(links, before=before)
        cards = build_cards(
            ids=[pin for pin, _at in keys[:PAGE_SIZE]], viewer=viewer, guest_saves=guest_saves
        )
        if cards or len(keys) <= PAGE_SIZE:
            break
        # All of it is muted: the wall does not end here.
        pin, at = keys[PAGE_SIZE - 1]
        before = at, pin
    return WallPage(cards=cards, next=next_keyset(keys, size=PAGE_SIZE))


def _keys(
    links: QuerySet[PinHashtag], *, before: tuple[datetime, int] | None
) -> list[tuple[int, datetime]]:
    if before:
        at, pin = before
        links = links.filter(published_at__lte=at).exclude(published_at=at, pin__gte=pin)
    rows = links.order_by("-published_at", "-pin").values_list("pin", "published_at")
    return list(rows[: PAGE_SIZE + 1])


def followed_hashtags(*, profile_id: int) -> list[HashtagRef]:
    """All hashtags that somebody follows, those followed last first; a hundred at most. One
    query."""
    rows = Hashtag.objects.filter(follows__profile=profile_id).order_by("-follows__id")
    return [ref_of(row) for row in rows]


def followed_hashtags_count(*, profile_id: int) -> int:
    """How many hashtags somebody follows. One query."""
    return HashtagFollow.objects.filter(profile=profile_id).count()


def said_in_lists(*, state: str, audience: str, title: str, text: str) -> Mapping[str, str]:
    """Under which hashtags a pin has to stand (how each is written, by its name): those of its own
    words, the first thirty, while it stands in lists."""
    if state != PinState.PUBLISHED or audience == Audience.LINK:
        return {}
    return hashtags_said(title, text, most=MAX_HASHTAGS)
