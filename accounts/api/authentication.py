"""Who asks: a program with a token, or a browser with its session."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.actions.tokens import digest_of, note_use
from accounts.backend import AccountBackend
from accounts.middleware import member_viewer
from accounts.models import User
from accounts.token_models import ApiToken
from accounts.types import Viewer
from api.errors import BadToken, CsrfFailed
from core import clock
from core.errors import NotFound

ACTING_HEADER = "Acting-As"
_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer parley_…`. The token goes before any cookie. Two queries."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The user and the token. Raises BadToken, whatever is wrong with it."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer":
            raise BadToken
        found = ApiToken.objects.filter(digest=digest_of(secret.strip()), revoked_at=None)
        token = found.filter(expires_at__gt=clock.now()).first()
        # Suspended and closed accounts are nobody, with a token as with a password.
        user = AccountBackend().get_user(token.user_id) if token is not None else None
        if token is None or user is None:
            raise BadToken
        note_use(token=token)
        acting = request.headers.get(ACTING_HEADER, "")
        request._request.viewer = _viewer(user, SessionStore(), acting)  # type: ignore[attr-defined]  # noqa: SLF001
        return user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        """What a 401 asks for."""
        return "Bearer"


class BrowserAuthentication(BaseAuthentication):
    """The session of a page of ours; whoever writes proves with the CSRF token that it was ours."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The user of the session, or a guest. Raises CsrfFailed."""
        plain = request._request  # noqa: SLF001 - Django REST's own way to the request below
        if request.method not in _SAFE and (plain.COOKIES or plain.user.is_authenticated):
            _check_csrf(plain)
        if not plain.user.is_authenticated:
            return None
        acting = request.headers.get(ACTING_HEADER, "")
        if acting:
            plain.viewer = _viewer(plain.user, plain.session, acting)  # type: ignore[attr-defined]
        return plain.user, None


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:  # noqa: ARG002
        raise CsrfFailed


def _check_csrf(request: HttpRequest) -> None:
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    check.process_view(request, lambda _request: HttpResponse(), (), {})


def _viewer(user: User, session: SessionBase, handle: str) -> Viewer:
    """The member, acting for a brand of theirs in this one request when a handle names it.

    Raises NotFound for one that is not theirs.
    """
    viewer = member_viewer(user=user, session=session)
    if not handle:
        return viewer
    own = [brand.profile for brand in viewer.brands]
    own += [viewer.profile] if viewer.profile is not None else []
    chosen = next((one for one in own if one.handle == handle.lower()), None)
    if chosen is None:
        raise NotFound
    return member_viewer(user=user, session=session, acting_for=chosen.public_id)
