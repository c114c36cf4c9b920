"""A code for a new address is bound to whoever asked, good once, and not for long (T17)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.testing import PASSWORD, Profile, client_for, make_person
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

NEW = "fresh@mail.example"
CONFIRM = "/accounts/confirm-email/"


def asked(person: Profile, email: str = NEW) -> tuple[Client, str]:
    """A browser of somebody who asked for another address, and the code that came there."""
    client = client_for(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
    client.post("/accounts/email/", {"email": email, "action_add": "1"})
    deliver_all()
    letter = next(one for one in reversed(mail.outbox) if one.to == [email])
    return client, str(letter.subject).split()[0]


def email_of(person: Profile) -> str:
    assert person.user is not None
    person.user.refresh_from_db()
    return person.user.email


def test_the_right_code_in_the_right_browser_changes_the_address() -> None:
    person = make_person()
    client, code = asked(person)
    client.post(CONFIRM, {"code": code})
    assert email_of(person) == NEW


def test_the_code_of_one_is_worth_nothing_to_another() -> None:
    person, other = make_person(), make_person()
    _client, code = asked(person)
    thief, own_code = asked(other, "thief@mail.example")
    assert code != own_code
    before = email_of(person), email_of(other)
    thief.post(CONFIRM, {"code": code})
    client_for(make_person()).post(CONFIRM, {"code": code})
    Client().post(CONFIRM, {"code": code})
    assert (email_of(person), email_of(other)) == before


def test_the_code_is_good_once() -> None:
    person = make_person()
    client, code = asked(person)
    client.post(CONFIRM, {"code": code})
    client.post("/accounts/email/", {"email": "second@mail.example", "action_add": "1"})
    client.post(CONFIRM, {"code": code})
    assert email_of(person) == NEW


def test_the_code_ends_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    before = email_of(person)
    client, code = asked(person)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 24 * 3600)
    client.post(CONFIRM, {"code": code})
    assert email_of(person) == before


def test_the_code_dies_with_the_old_password() -> None:
    person = make_person()
    before = email_of(person)
    client, code = asked(person)
    form: dict[str, Any] = {"oldpassword": PASSWORD, "password1": "quite another secret"}
    assert client.post("/accounts/password/change/", form).status_code == 302
    client.post(CONFIRM, {"code": code})
    assert email_of(person) == before


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    taken = make_person(email="taken@mail.example")
    answers: list[tuple[int, str]] = []
    for email in (email_of(taken), "nobody@mail.example"):
        client = client_for(make_person(name="Ana", email=f"ana{len(answers)}@mail.example"))
        client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
        answer = client.post("/accounts/email/", {"email": email, "action_add": "1"})
        answers.append((answer.status_code, answer.headers.get("Location", "")))
    assert answers[0] == answers[1]
