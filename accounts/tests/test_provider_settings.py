"""Accounts elsewhere in somebody's settings: connected, disconnected, and asked once more."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import ProviderLogIn
from accounts.testing import client_for, make_person
from accounts.tests.elsewhere import (
    ACCOUNT,
    JOIN,
    again,
    come_back,
    connected,
    fingerprint,
    go,
    there,
    without_password,
)
from accounts.tests.soft_key import SoftKey
from core.oidc_testing import Person, ProviderDouble
from core.testing import deliver_all

pytestmark = pytest.mark.django_db


def test_a_member_connects_and_disconnects(double: ProviderDouble) -> None:
    person = make_person()
    client = client_for(person)
    assert "Not connected." in client.get(ACCOUNT).content.decode()
    answer = client.post(f"{ACCOUNT}double/connect/")
    assert answer["Location"].startswith("/accounts/reauthenticate/"), (
        "a stolen session is not enough"
    )
    again(client)

    assert come_back(client, f"{ACCOUNT}double/connect/")["Location"] == ACCOUNT

    page = client.get(ACCOUNT).content.decode()
    assert "ana@mail.example" in page
    row = ProviderLogIn.objects.get(user_id=person.user_id)
    deliver_all()
    assert "opens your account now" in mail.outbox[-1].subject
    assert client.post(f"{ACCOUNT}{row.public_id}/disconnect/")["Location"] == ACCOUNT
    assert not ProviderLogIn.objects.exists()
    deliver_all()
    assert "no longer opens" in mail.outbox[-1].subject
    assert come_back(Client())["Location"] == JOIN


def test_one_account_there_opens_one_account_here(double: ProviderDouble) -> None:
    connected(double, make_person())
    client = client_for(make_person())
    again(client)
    before = fingerprint()
    answer = come_back(client, f"{ACCOUNT}double/connect/")
    assert answer.status_code == 409
    assert "opens another account here" in answer.content.decode()
    assert fingerprint() == before


def test_a_second_account_of_the_same_provider_is_refused(double: ProviderDouble) -> None:
    client = client_for(connected(double, make_person()))
    double.person = Person(subject="subject-2")
    again(client)
    before = fingerprint()
    answer = come_back(client, f"{ACCOUNT}double/connect/")
    assert answer.status_code == 409
    assert "Another account at Double is connected" in answer.content.decode()
    assert fingerprint() == before


def test_a_connection_begun_by_one_is_not_finished_by_another(double: ProviderDouble) -> None:
    one, other = make_person(), make_person()
    client = client_for(one)
    again(client)
    path = there(go(client, f"{ACCOUNT}double/connect/"))
    assert other.user is not None
    tries = client.session.get("provider_tries")
    client.force_login(other.user)
    changed = client.session
    changed["provider_tries"] = tries
    changed.save()
    assert client.get(path).status_code == 422
    assert not ProviderLogIn.objects.exists()


def test_nobody_shuts_their_last_way_in(double: ProviderDouble, settings: Any) -> None:
    person = without_password(connected(double, make_person()))
    client = client_for(person)
    row = ProviderLogIn.objects.get()
    path = f"{ACCOUNT}{row.public_id}/disconnect/"
    come_back(client, "/settings/again/", provider="double")
    assert client.post(path)["Location"] == "/accounts/password/set/"
    assert ProviderLogIn.objects.exists()
    with ProviderDouble() as second:
        settings.LOG_IN_PROVIDERS = (double.as_provider(), second.as_provider(slug="second"))
        connected(second, person)
        assert client.post(path)["Location"] == ACCOUNT
        assert ProviderLogIn.objects.get().issuer == second.url


def test_a_way_in_that_is_no_longer_set_up_does_not_count(
    double: ProviderDouble, settings: Any
) -> None:
    person = without_password(connected(double, make_person()))
    gone = ProviderDouble()
    connected(gone, person)
    client = client_for(person)
    come_back(client, "/settings/again/", provider="double")
    row = ProviderLogIn.objects.get(issuer=double.url)
    client.post(f"{ACCOUNT}{row.public_id}/disconnect/")
    assert ProviderLogIn.objects.filter(pk=row.pk).exists()
    assert "localhost" in client.get(ACCOUNT).content.decode()
    other = ProviderLogIn.objects.get(issuer=gone.url)
    client.post(f"{ACCOUNT}{other.public_id}/disconnect/")
    assert not ProviderLogIn.objects.filter(pk=other.pk).exists()


def test_anothers_way_in_is_out_of_reach(double: ProviderDouble) -> None:
    connected(double, make_person())
    row = ProviderLogIn.objects.get()
    client = client_for(make_person())
    for public_id in (row.public_id, "zzzzzzzzzzzz"):
        assert client.post(f"{ACCOUNT}{public_id}/disconnect/").status_code == 404
    assert ProviderLogIn.objects.filter(pk=row.pk).exists()


GUARDED = (
    *("/accounts/password/set/", "/accounts/email/", "/settings/delete/", "/settings/tokens/new/"),
    *("/accounts/second-factor/app/", "/accounts/second-factor/passkeys/add/"),
)


@pytest.mark.parametrize("path", GUARDED)
def test_without_a_password_the_provider_vouches_again(double: ProviderDouble, path: str) -> None:
    person = without_password(connected(double, make_person()))
    client = client_for(person)
    answer = client.get(path)
    assert answer["Location"].startswith("/settings/again/?next=")
    assert client.post(path, {"sure": "on"})["Location"].startswith("/settings/again/?next=")
    page = client.get(answer["Location"]).content.decode()
    assert "Continue with Double" in page

    asked = go(client, "/settings/again/", provider="double", next=path)
    assert "prompt=login" in asked
    assert client.get(there(asked))["Location"] == path
    assert client.get(path).status_code == 200


def test_again_takes_no_other_account_and_no_old_log_in(double: ProviderDouble) -> None:
    client = client_for(without_password(connected(double, make_person())))
    double.lies = {"auth_time": 1_000_000_000}
    assert come_back(client, "/settings/again/", provider="double").status_code == 422
    double.lies = {}
    double.person = Person(subject="somebody else")
    assert come_back(client, "/settings/again/", provider="double").status_code == 422
    assert client.get("/settings/delete/").status_code == 302


@pytest.mark.parametrize("order", ["the passkey last", "the provider last"])
def test_the_last_way_in_stays_whichever_it_is(double: ProviderDouble, order: str) -> None:
    person = without_password(connected(double, make_person()))
    key = SoftKey(person)
    client = client_for(person)
    come_back(client, "/settings/again/", provider="double")
    row = ProviderLogIn.objects.get()
    remove_key = f"/accounts/second-factor/passkeys/{key.row.pk}/remove/"
    disconnect = f"{ACCOUNT}{row.public_id}/disconnect/"
    first, second = (disconnect, remove_key)
    if order == "the provider last":
        first, second = second, first
    client.post(first)
    said = client.post(second, follow=True).content.decode()
    assert "It is your only way in" in said
    left = (ProviderLogIn.objects.count(), Authenticator.objects.filter(type="webauthn").count())
    assert left == ((0, 1) if order == "the passkey last" else (1, 0))
