"""Saving pins to boards and taking them off. The counters move in the transaction of the rows."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actions import hold_actor
from accounts.queries import are_blocked
from core import clock
from core.db import retrying
from core.events import publish
from feed import acts, ranks
from feed.access import arrangeable_boards, by_last_use, saves_in_reach
from feed.actions import undoing
from feed.actions.boards import create_board
from feed.actions.notes import put_note
from feed.audience import visible_pins
from feed.errors import BoardNotFound, BoardTitleTaken, PinNotFound
from feed.events import PinSaved
from feed.models import Board, Save
from feed.tallies import change_saves, drop_saves
from feed.types import BoardRef, Saved, Unsaved


@retrying
def save_pin(
    *,
    pin_id: str,
    saver_id: int,
    board_id: str | None = None,
    note: str = "",
    user_id: int | None = None,
) -> Saved:
    """Put a pin on a board (public ids): on the one last used when none is named. Any pin whose
    address opens it, also one that is only for those with the link.

    Saving twice is the same as once, but that a `note` (as cleaned) takes the place of the one
    before; what somebody else had saved there keeps theirs. `user_id` is the user who saves in a
    brand's name: it goes into the brand's log. Raises PinNotFound (also behind a
    block), BoardNotFound for a board that is neither the saver's nor one they joined, or NotFound
    for a closed account.
    """
    with transaction.atomic():
        hold_actor(profile_id=saver_id)
        pins = visible_pins().filter(public_id=pin_id)
        found = pins.values_list("pk", "author_id", "title").first()
        if found is None or are_blocked(one_id=saver_id, other_id=found[1]):
            raise PinNotFound
        pin = found[0]
        board = _board(saver_id=saver_id, board_id=board_id, user_id=user_id)
        now = clock.now()
        save, created = Save.objects.get_or_create(
            board=board,
            pin_id=pin,
            defaults={
                "saver_id": saver_id,
                "created_at": now,
                "rank": ranks.fresh(now),
                "note": note,
            },
        )
        if created:
            Board.objects.filter(pk=board.pk).update(
                pins_count=F("pins_count") + 1, last_saved_at=now
            )
            board.pins_count += 1
            if not board.secret:
                change_saves(pin_ids=[pin], by=1)
            publish(PinSaved(pin_id=pin_id, saver_id=saver_id, board_id=board.public_id))
        own, undo = save.saver_id == saver_id, ""
        noted = own and note not in ("", save.note)
        if own and note:
            undo = put_note(board, save, text=note, actor_id=saver_id)
        if created or noted:
            acts.record(
                acts.SAVED if created else acts.NOTED,
                brand_id=saver_id,
                user_id=user_id,
                subject=found[2],
                detail=board.title,
            )
    said = (note or save.note) if own else ""
    return Saved(pin_id=pin_id, board=ref_of(board), created=created, note=said, undo=undo)


@retrying
@transaction.atomic
def save_to_new_board(
    *,
    pin_id: str,
    saver_id: int,
    title: str,
    secret: bool = False,
    note: str = "",
    user_id: int | None = None,
) -> Saved:
    """Make a board and put a pin on it: both or neither. Raises BoardTitleTaken, PinNotFound."""
    board = create_board(owner_id=saver_id, title=title, secret=secret, user_id=user_id)
    return save_pin(
        pin_id=pin_id, saver_id=saver_id, board_id=board.public_id, note=note, user_id=user_id
    )


def _board(*, saver_id: int, board_id: str | None, user_id: int | None) -> Board:
    """The board to save to, locked: nobody makes it secret between the row and the count."""
    boards = arrangeable_boards(profile_id=saver_id)
    if board_id is not None:
        board = _locked(boards.filter(public_id=board_id))
        if board is None:
            raise BoardNotFound
        return board
    last = _locked(by_last_use(boards, profile_id=saver_id))
    if last is not None:
        return last
    try:
        return create_board(owner_id=saver_id, title=_("Saved"), user_id=user_id)
    except BoardTitleTaken:  # two first saves at the same moment
        return Board.objects.filter(owner=saver_id).earliest("id")


def _locked(boards: QuerySet[Board]) -> Board | None:
    return boards.select_for_update(of=("self",), no_key=True).first()


def unsave_pin(
    *, pin_id: str, saver_id: int, board_id: str | None = None, user_id: int | None = None
) -> Unsaved:
    """Take a pin off the boards where somebody saved it, or off one that is named.

    A named board that is the saver's own is cleared of the pin whoever had saved it there. A board
    that they are not on any more keeps it. Says from which boards it went.
    """
    which = Q(pin__public_id=pin_id)
    return take_off(which, saver_id=saver_id, board_id=board_id, user_id=user_id)


@retrying
def take_off(
    which: Q, *, saver_id: int, board_id: str | None, user_id: int | None = None
) -> Unsaved:
    """The same of `which` saves."""
    with transaction.atomic():
        mine = Q(pk__in=saves_in_reach().filter(saver=saver_id).values("pk"))
        if board_id is not None:
            mine |= Q(board__owner=saver_id)
        saves = Save.objects.filter(mine, which)
        if board_id is not None:
            saves = saves.filter(board__public_id=board_id)
        boards = Board.objects.filter(pk__in=saves.values("board")).order_by("pk")
        removed = [
            (board, save)
            for board in boards.select_for_update(no_key=True)
            for save in saves.filter(board=board).select_related("section", "pin")
        ]
        if not removed:
            return Unsaved(boards=[])
        token = undoing.keep_unsaved(removed, actor_id=saver_id)
        for board, save in removed:
            drop_saves(board, [save])
            board.pins_count -= 1
            acts.record(
                acts.UNSAVED,
                brand_id=saver_id,
                user_id=user_id,
                subject=save.pin.title,
                detail=board.title,
            )
    return Unsaved(
        boards=[ref_of(board) for board in dict.fromkeys(board for board, _save in removed)],
        undo=token,
    )


def ref_of(board: Board) -> BoardRef:
    """The board as others see it; without owner and covers."""
    return BoardRef(
        public_id=board.public_id,
        slug=board.slug,
        title=board.title,
        secret=board.secret,
        pins_count=board.pins_count,
        followers_count=board.followers_count,
    )
