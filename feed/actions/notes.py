"""What somebody says beside a pin that they saved on a board. It is written under the lock of its
board, like all that stands there."""

from __future__ import annotations

from django.db import transaction

from accounts.queries import blocked_ids
from core import clock
from core.db import retrying
from core.events import publish
from feed import acts
from feed.access import arrangeable_boards, hold_boards, saves_in_reach
from feed.actions import undoing
from feed.errors import PinNotFound
from feed.events import NoteTakenDown
from feed.models import Board, Pin, Save
from feed.types import NoteChange


@retrying
def write_note(
    *, board_id: str, pin_id: str, actor_id: int, text: str, user_id: int | None = None
) -> NoteChange:
    """Say something of a pin that one saved there oneself (public ids), or "" to say nothing;
    `text` as cleaned. The owner of the board may take away what another wrote, not change it.

    `user_id` as in `create_board`. Raises PinNotFound for whoever may not, as for what is not
    there.
    """
    with transaction.atomic():
        found = _reachable(board_id=board_id, pin_id=pin_id, actor_id=actor_id)
        if found is None:
            raise PinNotFound
        board, save = found
        if save.saver_id != actor_id and (text or board.owner_id != actor_id):
            raise PinNotFound
        if text != save.note:
            acts.record(
                acts.NOTED,
                brand_id=actor_id,
                user_id=user_id,
                subject=save.pin.title,
                detail=board.title,
            )
        return NoteChange(text=text, undo=put_note(board, save, text=text, actor_id=actor_id))


def put_note(board: Board, save: Save, *, text: str, actor_id: int) -> str:
    """Let a save of a locked board say this; what `undo` takes to have the words before back, ""
    where there were none or they are the same."""
    if text == save.note:
        return ""
    token = undoing.keep_note(board, save, actor_id=actor_id) if save.note else ""
    Save.objects.filter(pk=save.pk).update(note=text)
    return token


def _reachable(*, board_id: str, pin_id: str, actor_id: int) -> tuple[Board, Save] | None:
    """A save on a board that the actor may arrange, which is locked."""
    hold_boards(public_ids=[board_id])
    boards = arrangeable_boards(profile_id=actor_id).filter(public_id=board_id)
    board = boards.exclude(owner__in=blocked_ids(profile_id=actor_id)).first()
    saves = (
        saves_in_reach().filter(board=board, pin__public_id=pin_id).select_related("section", "pin")
    )
    save = saves.first() if board else None
    return (board, save) if board and save else None


@retrying
def take_down_note(*, board_id: str, pin_id: str, author_id: int, reason: str) -> None:
    """Remove what this profile wrote beside a pin on this board, for a stated reason, so that no
    Undo brings it back. Where they have not written anything (any more) nothing is told. The
    report keeps the words and who decided.
    """
    with transaction.atomic():
        pin = Pin.objects.filter(public_id=pin_id).first()
        if pin is None:
            return
        hold_boards(public_ids=[board_id])
        undoing.forget_notes(saver_id=author_id, pin_id=pin.pk, board_id=board_id)
        # Asked last: an Undo that was on its way with the board itself is done by now.
        saves = Save.objects.filter(board__public_id=board_id, pin=pin, saver=author_id)
        words = saves.exclude(note="").values_list("note", flat=True).first()
        if words is None:
            return
        saves.update(note="")
        publish(
            NoteTakenDown(
                board_id=board_id,
                pin_id=pin_id,
                author_id=author_id,
                title=words[:120],
                reason=reason,
                at=clock.now().isoformat(),
            )
        )
