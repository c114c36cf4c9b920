"""Making, changing and deleting boards."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.actions import hold_actor
from core import clock
from core.db import retrying
from feed import acts
from feed.actions import undoing
from feed.errors import BoardNotFound, BoardTitleTaken
from feed.models import Board, BoardLink, Save
from feed.tallies import change_saves

_EDITED = ("title", "slug", "text", "secret", "cover_id")


def create_board(
    *,
    owner_id: int,
    title: str,
    secret: bool = False,
    text: str = "",
    user_id: int | None = None,
) -> Board:
    """A new board. `user_id` is, here and in the other acts on boards, the user who does it in a
    brand's name: it goes into the brand's log.

    Raises BoardTitleTaken when the owner has one of that name in any case, NotFound for a closed
    account.
    """
    try:
        with transaction.atomic():
            hold_actor(profile_id=owner_id)
            acts.record(acts.BOARD_MADE, brand_id=owner_id, user_id=user_id, subject=title)
            return Board.objects.create(
                owner_id=owner_id,
                title=title,
                slug=slug_of(title),
                text=text,
                secret=secret,
                created_at=clock.now(),
            )
    except IntegrityError as error:
        raise BoardTitleTaken from error


@retrying
def edit_board(
    *,
    board_id: str,
    owner_id: int,
    title: str,
    text: str,
    secret: bool,
    cover: str | None = None,
    user_id: int | None = None,
) -> Board:
    """Change what its owner may change; `cover` is the public id of a pin on it, '' for none. The
    board keeps the one it has where it is None.

    A board that becomes secret takes its saves out of the public counts, and the other way round;
    one that everybody sees has no link of its own any more.
    Raises BoardNotFound, BoardTitleTaken.
    """
    try:
        with transaction.atomic():
            board = own_board(board_id=board_id, owner_id=owner_id)
            was = [getattr(board, name) for name in _EDITED]
            if board.secret != secret:
                pins = list(Save.objects.filter(board=board).values_list("pin_id", flat=True))
                change_saves(pin_ids=pins, by=-1 if secret else 1)
            board.title, board.slug, board.text = title, slug_of(title), text
            board.secret = secret
            if cover is not None:
                chosen = Save.objects.filter(board=board, pin__public_id=cover)
                board.cover_id = chosen.values_list("pin_id", flat=True).first()
            if was == [getattr(board, name) for name in _EDITED]:
                return board
            board.save(update_fields=_EDITED)
            if not secret:
                BoardLink.objects.filter(board=board).delete()
            acts.record(acts.BOARD_CHANGED, brand_id=owner_id, user_id=user_id, subject=title)
    except IntegrityError as error:
        raise BoardTitleTaken from error
    return board


@retrying
def delete_board(*, board_id: str, owner_id: int, user_id: int | None = None) -> str:
    """Take a board away with its sections and saves; returns what `undo` takes to bring it back.

    The pins stay: they belong to who made them. Raises BoardNotFound.
    """
    with transaction.atomic():
        board = own_board(board_id=board_id, owner_id=owner_id)
        token = undoing.keep_board(board, actor_id=owner_id)
        pins = list(Save.objects.filter(board=board).values_list("pin_id", flat=True))
        if not board.secret:
            change_saves(pin_ids=pins, by=-1)
        acts.record(acts.BOARD_DELETED, brand_id=owner_id, user_id=user_id, subject=board.title)
        board.delete()
    return token


def own_board(*, board_id: str, owner_id: int) -> Board:
    """The board, locked, when it is this owner's. Raises BoardNotFound."""
    boards = Board.objects.filter(public_id=board_id, owner=owner_id)
    board = boards.select_for_update(no_key=True).first()
    if board is None:
        raise BoardNotFound
    return board


def slug_of(title: str) -> str:
    """What stands in the address after the id."""
    return slugify(title, allow_unicode=True)[:90] or "board"
