"""In which browsers somebody is logged in: noted at log-in, kept up, ended.

A session is Django's row; ours beside it says whose it is, so that it can be listed and ended. What
ends one deletes both, so an open live stream ends with it at its next look.
"""

from __future__ import annotations

import time

from allauth.account import app_settings as allauth
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.session_models import LoginSession
from accounts.token_models import ApiToken
from core import clock
from core.errors import NotFound

SEEN_EVERY_SECONDS = 600
# Inside the session: the key under which we know it, when it was logged in, and when we last wrote
# that it was seen.
_NOTED_KEY = "log_in"


def remember(request: HttpRequest, user: object) -> None:
    """Note a browser that has just logged in, and forget those that logged out."""
    key = request.session.session_key
    pk = getattr(user, "pk", None)
    if key is None or pk is None:
        return
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    LoginSession.objects.filter(~Exists(alive), user_id=pk).delete()
    LoginSession.objects.create(
        user_id=pk, session_key=key, agent=request.META.get("HTTP_USER_AGENT", "")[:300]
    )
    now = time.time()
    request.session[_NOTED_KEY] = {"key": key, "at": now, "seen": now}


def is_fresh(request: HttpRequest) -> bool:
    """Whether this browser was logged in so lately that its owner would not be asked again.

    Logged in is who has shown everything that the account asks for, its second factor too.
    """
    at: float = request.session.get(_NOTED_KEY, {}).get("at", 0)
    window: int = allauth.REAUTHENTICATION_TIMEOUT
    return time.time() - at < window


def keep_up(request: HttpRequest) -> None:
    """After an answer: follow a session that got a new key, and write now and then that it is used.

    Costs nothing for guests, and one update in ten minutes for everybody else.
    """
    session = request.session
    if not session.accessed or session.is_empty():
        return
    noted = session.get(_NOTED_KEY)
    if not noted:
        return
    key = session.session_key
    if noted["key"] == key and time.time() - noted["seen"] < SEEN_EVERY_SECONDS:
        return
    LoginSession.objects.filter(session_key=noted["key"]).update(
        session_key=key, seen_at=clock.now()
    )
    session[_NOTED_KEY] = {**noted, "key": key, "seen": time.time()}


@transaction.atomic
def end_session(*, user_id: int, public_id: str) -> None:
    """Log one browser out. Raises NotFound for somebody else's and for one that is over."""
    row = LoginSession.objects.filter(user_id=user_id, public_id=public_id).first()
    if row is None:
        raise NotFound(_("There is no such session."))
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


@transaction.atomic
def end_sessions(*, user_id: int, but: str = "", tokens: bool = False) -> None:
    """Log every browser of a user out, except the one whose session key is `but`.

    With `tokens` the keys of their programs are withdrawn, too.
    """
    rows = LoginSession.objects.filter(user_id=user_id).exclude(session_key=but)
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()
    if tokens:
        ApiToken.objects.filter(user_id=user_id, revoked_at=None).update(revoked_at=clock.now())
