"""Whoever is suspended is out everywhere: old sessions, keys for programs, and what they said."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.actions import suspend_person
from accounts.testing import PASSWORD, client_for, make_operator, make_person, make_token

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
