"""What somebody writes beside a pin that they saved on a board."""

from __future__ import annotations

from django.db import transaction

from accounts.queries import blocked_ids
from core import clock
from core.events import publish
from feed.access import arrangeable_boards, saves_in_reach
from feed.actions import undoing
from feed.errors import PinNotFound
from feed.events import NoteTakenDown
from feed.models import Board, Pin, Save
from feed.types import NoteChange


def write_note(*, board_id: str, pin_id: str, actor_id: int, text: str) -> NoteChange:
    """Say something of a pin that one saved there oneself (public ids), or "" to say nothing;
    `text` as cleaned. The owner of the board may take away what another wrote, not change it.

    Raises PinNotFound for whoever may not, as for what is not there.
    """
    with transaction.atomic():
        found = _reachable(board_id=board_id, pin_id=pin_id, actor_id=actor_id)
        if found is None:
            raise PinNotFound
        board, save = found
        if save.saver_id != actor_id and (text or board.owner_id != actor_id):
            raise PinNotFound
        before = save.note
        if text == before:
            return NoteChange(text=text)
        # Nothing is lost where there was nothing.
        token = undoing.keep_note(board, save, actor_id=actor_id) if before else ""
        Save.objects.filter(pk=save.pk).update(note=text)
    return NoteChange(text=text, undo=token)


def _reachable(*, board_id: str, pin_id: str, actor_id: int) -> tuple[Board, Save] | None:
    """A save, locked, on a board that the actor may arrange."""
    boards = arrangeable_boards(profile_id=actor_id).filter(public_id=board_id)
    board = boards.exclude(owner__in=blocked_ids(profile_id=actor_id)).first()
    saves = saves_in_reach().filter(board=board, pin__public_id=pin_id).select_related("section")
    save = saves.select_for_update(of=("self",), no_key=True).first() if board else None
    return (board, save) if board and save else None


def take_down_note(*, board_id: str, pin_id: str, author_id: int, reason: str) -> None:
    """Remove what this profile wrote beside a pin, for a stated reason, so that no Undo brings it
    back. Where they have not written anything (any more) nothing is told. The report keeps the
    words and who decided.
    """
    with transaction.atomic():
        pin = Pin.objects.filter(public_id=pin_id).first()
        if pin is None:
            return
        undoing.forget_notes(pin_id=pin.pk, saver_id=author_id)
        save = (
            Save.objects.select_for_update(of=("self",), no_key=True)
            .filter(board__public_id=board_id, pin=pin, saver=author_id)
            .exclude(note="")
            .first()
        )
        if save is None:
            return
        Save.objects.filter(pk=save.pk).update(note="")
        publish(
            NoteTakenDown(
                board_id=board_id,
                pin_id=pin_id,
                author_id=author_id,
                title=save.note[:120],
                reason=reason,
                at=clock.now().isoformat(),
            )
        )
