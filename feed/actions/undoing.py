"""Undo for what takes something off a board: kept aside for a day, then dropped.

What is kept is plain data, so that nothing that is gone stays in a table that pages read. Whoever
keeps, changes or uses it holds its boards first (`access.hold_boards`), and then locks the row.
Undo holds before both whoever it writes rows of, so that none of their accounts ends meanwhile: an
erasure finds what came back, or is over before anything does.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.actions import hold_blocks, hold_profiles
from accounts.queries import approved_ids, blocked_ids
from core import clock
from core.db import retrying
from feed import acts
from feed.access import arrangeable_boards, hold_boards
from feed.errors import BoardNotFound, BoardTitleTaken, NothingToUndo, TooManyMembers
from feed.models import Board, BoardFollow, BoardMember, Pin, Save, Section, TakenAway
from feed.tallies import change_followers, change_pins, change_saves, drop_saves
from feed.types import MAX_MEMBERS

KEEP = timedelta(days=1)
_BOARD_FIELDS = ("public_id", "title", "slug", "text", "secret", "cover_id", "owner_id")
Data = dict[str, Any]


def keep_board(board: Board, *, actor_id: int) -> str:
    """All of a board, before it is deleted."""
    data: Data = {name: getattr(board, name) for name in _BOARD_FIELDS}
    data["created_at"] = board.created_at.isoformat()
    data["last_saved_at"] = board.last_saved_at.isoformat() if board.last_saved_at else None
    data["sections"] = [
        _section(one) for one in Section.objects.filter(board=board).order_by("position", "id")
    ]
    data["members"] = [_member(one) for one in BoardMember.objects.filter(board=board)]
    follows = BoardFollow.objects.filter(board=board).order_by("pk")
    data["follows"] = [[one.profile_id, one.created_at.isoformat()] for one in follows]
    data["saves"] = _saves(Save.objects.filter(board=board).select_related("section"))
    return _keep(TakenAway.Kind.BOARD, board, data, actor_id=actor_id)


def keep_section(board: Board, section: Section, saves: Sequence[Save], *, actor_id: int) -> str:
    """A part of a board and the order of its pins."""
    ranks = [[save.pin_id, save.rank] for save in saves]
    data = {"board": board.public_id, "section": _section(section), "ranks": ranks}
    return _keep(TakenAway.Kind.SECTION, board, data, actor_id=actor_id, title=section.title)


def keep_pins(board: Board, saves: Sequence[Save], *, actor_id: int) -> str:
    """Some saves of a board."""
    data = {"board": board.public_id, "saves": _saves(saves)}
    return _keep(TakenAway.Kind.PINS, board, data, actor_id=actor_id)


def keep_moved(board: Board, target: Board, saves: Sequence[Save], *, actor_id: int) -> str:
    """Where some pins stood before they went elsewhere."""
    data = {"board": board.public_id, "target": target.public_id, "saves": _saves(saves)}
    return _keep(TakenAway.Kind.MOVED, board, data, actor_id=actor_id)


def keep_member(board: Board, member: BoardMember, *, actor_id: int) -> str:
    """Somebody who is not on a board any more."""
    data = {"board": board.public_id, "member": _member(member)}
    return _keep(TakenAway.Kind.MEMBER, board, data, actor_id=actor_id)


def keep_unsaved(taken: Sequence[tuple[Board, Save]], *, actor_id: int) -> str:
    """A pin that left boards, at least one."""
    data = {"taken": [{"board": board.public_id, "saves": _saves([save])} for board, save in taken]}
    return _keep(TakenAway.Kind.UNSAVED, taken[0][0], data, actor_id=actor_id)


def keep_note(board: Board, save: Save, *, actor_id: int) -> str:
    """What somebody wrote beside a pin, before it is changed."""
    data = {"board": board.public_id, "saves": _saves([save])}
    return _keep(TakenAway.Kind.NOTE, board, data, actor_id=actor_id)


def forget_notes(*, saver_id: int, pin_id: int | None = None, board_id: str | None = None) -> None:
    """Nothing that is kept aside brings back what this profile (key) wrote: beside a pin (key) on a
    board (public id), or anywhere."""
    written = {"saver_id": saver_id} | ({} if pin_id is None else {"pin_id": pin_id})
    held = Q(data__contains={"saves": [written]})
    held |= Q(data__contains={"taken": [{"saves": [written]}]})
    for kept in TakenAway.objects.select_for_update().filter(held).order_by("pk"):
        for taken in kept.data.get("taken", [kept.data]):
            if board_id in (None, taken.get("board", taken.get("public_id"))):
                for row in taken["saves"]:
                    if written.items() <= row.items():
                        row["note"] = ""
        kept.save(update_fields=["data"])


def forget_leaving(*, board_id: str, member_id: str) -> str | None:
    """Somebody (public ids) cannot take back any more that they once left a board; their name,
    None where they could not anyway."""
    left = TakenAway.objects.filter(
        kind=TakenAway.Kind.MEMBER, actor__public_id=member_id, data__board=board_id
    )
    in_time = left.filter(created_at__gt=clock.now() - KEEP)
    name = in_time.values_list("actor__name", flat=True).first()
    left.delete()
    return name


def _keep(kind: TakenAway.Kind, board: Board, data: Data, *, actor_id: int, title: str = "") -> str:
    row = TakenAway.objects.create(
        actor_id=actor_id,
        kind=kind,
        title=title or board.title,
        data=data,
        created_at=clock.now(),
    )
    return str(row.public_id)


def _section(section: Section) -> Data:
    return {
        "public_id": section.public_id,
        "title": section.title,
        "position": section.position,
        "created_at": section.created_at.isoformat(),
    }


def _member(member: BoardMember) -> Data:
    return {
        "profile_id": member.profile_id,
        "state": member.state,
        "created_at": member.created_at.isoformat(),
        "answered_at": member.answered_at.isoformat() if member.answered_at else None,
    }


def _saves(saves: Any) -> list[Data]:
    return [
        {
            "pin_id": save.pin_id,
            "saver_id": save.saver_id,
            "rank": save.rank,
            "section": save.section.public_id if save.section else None,
            "note": save.note,
            "created_at": save.created_at.isoformat(),
            "moved_at": save.moved_at.isoformat() if save.moved_at else None,
            "moved_by_id": save.moved_by_id,
        }
        for save in saves
    ]


@retrying
def undo(*, token: str, actor_id: int, user_id: int | None = None) -> str:
    """Put back what an act of this profile took away within the last day; the title of it.

    What has changed meanwhile is left as it is: a pin that is on the board again stays where it
    stands, one that was moved and has a note where it is now, or was given another place by
    somebody else, stays there as well, one that was deleted stays away, and whoever a block keeps
    from the owner by now is not on the board again.
    `user_id` as in `create_board`.
    Raises NothingToUndo, BoardNotFound when the board is gone itself or the profile may not arrange
    it any more, BoardTitleTaken when its name is in use again, TooManyMembers.
    """
    with transaction.atomic():
        kept = TakenAway.objects.filter(
            public_id=token, actor=actor_id, created_at__gt=clock.now() - KEEP
        )
        data = kept.values_list("data", flat=True).first() or {}
        hold_profiles(ids=_people_in(data) | {actor_id})
        hold_boards(public_ids=_boards_in(data))
        row = kept.select_for_update().first()
        if row is None:
            raise NothingToUndo
        _BACK[TakenAway.Kind(row.kind)](row.data, actor_id)
        row.delete()
        acts.record(acts.BOARD_UNDONE, brand_id=actor_id, user_id=user_id, subject=row.title)
    return row.title


def _boards_in(data: Data) -> set[str]:
    """Public ids of the boards that an act was about, as far as they can be there."""
    named = [data, *data.get("taken", [])]
    return {one[key] for one in named for key in ("board", "target") if key in one}


def _people_in(data: Data) -> set[int]:
    """Keys of the profiles whose rows an act took away."""
    named = [data, *data.get("taken", [])]
    members = [*data.get("members", []), *([data["member"]] if "member" in data else [])]
    saves = [row for one in named for row in one.get("saves", [])]
    return (
        {row["saver_id"] for row in saves}
        | {row["moved_by_id"] for row in saves if row.get("moved_by_id")}
        | {member["profile_id"] for member in members}
        | {profile_id for profile_id, _since in data.get("follows", [])}
    )


def drop_old() -> int:
    """Forget what nobody took back within a day; how many there were."""
    dropped, _rows = TakenAway.objects.filter(created_at__lt=clock.now() - KEEP).delete()
    return dropped


def _board_back(data: Data, actor_id: int) -> None:
    if data["owner_id"] != actor_id:
        raise BoardNotFound
    try:
        with transaction.atomic():
            board = Board.objects.create(
                **{name: data[name] for name in _BOARD_FIELDS if name != "cover_id"},
                created_at=_at(data["created_at"]),
                last_saved_at=_at_or_none(data["last_saved_at"]),
            )
    except IntegrityError as error:
        raise BoardTitleTaken from error
    if data["cover_id"] and Pin.objects.filter(pk=data["cover_id"]).exists():
        Board.objects.filter(pk=board.pk).update(cover_id=data["cover_id"])
    for section in data["sections"]:
        _make_section(board, section)
    # Nobody else sees the board yet: a block could not take anybody off it.
    hold_blocks(profile_id=actor_id)
    welcome = _welcome(board, [member["profile_id"] for member in data["members"]])
    for member in data["members"]:
        if member["profile_id"] in welcome:
            _make_member(board, member)
    _follows_back(board, data.get("follows", []))
    _saves_back(board, data["saves"])


def _section_back(data: Data, actor_id: int) -> None:
    board = _board(data["board"], actor_id)
    section = _make_section(board, data["section"])
    ranks = dict(data["ranks"])
    saves = list(Save.objects.filter(board=board, pin__in=ranks))
    for save in saves:
        save.section, save.rank = section, ranks[save.pin_id]
    Save.objects.bulk_update(saves, ["section", "rank"])


def _pins_back(data: Data, actor_id: int) -> None:
    _saves_back(_board(data["board"], actor_id), data["saves"])


def _unsaved_back(data: Data, actor_id: int) -> None:
    """On each of the boards that the actor may still arrange; gone is what is gone."""
    there = 0
    for taken in data["taken"]:
        with suppress(BoardNotFound):
            _pins_back(taken, actor_id)
            there += 1
    if not there:
        raise BoardNotFound


def _note_back(data: Data, actor_id: int) -> None:
    """Beside the same save of the same person. What they have written since only they replace."""
    board = _board(data["board"], actor_id)
    [row] = data["saves"]
    save = Save.objects.filter(board=board, pin=row["pin_id"], saver=row["saver_id"])
    if row["saver_id"] != actor_id:
        save = save.filter(note="")
    if not row["note"] or not save.update(note=row["note"]):
        raise NothingToUndo


def _moved_back(data: Data, actor_id: int) -> None:
    """From the other board, as far as they are still there and nothing is said of them; then all
    to their old places. Within a board those that nobody else has moved since."""
    board, target = (_board(data[one], actor_id) for one in ("board", "target"))
    pins = [row["pin_id"] for row in data["saves"]]
    if board.pk != target.pk:
        since = Save.objects.filter(board=target, pin__in=pins, note="")
        drop_saves(target, [save for save in since if _came_from(save, data["saves"])])
        _saves_back(board, data["saves"])
        return
    sections = dict(Section.objects.filter(board=board).values_list("public_id", "pk"))
    old = {row["pin_id"]: row for row in data["saves"]}
    saves = list(Save.objects.filter(board=board, pin__in=pins, moved_by=actor_id))
    if not saves:
        raise NothingToUndo
    for save in saves:
        row = old[save.pin_id]
        save.rank, save.section_id = row["rank"], sections.get(row["section"])
        save.moved_at, save.moved_by_id = _at_or_none(row.get("moved_at")), row.get("moved_by_id")
    Save.objects.bulk_update(saves, ["section", "rank", "moved_at", "moved_by"])


def _came_from(save: Save, rows: Sequence[Data]) -> bool:
    """Whether this very save was moved, not one that had been there before it."""
    return any(
        row["pin_id"] == save.pin_id and _at(row["created_at"]) == save.created_at for row in rows
    )


def _member_back(data: Data, actor_id: int) -> None:
    """By the owner, or by whoever left; not across a block that stands by now."""
    board = Board.objects.filter(public_id=data["board"]).first()
    who = data["member"]["profile_id"]
    if board is None or actor_id not in (board.owner_id, who):
        raise BoardNotFound
    if who not in _welcome(board, [who]):
        raise NothingToUndo
    others = BoardMember.objects.filter(board=board).exclude(profile=who)
    if others.count() >= MAX_MEMBERS:
        raise TooManyMembers
    _make_member(board, data["member"])


def _welcome(board: Board, profile_ids: Sequence[int]) -> set[int]:
    """Those who could join or follow now: public, and without a block beside the owner."""
    return approved_ids(ids=profile_ids) - blocked_ids(profile_id=board.owner_id)


_BACK = {
    TakenAway.Kind.BOARD: _board_back,
    TakenAway.Kind.SECTION: _section_back,
    TakenAway.Kind.PINS: _pins_back,
    TakenAway.Kind.MOVED: _moved_back,
    TakenAway.Kind.MEMBER: _member_back,
    TakenAway.Kind.NOTE: _note_back,
    TakenAway.Kind.UNSAVED: _unsaved_back,
}


def _board(public_id: str, actor_id: int) -> Board:
    """A board, held, that the actor may arrange at this moment."""
    boards = arrangeable_boards(profile_id=actor_id).filter(public_id=public_id)
    board = boards.exclude(owner__in=blocked_ids(profile_id=actor_id)).first()
    if board is None:
        raise BoardNotFound
    return board


def _make_section(board: Board, data: Data) -> Section:
    """As it was, or the one that has its name by now."""
    section, _created = Section.objects.get_or_create(
        board=board,
        title__iexact=data["title"],
        defaults={**data, "board": board, "created_at": _at(data["created_at"])},
    )
    return section


def _make_member(board: Board, data: Data) -> None:
    BoardMember.objects.get_or_create(
        board=board,
        profile_id=data["profile_id"],
        defaults={
            "state": data["state"],
            "created_at": _at(data["created_at"]),
            "answered_at": _at_or_none(data["answered_at"]),
        },
    )


def _follows_back(board: Board, rows: Sequence[tuple[int, str]]) -> None:
    welcome = _welcome(board, [profile_id for profile_id, _since in rows])
    fresh = [
        BoardFollow(board=board, profile_id=profile_id, created_at=_at(since))
        for profile_id, since in rows
        if profile_id in welcome
    ]
    BoardFollow.objects.bulk_create(fresh)
    change_followers(board_id=board.pk, by=len(fresh))


def _saves_back(board: Board, rows: Sequence[Data]) -> None:
    wanted = [row["pin_id"] for row in rows]
    there = set(Pin.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    held = set(Save.objects.filter(board=board, pin__in=wanted).values_list("pin_id", flat=True))
    sections = dict(Section.objects.filter(board=board).values_list("public_id", "pk"))
    fresh = [
        Save(
            board=board,
            pin_id=row["pin_id"],
            saver_id=row["saver_id"],
            section_id=sections.get(row["section"]),
            rank=row["rank"],
            note=row.get("note", ""),
            created_at=_at(row["created_at"]),
            moved_at=_at_or_none(row.get("moved_at")),
            moved_by_id=row.get("moved_by_id"),
        )
        for row in rows
        if row["pin_id"] in there - held
    ]
    Save.objects.bulk_create(fresh)
    change_pins(board_id=board.pk, by=len(fresh))
    if not board.secret:
        change_saves(pin_ids=[save.pin_id for save in fresh], by=1)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _at_or_none(text: str | None) -> datetime | None:
    return _at(text) if text else None
