"""Log-in by an account elsewhere: in, joined, connected, refused. The provider is a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts import actions, provider_session
from accounts.models import Profile, ProviderLogIn, User
from accounts.testing import PASSWORD, client_for, make_brand, make_person, protect
from core import oidc
from core.oidc import Identity
from core.oidc_testing import Person, ProviderDouble
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

BEGIN = "/log-in/double/"
JOIN = "/log-in/double/join/"
ACCOUNT = "/settings/account/"


@pytest.fixture
def double(settings: Any) -> Iterator[ProviderDouble]:
    with ProviderDouble() as one:
        settings.LOG_IN_PROVIDERS = (one.as_provider(),)
        yield one


def go(client: Client, path: str = BEGIN, **form: str) -> str:
    """Press the button; where the page leads to at the provider."""
    page = client.post(path, form)
    assert page.status_code == 200, page.content
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def there(address: str) -> str:
    """What the provider does with a browser at its door: the path on which it comes back."""
    back = urlsplit(httpx.get(address).headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "http://localhost:8000"
    return f"{back.path}?{back.query}"


def come_back(client: Client, path: str = BEGIN, **form: str) -> Any:
    return client.get(there(go(client, path, **form)))


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def connected(double: ProviderDouble, person: Profile, *, email: str = "x@mail.example") -> Profile:
    assert person.user_id is not None
    identity = Identity(subject=double.person.subject, email=email)
    actions.connect_provider(user_id=person.user_id, issuer=double.url, identity=identity)
    return person


def without_password(person: Profile) -> Profile:
    assert person.user is not None
    person.user.set_unusable_password()
    person.user.save()
    return person


def fingerprint() -> list[object]:
    return [
        list(User.objects.order_by("pk").values()),
        list(Profile.objects.order_by("pk").values_list("pk", "name")),
        list(EmailAddress.objects.order_by("pk").values()),
        list(ProviderLogIn.objects.order_by("pk").values_list("pk", "user_id", "subject")),
    ]


# --- joining -------------------------------------------------------------------------------------
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


# --- logging in ----------------------------------------------------------------------------------
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


# --- lies ----------------------------------------------------------------------------------------
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


# --- away ----------------------------------------------------------------------------------------
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


# --- settings ------------------------------------------------------------------------------------
def again(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


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
