"""Notes beside the pins of a board: one on its own page, and who is heard."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from core.media import picture_fields
from feed.access import readable_boards, saves_in_reach
from feed.audience import saves_shown, visible_pins
from feed.cards import picture_of
from feed.models import Save
from feed.types import BoardRef, NoteView, note_url


def heard_saves() -> QuerySet[Save]:
    """Saves whose note is shown: by who owns the board or is on it, while their profile is public.

    Whoever left a board left there what they saved, but speaks on it no more.
    """
    return saves_in_reach().filter(saver__state="approved")


def is_heard() -> Exists:
    """The same as a column of saves."""
    return Exists(heard_saves().filter(pk=OuterRef("pk")))


def note_page(*, board_id: str, pin_id: str, viewer: Viewer) -> NoteView | None:
    """A note with the pin it stands beside, or None: a secret board, a hidden author and a pin that
    is not there look the same. One that is not written yet is there only for who may write it.
    One query.
    """
    row = _row(board_id=board_id, pin_id=pin_id, viewer=viewer)
    if row is None:
        return None
    saver, acting = ref_from_row(row, "saver"), viewer.acting_id
    mine = saver.id == acting
    if saver.id in viewer.hidden.ids or not (row["note"] or mine):
        return None
    return NoteView(
        board=BoardRef(*(row[f"board__{name}"] for name in _BOARD)),
        pin_id=pin_id,
        pin_title=row["pin__title"],
        picture=picture_of(row, prefix="pin__image__"),
        author=row["pin__author__name"],
        saver=saver,
        text=row["note"],
        mine=mine,
        may_remove=bool(row["note"]) and (mine or row["board__owner_id"] == acting),
    )


_BOARD = ("public_id", "slug", "title", "secret", "pins_count", "followers_count")


def _row(*, board_id: str, pin_id: str, viewer: Viewer) -> dict[str, Any] | None:
    boards = readable_boards(viewer=viewer).filter(public_id=board_id)
    pins = visible_pins(viewer=viewer).filter(public_id=pin_id)
    saves = heard_saves().filter(saves_shown(viewer=viewer), board__in=boards, pin__in=pins)
    row = saves.values(
        "note",
        "board__owner_id",
        *(f"board__{name}" for name in _BOARD),
        "pin__title",
        "pin__author__name",
        *profile_columns("saver"),
        *picture_fields("pin__image"),
    ).first()
    return dict(row) if row else None


def note_subject(*, ref: str, viewer: Viewer) -> tuple[str, str, ProfileRef] | None:
    """Words, address and author of a note that the viewer can see, or None. `ref` is the public ids
    of board and pin, joined by a hyphen. One query.
    """
    board_id, _hyphen, pin_id = ref.partition("-")
    found = note_page(board_id=board_id, pin_id=pin_id, viewer=viewer)
    if found is None or not found.text:
        return None
    return found.text, note_url(board_id, pin_id), found.saver
