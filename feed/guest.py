"""Saves of somebody who has not signed up: kept in the session, merged at sign-up."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.queries import person_contact
from accounts.types import Viewer
from feed.actions import save_pin
from feed.errors import PinNotFound

KEY = "saved_pins"
LIMIT = 200


def guest_saves(*, viewer: Viewer, session: SessionBase) -> frozenset[str]:
    """Public ids of the pins a guest saved; empty for somebody signed in, whose saves are rows."""
    if viewer.acting is not None:
        return frozenset()
    return frozenset(session.get(KEY, ()))


def keep(*, session: SessionBase, pin_id: str) -> None:
    kept = [one for one in session.get(KEY, []) if one != pin_id]
    session[KEY] = [*kept, pin_id][-LIMIT:]


def drop(*, session: SessionBase, pin_id: str) -> None:
    session[KEY] = [one for one in session.get(KEY, []) if one != pin_id]


def merge(request: HttpRequest, user: AbstractBaseUser, _old_session_key: str) -> None:
    """Turn what the guest saved into saves of the person they became; a log-in hook."""
    kept: list[str] = request.session.pop(KEY, [])
    person = person_contact(user_id=user.pk) if kept else None
    if person is None:
        return
    for pin_id in kept:
        try:
            save_pin(pin_id=pin_id, saver_id=person.profile_id)
        except PinNotFound:
            continue  # taken down since; there is nothing left to save
