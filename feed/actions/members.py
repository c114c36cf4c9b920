"""People on a board beside its owner: asked, joined, gone."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from accounts.actions import hold_actor
from accounts.queries import are_blocked, profile_by_handle
from core import clock
from core.errors import NotFound
from core.events import publish
from feed import acts
from feed.access import hold_boards
from feed.actions import undoing
from feed.actions.boards import own_board
from feed.errors import AlreadyAsked, BoardNotFound, NobodyByThatName, TooManyMembers
from feed.events import BoardInvited, BoardJoined
from feed.models import Board, BoardMember
from feed.types import MAX_MEMBERS


def invite_member(*, board_id: str, owner_id: int, handle: str, user_id: int | None = None) -> str:
    """Ask a person or brand by handle (with or without @) to save and arrange; their name.

    `user_id` as in `create_board`, in all of these. Raises BoardNotFound, NobodyByThatName (nobody
    public, the owner, or behind a block), AlreadyAsked (also when they declined: no is no),
    TooManyMembers beyond twenty.
    """
    found = profile_by_handle(handle=handle.strip().removeprefix("@").lower())
    if found is None or not found.is_public or found.ref.id == owner_id:
        raise NobodyByThatName
    with transaction.atomic():
        try:
            hold_actor(profile_id=found.ref.id)
        except NotFound:  # they left a moment ago
            raise NobodyByThatName from None
        board = own_board(board_id=board_id, owner_id=owner_id)
        # Asked when the board is held: a block that comes later ends the invitation.
        if are_blocked(one_id=owner_id, other_id=found.ref.id):
            raise NobodyByThatName
        if BoardMember.objects.filter(board=board).count() >= MAX_MEMBERS:
            raise TooManyMembers
        _member, created = BoardMember.objects.get_or_create(
            board=board, profile_id=found.ref.id, defaults={"created_at": clock.now()}
        )
        if not created:
            raise AlreadyAsked
        acts.record(
            acts.BOARD_ASKED,
            brand_id=owner_id,
            user_id=user_id,
            subject=board.title,
            detail=found.ref.name,
        )
        publish(BoardInvited(board_id=board.public_id, owner_id=owner_id, profile_id=found.ref.id))
    return found.ref.name


def answer_invitation(
    *, board_id: str, profile_id: int, accept: bool, user_id: int | None = None
) -> Board:
    """Say yes or no to an invitation; saying the same again changes nothing.

    Raises BoardNotFound when there is none that is still open.
    """
    with transaction.atomic():
        member = (
            BoardMember.objects.select_for_update(of=("self",))
            .select_related("board")
            .filter(board__public_id=board_id, profile=profile_id)
            .exclude(state=BoardMember.State.DECLINED)
            .first()
        )
        if member is None:
            raise BoardNotFound
        if member.state == BoardMember.State.INVITED:
            member.state = BoardMember.State.JOINED if accept else BoardMember.State.DECLINED
            member.answered_at = clock.now()
            member.save(update_fields=["state", "answered_at"])
            acts.record(
                acts.BOARD_JOINED if accept else acts.BOARD_DECLINED,
                brand_id=profile_id,
                user_id=user_id,
                subject=member.board.title,
            )
            if accept:
                publish(
                    BoardJoined(
                        board_id=board_id,
                        owner_id=member.board.owner_id,
                        profile_id=profile_id,
                    )
                )
    return member.board


def remove_member(
    *, board_id: str, owner_id: int, member_id: str, user_id: int | None = None
) -> tuple[str, str]:
    """Take somebody (public id of the profile) off the own board; name, and what `undo` takes, ""
    where they had just left: that can be undone no more.

    What they saved stays. Raises BoardNotFound, NobodyByThatName.
    """
    with transaction.atomic():
        board = own_board(board_id=board_id, owner_id=owner_id)
        left = undoing.forget_leaving(board_id=board_id, member_id=member_id)
        member = (
            BoardMember.objects.select_for_update(of=("self",))
            .filter(board=board, profile__public_id=member_id)
            .select_related("profile")
            .first()
        )
        if member is not None:
            token = undoing.keep_member(board, member, actor_id=owner_id)
            member.delete()
            acts.record(
                acts.BOARD_TAKEN_OFF,
                brand_id=owner_id,
                user_id=user_id,
                subject=board.title,
                detail=member.profile.name,
            )
            return member.profile.name, token
    if left is None:
        raise NobodyByThatName
    return left, ""


def leave_board(*, board_id: str, profile_id: int, user_id: int | None = None) -> tuple[str, str]:
    """Leave a board that one joined; its title, and what `undo` takes. Raises BoardNotFound."""
    with transaction.atomic():
        hold_boards(public_ids=[board_id])
        member = (
            BoardMember.objects.select_for_update(of=("self",))
            .select_related("board")
            .filter(board__public_id=board_id, profile=profile_id, state=BoardMember.State.JOINED)
            .first()
        )
        if member is None:
            raise BoardNotFound
        token = undoing.keep_member(member.board, member, actor_id=profile_id)
        member.delete()
        acts.record(
            acts.BOARD_LEFT, brand_id=profile_id, user_id=user_id, subject=member.board.title
        )
    return member.board.title, token


def part_ways(*, one_id: int, other_id: int) -> None:
    """Two profiles block each other: neither stays on a board of the other. The caller holds the
    boards of both."""
    BoardMember.objects.filter(
        Q(board__owner=one_id, profile=other_id) | Q(board__owner=other_id, profile=one_id)
    ).delete()
