"""OpenID Connect as the site that somebody logs in to speaks it. Knows no rows and no sessions.

`begin` says where to send a browser, `finish` who came back. Nothing that arrives is believed
before it is checked: the issuer by its name, the token by its signature, audience, age and nonce.
Why not a library's client: docs/adr/0011-log-in-by-provider.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import jwt
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.http import PLAIN, FetchRefused, plain_chunks
from core.oidc_settings import Provider

# For all requests of one leg together: a page waits for them.
SECONDS = 6.0
MAX_BYTES = 256 * 1024
REMEMBERED_SECONDS = 600
CLOCKS_DIFFER_BY = 60
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
# How long ago somebody may have shown who they are there, when they are asked once more.
AGAIN_SECONDS = 300
_EMAIL_LIMIT = 254
_SUBJECT_LIMIT = 255


class ProviderTrouble(DomainError):
    """What came from a provider is not to be believed. `code` says what, for the log."""

    code = "provider_trouble"
    message = _("Its answer was not right, so we did not let anybody in.")
    status = 422


class ProviderAway(DomainError):
    """A provider did not answer in time, or only said that it is unwell."""

    code = "provider_away"
    message = _("It does not answer at the moment.")
    status = 503


@dataclass(frozen=True, kw_only=True)
class Handshake:
    """Secrets of one try, kept in the session of the browser that began it. Good once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who came back. `email` is '' when there was none; it proves nothing unless `is_verified`."""

    subject: str
    email: str = ""
    is_verified: bool = False
    name: str = ""


def new_handshake() -> Handshake:
    """Fresh secrets."""
    return Handshake(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
    )


def begin(*, provider: Provider, handshake: Handshake, back_to: str, again: bool = False) -> str:
    """The provider's address to which a browser goes; `again` asks it not to trust its own session.

    Raises ProviderAway and ProviderTrouble.
    """
    digest = hashlib.sha256(handshake.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to,
        "scope": "openid email profile",
        "state": handshake.state,
        "nonce": handshake.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    line = _Line()
    address = _address(_configuration(line, provider), "authorization_endpoint", provider)
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def finish(
    *, provider: Provider, handshake: Handshake, code: str, back_to: str, again: bool = False
) -> Identity:
    """Who the code stands for. Raises ProviderAway and ProviderTrouble."""
    line = _Line()
    known = _configuration(line, provider)
    grant = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "code_verifier": handshake.verifier,
    }
    answer = _redeem(line, provider, known, grant)
    claims = _claims(line, provider, known, answer.get("id_token"))
    if not _same(claims.get("nonce"), handshake.nonce):
        raise ProviderTrouble(code="nonce")
    if again and _is_stale(claims.get("auth_time")):
        raise ProviderTrouble(code="stale")
    told = {**claims, **_more(line, provider, known, answer, claims)}
    return _identity(told)


class _Line:
    """Requests of one leg, which have so many seconds and bytes and follow no redirect."""

    def __init__(self) -> None:
        self._until = time.monotonic() + SECONDS

    def ask(
        self,
        method: str,
        url: str,
        *,
        form: dict[str, str] | None = None,
        login: tuple[str, str] | None = None,
        bearer: str = "",
    ) -> dict[str, Any]:
        """The JSON object that an address answers. Raises ProviderAway and ProviderTrouble."""
        headers = {"Accept": "application/json", **PLAIN}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        try:
            with (
                httpx.Client(trust_env=False, timeout=self._left()) as client,
                client.stream(method, url, data=form, headers=headers, auth=login) as response,
            ):
                body = self._read(response)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise ProviderAway from error
        if response.status_code >= 500:
            raise ProviderAway
        if response.status_code != 200:
            raise ProviderTrouble(code="refused")
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ProviderTrouble(code="nonsense") from error
        if not isinstance(found, dict):
            raise ProviderTrouble(code="nonsense")
        return found

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise ProviderAway
        return left

    def _read(self, response: httpx.Response) -> bytes:
        body = b""
        try:
            for chunk in plain_chunks(response, at_most=MAX_BYTES):
                body += chunk
                self._left()
        except FetchRefused as error:
            raise ProviderTrouble(code=error.code) from error
        return body


def _configuration(line: _Line, provider: Provider, *, fresh: bool = False) -> dict[str, Any]:
    """What a provider says of itself, with its keys; remembered for ten minutes."""
    name = f"oidc:{hashlib.sha256(provider.issuer.encode()).hexdigest()}"
    known = None if fresh else cache.get(name)
    if known is not None:
        return dict(known)
    known = line.ask("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if known.get("issuer") != provider.issuer:
        raise ProviderTrouble(code="issuer")
    known["keys"] = line.ask("GET", _address(known, "jwks_uri", provider))
    cache.set(name, known, REMEMBERED_SECONDS)
    return known


def _address(known: dict[str, Any], name: str, provider: Provider) -> str:
    """An address that a provider names; never a plain one where the provider itself is guarded."""
    value = known.get(name)
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ProviderTrouble(code="nonsense") from error
    allowed = {"https", urlsplit(provider.issuer).scheme}
    if parts.scheme not in allowed or not parts.hostname or parts.fragment:
        raise ProviderTrouble(code="nonsense")
    return str(value)


def _redeem(
    line: _Line, provider: Provider, known: dict[str, Any], grant: dict[str, str]
) -> dict[str, Any]:
    """Tokens for a code. We show who we are by header, as the standard has it, or else by form."""
    address = _address(known, "token_endpoint", provider)
    ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if provider.client_secret and "client_secret_basic" in ways:
        login = (quote_plus(provider.client_id), quote_plus(provider.client_secret))
        return line.ask("POST", address, form=grant, login=login)
    own = {"client_id": provider.client_id}
    if provider.client_secret:
        own["client_secret"] = provider.client_secret
    return line.ask("POST", address, form={**grant, **own})


def _claims(
    line: _Line, provider: Provider, known: dict[str, Any], token: object
) -> dict[str, Any]:
    if not isinstance(token, str):
        raise ProviderTrouble(code="no_token")
    try:
        key = _key(line, provider, known, jwt.get_unverified_header(token).get("kid"))
        if key.algorithm_name not in ALGORITHMS:
            raise ProviderTrouble(code="algorithm")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[key.algorithm_name],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCKS_DIFFER_BY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise ProviderTrouble(code="token") from error
    audience = claims["aud"]
    party = claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several or party is not None) and party != provider.client_id:
        raise ProviderTrouble(code="audience")
    return claims


def _key(line: _Line, provider: Provider, known: dict[str, Any], kid: object) -> jwt.PyJWK:
    """The key of that name, or the only one; a name that is new is looked for once more."""
    found = _find_key(known, kid)
    if found is None:
        found = _find_key(_configuration(line, provider, fresh=True), kid)
    if found is None:
        raise ProviderTrouble(code="key")
    return found


def _find_key(known: dict[str, Any], kid: object) -> jwt.PyJWK | None:
    try:
        keys = [one for one in jwt.PyJWKSet.from_dict(known["keys"]).keys if _signs(one)]
    except (jwt.PyJWTError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise ProviderTrouble(code="keys") from error
    if kid is None:
        return keys[0] if len(keys) == 1 else None
    return next((one for one in keys if one.key_id == kid), None)


def _signs(key: jwt.PyJWK) -> bool:
    return key.public_key_use in (None, "sig")


def _more(
    line: _Line,
    provider: Provider,
    known: dict[str, Any],
    answer: dict[str, Any],
    claims: dict[str, Any],
) -> dict[str, Any]:
    """E-mail and name where the token has none: many providers tell them only when asked."""
    access = answer.get("access_token")
    if claims.get("email") or not isinstance(access, str) or "userinfo_endpoint" not in known:
        return {}
    told = line.ask("GET", _address(known, "userinfo_endpoint", provider), bearer=access)
    if not _same(told.get("sub"), str(claims["sub"])):
        raise ProviderTrouble(code="userinfo")
    return {name: told.get(name) for name in ("email", "email_verified", "name")}


def _identity(told: dict[str, Any]) -> Identity:
    subject = told["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_LIMIT or "\0" in subject:
        raise ProviderTrouble(code="subject")
    email = _email(told.get("email"))
    name = told.get("name")
    return Identity(
        subject=subject,
        email=email,
        # The word "false" is not false to a computer: only the value true is.
        is_verified=bool(email) and told.get("email_verified") is True,
        name=name.strip() if isinstance(name, str) else "",
    )


def _email(value: object) -> str:
    if not isinstance(value, str) or len(value) > _EMAIL_LIMIT:
        return ""
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value.lower()


def _is_stale(auth_time: object) -> bool:
    """Whether a provider admits that it only looked at its own session. Not all of them say."""
    if not isinstance(auth_time, int | float):
        return False
    return time.time() - auth_time > AGAIN_SECONDS


def _same(value: object, wanted: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode(), wanted.encode())
