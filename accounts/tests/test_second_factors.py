"""Second factors: set up, asked for, lost, and required where money is."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts import queries
from accounts.errors import ProtectFirst
from accounts.limits import DEVICE_COOKIE, device_mark
from accounts.second_factors import SecondFactorAdapter, is_exempt
from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
    viewer_for,
)
from accounts.tests.soft_key import TOUCHED, VERIFIED, SoftKey
from core.errors import NotFound
from core.middleware import error_response
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

ROOT = "/accounts/second-factor/"


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is right for half a minute: none ends between being worked out and being typed."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def code_for(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def logged_in(person: Profile) -> Client:
    """A browser in which somebody showed their password a moment ago."""
    client = client_for(person)
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
    assert answer.status_code == 302
    return client


def set_up(client: Client) -> tuple[str, list[str]]:
    """Switch an app on; returns its secret and the recovery codes."""
    page = BeautifulSoup(client.get(f"{ROOT}app/").content, "html5lib")
    shown = page.select_one("code.secret")
    assert shown is not None
    secret = shown.get_text()
    answer = client.post(f"{ROOT}app/", {"code": code_for(secret)})
    assert answer["Location"] == f"{ROOT}codes/", answer.content.decode()
    codes = BeautifulSoup(client.get(f"{ROOT}codes/").content, "html5lib").select("code.secret")
    return secret, [one.get_text() for one in codes]


def try_code(client: Client, code: str) -> Any:
    return client.post(f"{ROOT}authenticate/", {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_an_app_is_set_up_and_asked_for_at_the_next_log_in() -> None:
    person = make_person()
    secret, codes = set_up(logged_in(person))
    assert len(codes) == 10
    assert len(set(codes)) == 10
    client = Client()
    assert person.user is not None
    typed = {"login": person.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", typed)["Location"] == f"{ROOT}authenticate/"
    assert not is_in(client), "the password alone is not enough"
    assert client.get(f"{ROOT}authenticate/").status_code == 200
    assert try_code(client, code_for(secret, steps=1)).status_code == 302
    assert is_in(client)


@pytest.mark.django_db(transaction=True)
def test_the_first_codes_are_not_said_to_take_the_place_of_others() -> None:
    client = logged_in(make_person())
    shown = BeautifulSoup(client.get(f"{ROOT}app/").content, "html5lib").select_one("code.secret")
    assert shown is not None
    client.post(f"{ROOT}app/", {"code": code_for(shown.get_text())})
    page = client.get(f"{ROOT}codes/").content.decode()
    assert "The app is set up" in page
    assert "old ones are dead" not in page
    page = client.post(f"{ROOT}codes/new/", follow=True).content.decode()
    assert "The old ones are dead" in page, "control"


def test_the_qr_code_is_markup_of_ours() -> None:
    page = BeautifulSoup(logged_in(make_person()).get(f"{ROOT}app/").content, "html5lib")
    drawing = page.select_one(".qrbox svg")
    assert drawing is not None
    assert drawing.find("path") is not None
    assert not [tag for tag in drawing.find_all(True) if tag.get("style")]


def test_a_wrong_code_sets_nothing_up() -> None:
    client = logged_in(make_person())
    client.get(f"{ROOT}app/")
    answer = client.post(f"{ROOT}app/", {"code": "000000"})
    assert "That code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_code_is_good_once() -> None:
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    code = code_for(secret, steps=1)
    for wanted in (True, False):
        client = Client()
        assert person.user is not None
        client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        try_code(client, code)
        assert is_in(client) is wanted


def test_a_used_code_stays_used_while_it_would_still_be_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half a minute later, and after the cache forgot everything; a newer one is right then."""
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    now = time.time()
    code, newer = code_for(secret, steps=1), code_for(secret, steps=2)
    assert person.user is not None
    for typed, later, wanted in ((code, 0, True), (code, 31, False), (newer, 31, True)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        cache.clear()
        client = Client()
        client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        try_code(client, typed)
        assert is_in(client) is wanted, (typed, later)


def test_the_code_that_showed_the_secret_opens_nothing() -> None:
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    assert person.user is not None
    client = Client()
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    answer = try_code(client, code_for(secret))
    assert "That code is not right" in answer.content.decode()
    assert not is_in(client)


def test_codes_are_right_while_the_cache_is_away(settings: Any) -> None:
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": "unix:///nowhere/redis.sock?db=0",
        }
    }
    assert person.user is not None
    client = Client()
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    try_code(client, code_for(secret, steps=1))
    assert is_in(client)


@pytest.mark.parametrize(("flags", "wanted"), [(VERIFIED, True), (TOUCHED, False)])
@pytest.mark.parametrize("asked_by", ["log-in", "second factor of another account"])
def test_a_found_key_opens_nothing_alone(asked_by: str, flags: Any, wanted: bool) -> None:
    """Log-in by passkey counts for two proofs: the key must have asked who holds it, even where
    the question was asked by a page that wants less."""
    owner, thief = make_person(), make_person()
    key = SoftKey(owner)
    client = Client()
    if asked_by == "log-in":
        client.get(f"{ROOT}passkeys/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    else:
        SoftKey(thief)
        assert thief.user is not None
        client.post("/accounts/login/", {"login": thief.user.email, "password": PASSWORD})
        assert client.get(f"{ROOT}authenticate/").status_code == 200
        session = client.session
        del session["account_login"]  # the log-in that waited ran out; its question is still there
        session.save()
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    client.post(f"{ROOT}passkeys/login/", {"credential": key.sign(challenge, flags)})
    assert is_in(client) is wanted
    if wanted:
        assert client.session["_auth_user_id"] == str(owner.user_id)


def test_a_recovery_code_is_good_once() -> None:
    person = make_person()
    _secret, codes = set_up(logged_in(person))
    for wanted in (True, False):
        client = Client()
        assert person.user is not None
        client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        try_code(client, codes[0])
        assert is_in(client) is wanted


def test_new_recovery_codes_kill_the_old_ones() -> None:
    person = make_person()
    client = logged_in(person)
    _secret, codes = set_up(client)
    client.post(f"{ROOT}codes/new/")
    fresh = client.get(f"{ROOT}codes/download/").content.decode().split()
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)


def test_secrets_are_not_in_the_table_as_they_are() -> None:
    secret, codes = set_up(logged_in(make_person()))
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert kept
    assert secret not in kept
    assert not [code for code in codes if code in kept]


def test_an_older_key_still_opens_what_it_closed(settings: Any) -> None:
    box = SecondFactorAdapter()
    kept = box.encrypt("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert box.decrypt(kept) == "a secret"


def test_every_change_is_told_by_mail(django_capture_on_commit_callbacks: Any) -> None:
    client = logged_in(make_person())
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(f"{ROOT}app/off/")
    deliver_all()
    subjects = [str(one.subject) for one in mail.outbox]
    assert "An authenticator app was set up" in subjects
    assert "The authenticator app was switched off" in subjects
    assert not Authenticator.objects.filter(type="totp").exists()


def test_a_stolen_session_changes_nothing_without_a_proof() -> None:
    """Logged in, but nobody showed a password lately: each page asks first."""
    person = make_person()
    client = client_for(person)
    for path in ("app/", "passkeys/add/", "codes/new/"):
        answer = client.post(ROOT + path, {"code": "1"})
        assert answer.status_code == 302, path
        assert "/reauthenticate/" in answer["Location"], path
    assert not Authenticator.objects.exists()


def test_ones_own_passkeys_only() -> None:
    person, other = make_person(), make_person()
    row = Authenticator.objects.create(
        user=other.user, type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    client = logged_in(person)
    for tail in ("remove/", "name/"):
        assert client.post(f"{ROOT}passkeys/{row.pk}/{tail}", {"name": "X"}).status_code == 404
        assert client.post(f"{ROOT}passkeys/999999/{tail}", {"name": "X"}).status_code == 404
    row.refresh_from_db()
    assert row.data["name"] == "Theirs"


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 1}', "x" * 9000])
def test_nonsense_from_a_browser_is_no_passkey(credential: str) -> None:
    client = logged_in(make_person())
    client.get(f"{ROOT}passkeys/add/")
    answer = client.post(f"{ROOT}passkeys/add/", {"name": "Mine", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()
    guest = Client()
    guest.get(f"{ROOT}passkeys/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    answer = guest.post(f"{ROOT}passkeys/login/", {"credential": credential})
    assert answer.status_code in (200, 302)
    assert not is_in(guest)


# --- guessing ------------------------------------------------------------------------------------
def test_guessing_codes_ends_with_429_and_the_owner_still_gets_in() -> None:
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    assert person.user is not None
    typed = {"login": person.user.email, "password": PASSWORD}
    thief = Client(REMOTE_ADDR="203.0.113.9")
    thief.post("/accounts/login/", typed)
    answers = [try_code(thief, f"{number:06d}") for number in range(12)]
    # Setting the app up was the first try of ten.
    assert [one.status_code for one in answers] == [200] * 9 + [429] * 3
    assert int(answers[-1]["Retry-After"]) > 0
    owner = Client(REMOTE_ADDR="198.51.100.7")
    owner.cookies[DEVICE_COOKIE] = device_mark(person.user.email)
    owner.post("/accounts/login/", typed)
    try_code(owner, code_for(secret, steps=1))
    assert is_in(owner)


def test_a_right_code_after_too_many_wrong_ones_is_refused_too() -> None:
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    assert person.user is not None
    thief = Client()
    thief.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    for number in range(10):
        try_code(thief, f"{number:06d}")
    assert try_code(thief, code_for(secret, steps=1)).status_code == 429
    assert not is_in(thief)


# --- required where money is ---------------------------------------------------------------------
@pytest.mark.parametrize("role", ["owner", "finance"])
def test_money_needs_two_proofs(role: str) -> None:
    brand = make_brand()
    member = owner_of(brand) if role == "owner" else make_member(brand=brand, role="finance")

    def ask() -> Any:
        return queries.require_brand_role(
            viewer=viewer_for(member), handle=brand.handle, roles={"finance"}, protected=True
        )

    with pytest.raises(ProtectFirst):
        ask()
    set_up(logged_in(member))
    assert ask().profile.id == brand.pk


def test_recovery_codes_alone_protect_nobody() -> None:
    brand = make_brand()
    owner = owner_of(brand)
    client = logged_in(owner)
    set_up(client)
    client.post(f"{ROOT}app/off/")
    with pytest.raises(ProtectFirst):
        queries.require_brand_role(viewer=viewer_for(owner), handle=brand.handle, protected=True)


def test_strangers_learn_nothing_from_it() -> None:
    brand = make_brand()
    with pytest.raises(NotFound):
        queries.require_brand_role(
            viewer=viewer_for(make_person()), handle=brand.handle, protected=True
        )


def test_the_way_there_and_back() -> None:
    person = make_person()
    client = logged_in(person)
    asked = RequestFactory().get("/studio/ondine/payouts/?page=2")
    answer = error_response(asked, ProtectFirst())
    assert answer["Location"] == "/settings/protect/?next=/studio/ondine/payouts/%3Fpage%3D2"
    page = client.get(answer["Location"]).content.decode()
    assert "Protect this account first" in page
    _secret, codes = set_up(client)
    assert codes
    done = BeautifulSoup(client.get(f"{ROOT}codes/").content, "html5lib")
    go_on = done.find("a", string="Go on")
    assert go_on is not None
    back = client.get(str(go_on["href"]))
    assert back["Location"] == "/studio/ondine/payouts/?page=2"
    assert client.get("/settings/protect/")["Location"] == "/settings/", "only once"


def test_the_way_back_stays_on_the_site() -> None:
    client = logged_in(make_person())
    set_up(client)
    assert client.get("/settings/protect/?next=//evil.example/")["Location"] == "/settings/"


def test_a_program_is_refused_with_a_problem() -> None:
    asked = RequestFactory().get("/api/", headers={"Accept": "application/json"})
    answer = error_response(asked, ProtectFirst())
    assert answer.status_code == 403
    assert "protect_first" in answer.content.decode()


def test_people_of_the_demo_are_exempt_and_only_they(settings: Any) -> None:
    settings.SECOND_FACTOR_EXEMPT = ["demo.example"]
    assert is_exempt("ines@demo.example")
    assert not is_exempt("ines@demo.example.evil.example")
    assert not is_exempt("demo.example@mail.example")
    settings.SECOND_FACTOR_EXEMPT = []
    assert not is_exempt("ines@demo.example")


def joined() -> Client:
    """A browser in which somebody has just signed up and typed the code from the mail."""
    client = Client()
    form = {"email": "ana@mail.example", "name": "Ana Ruiz", "password1": "correct horse battery"}
    client.post("/accounts/signup/", form)
    deliver_all()
    code = re.search(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    assert client.post("/accounts/confirm-email/", {"code": code[1]})["Location"] == "/welcome/"
    return client


def entered(person: Profile) -> Client:
    """A browser in which somebody has just logged in with their password."""
    client = Client()
    assert person.user is not None
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def asks(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 302 and "/reauthenticate/" in answer["Location"]


@pytest.mark.parametrize("come", ["joined", "entered"])
def test_who_has_just_come_in_is_not_asked_for_the_password_again(
    come: str, settings: Settings
) -> None:
    client = joined() if come == "joined" else entered(make_person())
    assert not asks(client, f"{ROOT}passkeys/add/")
    # What a thief would want is asked about all the same.
    assert asks(client, "/settings/tokens/new/")
    answer = client.post("/accounts/email/", {"email": "t@mail.example", "action_add": "1"})
    assert "/reauthenticate/" in answer["Location"]
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    for path in ("app/", "passkeys/add/"):
        assert asks(client, ROOT + path), "the window is over"
    assert not Authenticator.objects.exists()
    del settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    set_up(client)
    assert not asks(client, f"{ROOT}app/off/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    for path in ("app/off/", "codes/new/"):
        assert asks(client, ROOT + path), "what is there is not taken away or made anew either"
        assert "/reauthenticate/" in client.post(ROOT + path)["Location"]
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_password_alone_opens_no_page_of_second_factors() -> None:
    """Half a log-in is none: the window begins with the second proof."""
    person = make_person()
    secret, _codes = set_up(logged_in(person))
    client = Client()
    assert person.user is not None
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    for path in ("app/off/", "codes/new/", "passkeys/add/"):
        assert "/accounts/login/" in client.get(ROOT + path)["Location"], path
    try_code(client, code_for(secret, steps=1))
    assert not asks(client, f"{ROOT}passkeys/add/")
