"""What of the feed goes with an account: pins, boards, what they follow, saves, likes, words.

Counters of what others own are counted anew from the rows that are left. What is counted is locked
before anything is deleted: whoever saves or likes meanwhile waits, and then counts on from there.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Exists, F, OuterRef

from accounts.actions.erasure_hooks import Leaver
from core import clock
from feed.actions.hashtags import forget_unused, used_by
from feed.actions.publishing import index_on_wall
from feed.actions.undoing import forget_notes
from feed.models import (
    AuthorLast,
    Board,
    BoardFollow,
    Comment,
    CommentLike,
    CommentMention,
    Hashtag,
    HashtagFollow,
    Pin,
    PinLike,
    Save,
)
from feed.tallies import recount_boards
from feed.types import CommentState
from search.actions import remove_documents

# In key order, so that two who leave at once do not wait for each other. Own boards before all:
# what others put there until now is seen, and goes with them.
_LOCK_OWN_BOARDS = """
SELECT id FROM feed_board WHERE owner_id = %(profile)s ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_PINS = """
SELECT id FROM feed_pin WHERE id IN (
    SELECT s.pin_id FROM feed_save s JOIN feed_board b ON b.id = s.board_id
    WHERE s.saver_id = %(profile)s OR b.owner_id = %(profile)s
    UNION SELECT pin_id FROM feed_pinlike WHERE profile_id = %(profile)s
    UNION SELECT pin_id FROM feed_comment WHERE author_id = %(profile)s
    UNION SELECT id FROM feed_pin WHERE author_id = %(profile)s
) ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_BOARDS = """
SELECT id FROM feed_board WHERE id IN (
    SELECT s.board_id FROM feed_save s JOIN feed_pin p ON p.id = s.pin_id
    WHERE s.saver_id = %(profile)s OR p.author_id = %(profile)s
    UNION SELECT board_id FROM feed_boardfollow WHERE profile_id = %(profile)s
) ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_HASHTAGS = """
SELECT id FROM feed_hashtag WHERE id IN (
    SELECT hashtag_id FROM feed_hashtagfollow WHERE profile_id = %(profile)s
) ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_COMMENTS = """
SELECT id FROM feed_comment WHERE id IN (
    SELECT comment_id FROM feed_commentlike WHERE profile_id = %(profile)s
) ORDER BY id FOR NO KEY UPDATE
"""
_COUNT_PINS = """
UPDATE feed_pin p SET
    saves_count = (SELECT count(*) FROM feed_save s
                   JOIN feed_board b ON b.id = s.board_id AND NOT b.secret WHERE s.pin_id = p.id),
    likes_count = (SELECT count(*) FROM feed_pinlike l WHERE l.pin_id = p.id),
    comments_count = (SELECT count(*) FROM feed_comment c
                      WHERE c.pin_id = p.id AND c.state = 'visible')
WHERE p.id = ANY(%(ids)s)
"""
_COUNT_COMMENTS = """
UPDATE feed_comment c
SET likes_count = (SELECT count(*) FROM feed_commentlike l WHERE l.comment_id = c.id)
WHERE c.id = ANY(%(ids)s)
"""


def erase(leaver: Leaver) -> None:
    """Remove everything that the leaver put on the wall; counters of others stay exact."""
    profile = leaver.profile_id
    _locked(_LOCK_OWN_BOARDS, profile)
    pins, boards, comments = (
        _locked(sql, profile) for sql in (_LOCK_PINS, _LOCK_BOARDS, _LOCK_COMMENTS)
    )
    Save.objects.filter(saver=profile).delete()
    # Not sooner: who takes one of these saves off a board keeps its words aside until they are
    # through, and the locks above have waited for that.
    forget_notes(saver_id=profile)
    Board.objects.filter(owner=profile).delete()
    hashtags = used_by(profile_id=profile)
    _end_follows(profile)
    PinLike.objects.filter(profile=profile).delete()
    CommentLike.objects.filter(profile=profile).delete()
    CommentMention.objects.filter(profile=profile).delete()
    shown = list(Pin.objects.filter(author=profile).values_list("public_id", flat=True))
    Pin.objects.filter(author=profile).delete()
    forget_unused(hashtags)
    AuthorLast.objects.filter(author=profile).delete()
    talked_of = _take_words(profile)
    remove_documents(kind="pin", public_ids=shown)
    index_on_wall(Pin.objects.filter(pk__in=talked_of))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_PINS, {"ids": pins})
        cursor.execute(_COUNT_COMMENTS, {"ids": comments})
    recount_boards(board_ids=boards)


def _locked(sql: str, profile_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"profile": profile_id})
        return [row[0] for row in cursor.fetchall()]


def _end_follows(profile_id: int) -> None:
    mine = BoardFollow.objects.filter(profile=profile_id)
    followed = Board.objects.filter(pk__in=mine.values("board"))
    followed.update(followers_count=F("followers_count") - 1)
    mine.delete()
    held = _locked(_LOCK_HASHTAGS, profile_id)
    # Asked again: who waited for the end of a follow finds that it is counted already.
    followed_still = Hashtag.objects.filter(pk__in=held, follows__profile=profile_id)
    followed_still.update(followers_count=F("followers_count") - 1)
    HashtagFollow.objects.filter(profile=profile_id).delete()


def _take_words(profile_id: int) -> list[int]:
    """Words go; where others replied, an empty place stays, so that their words keep theirs. The
    pins (keys) that their hashtags may have found."""
    words = Comment.objects.filter(author=profile_id)
    talked_of = list(words.filter(text__contains="#").values_list("pin_id", flat=True).distinct())
    words.filter(state=CommentState.VISIBLE).update(
        state=CommentState.DELETED, hidden_at=clock.now()
    )
    words.update(text="")
    replies = Comment.objects.filter(parent=OuterRef("pk")).exclude(author=profile_id)
    words.exclude(Exists(replies)).exclude(state=CommentState.TAKEN_DOWN).delete()
    return talked_of
