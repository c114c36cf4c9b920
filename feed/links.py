"""Links to secret boards, as far as somebody followed them: kept in the session.

So the key stands in one address only, which shows nothing itself: no page that is seen, no history
of what was read there and no other site has it.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

from accounts.types import Viewer
from feed.access import LINKS_FOLLOWED, opened_by
from feed.models import Board

LIMIT = 50


def follow(*, key: str, viewer: Viewer, session: SessionBase) -> str | None:
    """The address of the board that a link leads to, which this session may look at from now on; or
    None, also where the viewer may not look at it with the link. One query."""
    board = Board.objects.filter(opened_by([key], viewer=viewer)).first()
    if board is None:
        return None
    kept = [one for one in session.get(LINKS_FOLLOWED, []) if one != key]
    session[LINKS_FOLLOWED] = [*kept, key][-LIMIT:]
    return board.get_absolute_url()
