"""A provider of log-ins that lies, or is away: nobody comes in, and nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.testing import make_person
from accounts.tests.elsewhere import BEGIN, connected, fingerprint, go, is_in, there
from core import oidc
from core.oidc_testing import ProviderDouble

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"lies": {"iss": "https://evil.example"}},
    "another audience": {"lies": {"aud": "another market"}},
    "for several, us not first": {"lies": {"aud": ["the market", "other"], "azp": "other"}},
    "another party": {"lies": {"azp": "other"}},
    "expired": {"lies": {"exp": 1_000_000_000}},
    "from the future": {"lies": {"iat": 9_000_000_000, "nbf": 9_000_000_000}},
    "another nonce": {"lies": {"nonce": "of another try"}},
    "no nonce": {"lies": {"nonce": None}},
    "no subject": {"lies": {"sub": None}},
    "an empty subject": {"lies": {"sub": ""}},
    "an endless subject": {"lies": {"sub": "x" * 3000}},
    "a subject with a null": {"lies": {"sub": "a\0b"}},
    "no end": {"lies": {"exp": None}},
    "signed by nobody": {"algorithm": "none", "signs_with": ""},
    "signed with our own secret": {"algorithm": "HS256", "signs_with": "s3cret:with/signs" * 3},
    "signed by somebody else": {"signs_with": "another key"},
    "a token of nonsense": {"breaks": {"/token": b'{"access_token": "a", "id_token": "a.b.c"}'}},
    "no token": {"breaks": {"/token": b'{"access_token": "a"}'}},
    "a token that is a number": {"breaks": {"/token": b'{"id_token": 7}'}},
    "a list": {"breaks": {"/token": b"[]"}},
    "no JSON": {"breaks": {"/token": b"<html>"}},
    "endless brackets": {"breaks": {"/token": b"[" * 100_000}},
    "too much": {"breaks": {"/token": b" " * 400_000}},
    "a packed answer, which may be endless": {"packs": True},
    "a code that was refused": {"breaks": {"/token": (400, b'{"error": "invalid_grant"}')}},
    "a redirect": {"breaks": {"/token": (307, b"")}},
    "keys of nonsense": {"breaks": {"/jwks": b'{"keys": [7]}'}},
    "no keys": {"breaks": {"/jwks": b"{}"}},
    "another's userinfo": {
        "told_in_token": False,
        "breaks": {"/userinfo": b'{"sub": "another", "email": "ana@mail.example"}'},
    },
}


@pytest.mark.parametrize("name", LIES)
def test_lies_let_nobody_in_and_change_nothing(double: ProviderDouble, name: str) -> None:
    lie = dict(LIES[name])
    if lie.get("signs_with") == "another key":
        lie["signs_with"] = ProviderDouble().key
    connected(double, make_person())
    before = fingerprint()
    client = Client()
    path = there(go(client))
    if "/jwks" in lie.get("breaks", {}):
        double.turn_key()  # so that they are asked for
    for what, value in lie.items():
        setattr(double, what, value)

    answer = client.get(path)

    assert answer.status_code == 422, (answer.status_code, answer.get("Location"))
    page = answer.content.decode()
    assert "Double did not work" in page
    assert "Nothing was changed." in page
    assert not is_in(client)
    assert fingerprint() == before


CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "no addresses": {"authorization_endpoint": None},
    "a script": {"authorization_endpoint": "javascript:alert(1)"},
    "a number": {"authorization_endpoint": 7},
    "no host": {"authorization_endpoint": "https://"},
    "broken": {"authorization_endpoint": "https://[::1"},
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_provider_that_misnames_itself_is_not_gone_to(
    double: ProviderDouble, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    said = {**double.configuration(), **CONFIGURATIONS[name]}
    monkeypatch.setattr(double, "configuration", lambda: said)
    answer = Client().post(BEGIN)
    assert answer.status_code == 422
    assert "javascript:" not in answer.content.decode()


def test_plain_addresses_of_a_guarded_provider_are_refused() -> None:
    provider = ProviderDouble().as_provider()
    guarded = type(provider)(**{**provider.__dict__, "issuer": "https://id.example"})
    known = {"token_endpoint": "http://id.example/token"}
    with pytest.raises(oidc.ProviderTrouble):
        oidc._address(known, "token_endpoint", guarded)


@pytest.mark.parametrize(
    ("where", "how"),
    [
        *(("begin", how) for how in ("closed", "slow", "unwell")),
        *(("token", how) for how in ("closed", "slow", "unwell")),
        *(("keys", how) for how in ("slow", "unwell")),
    ],
)
def test_a_provider_that_is_away_is_a_clear_page(
    double: ProviderDouble, monkeypatch: pytest.MonkeyPatch, where: str, how: str
) -> None:
    monkeypatch.setattr(oidc, "SECONDS", 0.5)
    connected(double, make_person())
    before = fingerprint()
    client = Client()
    path = there(go(client)) if where != "begin" else ""
    places = {"begin": "/.well-known/openid-configuration", "token": "/token", "keys": "/jwks"}
    if where == "keys":
        double.turn_key()
    if how == "closed":
        double.close()
    else:
        double.breaks = {places[where]: 2.0 if how == "slow" else (503, b"")}
    if where == "begin":
        cache.clear()

    answer = client.get(path) if path else client.post(BEGIN)

    assert answer.status_code == 503
    page = answer.content.decode()
    assert "It does not answer at the moment." in page
    assert "Try again" in page
    assert not is_in(client)
    assert fingerprint() == before
