"""Log-in by an account elsewhere: in, joined, refused. The provider is a real server."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts import actions, provider_session
from accounts.events import AddressConfirmed
from accounts.models import Profile, ProviderLogIn, User
from accounts.testing import client_for, make_brand, make_person, protect
from accounts.tests.elsewhere import (
    ACCOUNT,
    BEGIN,
    JOIN,
    come_back,
    connected,
    fingerprint,
    go,
    is_in,
    there,
)
from core.models import OutboxEvent
from core.oidc_testing import Person, ProviderDouble
from core.testing import deliver_all

pytestmark = pytest.mark.django_db


def test_a_newcomer_joins_without_a_password_or_a_code(double: ProviderDouble) -> None:
    client = Client()
    assert come_back(client, next="/pin/x/")["Location"] == JOIN
    page = client.get(JOIN).content.decode()
    assert "ana@mail.example" in page
    assert 'value="Ana Ruiz"' in page
    assert User.objects.count() == 0, "nobody is made before they said so"

    answer = client.post(JOIN, {"name": "Ana R."})

    assert answer["Location"] == "/welcome/?next=%2Fpin%2Fx%2F"
    person = Profile.objects.get(user__email="ana@mail.example")
    assert (person.name, person.handle, person.state) == ("Ana R.", "ana-r", "approved")
    assert person.user is not None
    assert not person.user.has_usable_password()
    address = EmailAddress.objects.get(user=person.user)
    assert (address.verified, address.primary) == (True, True)
    facts = OutboxEvent.objects.filter(type=AddressConfirmed.type_name())
    assert [one.data for one in facts] == [{"user_id": person.user.pk}]
    assert is_in(client)
    other = Client()
    assert come_back(other, next="/pin/x/")["Location"] == "/pin/x/"
    assert is_in(other), "and the next time they are in at once"


def test_what_is_asked_and_what_is_kept_of_it(double: ProviderDouble) -> None:
    client = Client()
    asked = {name: one[0] for name, one in parse_qs(urlsplit(go(client)).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost:8000/log-in/double/back/"
    assert len(asked["state"]) > 20
    assert len(asked["nonce"]) > 20
    come_back(client)
    client.post(JOIN, {"name": "Ana"})
    row = ProviderLogIn.objects.values().get()
    assert set(row) == {
        *("id", "public_id", "user_id", "issuer", "subject", "email", "created_at", "used_at")
    }


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
def test_an_address_that_nobody_vouches_for_needs_its_code(
    double: ProviderDouble, verified: object
) -> None:
    double.person = Person(email_verified=verified)
    client = Client()
    come_back(client)

    answer = client.post(JOIN, {"name": "Ana", "email": "ana@mail.example"})

    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_in(client)
    assert not EmailAddress.objects.get().verified
    assert not OutboxEvent.objects.filter(type=AddressConfirmed.type_name()).exists()
    assert not ProviderLogIn.objects.exists(), "no second way in before the address is confirmed"
    assert come_back(Client())["Location"] == JOIN
    deliver_all()
    code = re.search(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    client.post("/accounts/confirm-email/", {"code": code[1]})
    assert is_in(client)
    assert ProviderLogIn.objects.get().subject == double.person.subject


def test_somebody_elses_address_told_by_a_provider_leaves_nothing_behind(
    double: ProviderDouble,
) -> None:
    """The attacker joins with the victim's address; the victim sets a password by mail."""
    double.person = Person(email="victim@mail.example", email_verified=False)
    attacker = Client()
    come_back(attacker)
    attacker.post(JOIN, {"name": "Not Ana", "email": "victim@mail.example"})
    victim = Client()
    victim.post("/accounts/password/reset/", {"email": "victim@mail.example"})
    deliver_all()
    link = re.search(r"http\S+/reset/key/\S+", str(mail.outbox[-1].body))
    assert link is not None
    form = victim.get(urlsplit(link[0]).path, follow=True).redirect_chain[-1][0]
    victim.post(form, {"password1": "a brand new secret"})

    assert come_back(Client())["Location"] == JOIN, "the provider opens nothing"
    assert not is_in(attacker)


def test_an_equal_address_opens_nothing(double: ProviderDouble) -> None:
    make_person(name="Ana", email="ana@mail.example")
    before = fingerprint()
    client = Client()
    come_back(client)

    for answer in (client.get(JOIN), client.post(JOIN, {"name": "Ana"})):
        assert answer.status_code == 409
        assert "You have an account already" in answer.content.decode()
        assert "/accounts/login/?next=/settings/account/" in answer.content.decode()
    assert not is_in(client)
    assert fingerprint() == before


def test_an_unproved_address_of_somebody_reads_like_a_new_one(double: ProviderDouble) -> None:
    make_person(email="ana@mail.example")
    double.person = Person(email_verified=False)
    answers = []
    for email in ("ana@mail.example", "new@mail.example"):
        client = Client()
        come_back(client)
        answer = client.post(JOIN, {"name": "Ana", "email": email})
        page = client.get(answer["Location"]).content.decode().replace(email, "")
        token = r'value="[A-Za-z0-9]{64}"'
        answers.append((answer.status_code, answer["Location"], re.sub(token, "", page)))
    assert answers[0] == answers[1]
    assert User.objects.filter(email="ana@mail.example").count() == 1
    assert not ProviderLogIn.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 500, "Ondine Studio"])
def test_a_bad_name_comes_back_with_what_is_wrong(double: ProviderDouble, name: str) -> None:
    make_brand(name="Ondine Studio")
    client = Client()
    come_back(client)
    before = fingerprint()
    answer = client.post(JOIN, {"name": name})
    assert answer.status_code == 422
    assert "id_name_error" in answer.content.decode()
    assert fingerprint() == before


def test_nobody_joins_without_having_been_there(double: ProviderDouble) -> None:
    before = fingerprint()
    assert Client().get(JOIN)["Location"] == "/accounts/login/"
    assert Client().post(JOIN, {"name": "Ana"})["Location"] == "/accounts/login/"
    assert fingerprint() == before


def test_the_second_factor_is_still_asked_for(double: ProviderDouble) -> None:
    person = protect(connected(double, make_person()))
    client = Client()
    answer = come_back(client)
    assert answer["Location"].startswith("/accounts/second-factor/authenticate/")
    assert not is_in(client)
    assert person.user is not None


def test_a_suspended_person_stays_out(double: ProviderDouble) -> None:
    person = connected(double, make_person())
    operator = make_person(staff=True)
    actions.suspend_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="Spam")
    client = Client()
    assert come_back(client)["Location"] == "/accounts/inactive/"
    assert not is_in(client)


def test_a_log_in_has_a_new_key_and_stays_on_the_site(double: ProviderDouble) -> None:
    connected(double, make_person())
    client = Client()
    path = there(go(client, next="//evil.example/"))
    before = client.session.session_key
    assert client.get(path)["Location"] == "/"
    assert client.session.session_key != before


def test_another_key_of_the_provider_is_looked_for(double: ProviderDouble) -> None:
    connected(double, make_person())
    come_back(Client())
    double.turn_key()
    client = Client()
    come_back(client)
    assert is_in(client)


def test_who_tells_the_address_only_when_asked_is_asked(double: ProviderDouble) -> None:
    double.told_in_token = False
    client = Client()
    come_back(client)
    assert "ana@mail.example" in client.get(JOIN).content.decode()


# --- tries ---------------------------------------------------------------------------------------
def test_an_answer_is_good_once_and_only_where_the_try_began(double: ProviderDouble) -> None:
    connected(double, make_person())
    client, thief = Client(), Client()
    path = there(go(client))
    go(thief)
    assert thief.get(path).status_code == 422
    assert not is_in(thief)
    assert client.get(path).status_code == 302
    assert is_in(client)
    assert client.get(path).status_code == 422


@pytest.mark.parametrize(
    "query",
    ["", "?state=", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=%00&code=%00"],
)
def test_answers_to_no_try_are_refused(double: ProviderDouble, query: str) -> None:
    client = Client()
    answer = client.get(f"{BEGIN}back/{query}")
    assert answer.status_code == 422
    assert not is_in(client)


def test_a_try_ends_after_ten_minutes(
    double: ProviderDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(double, make_person())
    client = Client()
    path = there(go(client))
    monkeypatch.setattr(provider_session, "SECONDS", 0)
    assert client.get(path).status_code == 422
    assert not is_in(client)


def test_the_answer_of_another_provider_is_not_taken(double: ProviderDouble, settings: Any) -> None:
    with ProviderDouble() as other:
        settings.LOG_IN_PROVIDERS = (double.as_provider(), other.as_provider(slug="other"))
        connected(other, make_person())
        client = Client()
        path = there(go(client))
        assert client.get(path.replace("/double/", "/other/")).status_code == 422
        mixed = there(go(client)).replace(str(double.url.split(":")[-1]), "1")
        assert client.get(mixed).status_code == 422
    assert not is_in(client)


def test_who_stops_there_comes_back_to_where_they_began(double: ProviderDouble) -> None:
    client = Client()
    state = parse_qs(urlsplit(go(client, next="/pin/x/")).query)["state"][0]
    answer = client.get(f"{BEGIN}back/?error=access_denied&state={state}")
    assert answer["Location"] == "/accounts/login/?next=%2Fpin%2Fx%2F"
    assert "You stopped at Double." in client.get(answer["Location"]).content.decode()


def test_only_a_button_of_ours_begins_one(double: ProviderDouble) -> None:
    assert Client().get(BEGIN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403
    assert double.asked == []


def test_too_many_tries_are_refused(double: ProviderDouble) -> None:
    client = Client()
    answers = [client.post(BEGIN).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_host_that_a_request_claims_is_not_where_one_comes_back(
    double: ProviderDouble, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = Client().post(BEGIN, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    assert "redirect_uri=http%3A%2F%2Flocalhost%3A8000%2F" in page.content.decode()


# --- pages ---------------------------------------------------------------------------------------
def test_buttons_stand_where_people_come_in(double: ProviderDouble) -> None:
    for path in ("/accounts/login/?next=/pin/x/", "/accounts/signup/?next=/pin/x/"):
        page = Client().get(path).content.decode()
        assert "Continue with Double" in page
        assert page.count('name="next" value="/pin/x/"') >= 2


def test_without_providers_there_is_nothing_of_it() -> None:
    for path in ("/accounts/login/", "/accounts/signup/"):
        assert "Continue with" not in Client().get(path).content.decode()
    assert "Accounts elsewhere" not in client_for(make_person()).get(ACCOUNT).content.decode()
    for path in (BEGIN, f"{BEGIN}back/", JOIN):
        assert Client().get(path).status_code in (404, 405)
        assert Client().post(path).status_code in (404, 405)


def test_a_deleted_account_is_opened_by_nothing(double: ProviderDouble) -> None:
    person = connected(double, make_person())
    assert person.user_id is not None
    actions.erase_account(user_id=person.user_id)
    assert not ProviderLogIn.objects.exists()
    assert come_back(Client())["Location"] == JOIN
