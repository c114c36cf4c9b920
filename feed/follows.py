"""Which boards somebody follows."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, F, OuterRef, Value

from accounts.types import Viewer
from core.paging import Order
from feed.access import visible_boards
from feed.boards import board_ref, board_rows
from feed.models import BoardFollow
from feed.types import BoardList

PAGE = 30
LAST_FOLLOWED = Order(tie="follow")


def is_followed(*, profile_id: int | None) -> Exists | Value:
    """Whether somebody follows a board, as a column of boards; a guest (None) follows none."""
    if profile_id is None:
        return Value(False, output_field=BooleanField())
    return Exists(BoardFollow.objects.filter(board=OuterRef("pk"), profile=profile_id))


def followed_count(*, profile_id: int) -> int:
    """How many boards somebody follows that are public by now. One query."""
    follows = BoardFollow.objects.filter(profile=profile_id, board__secret=False)
    return follows.filter(board__owner__state="approved").count()


def followed_boards(*, viewer: Viewer, cursor: str = "", limit: int = PAGE) -> BoardList:
    """The boards that whoever acts follows, with covers, those followed last first; none that is
    secret by now. One query."""
    boards = visible_boards(viewer=viewer).filter(secret=False, follows__profile=viewer.acting_id)
    page = LAST_FOLLOWED.sorted(boards.annotate(follow=F("follows__id")), cursor)[: limit + 1]
    found = list(board_rows(page, viewer=viewer, also=("follow",)))
    return BoardList(
        [board_ref(row) for row in found[:limit]],
        LAST_FOLLOWED.cursor(tie=found[limit - 1]["follow"]) if len(found) > limit else None,
    )
