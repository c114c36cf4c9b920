"""Boards: whose, with which pins, and who may see them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from core.media import PICTURE_FIELDS, Picture
from feed.access import arrangeable_boards, last_used_first, visible_boards
from feed.cards import build_cards
from feed.models import Board, Save
from feed.scroll import PAGE_SIZE
from feed.timelines import next_keyset, read_keyset
from feed.types import BoardPage, BoardRef, WallPage

COVERS = 3


def boards_of(*, profile_id: int, viewer: Viewer, limit: int = 60) -> list[BoardRef]:
    """Somebody's boards with three covers each, last used first; secret ones only for them."""
    boards = visible_boards(viewer=viewer).filter(owner=profile_id)
    return _refs(boards.order_by("-last_saved_at", "-id")[:limit], viewer=viewer)


def my_boards(*, profile_id: int) -> list[BoardRef]:
    """The boards that somebody can save to, last used by them first, without covers. One query."""
    boards = last_used_first(arrangeable_boards(profile_id=profile_id), profile_id=profile_id)
    rows = boards.values_list("public_id", "slug", "title", "secret", "pins_count")[:100]
    return [BoardRef(*row) for row in rows]


def _refs(boards: QuerySet[Board], *, viewer: Viewer) -> list[BoardRef]:
    covers = Save.objects.filter(
        board=OuterRef("pk"), pin__state="published", pin__author__state="approved"
    ).order_by("-created_at", "-id")
    if viewer.hidden.ids:
        covers = covers.exclude(pin__author__in=list(viewer.hidden.ids))
    picture = JSONObject(**{name: f"pin__image__{name}" for name in PICTURE_FIELDS})
    rows = boards.annotate(covers=ArraySubquery(covers.values(json=picture)[:COVERS])).values_list(
        "public_id", "slug", "title", "secret", "pins_count", "covers"
    )
    return [
        BoardRef(
            public_id=public_id,
            slug=slug,
            title=title,
            secret=secret,
            pins_count=pins_count,
            covers=[Picture.from_row(*(cover[name] for name in PICTURE_FIELDS)) for cover in found],
        )
        for public_id, slug, title, secret, pins_count, found in rows
    ]


def board_page(
    *, public_id: str, viewer: Viewer, cursor: str = "", guest_saves: frozenset[str] = frozenset()
) -> BoardPage | None:
    """A board that the viewer may see, or None: a secret one looks like one that is not there."""
    row = (
        visible_boards(viewer=viewer)
        .filter(public_id=public_id)
        .values(
            "id",
            "public_id",
            "slug",
            "title",
            "text",
            "secret",
            "pins_count",
            *profile_columns("owner"),
        )
        .first()
    )
    if row is None:
        return None
    owner = ref_from_row(row, "owner")
    return BoardPage(
        board=BoardRef(
            public_id=row["public_id"],
            slug=row["slug"],
            title=row["title"],
            secret=row["secret"],
            pins_count=row["pins_count"],
            owner=owner,
        ),
        text=row["text"],
        owner=owner,
        wall=_board_wall(row["id"], viewer=viewer, cursor=cursor, guest_saves=guest_saves),
        own=_is_own(owner, viewer),
    )


def _is_own(owner: ProfileRef, viewer: Viewer) -> bool:
    return viewer.acting is not None and viewer.acting.id == owner.id


def _board_wall(
    board_id: int, *, viewer: Viewer, cursor: str, guest_saves: frozenset[str]
) -> WallPage:
    saves = Save.objects.filter(board=board_id).order_by("-created_at", "-id")
    before = read_keyset(cursor)
    if before:
        at, save_id = before
        saves = saves.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=save_id))
    rows = list(saves.values_list("id", "created_at", "pin_id")[: PAGE_SIZE + 1])
    keys: list[tuple[int, datetime | None]] = [(row[0], row[1]) for row in rows]
    cards = build_cards(
        ids=[row[2] for row in rows[:PAGE_SIZE]],
        viewer=viewer,
        guest_saves=guest_saves,
    )
    return WallPage(cards=cards, next=next_keyset(keys))


def board_titles(*, public_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Title and address of public boards of public people by public id."""
    rows = Board.objects.filter(public_id__in=public_ids, secret=False, owner__state="approved")
    return {
        public_id: (title, f"/board/{public_id}/{slug}/")
        for public_id, title, slug in rows.values_list("public_id", "title", "slug")
    }
