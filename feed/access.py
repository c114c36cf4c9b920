"""Whose a board is, and who may see and arrange it. Every way to a board leads through here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.types import Viewer
from feed.models import Board, BoardLink, BoardMember, Save

# What a session keeps of links that were followed: their keys (`feed.links`).
LINKS_FOLLOWED = "board_links"
# A board that nobody used stands behind all others.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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


def readable_boards(*, viewer: Viewer) -> QuerySet[Board]:
    """The same where one board is asked for: also those to which the viewer followed a link, while
    it lasts. No list shows them."""
    # Some of them may have ended.
    keys = viewer.session.get(LINKS_FOLLOWED, []) if viewer.session is not None else []
    boards = visible_boards(viewer=viewer)
    if not keys:
        return boards
    return Board.objects.filter(Q(pk__in=boards.values("pk")) | opened_by(keys, viewer=viewer))


def opened_by(keys: Collection[str], *, viewer: Viewer) -> Q:
    """Of boards: those that a link with one of these keys opens to the viewer."""
    linked = BoardLink.objects.filter(board=OuterRef("pk"), key__in=keys)
    met = Q(Exists(linked), owner__state="approved")
    return met & ~Q(owner__in=list(viewer.hidden.blocked))


def arrangeable_boards(*, profile_id: int) -> QuerySet[Board]:
    """Boards that somebody may save to and arrange: their own, and those they joined."""
    joined = _member(profile_id, BoardMember.State.JOINED)
    return Board.objects.filter(
        Q(owner=profile_id) | (Q(joined) & Q(owner__state="approved")),
    )


def hold_boards(*, public_ids: Collection[str]) -> None:
    """Let nobody else write on these boards until the transaction ends. What stands on them, or was
    kept aside of them (`TakenAway`), is locked after them."""
    boards = Board.objects.filter(public_id__in=public_ids).order_by("pk")
    list(boards.select_for_update(no_key=True).values_list("pk"))


def hold_boards_of(*, owner_ids: Collection[int]) -> None:
    """The same of all boards of these profiles. Whoever is letting somebody in on one of them, or
    letting them follow it, and did not see a block yet, is waited for: then it can be seen that
    they did."""
    boards = Board.objects.filter(owner__in=owner_ids).order_by("pk")
    list(boards.select_for_update(no_key=True).values_list("pk"))


def joined_by(profile_id: int) -> Exists:
    """Whether somebody is on a board beside its owner, to filter boards by."""
    return _member(profile_id, BoardMember.State.JOINED)


def is_shared() -> Exists:
    """Whether anybody beside its owner is on a board, as a column of boards."""
    joined = BoardMember.objects.filter(
        board=OuterRef("pk"), state=BoardMember.State.JOINED, profile__state="approved"
    )
    return Exists(joined)


def joined(board: str, profile_id: int) -> Exists:
    """Whether somebody arranges the board that the field `board` of the rows names, beside its
    owner, who has to be let in still."""
    return Exists(
        BoardMember.objects.filter(
            board=OuterRef(board),
            profile=profile_id,
            state=BoardMember.State.JOINED,
            board__owner__state="approved",
        )
    )


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


def by_last_use(boards: QuerySet[Board], *, profile_id: int) -> QuerySet[Board]:
    """With `used_at`, the moment at which this profile saved there last; what others save there
    counts not. In front the board of the last one."""
    mine = Save.objects.filter(board=OuterRef("pk"), saver=profile_id).order_by("-created_at")
    used_at = Coalesce(Subquery(mine.values("created_at")[:1]), Value(NEVER))
    return boards.annotate(used_at=used_at).order_by("-used_at", "-id")


def _member(profile_id: int, *states: BoardMember.State) -> Exists:
    return Exists(
        BoardMember.objects.filter(board=OuterRef("pk"), profile=profile_id, state__in=states)
    )
