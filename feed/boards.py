"""Lists of boards: somebody's, those one can save to, those that hold a pin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, JSONObject

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from core.media import PICTURE_FIELDS, Picture
from core.paging import Order, moment
from feed.access import (
    NEVER,
    arrangeable_boards,
    by_last_use,
    joined_by,
    saves_in_reach,
    visible_boards,
)
from feed.audience import covers_shown
from feed.models import Board
from feed.types import BoardList, BoardRef

COVERS = 3
HOLDING = 4
PAGE = 60
# So many are offered at once where one of them is chosen.
MINE = 100
LAST_USED = Order(field="used_at", read=moment)


def boards_of(*, profile_id: int, viewer: Viewer, cursor: str = "", limit: int = PAGE) -> BoardList:
    """The boards that somebody made or joined, with three covers each, last used first; secret
    ones only for those who are on them. One query."""
    boards = visible_boards(viewer=viewer).filter(Q(owner=profile_id) | Q(joined_by(profile_id)))
    boards = boards.annotate(used_at=Coalesce(F("last_saved_at"), Value(NEVER)))
    page = LAST_USED.sorted(boards, cursor)[: limit + 1]
    return _page(
        [(board_ref(row), row) for row in board_rows(page, viewer=viewer, also=("id", "used_at"))],
        limit=limit,
    )


def my_boards(*, profile_id: int, cursor: str = "", limit: int = MINE) -> BoardList:
    """The boards that somebody can save to, last used by them first, without covers. One query."""
    boards = by_last_use(arrangeable_boards(profile_id=profile_id), profile_id=profile_id)
    rows = LAST_USED.sorted(boards, cursor).values(*_PLAIN, "id", "used_at")[: limit + 1]
    return _page([(_plain_ref(row), row) for row in rows], limit=limit)


def boards_to_choose(*, author_id: int, chosen: str, viewer: Viewer) -> list[BoardRef]:
    """The author's own boards with their covers, on which a pin of theirs can lie: the one that is
    chosen (public id) first, then those last used. One query."""
    boards = by_last_use(Board.objects.filter(owner=author_id), profile_id=author_id)
    first = Case(When(public_id=chosen, then=Value(0)), default=Value(1))
    return board_refs(boards.order_by(first, F("used_at").desc(), "-id")[:MINE], viewer=viewer)


_PLAIN = ("public_id", "slug", "title", "secret", "pins_count", "followers_count")


def _plain_ref(row: Mapping[str, Any]) -> BoardRef:
    return BoardRef(**{name: row[name] for name in _PLAIN})


def _page(found: Sequence[tuple[BoardRef, Mapping[str, Any]]], *, limit: int) -> BoardList:
    """So many of the boards, and the cursor behind the last of them where there is one more."""
    last = found[limit - 1][1] if len(found) > limit else None
    return BoardList(
        [board for board, _row in found[:limit]],
        LAST_USED.cursor(tie=last["id"], value=last["used_at"]) if last else None,
    )


def saved_count(*, profile_id: int) -> int:
    """How many pins somebody saved, each once however many of their boards it is on. One query."""
    return saves_in_reach().filter(saver=profile_id).values("pin").distinct().count()


def may_arrange(*, public_id: str, profile_id: int) -> bool:
    """Whether somebody may save to a board and arrange it. One query."""
    return arrangeable_boards(profile_id=profile_id).filter(public_id=public_id).exists()


def held_by(*, pin_id: str, profile_id: int) -> set[str]:
    """Public ids of the boards that somebody can save to and that hold a pin. One query."""
    boards = arrangeable_boards(profile_id=profile_id).filter(saves__pin__public_id=pin_id)
    return set(boards.values_list("public_id", flat=True))


def boards_with(*, pin_id: int, viewer: Viewer) -> list[BoardRef]:
    """Public boards that hold a pin (primary key), the fullest first. One query.

    Never a secret one, not even the viewer's own: this is what everybody sees.
    """
    boards = Board.objects.filter(saves__pin=pin_id, secret=False, owner__state="approved")
    boards = boards.exclude(owner__in=list(viewer.hidden.ids))
    return board_refs(boards.order_by("-pins_count", "-id")[:HOLDING], viewer=viewer)


def board_refs(boards: QuerySet[Board], *, viewer: Viewer) -> list[BoardRef]:
    """These boards with owners and covers: the chosen one first, then as they stand. One query."""
    return [board_ref(row) for row in board_rows(boards, viewer=viewer)]


def board_rows(
    boards: QuerySet[Board], *, viewer: Viewer, also: Sequence[str] = ()
) -> QuerySet[Board, dict[str, Any]]:
    """The rows that `board_ref` reads, and `also` annotations of these boards."""
    covers = covers_shown(viewer=viewer).filter(board=OuterRef("pk"))
    if viewer.hidden.ids:
        covers = covers.exclude(pin__author__in=list(viewer.hidden.ids))
    place = Case(
        When(pin=OuterRef("cover"), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    picture = JSONObject(**{name: f"pin__image__{name}" for name in PICTURE_FIELDS})
    pictures = (
        covers.annotate(place=place).order_by("place", "rank", "id").values(json=picture)[:COVERS]
    )
    rows: QuerySet[Board, dict[str, Any]]
    rows = boards.annotate(covers=ArraySubquery(pictures)).values(
        "public_id",
        "slug",
        "title",
        "secret",
        "pins_count",
        "followers_count",
        "covers",
        *also,
        *profile_columns("owner"),
    )
    return rows


def board_ref(row: Mapping[str, Any]) -> BoardRef:
    """A board with owner and covers from its row."""
    return BoardRef(
        public_id=row["public_id"],
        slug=row["slug"],
        title=row["title"],
        secret=row["secret"],
        pins_count=row["pins_count"],
        followers_count=row["followers_count"],
        owner=ref_from_row(row, "owner"),
        covers=[
            Picture.from_row(*(cover[name] for name in PICTURE_FIELDS)) for cover in row["covers"]
        ],
    )


def board_titles(*, public_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Title and address of public boards of public people by public id."""
    rows = Board.objects.filter(public_id__in=public_ids, secret=False, owner__state="approved")
    return {
        public_id: (title, f"/board/{public_id}/{slug}/")
        for public_id, title, slug in rows.values_list("public_id", "title", "slug")
    }


def is_own(owner: ProfileRef, viewer: Viewer) -> bool:
    """Whether the viewer acts for the board's owner now."""
    return viewer.acting_id == owner.id
