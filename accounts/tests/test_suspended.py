"""Whoever is suspended is out everywhere: old sessions, keys for programs, and what they said."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.actions import suspend_person
from accounts.testing import PASSWORD, client_for, make_operator, make_person, make_token
from feed import actions as feed
from feed.testing import make_pin
from feed.types import CommentState

pytestmark = pytest.mark.django_db


def test_sessions_keys_and_log_in_of_a_suspended_person_are_refused() -> None:
    quillon, operator = make_person(name="Quillon"), make_operator()
    assert quillon.user is not None
    old, token = client_for(quillon), make_token(quillon)
    bearer = {"Authorization": f"Bearer {token.secret}"}
    assert old.get("/settings/").status_code == 200
    assert Client().get("/api/v1/me/", headers=bearer).status_code == 200
    suspend_person(profile_id=quillon.pk, operator_id=operator.user_id or 0, reason="Spam")
    assert old.get("/settings/").status_code == 302
    assert old.post("/follow/x/", {"follow": "1"}).status_code in (302, 404)
    assert Client().get("/api/v1/me/", headers=bearer).status_code == 401
    said = {"login": quillon.user.email, "password": PASSWORD}
    fresh = Client()
    fresh.post("/accounts/login/", said)
    assert fresh.get("/settings/").status_code == 302


def test_what_a_suspended_person_said_and_liked_is_hidden() -> None:
    quillon, other, operator = make_person(name="Quillon"), make_person(), make_operator()
    pin = make_pin(author=other, title="A shelf")
    said = feed.write_comment(pin_id=pin.public_id, author_id=quillon.pk, text="Zephyr words")
    theirs = make_pin(author=quillon, title="Zephyr pin")
    suspend_person(profile_id=quillon.pk, operator_id=operator.user_id or 0, reason="Spam")
    for client in (Client(), client_for(other)):
        page = client.get(pin.get_absolute_url()).content.decode()
        assert "A shelf" in page
        assert "Zephyr" not in page
        assert client.get(theirs.get_absolute_url()).status_code == 404
    said.refresh_from_db()
    assert said.state == CommentState.VISIBLE, "it comes back with its author"
