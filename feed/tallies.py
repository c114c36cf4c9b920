"""Counts that stand beside what they count. They move in the transaction of the rows."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import F

from feed.models import Board, Hashtag, Pin, Save

_COUNT_BOARDS = """
UPDATE feed_board b
SET pins_count = (SELECT count(*) FROM feed_save s WHERE s.board_id = b.id)
WHERE b.id = ANY(%(ids)s)
"""


def change_saves(*, pin_ids: Collection[int], by: int) -> None:
    """Move the public count of these pins; rows are locked in key order, so nobody waits forever.

    Call it for boards that are not secret only.
    """
    if not pin_ids or not by:
        return
    if len(pin_ids) > 1:
        list(
            Pin.objects.filter(pk__in=pin_ids)
            .order_by("pk")
            .select_for_update(no_key=True)
            .values_list("pk")
        )
    Pin.objects.filter(pk__in=pin_ids).update(saves_count=F("saves_count") + by)


def change_pins(*, board_id: int, by: int) -> None:
    """Move the count of a board."""
    if by:
        Board.objects.filter(pk=board_id).update(pins_count=F("pins_count") + by)


def change_followers(*, board_id: int, by: int) -> None:
    """Move the count of those who follow a board."""
    Board.objects.filter(pk=board_id).update(followers_count=F("followers_count") + by)


def change_hashtag_followers(*, hashtag_id: int, by: int) -> None:
    """Move the count of those who follow a hashtag."""
    row = Hashtag.objects.filter(pk=hashtag_id)
    row.update(followers_count=F("followers_count") + by)


def drop_saves(board: Board, saves: Collection[Save]) -> None:
    """Take saves off a locked board, with its counts and theirs."""
    gone, _rows = Save.objects.filter(pk__in=[save.pk for save in saves]).delete()
    change_pins(board_id=board.pk, by=-gone)
    if not board.secret:
        change_saves(pin_ids=[save.pin_id for save in saves], by=-1)


def recount_boards(*, board_ids: Collection[int]) -> None:
    """Count the pins of boards anew; the caller has locked them before it took anything off."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_BOARDS, {"ids": list(board_ids)})
