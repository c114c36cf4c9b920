"""Who a stream belongs to. The only part of the live process that asks the database."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.contrib.auth import get_user, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpRequest

from core import clock

# Two threads: a queue in front of the database instead of a connection for each page.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live-database")


@dataclass(frozen=True)
class Identity:
    """A signed-in person as the live process knows them."""

    session_key: str
    user_id: int
    profile_id: int
    unread: int


async def identify(session_key: str) -> Identity | None:
    """The person behind a session, or None for a guest and for an ended session."""
    if not session_key.isalnum() or len(session_key) > 40:
        return None
    return await asyncio.get_running_loop().run_in_executor(_threads, _identify, session_key)


async def still_there(identities: Collection[Identity]) -> set[str]:
    """The session keys of those that are neither ended nor of a closed account. Two queries."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, _still_there, list(identities))


def _identify(session_key: str) -> Identity | None:
    try:
        request = HttpRequest()
        request.session = SessionStore(session_key)
        user = get_user(request)
        profile = getattr(user, "own_profile", None)
        if not user.is_authenticated or not user.is_active or profile is None:
            return None
        return Identity(session_key, user.pk, profile.pk, profile.unread_count)
    finally:
        connections.close_all()


def _still_there(identities: list[Identity]) -> set[str]:
    try:
        keys = Session.objects.filter(
            session_key__in=[one.session_key for one in identities], expire_date__gt=clock.now()
        ).values_list("session_key", flat=True)
        users = get_user_model().objects.filter(
            pk__in={one.user_id for one in identities}, is_active=True
        )
        alive, active = set(keys), set(users.values_list("pk", flat=True))
        return {
            one.session_key
            for one in identities
            if one.session_key in alive and one.user_id in active
        }
    finally:
        connections.close_all()
