"""How often somebody signs up and guesses codes, by e-mail and by network (T18)."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.test_signup import newest_code
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

CONFIRM = "/accounts/confirm-email/"


def sign_up(email: str, *, network: str, client: Client | None = None) -> Any:
    form = {"email": email, "name": "Ana Ruiz", "password1": "correct horse battery"}
    return (client or Client()).post("/accounts/signup/", form, REMOTE_ADDR=network)


def check(answers: list[Any], *, let_in: int) -> None:
    """So many were taken, and the rest were told to wait."""
    codes = [one.status_code for one in answers]
    assert codes == [302] * let_in + [429] * (len(answers) - let_in)
    assert all(int(one["Retry-After"]) > 0 for one in answers[let_in:])


def test_forty_sign_ups_with_one_address_are_five() -> None:
    spellings = ("new@mail.example", "NEW@mail.example", " new@mail.example ")
    check([sign_up(spellings[one % 3], network=f"198.51.100.{one}") for one in range(40)], let_in=5)
    assert User.objects.count() == 1
    deliver_all()
    assert len(mail.outbox) == 5


def test_forty_sign_ups_from_one_network_are_thirty() -> None:
    check(
        [sign_up(f"new{one}@mail.example", network="198.51.100.7") for one in range(40)], let_in=30
    )
    assert User.objects.count() == 30
    deliver_all()
    assert len(mail.outbox) == 30
    assert sign_up("new39@mail.example", network="198.51.100.8").status_code == 302


def test_codes_are_guessed_thirty_times_from_one_network() -> None:
    """Each newcomer has three guesses; who goes on with the next newcomer is stopped, too."""
    answers = []
    for number in range(11):
        client = Client()
        sign_up(f"new{number}@mail.example", network=f"198.51.100.{number}", client=client)
        code = newest_code() if number == 10 else "WRONG1"
        for _guess in range(3):
            answers.append(client.post(CONFIRM, {"code": code}, REMOTE_ADDR="203.0.113.9"))
    assert [one.status_code for one in answers[30:]] == [429] * 3
    assert 429 not in [one.status_code for one in answers[:30]]
    assert all(int(one["Retry-After"]) > 0 for one in answers[30:])
    assert not EmailAddress.objects.filter(verified=True).exists()
    # The code itself is as good as before.
    client.post(CONFIRM, {"code": code}, REMOTE_ADDR="203.0.113.10")
    assert EmailAddress.objects.get(verified=True).email == "new10@mail.example"
