"""Following boards and hashtags, with a count that stays exact however many do it at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from accounts.actions import hold_actor
from accounts.queries import are_blocked
from core import clock
from core.db import in_turn
from feed.actions.hashtags import made
from feed.actions.saving import ref_of
from feed.errors import BoardNotFound, HashtagNotFound, OwnBoard, TooManyHashtags
from feed.hashtags import ref_of as hashtag_ref
from feed.models import Board, BoardFollow, Hashtag, HashtagFollow
from feed.saying import hashtag_name, shown_hashtag
from feed.tallies import change_followers, change_hashtag_followers
from feed.types import MAX_FOLLOWED_HASHTAGS, BoardRef, HashtagRef


def follow_board(*, board_id: str, profile_id: int) -> BoardRef:
    """Follow a board (public id) that everybody sees; twice is the same as once. The board, with
    its count of now.

    Raises BoardNotFound (also for a secret board, and behind a block), OwnBoard, NotFound for a
    closed account.
    """
    with transaction.atomic():
        hold_actor(profile_id=profile_id)
        board = _locked(board_id=board_id, profile_id=profile_id)
        if board.owner_id == profile_id:
            raise OwnBoard
        _follow, created = BoardFollow.objects.get_or_create(
            board=board, profile_id=profile_id, defaults={"created_at": clock.now()}
        )
        if created:
            change_followers(board_id=board.pk, by=1)
        return _now(board)


def unfollow_board(*, board_id: str, profile_id: int) -> BoardRef:
    """End a follow, if there is one. The board, with its count of now. Raises BoardNotFound."""
    with transaction.atomic():
        board = _locked(board_id=board_id, profile_id=profile_id)
        gone, _rows = BoardFollow.objects.filter(board=board, profile=profile_id).delete()
        if gone:
            change_followers(board_id=board.pk, by=-1)
        return _now(board)


def follow_hashtag(*, tag: str, profile_id: int) -> HashtagRef:
    """Follow a hashtag, however it is written, also one that no pin says yet; twice is the same as
    once. The hashtag, with its count of now.

    Raises HashtagNotFound for what is none, TooManyHashtags, NotFound for a closed account.
    """
    name = _name_of(tag)
    with transaction.atomic():
        # Of two who follow in somebody's name at once the second counts what the first followed.
        in_turn(f"hashtags that {profile_id} follows")
        hold_actor(profile_id=profile_id)
        made({name: shown_hashtag(tag)})
        hashtag = _held_hashtag(name)
        mine = HashtagFollow.objects.filter(profile=profile_id)
        if not mine.filter(hashtag=hashtag).exists():
            if mine.count() >= MAX_FOLLOWED_HASHTAGS:
                raise TooManyHashtags
            mine.create(hashtag=hashtag, profile_id=profile_id, created_at=clock.now())
            change_hashtag_followers(hashtag_id=hashtag.pk, by=1)
            hashtag.refresh_from_db(fields=["followers_count"])
        return hashtag_ref(hashtag)


def unfollow_hashtag(*, tag: str, profile_id: int) -> HashtagRef:
    """End a follow, if there is one. The hashtag, with its count of now. Raises HashtagNotFound for
    what is none."""
    name = _name_of(tag)
    with transaction.atomic():
        hashtag = Hashtag.objects.select_for_update(no_key=True).filter(name=name).first()
        if hashtag is None:
            return HashtagRef(name=name, shown=shown_hashtag(tag))
        gone, _rows = HashtagFollow.objects.filter(hashtag=hashtag, profile=profile_id).delete()
        if gone:
            change_hashtag_followers(hashtag_id=hashtag.pk, by=-1)
            hashtag.refresh_from_db(fields=["followers_count"])
        return hashtag_ref(hashtag)


def _name_of(tag: str) -> str:
    name = hashtag_name(tag)
    if not name:
        raise HashtagNotFound
    return name


def _held_hashtag(name: str) -> Hashtag:
    """A hashtag that is there, locked: who counts next sees what is counted now."""
    return Hashtag.objects.select_for_update(no_key=True).get(name=name)


def part_ways(*, one_id: int, other_id: int) -> None:
    """Two profiles block each other: neither follows a board of the other any more. The caller
    holds the boards of both."""
    between = Q(board__owner=one_id, profile=other_id) | Q(board__owner=other_id, profile=one_id)
    follows = BoardFollow.objects.filter(between)
    for board in follows.values_list("board", flat=True):
        change_followers(board_id=board, by=-1)
    follows.delete()


def _locked(*, board_id: str, profile_id: int) -> Board:
    """The board, if everybody sees it but those who are kept from its owner. Locked before the
    block is asked for: one that comes later ends the follow."""
    boards = Board.objects.filter(public_id=board_id, secret=False, owner__state="approved")
    board = boards.select_for_update(of=("self",), no_key=True).first()
    if board is None or are_blocked(one_id=profile_id, other_id=board.owner_id):
        raise BoardNotFound
    return board


def _now(board: Board) -> BoardRef:
    """Of a board that is locked still: it is there, and nobody else has counted."""
    board.refresh_from_db(fields=["followers_count"])
    return ref_of(board)
