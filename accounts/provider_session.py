"""What a session keeps of a log-in by provider: tries under way, and who is about to join.

Both end by themselves, and a try is taken out before it is used: the same answer of a provider
opens nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.actions.providers import connect_provider
from accounts.errors import ProviderTaken
from accounts.models import User
from accounts.provider_queries import providers_of
from core.oidc import AGAIN_SECONDS, Handshake, Identity

Purpose = Literal["login", "connect", "again"]
SECONDS = 600
_MOST = 5
_TRIES, _NEWCOMER = "provider_tries", "provider_newcomer"


@dataclass(frozen=True, kw_only=True)
class Try:
    """One way to a provider and back: what for, for whom (0 is a guest), and where it goes on."""

    slug: str
    purpose: Purpose
    user_id: int
    goes_on: str
    handshake: Handshake


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody whom only a provider knows; `user_id` while their new account waits for a code."""

    slug: str
    issuer: str
    identity: Identity
    goes_on: str
    user_id: int = 0


def keep_try(session: SessionBase, kept: Try) -> None:
    """Remember a try; the oldest of several tabs makes room."""
    tries = _living(session)
    tries[kept.handshake.state] = {**asdict(kept), "at": time.time()}
    session[_TRIES] = dict(list(tries.items())[-_MOST:])


def take_try(session: SessionBase, *, slug: str, state: str) -> Try | None:
    """The try that this provider answers, for once; None for an unknown, a late or a second one."""
    tries = _living(session)
    found = tries.pop(state, None)
    session[_TRIES] = tries
    if found is None or found["slug"] != slug:
        return None
    found.pop("at")
    return Try(**{**found, "handshake": Handshake(**found["handshake"])})


def _living(session: SessionBase) -> dict[str, dict[str, Any]]:
    now = time.time()
    tries = session.get(_TRIES, {})
    return {state: one for state, one in tries.items() if now - one["at"] < SECONDS}


def keep_newcomer(session: SessionBase, newcomer: Newcomer) -> None:
    """Remember who is about to join."""
    session[_NEWCOMER] = {**asdict(newcomer), "at": time.time()}


def newcomer_of(session: SessionBase, *, slug: str) -> Newcomer | None:
    """Who is about to join by this provider; None when nobody is, or it was too long ago."""
    newcomer = _newcomer(session)
    return newcomer if newcomer and newcomer.slug == slug and not newcomer.user_id else None


def _newcomer(session: SessionBase) -> Newcomer | None:
    kept = dict(session.get(_NEWCOMER, {}))
    if not kept or time.time() - kept.pop("at") > SECONDS:
        return None
    return Newcomer(**{**kept, "identity": Identity(**kept["identity"])})


def forget_newcomer(session: SessionBase) -> None:
    """Nobody is about to join any more."""
    session.pop(_NEWCOMER, None)


def connect_newcomer(request: HttpRequest, user: User, _old_session_key: str) -> None:
    """A hook of log-ins: who typed the code of a new address has joined, and their provider counts.

    Not before: an address that nobody confirmed must not leave a second way into the account that
    its owner opens later.
    """
    newcomer = _newcomer(request.session)
    if newcomer is None or newcomer.user_id != user.pk:
        return
    forget_newcomer(request.session)
    try:
        connect_provider(user_id=user.pk, issuer=newcomer.issuer, identity=newcomer.identity)
    except ProviderTaken as error:
        messages.error(request, str(error.message))


def note_again(request: HttpRequest, user: User) -> None:
    """Somebody has just shown once more that it is them."""
    record_authentication(request, user, method="provider", reauthenticated=True)


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody without a password has lately shown that it is them.

    True also for everybody who has a password or a second factor: allauth asks them itself.
    """
    user = request.user
    if not isinstance(user, User) or get_reauthentication_flows(user):
        return True
    shown = [
        one["at"]
        for one in get_authentication_records(request, user)
        if one["method"] == "provider" and one.get("reauthenticated")
    ]
    if shown and time.time() - shown[-1] < AGAIN_SECONDS:
        return True
    return not any(row.public_id for row in providers_of(user_id=user.pk))


def fresh(
    view: Callable[..., HttpResponseBase], *, back_to: str = ""
) -> Callable[..., HttpResponseBase]:
    """The view, for somebody without a password only after their provider vouched for them again.

    allauth knows passwords and second factors and lets everybody else pass. `back_to` names the
    page on which a POST begins.
    """

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        wanted = reverse(back_to) if back_to else request.path
        return HttpResponseRedirect(f"{reverse('accounts:again')}?{urlencode({'next': wanted})}")

    return guarded
