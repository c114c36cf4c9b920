"""Lists of boards: somebody's, those one can save to, those that hold a pin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from core.media import PICTURE_FIELDS, Picture
from feed.access import arrangeable_boards, joined_by, last_used_first, visible_boards
from feed.models import Board, Save
from feed.types import BoardRef

COVERS = 3
HOLDING = 4


def boards_of(*, profile_id: int, viewer: Viewer, limit: int = 60) -> list[BoardRef]:
    """The boards that somebody made or joined, with three covers each, last used first; secret
    ones only for those who are on them."""
    boards = visible_boards(viewer=viewer).filter(Q(owner=profile_id) | Q(joined_by(profile_id)))
    return board_refs(
        boards.order_by(F("last_saved_at").desc(nulls_last=True), "-id")[:limit], viewer=viewer
    )


def my_boards(*, profile_id: int) -> list[BoardRef]:
    """The boards that somebody can save to, last used by them first, without covers. One query."""
    boards = last_used_first(arrangeable_boards(profile_id=profile_id), profile_id=profile_id)
    rows = boards.values_list("public_id", "slug", "title", "secret", "pins_count")[:100]
    return [BoardRef(*row) for row in rows]


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
    covers = Save.objects.filter(
        board=OuterRef("pk"), pin__state="published", pin__author__state="approved"
    )
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
