"""Block and mute: whom and what somebody does not want to meet."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.follows import unfollow
from accounts.actions.team_log import record_act
from accounts.errors import CannotHide, TooManyHidden, WordRefused
from accounts.events import ProfileBlocked, ProfileMuted
from accounts.hiding_models import WORD_LIMIT
from accounts.models import Block, Mute, Profile
from core import clock
from core.db import retrying
from core.errors import NotFound
from core.events import publish
from core.text import MARKS, TextRefused, clean_text

# Every page of a viewer reads the whole list, so it has an end.
MAX_BLOCKS = 2000
MAX_MUTES = 500
# Letters and digits, with the signs above, below and beside them.
_PART = rf"[^\W_](?:[^\W_]|[{MARKS}])*"
_WORD = re.compile(rf"{_PART}(?:[ '.-]{_PART})*")


def hold_blocks(*, profile_id: int) -> None:
    """Let no block of or by this profile come until the transaction ends; one that is on its way is
    through then. For who brings back what a block would have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM accounts_profile WHERE id = %s FOR SHARE", [profile_id])


@retrying
def block(*, blocker_id: int, blocked_id: int, actor_id: int | None = None) -> bool:
    """Let neither profile see the other; follows between them end, in both directions.

    Returns False, changing nothing, when it was so already. Orders between the two go on: what
    was bought is owed. `actor_id`, here and below, is the user who does it in a brand's name: it
    goes into the brand's log. Raises CannotHide for oneself or a brand of one's own, NotFound for
    nobody, TooManyHidden.
    """
    _check_other(owner_id=blocker_id, other_id=blocked_id)
    with transaction.atomic():
        # Both rows, in key order: a follow that happens meanwhile waits, and then finds the block.
        both = Profile.objects.select_for_update(no_key=True).filter(
            id__in=[blocker_id, blocked_id]
        )
        if len(both.order_by("id")) < 2:
            raise NotFound(_("There is nobody of that name here."))
        mine = Block.objects.filter(blocker_id=blocker_id)
        if mine.count() >= MAX_BLOCKS and not mine.filter(blocked_id=blocked_id).exists():
            raise TooManyHidden
        _row, created = Block.objects.get_or_create(
            blocker_id=blocker_id, blocked_id=blocked_id, defaults={"created_at": clock.now()}
        )
        if created:
            unfollow(follower_id=blocker_id, followed_id=blocked_id)
            unfollow(follower_id=blocked_id, followed_id=blocker_id)
            publish(ProfileBlocked(blocker_id=blocker_id, blocked_id=blocked_id))
            _log("blocked", blocker_id, blocked_id, actor_id)
    return created


def unblock(*, blocker_id: int, blocked_id: int, actor_id: int | None = None) -> bool:
    """Take a block back; follows stay ended. Returns False when there was none."""
    with transaction.atomic():
        rows = Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id)
        deleted, _rows = rows.delete()
        if deleted:
            _log("unblocked", blocker_id, blocked_id, actor_id)
    return bool(deleted)


def mute(
    *,
    muter_id: int,
    muted_id: int,
    until: datetime | None = None,
    actor_id: int | None = None,
) -> bool:
    """Leave a profile out of one's walls, lists and notices, for good or until a moment.

    They do not learn of it. Muting again changes the moment; returns False then. Raises CannotHide,
    NotFound, TooManyHidden.
    """
    _check_other(owner_id=muter_id, other_id=muted_id)
    if not Profile.objects.filter(id=muted_id, state=Profile.State.APPROVED).exists():
        raise NotFound(_("There is nobody of that name here."))
    with transaction.atomic():
        created = _mute(muter_id=muter_id, until=until, muted_id=muted_id)
        if created:
            publish(ProfileMuted(muter_id=muter_id, muted_id=muted_id))
            _log("muted", muter_id, muted_id, actor_id)
    return created


def unmute(*, muter_id: int, muted_id: int, actor_id: int | None = None) -> bool:
    """Take a mute back. Returns False when there was none."""
    with transaction.atomic():
        deleted, _rows = Mute.objects.filter(muter_id=muter_id, muted_id=muted_id).delete()
        if deleted:
            _log("unmuted", muter_id, muted_id, actor_id)
    return bool(deleted)


def mute_word(
    *, muter_id: int, word: str, until: datetime | None = None, actor_id: int | None = None
) -> str:
    """Leave pins that hold this word (or these words, in this order) out of one's walls.

    Capitals and a leading # do not matter. Returns the word as it is kept. Raises WordRefused,
    TooManyHidden.
    """
    try:
        kept = clean_text(word.lower(), limit=WORD_LIMIT, single_line=True).lstrip("#")
    except TextRefused as error:
        raise WordRefused from error
    if len(kept) < 2 or not _WORD.fullmatch(kept):
        raise WordRefused
    with transaction.atomic():
        created = _mute(muter_id=muter_id, until=until, word=kept)
        if created and actor_id is not None:
            act = "accounts.word_muted"
            record_act(brand_id=muter_id, actor_id=actor_id, act=act, subject=kept)
    return kept


def unmute_word(*, muter_id: int, word: str, actor_id: int | None = None) -> bool:
    """Take the mute of a word back. Returns False when there was none."""
    word = word.lower()
    with transaction.atomic():
        rows = Mute.objects.filter(muter_id=muter_id, word=word).exclude(word="")
        deleted, _rows = rows.delete()
        if deleted and actor_id is not None:
            act = "accounts.word_unmuted"
            record_act(brand_id=muter_id, actor_id=actor_id, act=act, subject=word)
    return bool(deleted)


def _log(act: str, brand_id: int, other_id: int, actor_id: int | None) -> None:
    """Tell a brand's team who did it, and to whom; a person needs no log."""
    if actor_id is not None:
        name = Profile.objects.values_list("name", flat=True).get(pk=other_id)
        record_act(brand_id=brand_id, actor_id=actor_id, act=f"accounts.{act}", subject=name)


def _mute(
    *, muter_id: int, until: datetime | None, muted_id: int | None = None, word: str = ""
) -> bool:
    # One row more than the end, when two ask at once, harms nobody.
    mine = Mute.objects.filter(muter_id=muter_id)
    if mine.count() >= MAX_MUTES and not mine.filter(muted_id=muted_id, word=word).exists():
        raise TooManyHidden
    _row, created = Mute.objects.update_or_create(
        muter_id=muter_id,
        muted_id=muted_id,
        word=word,
        defaults={"until": until, "created_at": clock.now()},
    )
    return created


def _check_other(*, owner_id: int, other_id: int) -> None:
    """Nobody hides from themselves: neither a person nor the brands that they act for."""
    own = Q(id=other_id, organization__memberships__user__profile=owner_id)
    team = Q(id=owner_id, organization__memberships__user__profile=other_id)
    if owner_id == other_id or Profile.objects.filter(own | team).exists():
        raise CannotHide
