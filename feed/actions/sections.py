"""The parts of a board. Whoever may arrange it may make, name, order and dissolve them."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from core import clock
from feed import ranks
from feed.actions import undoing
from feed.actions.arranging import locked_board, record_arranged
from feed.errors import SectionNotFound, SectionTitleTaken, TooManySections
from feed.models import Board, Save, Section
from feed.types import MAX_SECTIONS


def create_section(*, board_id: str, actor_id: int, title: str, user_id: int | None = None) -> str:
    """A new part, behind the others; its public id.

    `user_id` as in `create_board`, in all of these. Raises BoardNotFound, SectionTitleTaken,
    TooManySections beyond fifty.
    """
    try:
        with transaction.atomic():
            board = locked_board(board_id=board_id, actor_id=actor_id)
            count = Section.objects.filter(board=board).count()
            if count >= MAX_SECTIONS:
                raise TooManySections
            record_arranged(board, actor_id=actor_id, user_id=user_id)
            section = Section.objects.create(
                board=board, title=title, position=count, created_at=clock.now()
            )
    except IntegrityError as error:
        raise SectionTitleTaken from error
    return str(section.public_id)


def rename_section(
    *, board_id: str, section_id: str, actor_id: int, title: str, user_id: int | None = None
) -> None:
    """Raises BoardNotFound, SectionNotFound, SectionTitleTaken."""
    try:
        with transaction.atomic():
            board = locked_board(board_id=board_id, actor_id=actor_id)
            section = _section(board, section_id)
            if section.title == title:
                return
            section.title = title
            section.save(update_fields=["title"])
            record_arranged(board, actor_id=actor_id, user_id=user_id)
    except IntegrityError as error:
        raise SectionTitleTaken from error


def move_section(
    *, board_id: str, section_id: str, actor_id: int, up: bool, user_id: int | None = None
) -> None:
    """One place up or down; at an end it stays. Raises BoardNotFound, SectionNotFound."""
    with transaction.atomic():
        board = locked_board(board_id=board_id, actor_id=actor_id)
        order = list(Section.objects.filter(board=board).order_by("position", "id"))
        at = next((i for i, one in enumerate(order) if one.public_id == section_id), None)
        if at is None:
            raise SectionNotFound
        to = min(max(at + (-1 if up else 1), 0), len(order) - 1)
        if to == at:
            return
        order.insert(to, order.pop(at))
        _number(order)
        record_arranged(board, actor_id=actor_id, user_id=user_id)


def _number(order: list[Section]) -> None:
    for place, section in enumerate(order):
        section.position = place
    Section.objects.bulk_update(order, ["position"])


def delete_section(
    *,
    board_id: str,
    section_id: str,
    actor_id: int,
    to_section: str | None = None,
    user_id: int | None = None,
) -> str:
    """Dissolve a part: its pins stay on the board, or go to another of its parts.

    Returns what `undo` takes. Raises BoardNotFound, SectionNotFound.
    """
    with transaction.atomic():
        board = locked_board(board_id=board_id, actor_id=actor_id)
        section = _section(board, section_id)
        target = _section(board, to_section) if to_section else None
        if target == section:
            raise SectionNotFound
        saves = list(Save.objects.filter(section=section).order_by("rank", "id"))
        token = undoing.keep_section(board, section, saves, actor_id=actor_id)
        top = Save.objects.filter(board=board, section=target).order_by("rank").first()
        first = ranks.between(None, top.rank if top else None, at=clock.now()) or 0
        for number, save in enumerate(saves):
            save.section = target
            save.rank = first - len(saves) + number
        Save.objects.bulk_update(saves, ["section", "rank"])
        section.delete()
        record_arranged(board, actor_id=actor_id, user_id=user_id)
    return token


def _section(board: Board, public_id: str) -> Section:
    section = Section.objects.filter(board=board, public_id=public_id).first()
    if section is None:
        raise SectionNotFound
    return section
