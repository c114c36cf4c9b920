"""Tokens: seen once, kept as a hash, refused when they should be."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts import actions
from accounts.errors import ScopesRefused, TooManyTokens
from accounts.models import User
from accounts.testing import PASSWORD, client_for, make_operator, make_person, make_token
from accounts.token_models import ApiToken
from core import clock
from core.errors import NotFound

pytestmark = pytest.mark.django_db

NEW = "/settings/tokens/new/"


def logged_in(person: Any) -> Client:
    """A browser whose owner has just typed the password."""
    client = client_for(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    key = re.search(r'name="key" value="(\w+)"', client.get(NEW).content.decode())
    assert key is not None
    return {"name": "Till", "scopes": ["orders:read"], "days": "30", "key": key[1], **changes}


def me(secret: str, client: Client | None = None) -> Any:
    return (client or Client()).get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})


def test_is_made_by_somebody_who_just_proved_who_they_are() -> None:
    person = make_person()
    asked = client_for(person).get(NEW)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")

    client = logged_in(person)
    page = client.post(NEW, typed(client, scopes=["profile", "orders:read"]))
    secret = re.search(r'value="(parley_[\w-]{43})"', page.content.decode())
    assert secret is not None
    assert page["Cache-Control"] == "private, no-store"
    copied = BeautifulSoup(page.content, "html5lib").select_one("[data-copies] input + [data-copy]")
    assert copied is not None
    assert copied.has_attr("hidden"), "it is for a script to show"
    row = ApiToken.objects.get()
    assert secret[1] not in {str(value) for value in vars(row).values()}
    assert row.scopes == ["orders:read", "profile"]
    assert me(secret[1]).json()["profile"]["handle"] == person.handle

    listed = client.get("/settings/tokens/").content.decode()
    assert "Till" in listed
    assert secret[1] not in listed


def test_a_reload_makes_no_second_token_and_shows_no_secret() -> None:
    client = logged_in(make_person())
    data = typed(client)
    client.post(NEW, data)
    again = client.post(NEW, data)
    assert again.status_code == 302
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["orders:read", "everything"]},
        {"days": "10000"},
        {"key": ""},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(changes: dict[str, Any]) -> None:
    client = logged_in(make_person())
    page = client.post(NEW, typed(client, **changes))
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert ApiToken.objects.count() == 0


def test_an_unknown_scope_or_lifetime_is_refused_by_the_action() -> None:
    person = make_person()
    assert person.user_id is not None
    for scopes, days in ((["everything"], 30), ([], 30), (["profile"], 9_999)):
        with pytest.raises(ScopesRefused):
            actions.create_token(user_id=person.user_id, name="x", scopes=scopes, days=days)
    assert ApiToken.objects.count() == 0


def test_there_is_an_end_to_them() -> None:
    person = make_person()
    for number in range(20):
        make_token(person, name=str(number))
    with pytest.raises(TooManyTokens):
        make_token(person)
    assert ApiToken.objects.count() == 20


def test_withdrawn_is_refused_at_once_and_only_its_owner_can() -> None:
    person, stranger = make_person(), make_person()
    token = make_token(person)
    assert me(token.secret).status_code == 200
    assert (
        client_for(stranger).post(f"/settings/tokens/{token.public_id}/revoke/").status_code == 404
    )
    assert stranger.user_id is not None
    with pytest.raises(NotFound):
        actions.revoke_token(user_id=stranger.user_id, public_id=token.public_id)
    assert me(token.secret).status_code == 200

    client_for(person).post(f"/settings/tokens/{token.public_id}/revoke/")
    refused = me(token.secret)
    assert refused.status_code == 401
    assert refused.json()["code"] == "bad_token"
    assert refused["WWW-Authenticate"] == "Bearer"


def test_ends_by_itself() -> None:
    token = make_token(make_person())
    with clock.fixed(clock.now() + timedelta(days=30, seconds=1)):
        assert me(token.secret).status_code == 401
    with clock.fixed(clock.now() + timedelta(days=29)):
        assert me(token.secret).status_code == 200


def test_of_a_suspended_or_closed_account_is_refused() -> None:
    operator = make_operator()
    assert operator.user_id is not None
    suspended, closed = make_person(), make_person()
    tokens = [make_token(suspended), make_token(closed)]
    assert [me(token.secret).status_code for token in tokens] == [200, 200]
    actions.suspend_person(
        profile_id=suspended.pk, operator_id=operator.user_id, reason="Sells what is not theirs."
    )
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    assert [me(token.secret).json()["code"] for token in tokens] == ["bad_token", "bad_token"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic dXNlcjpwYXNz", "Token abc", "Bearer \u00e4\u00f6"]
)
def test_any_other_header_is_refused(header: str) -> None:
    answer = Client().get("/api/v1/me/", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")


def test_its_use_is_noted_once_a_minute() -> None:
    token = make_token(make_person())
    now = clock.now()
    with clock.fixed(now):
        me(token.secret)
    with clock.fixed(now + timedelta(seconds=30)):
        me(token.secret)
    assert ApiToken.objects.get().last_used_at == now
    with clock.fixed(now + timedelta(seconds=61)):
        me(token.secret)
    assert ApiToken.objects.get().last_used_at == now + timedelta(seconds=61)


def test_goes_before_a_session_and_leaves_it_alone() -> None:
    person, other = make_person(), make_person()
    browser = client_for(other)
    answer = me(make_token(person).secret, browser)
    assert answer.json()["profile"]["handle"] == person.handle
    assert not answer.cookies
    assert browser.get("/api/v1/me/").json()["profile"]["handle"] == other.handle
