"""What somebody does on the pages of a board, for tests."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from accounts.actions import block
from accounts.events import ProfileBlocked
from accounts.testing import Profile
from core.testing import undo_in
from feed import receivers
from feed.models import Board, Save, Section


def order_of(board: Board, section: Section | None = None) -> list[str]:
    saves = Save.objects.filter(board=board, section=section).order_by("rank", "id")
    return list(saves.values_list("pin__public_id", flat=True))


def soup(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def post(client: Client, board: Board, act: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(f"/boards/{board.public_id}/{act}/", data or {})


def undo_of(client: Client, path: str = "/help/") -> str:
    """The address behind the Undo that is offered now."""
    undo = undo_in(client.get(path))
    assert undo, "no Undo is offered"
    return undo


def hear_of_block(one: Profile, other: Profile) -> None:
    """One blocks the other, and what hangs on their boards hears of it at once."""
    block(blocker_id=one.pk, blocked_id=other.pk)
    with transaction.atomic():
        receivers.end_sharing(ProfileBlocked(blocker_id=one.pk, blocked_id=other.pk))
