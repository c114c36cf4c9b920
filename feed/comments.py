"""What is said under a pin, as somebody sees it. Three queries for any number of comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from core import clock
from feed.audience import visible_pins
from feed.models import Comment, CommentLike, CommentMention
from feed.saying import parts_of
from feed.timelines import next_keyset, read_keyset
from feed.types import EDIT_MINUTES, CommentState, CommentView, Talk

PAGE = 10
REPLIES = 3
MAX_THREAD = 500

_SEEN = Q(state=CommentState.VISIBLE, author__state="approved")
_COLUMNS = ("id", "public_id", "parent_id", "text", "state", "created_at", "edited_at")


def visible_comments() -> QuerySet[Comment]:
    """Comments that anybody may see: not hidden, by public people, under public pins."""
    return Comment.objects.filter(_SEEN, pin__state="published", pin__author__state="approved")


def talk_page(*, pin_id: str, viewer: Viewer, cursor: str = "", limit: int = PAGE) -> Talk | None:
    """A page of what is said under a public pin, or None. Four queries, two when nothing is."""
    pin = _pin(pin_id, viewer)
    if pin is None:
        return None
    threads = Comment.objects.filter(pin=pin["id"], parent__isnull=True)
    threads = _worth_showing(threads, viewer)
    before = read_keyset(cursor)
    if before:
        at, comment_id = before
        threads = threads.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=comment_id))
    rows = _rows(threads.order_by("-created_at", "-id"), viewer=viewer)[: limit + 1]
    keys: list[tuple[int, datetime | None]] = [(row["id"], row["created_at"]) for row in rows]
    return _talk(pin, list(rows[:limit]), viewer=viewer, next_=next_keyset(keys, size=limit))


def thread_page(*, comment_id: str, viewer: Viewer) -> Talk | None:
    """One comment with all its replies (up to 500); asked for by a reply it is the same thread.

    None when it is hidden and nothing under it can be seen. Five queries.
    """
    found = Comment.objects.filter(public_id=comment_id)
    row = found.values("parent_id", "id", "pin__public_id").first()
    pin = _pin(row["pin__public_id"], viewer) if row else None
    if row is None or pin is None:
        return None
    threads = Comment.objects.filter(pk=row["parent_id"] or row["id"])
    threads = _worth_showing(threads, viewer)
    rows = list(_rows(threads, viewer=viewer))
    return _talk(pin, rows, viewer=viewer, replies=MAX_THREAD) if rows else None


def _pin(public_id: str, viewer: Viewer) -> dict[str, Any] | None:
    pins = visible_pins(viewer=viewer).filter(public_id=public_id)
    row = pins.values(
        "id", "public_id", "title", "author_id", "comments_open", "comments_count"
    ).first()
    return dict(row) if row else None


def _seen_by(viewer: Viewer) -> Q:
    """Not hidden, and not by somebody whom the viewer does not want to meet."""
    return _SEEN & ~Q(author__in=list(viewer.hidden.ids)) if viewer.hidden.ids else _SEEN


def _worth_showing(threads: QuerySet[Comment], viewer: Viewer) -> QuerySet[Comment]:
    """Comments that are seen, and those that only hold a place for replies that are."""
    replies = Comment.objects.filter(_seen_by(viewer), parent=OuterRef("pk"))
    return threads.filter(_seen_by(viewer) | Exists(replies))


def _rows(
    comments: QuerySet[Comment], *, viewer: Viewer, more: Sequence[str] = ()
) -> QuerySet[Comment, Any]:
    liked: Exists | Value = Value(False, output_field=BooleanField())
    if viewer.acting_id is not None:
        liked = Exists(CommentLike.objects.filter(comment=OuterRef("pk"), profile=viewer.acting_id))
    columns = [*_COLUMNS, "likes_count", "liked", "author__state", *profile_columns("author")]
    rows: QuerySet[Comment, Any] = comments.annotate(liked=liked).values(*columns, *more)
    return rows


def _talk(
    pin: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    *,
    viewer: Viewer,
    replies: int = REPLIES,
    next_: str | None = None,
) -> Talk:
    below, totals = _replies([row["id"] for row in rows], viewer=viewer, limit=replies)
    people = _people([*rows, *(one for found in below.values() for one in found)])
    own = viewer.acting_id == pin["author_id"]

    def view(row: Mapping[str, Any], replies: Sequence[CommentView] = ()) -> CommentView:
        return _view(
            row,
            people=people.get(row["id"], {}),
            viewer=viewer,
            own_pin=own,
            replies=list(replies),
            replies_count=totals.get(row["id"], 0),
        )

    comments = [view(row, [view(one) for one in below.get(row["id"], [])]) for row in rows]
    return Talk(
        pin_id=pin["public_id"],
        pin_title=pin["title"],
        is_open=pin["comments_open"],
        own=own,
        count=pin["comments_count"],
        comments=comments,
        next=next_,
    )


def _replies(
    parents: Sequence[int], *, viewer: Viewer, limit: int
) -> tuple[dict[int, list[Mapping[str, Any]]], dict[int, int]]:
    """The first replies of each, and how many each has; one query."""
    if not parents:
        return {}, {}
    found = Comment.objects.filter(_seen_by(viewer), parent__in=parents).annotate(
        place=Window(RowNumber(), F("parent_id"), [F("created_at").asc(), F("id").asc()]),
        total=Window(Count("id"), F("parent_id")),
    )
    below: dict[int, list[Mapping[str, Any]]] = {}
    totals: dict[int, int] = {}
    for row in _rows(found.filter(place__lte=limit), viewer=viewer, more=["total"]):
        below.setdefault(row["parent_id"], []).append(row)
        totals[row["parent_id"]] = row["total"]
    for found_rows in below.values():
        found_rows.sort(key=lambda row: (row["created_at"], row["id"]))
    return below, totals


def _people(rows: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, str]]:
    """Addresses of the people that each comment names, by handle as it was written; one query."""
    naming = [row["id"] for row in rows if "@" in row["text"]]
    if not naming:
        return {}
    found: dict[int, dict[str, str]] = {}
    mentions = CommentMention.objects.filter(comment__in=naming, profile__state="approved")
    for comment_id, written, handle in mentions.values_list(
        "comment_id", "handle", "profile__handle"
    ):
        found.setdefault(comment_id, {})[written] = f"/@{handle}/"
    return found


def _view(
    row: Mapping[str, Any],
    *,
    people: Mapping[str, str],
    viewer: Viewer,
    own_pin: bool,
    replies: list[CommentView],
    replies_count: int,
) -> CommentView:
    seen = (
        row["state"] == CommentState.VISIBLE
        and row["author__state"] == "approved"
        and row["author__id"] not in viewer.hidden.ids
    )
    author: ProfileRef | None = ref_from_row(row, "author") if seen else None
    mine = author is not None and author.id == viewer.acting_id
    minutes = (clock.now() - row["created_at"]).total_seconds() / 60
    return CommentView(
        public_id=row["public_id"],
        author=author,
        parts=parts_of(row["text"], people=people) if seen else [],
        text=row["text"] if seen else "",
        at=row["created_at"],
        edited=row["edited_at"] is not None,
        likes_count=row["likes_count"],
        liked=row["liked"],
        may_edit=mine and minutes < EDIT_MINUTES,
        may_delete=seen and (mine or own_pin),
        replies=replies,
        replies_count=replies_count,
    )


def comment_subject(*, public_id: str, viewer: Viewer) -> tuple[str, str, ProfileRef] | None:
    """Words, address and author of a comment that the viewer can see, or None. One query."""
    comments = visible_comments().exclude(author__in=list(viewer.hidden.blocked))
    row = comments.filter(public_id=public_id).values("text", *profile_columns("author")).first()
    if row is None:
        return None
    return row["text"], f"/comment/{public_id}/", ref_from_row(row, "author")
