"""What led somebody here: the last click of the window, as an order keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from core import clock
from tracking import queries as tracking

Snapshot = Mapping[str, Any]


def touch_for(*, session: SessionBase | None, product_ids: Iterable[str]) -> dict[str, Any] | None:
    """The last click on any of the products within seven days, or None. No query."""
    if session is None:
        return None
    touch = tracking.last_touch(session=session, product_ids=list(product_ids), now=clock.now())
    if touch is None:
        return None
    return {
        "source": touch.source,
        "ref": touch.ref,
        "at": touch.at.isoformat(),
    }


def latest(touches: Iterable[Snapshot | None]) -> dict[str, Any] | None:
    """The newest of several snapshots."""
    known = [dict(touch) for touch in touches if touch]
    return max(known, key=lambda touch: str(touch["at"]), default=None)
