"""What the session of a guest remembers for this app."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

BAG_KEY = "bag"
BAG_COUNT = "bag_count"
COUNTRY = "country"
_PURCHASES = "purchases"
_MOST = 20


def remember_purchase(session: SessionBase, purchase_id: str) -> None:
    """Let this session see a guest's purchase from now on."""
    known = [one for one in session.get(_PURCHASES, []) if one != purchase_id]
    session[_PURCHASES] = [*known, purchase_id][-_MOST:]


def known_purchases(session: SessionBase) -> list[str]:
    """Public ids of the purchases that this session may see, the newest last."""
    found = session.get(_PURCHASES, [])
    return found if isinstance(found, list) else []
