"""A provider for tests: a real HTTP server that remembers what it gave out, and can lie.

    with ProviderDouble() as double:
        settings.LOG_IN_PROVIDERS = (double.as_provider(),)

It asks nobody: whoever comes to its door is `double.person`, and goes back with a code at once.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from core.oidc_settings import Provider

CLIENT, SECRET = "the market", "s3cret:with/signs"


@dataclass
class Person:
    """Somebody with an account at the double."""

    subject: str = "subject-1"
    email: str | None = "ana@mail.example"
    email_verified: object = True
    name: str | None = "Ana Ruiz"


@dataclass
class ProviderDouble:
    """Its state. `lies` change claims of the next tokens; `breaks` whole answers, by path."""

    person: Person = field(default_factory=Person)
    lies: dict[str, Any] = field(default_factory=dict)
    breaks: dict[str, Any] = field(default_factory=dict)
    told_in_token: bool = True
    # Packs what it answers, whatever was asked for.
    packs: bool = False
    # Whoever comes to the door is somebody new.
    strangers: bool = False
    algorithm: str = "RS256"
    signs_with: rsa.RSAPrivateKey | str | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(4)
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: dict[str, Person] = {}
        self._is_open = False
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.double = self
        self.url = f"http://localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._is_open = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Away from now on: nobody listens."""
        if self._is_open:
            self._is_open = False
            self._server.shutdown()
        self._server.server_close()

    def as_provider(self, *, slug: str = "double", title: str = "Double") -> Provider:
        """What the settings would say of it."""
        return Provider(
            slug=slug, title=title, issuer=self.url, client_id=CLIENT, client_secret=SECRET
        )

    def as_environment(self, *, name: str = "DOUBLE") -> dict[str, str]:
        """The same for a market that is a process of its own."""
        return {
            "OIDC_PROVIDERS": name,
            f"OIDC_{name}_ISSUER": self.url,
            f"OIDC_{name}_CLIENT_ID": CLIENT,
            f"OIDC_{name}_CLIENT_SECRET": SECRET,
        }

    def turn_key(self) -> None:
        """A new key under a new name, as providers do now and then."""
        self.__dict__["key"] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(4)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to."""
        code = secrets.token_hex(8)
        if self.strangers:
            self.person = Person(subject=code, email=f"ana.{code}@mail.example")
        self._codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.url}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def redeem(self, asked: dict[str, str], client: tuple[str, str]) -> dict[str, Any] | None:
        """Tokens for a code: once, to our client, at the same address, with the verifier."""
        began = self._codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            began is None
            or client != (CLIENT, SECRET)
            or asked.get("redirect_uri") != began["redirect_uri"]
            or challenge != began["code_challenge"]
        ):
            return None
        access = secrets.token_hex(8)
        self._tokens[access] = self.person
        return {
            "access_token": access,
            "token_type": "Bearer",
            "id_token": self._id_token(began["nonce"]),
        }

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.person.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **(self.about(self.person) if self.told_in_token else {}),
            **self.lies,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        key = self.key if self.signs_with is None else self.signs_with
        return jwt.encode(kept, key, algorithm=self.algorithm, headers={"kid": self.key_id})

    def about(self, person: Person) -> dict[str, Any]:
        told = {"email": person.email, "email_verified": person.email_verified, "name": person.name}
        return {"sub": person.subject, **told}

    def behind(self, access: str) -> dict[str, Any] | None:
        person = self._tokens.get(access)
        return None if person is None else self.about(person)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    double: ProviderDouble


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = _flat(parts.query)
        self.server.double.asked.append((parts.path, asked))
        if self._breaks(parts.path):
            return
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.server.double.authorize(asked))
            self.end_headers()
        elif parts.path == "/userinfo":
            told = self.server.double.behind(
                self.headers.get("Authorization", "").removeprefix("Bearer ")
            )
            self._json(told, 401)
        else:
            pages = {
                "/.well-known/openid-configuration": self.server.double.configuration,
                "/jwks": self.server.double.keys,
            }
            page = pages.get(parts.path)
            self._json(page() if page else None, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked = _flat(body)
        self.server.double.asked.append((self.path, asked))
        if not self._breaks(self.path):
            self._json(self.server.double.redeem(asked, self._client(asked)), 400)

    def _client(self, asked: dict[str, str]) -> tuple[str, str]:
        basic = self.headers.get("Authorization", "")
        if not basic.startswith("Basic "):
            return asked.get("client_id", ""), asked.get("client_secret", "")
        name, _, secret = base64.b64decode(basic[6:]).decode().partition(":")
        return unquote_plus(name), unquote_plus(secret)

    def _breaks(self, path: str) -> bool:
        """Answer with what a test put in the way: a status, a body, or seconds of silence."""
        broken = self.server.double.breaks.get(path)
        if isinstance(broken, float):
            time.sleep(broken)
            return False
        if broken is None:
            return False
        status, body = broken if isinstance(broken, tuple) else (200, broken)
        self._send(status, body)
        return True

    def _json(self, found: dict[str, Any] | None, otherwise: int) -> None:
        status = otherwise if found is None else 200
        self._send(status, json.dumps(found or {"error": "refused"}).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if self.server.double.packs:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
