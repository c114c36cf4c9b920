"""Whose a board is, and who may see and arrange it. Every way to a board leads through here."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.types import Viewer
from feed.models import Board, BoardMember, Save


def visible_boards(*, viewer: Viewer) -> QuerySet[Board]:
    """Public boards of public people, the viewer's own, and those they were asked to join.

    Without those of owners whom a block keeps from the viewer.
    """
    met = Q(owner__state="approved")
    if viewer.hidden.blocked:
        met &= ~Q(owner__in=list(viewer.hidden.blocked))
    if viewer.acting is None:
        return Board.objects.filter(met, secret=False)
    asked = _member(viewer.acting.id, BoardMember.State.INVITED, BoardMember.State.JOINED)
    return Board.objects.filter(Q(owner=viewer.acting.id) | (met & (Q(secret=False) | Q(asked))))


def arrangeable_boards(*, profile_id: int) -> QuerySet[Board]:
    """Boards that somebody may save to and arrange: their own, and those they joined."""
    joined = _member(profile_id, BoardMember.State.JOINED)
    return Board.objects.filter(
        Q(owner=profile_id) | (Q(joined) & Q(owner__state="approved")),
    )


def joined_by(profile_id: int) -> Exists:
    """Whether somebody is on a board beside its owner, to filter boards by."""
    return _member(profile_id, BoardMember.State.JOINED)


def saves_in_reach() -> QuerySet[Save]:
    """Saves on boards that their savers may still see and arrange.

    Whoever is off a board leaves there what they saved, and neither reads of it nor takes it back.
    """
    joined = BoardMember.objects.filter(
        board=OuterRef("board"), profile=OuterRef("saver"), state=BoardMember.State.JOINED
    )
    return Save.objects.filter(
        Q(board__owner=F("saver")) | (Q(board__owner__state="approved") & Exists(joined))
    )


def last_used_first(boards: QuerySet[Board], *, profile_id: int) -> QuerySet[Board]:
    """In front the board that this profile saved to last; what others save there counts not."""
    mine = Save.objects.filter(board=OuterRef("pk"), saver=profile_id).order_by("-created_at")
    return boards.annotate(used_at=Subquery(mine.values("created_at")[:1])).order_by(
        F("used_at").desc(nulls_last=True), "-id"
    )


def _member(profile_id: int, *states: BoardMember.State) -> Exists:
    return Exists(
        BoardMember.objects.filter(board=OuterRef("pk"), profile=profile_id, state__in=states)
    )
