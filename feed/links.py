"""Links to secret boards, as far as somebody followed them: kept in the session.

So the key stands in one address only, which shows nothing itself: no page that is seen, no history
of what was read there and no other site has it.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

from feed.models import BoardLink

KEY = "board_links"
LIMIT = 50


def follow(*, key: str, session: SessionBase) -> str | None:
    """The address of the board that a link leads to, which this session may look at from now on; or
    None. One query."""
    link = BoardLink.objects.select_related("board").filter(key=key).first()
    if link is None:
        return None
    kept = [one for one in session.get(KEY, []) if one != key]
    session[KEY] = [*kept, key][-LIMIT:]
    return link.board.get_absolute_url()


def followed(*, session: SessionBase | None) -> list[str]:
    """The keys that a session has; some of them may have ended."""
    return list(session.get(KEY, [])) if session is not None else []
