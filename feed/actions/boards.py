"""Boards, and saving pins to them. The counters move in the transaction of the rows."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.queries import are_blocked
from core import clock
from core.events import publish
from feed.cards import visible_pins
from feed.errors import BoardNotFound, BoardTitleTaken, PinNotFound
from feed.events import PinSaved
from feed.models import Board, Pin, Save
from feed.types import BoardRef, Saved


def create_board(*, owner_id: int, title: str, secret: bool = False, text: str = "") -> Board:
    """A new board. Raises BoardTitleTaken when the owner has one of that name in any case."""
    try:
        with transaction.atomic():
            return Board.objects.create(
                owner_id=owner_id,
                title=title,
                slug=slugify(title, allow_unicode=True)[:90] or "board",
                text=text,
                secret=secret,
                created_at=clock.now(),
            )
    except IntegrityError as error:
        raise BoardTitleTaken from error


def save_pin(*, pin_id: str, saver_id: int, board_id: str | None = None) -> Saved:
    """Put a public pin on a board (public ids): on the one last used when none is named.

    Saving twice is the same as once. Raises PinNotFound (also behind a block), or BoardNotFound
    for a board that is not the saver's.
    """
    with transaction.atomic():
        found = visible_pins().filter(public_id=pin_id).values_list("pk", "author_id").first()
        if found is None or are_blocked(one_id=saver_id, other_id=found[1]):
            raise PinNotFound
        pin = found[0]
        board = _board(owner_id=saver_id, board_id=board_id)
        now = clock.now()
        _save, created = Save.objects.get_or_create(
            board=board, pin_id=pin, defaults={"saver_id": saver_id, "created_at": now}
        )
        if created:
            Board.objects.filter(pk=board.pk).update(
                pins_count=F("pins_count") + 1, last_saved_at=now
            )
            Pin.objects.filter(pk=pin).update(saves_count=F("saves_count") + 1)
            publish(PinSaved(pin_id=pin_id, saver_id=saver_id, board_id=board.public_id))
    return Saved(pin_id=pin_id, board=_ref(board), created=created)


@transaction.atomic
def save_to_new_board(*, pin_id: str, saver_id: int, title: str) -> Saved:
    """Make a board and put a pin on it: both or neither. Raises BoardTitleTaken, PinNotFound."""
    board = create_board(owner_id=saver_id, title=title)
    return save_pin(pin_id=pin_id, saver_id=saver_id, board_id=board.public_id)


def _board(*, owner_id: int, board_id: str | None) -> Board:
    boards = Board.objects.filter(owner=owner_id)
    if board_id is not None:
        board = boards.filter(public_id=board_id).first()
        if board is None:
            raise BoardNotFound
        return board
    last = boards.order_by(F("last_saved_at").desc(nulls_last=True), "-id").first()
    if last is not None:
        return last
    try:
        return create_board(owner_id=owner_id, title=_("Saved"))
    except BoardTitleTaken:  # two first saves at the same moment
        return boards.earliest("id")


def unsave_pin(*, pin_id: str, saver_id: int, board_id: str | None = None) -> list[BoardRef]:
    """Take a pin off one of the saver's boards, or off all of them; says from which it went."""
    with transaction.atomic():
        saves = Save.objects.filter(pin__public_id=pin_id, board__owner=saver_id)
        if board_id is not None:
            saves = saves.filter(board__public_id=board_id)
        removed = []
        for save in saves.select_related("board").order_by("board_id"):
            deleted, _rows = Save.objects.filter(pk=save.pk).delete()
            if not deleted:
                continue
            Board.objects.filter(pk=save.board_id).update(pins_count=F("pins_count") - 1)
            Pin.objects.filter(pk=save.pin_id).update(saves_count=F("saves_count") - 1)
            removed.append(_ref(save.board))
    return removed


def _ref(board: Board) -> BoardRef:
    return BoardRef(
        public_id=board.public_id,
        slug=board.slug,
        title=board.title,
        secret=board.secret,
        pins_count=board.pins_count,
    )
