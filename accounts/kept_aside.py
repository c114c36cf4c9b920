"""What was written or removed last, kept in the session for a while, so that Undo brings it back.

In the session, because logs keep the addresses of pages, and nothing of a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.sessions.backends.base import SessionBase

from core import clock

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
_SECONDS = 3600


def keep_aside(session: SessionBase, *, name: str, before: DataclassInstance) -> None:
    """Remember under this name, instead of what was there, how something was before."""
    session[name] = {"at": clock.now().timestamp(), **asdict(before)}


def kept_aside(session: SessionBase, *, name: str, read: Callable[[dict[str, Any]], T]) -> T | None:
    """What was kept aside within the last hour, as `read` makes it of its fields. What a release
    before wrote otherwise is lost."""
    try:
        kept = dict(session[name])
        at = kept.pop("at")
        before = read(kept)
    except (KeyError, TypeError):
        return None
    return before if clock.now().timestamp() - at < _SECONDS else None
