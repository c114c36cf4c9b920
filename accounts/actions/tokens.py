"""Tokens for programs: made once, kept as a hash, withdrawn at any time."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.locking import locked_user
from accounts.errors import ScopesRefused, TooManyTokens
from accounts.token_models import ApiToken
from accounts.types import NewToken
from api.scopes import SCOPES
from core import clock
from core.errors import NotFound

PREFIX = "parley_"
MAX_TOKENS = 20
LIFETIMES = (7, 30, 90, 365)
_HINT = len(PREFIX) + 4
# A program that asks all day writes one row a minute, not one a request.
_NOTED_EVERY = timedelta(minutes=1)


def create_token(*, user_id: int, name: str, scopes: Collection[str], days: int) -> NewToken:
    """Make a token that ends after `days` (one of LIFETIMES). Its secret is never shown again.

    The name must be cleaned. Raises ScopesRefused for none and for unknown ones, TooManyTokens.
    """
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not wanted or len(wanted) != len(set(scopes)) or days not in LIFETIMES:
        raise ScopesRefused
    secret = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    with transaction.atomic():
        # The user's row is the lock of the list: two tabs must not both make the last one.
        locked_user(user_id)
        live = ApiToken.objects.filter(user_id=user_id, revoked_at=None, expires_at__gt=now)
        if live.count() >= MAX_TOKENS:
            raise TooManyTokens
        token = ApiToken.objects.create(
            user_id=user_id,
            name=name,
            digest=digest_of(secret),
            hint=secret[:_HINT],
            scopes=wanted,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    return NewToken(public_id=token.public_id, secret=secret)


def revoke_token(*, user_id: int, public_id: str) -> str:
    """Withdraw a token: its next request is refused. Returns its name.

    Twice is the same as once. Raises NotFound for a foreign and for an absent one alike.
    """
    token = ApiToken.objects.filter(user_id=user_id, public_id=public_id).first()
    if token is None:
        raise NotFound(_("There is no such token."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    return token.name


def note_use(*, token: ApiToken) -> None:
    """Remember that a token was used, at most once a minute. One query, or none."""
    now = clock.now()
    if token.last_used_at is None or token.last_used_at < now - _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def digest_of(secret: str) -> str:
    """How a token is kept. It has 256 random bits, so that a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()
