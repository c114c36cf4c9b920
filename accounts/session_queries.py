"""In which browsers somebody is logged in."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.devices import device_of
from accounts.session_models import LoginSession
from accounts.types import SessionRow
from core import clock


def sessions_of(*, user_id: int, session_key: str) -> list[SessionRow]:
    """The browsers that are logged in as somebody, the one that asks first. One query."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    rows = LoginSession.objects.filter(Exists(alive), user_id=user_id)
    found = [
        SessionRow(
            public_id=row.public_id,
            device=_words(row.agent),
            since=row.created_at,
            seen_at=row.seen_at,
            is_this=row.session_key == session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_this)


def _words(agent: str) -> str:
    browser, system = device_of(agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")
