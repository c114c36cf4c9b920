"""What somebody keeps, searched by its words: boards they may arrange and the pins on them.

Who asks is the whole of the permission: `arrangeable_boards` are theirs and those they joined, so a
secret board of somebody else is no part of any question here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from accounts.types import ProfileRef, Viewer
from feed.access import arrangeable_boards
from feed.boards import board_ref, board_rows
from feed.closeup import pin_cards
from feed.models import Board, Save, Section
from feed.types import KeptFound, KeptPin
from search.queries import find, words_of

PAGE = 24
MOST_BOARDS = 12


def search_kept(
    *, viewer: Viewer, text: str, board_id: str = "", page: str = ""
) -> KeptFound | None:
    """Pins on boards of who acts, secret ones too, and boards that are called so.

    `board_id` narrows to one board (public id); None where that is none of theirs. `page` is the
    token for what follows. Muted authors are found, as they are on boards; blocked ones are not.
    Four queries: what answers, the boards, the pins, their products.
    """
    acting = viewer.acting
    if acting is None:
        return None
    boards = _boards(acting, viewer=viewer)
    saves = Save.objects.filter(board__in=boards.values("pk"))
    if board_id:
        saves = saves.filter(board__public_id=board_id)
    if viewer.hidden.blocked:
        saves = saves.exclude(pin__author__in=list(viewer.hidden.blocked))
    hits = find(
        text=text,
        kinds=["pin"],
        limit=PAGE,
        offset_token=page,
        among=saves.values("pin__public_id"),
    )
    pin_ids = [hit.public_id for hit in hits.items]
    rows = _board_rows(boards, text=text, pin_ids=pin_ids, board_id=board_id, viewer=viewer)
    held = [(board_ref(row), row) for row in rows]
    one = next((ref for ref, _row in held if ref.public_id == board_id), None)
    if board_id and one is None:
        return None
    named = [] if board_id or page else [ref for ref, row in held if row["named"]]
    return KeptFound(
        board=one,
        boards=named[:MOST_BOARDS],
        pins=[
            KeptPin(
                card=card,
                boards=[ref for ref, row in held if card.public_id in row["holding"]],
            )
            for card in pin_cards(public_ids=pin_ids, viewer=viewer)
        ],
        total=hits.total,
        next=hits.next,
    )


def _boards(acting: ProfileRef, *, viewer: Viewer) -> QuerySet[Board]:
    boards = arrangeable_boards(profile_id=acting.id)
    blocked = viewer.hidden.blocked
    return boards.exclude(owner__in=list(blocked)) if blocked else boards


def _board_rows(
    boards: QuerySet[Board], *, text: str, pin_ids: Sequence[str], board_id: str, viewer: Viewer
) -> QuerySet[Board, dict[str, Any]]:
    """Boards that hold one of the pins, that are called so, or are asked for; last used first."""
    holding = Save.objects.filter(board=OuterRef("pk"), pin__public_id__in=list(pin_ids))
    found = boards.annotate(
        named=ExpressionWrapper(_called(text), output_field=BooleanField()),
        holding=ArraySubquery(holding.order_by("id").values("pin__public_id")),
    ).filter(Q(named=True) | Q(Exists(holding)) | Q(public_id=board_id))
    ordered = found.order_by(F("last_saved_at").desc(nulls_last=True), "-id")
    return board_rows(ordered, viewer=viewer, also=("named", "holding"))


def _called(text: str) -> Q:
    """Each of the words stands in the name, the words or a section of a board; or its name is like
    them, which forgives a typing mistake."""
    words = words_of(text=text)
    if not words:
        return Q(pk__in=[])
    every = Q()
    for word in words:
        section = Section.objects.filter(board=OuterRef("pk"), title__unaccent__icontains=word)
        board = Q(title__unaccent__icontains=word) | Q(text__unaccent__icontains=word)
        every &= board | Q(Exists(section))
    return every | Q(title__trigram_word_similar=" ".join(words))
