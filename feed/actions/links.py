"""The link with which a secret board can be looked at."""

from __future__ import annotations

from django.db import transaction

from core import clock
from feed import acts
from feed.actions.boards import own_board
from feed.errors import SeenByAll
from feed.models import BoardLink


def make_link(*, board_id: str, owner_id: int, user_id: int | None = None) -> str:
    """The key of a link that lets whoever has it look at a secret board; the same one again while
    it lasts. It ends by `end_link`, and when everybody may see the board.

    `user_id` as in `create_board`. Raises BoardNotFound, SeenByAll.
    """
    with transaction.atomic():
        board = own_board(board_id=board_id, owner_id=owner_id)
        if not board.secret:
            raise SeenByAll
        link, created = BoardLink.objects.get_or_create(
            board=board, defaults={"created_at": clock.now()}
        )
        if created:
            acts.record(acts.BOARD_LINKED, brand_id=owner_id, user_id=user_id, subject=board.title)
    return str(link.key)


def end_link(*, board_id: str, owner_id: int, user_id: int | None = None) -> None:
    """From now on the link shows nothing, also to who has followed it; another one can be made.

    Doing it twice changes nothing. `user_id` as in `create_board`. Raises BoardNotFound.
    """
    with transaction.atomic():
        board = own_board(board_id=board_id, owner_id=owner_id)
        ended, _rows = BoardLink.objects.filter(board=board).delete()
        if ended:
            acts.record(
                acts.BOARD_UNLINKED, brand_id=owner_id, user_id=user_id, subject=board.title
            )
