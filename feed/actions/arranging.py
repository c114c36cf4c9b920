"""Order on a board: one pin at a time, or many at once.

A move says where a pin goes beside another, never how the whole list should look, and is worked
out under the lock of its board. So two people who arrange at the same time both get what they
asked for, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from core import clock
from core.db import retrying
from feed import acts, ranks
from feed.access import arrangeable_boards
from feed.actions import undoing
from feed.errors import BoardNotFound, NotYours, PinNotFound, SectionNotFound
from feed.models import Board, Save, Section
from feed.tallies import change_pins, change_saves, drop_saves
from feed.types import MAX_AT_ONCE, Moved

Direction = Literal["earlier", "later", "first", "last"]


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A visible pin in its part of a board."""

    pk: int
    pin_id: str
    rank: int


def locked_board(*, board_id: str, actor_id: int) -> Board:
    """The board, locked, when the actor may arrange it. Raises BoardNotFound."""
    boards = arrangeable_boards(profile_id=actor_id).filter(public_id=board_id)
    board = boards.select_for_update(of=("self",), no_key=True).first()
    if board is None:
        raise BoardNotFound
    return board


@retrying
def move_pin(
    *,
    board_id: str,
    pin_id: str,
    actor_id: int,
    direction: Direction,
    user_id: int | None = None,
) -> Moved:
    """Move a pin one place, or to an end, within its section; at an end it stays where it is.

    What stays leaves no line in the log of a brand. `user_id` as in `create_board`, in all of
    these. Raises BoardNotFound, PinNotFound.
    """
    with transaction.atomic():
        board = locked_board(board_id=board_id, actor_id=actor_id)
        save = _save_of(board, pin_id)
        rows = _rows(board, save.section_id)
        at, last = _index(rows, pin_id), len(rows) - 1
        to = {"earlier": at - 1, "later": at + 1, "first": 0, "last": last}[direction]
        to = min(max(to, 0), last)
        if to == at:
            return Moved(title=save.pin.title, place=at + 1, total=len(rows))
        record_arranged(board, actor_id=actor_id, user_id=user_id)
        return _place(save, rows[:at] + rows[at + 1 :], to, actor_id=actor_id)


@retrying
def move_pin_beside(
    *,
    board_id: str,
    pin_id: str,
    actor_id: int,
    beside: str,
    behind: bool,
    user_id: int | None = None,
) -> Moved:
    """Move a pin next to another one of the board, into its section; `behind` it or in front.

    Raises BoardNotFound, PinNotFound when one of them is not there any more.
    """
    with transaction.atomic():
        board = locked_board(board_id=board_id, actor_id=actor_id)
        save, other = _save_of(board, pin_id), _save_of(board, beside)
        rows = _rows(board, other.section_id)
        rest = [row for row in rows if row.pin_id != pin_id]
        to = _index(rows, pin_id) if pin_id == beside else _index(rest, beside) + behind
        if to < len(rows) and rows[to].pin_id == pin_id:
            return Moved(title=save.pin.title, place=to + 1, total=len(rows))
        record_arranged(board, actor_id=actor_id, user_id=user_id)
        save.section_id = other.section_id
        return _place(save, rest, to, actor_id=actor_id)


def record_arranged(board: Board, *, actor_id: int, user_id: int | None) -> None:
    """A line of the log, where a brand arranges."""
    acts.record(acts.BOARD_ARRANGED, brand_id=actor_id, user_id=user_id, subject=board.title)


def _save_of(board: Board, pin_id: str) -> Save:
    saves = Save.objects.filter(board=board, pin__public_id=pin_id).select_related("pin")
    save = saves.first()
    if save is None:
        raise PinNotFound
    return save


def _rows(board: Board, section_id: int | None) -> list[_Row]:
    """What can be seen of a part of the board, in order: nobody moves past what is hidden."""
    found = (
        Save.objects.filter(
            board=board,
            section=section_id,
            pin__state="published",
            pin__author__state="approved",
        )
        .order_by("rank", "id")
        .values_list("pk", "pin__public_id", "rank")
    )
    return [_Row(pk=pk, pin_id=pin_id, rank=rank) for pk, pin_id, rank in found]


def _index(rows: Sequence[_Row], pin_id: str) -> int:
    for index, row in enumerate(rows):
        if row.pin_id == pin_id:
            return index
    raise PinNotFound


def _place(save: Save, rest: list[_Row], to: int, *, actor_id: int) -> Moved:
    """Give a pin its place `to` among the others."""
    now = clock.now()
    before = rest[to - 1].rank if to else None
    after = rest[to].rank if to < len(rest) else None
    rank = ranks.between(before, after, at=now)
    if rank is None:
        order = [*(row.pk for row in rest[:to]), save.pk, *(row.pk for row in rest[to:])]
        places = dict(zip(order, ranks.spread(len(order), at=now), strict=True))
        rank = places.pop(save.pk)
        Save.objects.bulk_update([Save(pk=pk, rank=one) for pk, one in places.items()], ["rank"])
    Save.objects.filter(pk=save.pk).update(
        rank=rank, section=save.section_id, moved_at=now, moved_by=actor_id
    )
    return Moved(title=save.pin.title, place=to + 1, total=len(rest) + 1)


@retrying
def move_pins(
    *,
    board_id: str,
    pin_ids: Sequence[str],
    actor_id: int,
    to_board: str | None = None,
    to_section: str | None = None,
    user_id: int | None = None,
) -> tuple[int, str]:
    """Move up to 200 pins to the top of a section, of the board itself (neither given), or of
    another board; those that are there already only leave the first. A note stays behind where a
    pin leaves its board.

    How many went, and what `undo` takes. Collaborators may send to another board only what they
    saved themselves (NotYours). Raises BoardNotFound, SectionNotFound.
    """
    with transaction.atomic():
        target_id = to_board or board_id
        boards = _locked_boards({board_id, target_id}, actor_id=actor_id)
        board, target = boards[board_id], boards[target_id]
        section = _section(target, to_section) if to_section else None
        saves = _chosen(board, pin_ids)
        if board.pk != target.pk:
            _check_may_take(board, saves, actor_id=actor_id)
        token = undoing.keep_moved(board, target, saves, actor_id=actor_id)
        if board.pk != target.pk:
            saves = _leave_doubles(board, target, saves)
            # What was said of them on the one board is not said on the other.
            Save.objects.filter(pk__in=[save.pk for save in saves]).update(note="")
        _put_in_front(saves, target=target, section=section, saver_id=actor_id)
        if saves:
            record_arranged(target, actor_id=actor_id, user_id=user_id)
        if board.pk != target.pk:
            change_pins(board_id=board.pk, by=-len(saves))
            change_pins(board_id=target.pk, by=len(saves))
            if board.secret != target.secret:
                pins = [save.pin_id for save in saves]
                change_saves(pin_ids=pins, by=1 if board.secret else -1)
    return len(saves), token


def _locked_boards(public_ids: set[str], *, actor_id: int) -> dict[str, Board]:
    boards = arrangeable_boards(profile_id=actor_id).filter(public_id__in=public_ids)
    locked = boards.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {board.public_id: board for board in locked}
    if len(found) < len(public_ids):
        raise BoardNotFound
    return found


def _section(board: Board, public_id: str) -> Section:
    section = Section.objects.filter(board=board, public_id=public_id).first()
    if section is None:
        raise SectionNotFound
    return section


def _chosen(board: Board, pin_ids: Sequence[str]) -> list[Save]:
    """The saves of these pins as they stand; ids of other boards' pins find nothing."""
    wanted = list(dict.fromkeys(pin_ids))[:MAX_AT_ONCE]
    saves = Save.objects.filter(board=board, pin__public_id__in=wanted).order_by("rank", "id")
    return list(saves.select_related("section"))


def _check_may_take(board: Board, saves: Sequence[Save], *, actor_id: int) -> None:
    if board.owner_id != actor_id and any(save.saver_id != actor_id for save in saves):
        raise NotYours


def _leave_doubles(board: Board, target: Board, saves: list[Save]) -> list[Save]:
    """Drop what the target holds already; the rest."""
    held = set(
        Save.objects.filter(board=target, pin__in=[save.pin_id for save in saves]).values_list(
            "pin_id", flat=True
        )
    )
    doubles = [save for save in saves if save.pin_id in held]
    drop_saves(board, doubles)
    return [save for save in saves if save.pin_id not in held]


def _put_in_front(
    saves: list[Save], *, target: Board, section: Section | None, saver_id: int
) -> None:
    """At the top of a part; from another board they come as saves of whoever moves them."""
    top = Save.objects.filter(board=target, section=section).order_by("rank").first()
    now = clock.now()
    first = ranks.between(None, top.rank if top else None, at=now) or 0
    for number, save in enumerate(saves):
        if save.board_id != target.pk:
            save.board_id, save.saver_id = target.pk, saver_id
        save.section = section
        save.rank = first - len(saves) + number
        save.moved_at, save.moved_by_id = now, saver_id
    Save.objects.bulk_update(saves, ["board", "saver", "section", "rank", "moved_at", "moved_by"])


@retrying
def remove_pins(
    *, board_id: str, pin_ids: Sequence[str], actor_id: int, user_id: int | None = None
) -> tuple[int, str]:
    """Take up to 200 pins off a board; how many went, and what `undo` takes.

    Collaborators take off what they saved themselves, the owner everything (else NotYours).
    """
    with transaction.atomic():
        board = locked_board(board_id=board_id, actor_id=actor_id)
        saves = _chosen(board, pin_ids)
        _check_may_take(board, saves, actor_id=actor_id)
        token = undoing.keep_pins(board, saves, actor_id=actor_id)
        drop_saves(board, saves)
        if saves:
            record_arranged(board, actor_id=actor_id, user_id=user_id)
    return len(saves), token
