"""Where somebody is logged in, and what ends it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts import actions
from accounts.actions import log_ins
from accounts.devices import device_of
from accounts.models import ApiToken, LoginSession
from accounts.testing import PASSWORD, Profile, make_person, make_token
from core import clock
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
NEW = "quite another secret"


def log_in(person: Profile, agent: str = FIREFOX, password: str = PASSWORD) -> Client:
    assert person.user is not None
    client = Client(HTTP_USER_AGENT=agent)
    answer = client.post("/accounts/login/", {"login": person.user.email, "password": password})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def shown(client: Client) -> list[str]:
    soup = BeautifulSoup(client.get("/settings/sessions/").content, "html5lib")
    return [row.get_text(" ", strip=True) for row in soup.select(".line b")]


def end_links(client: Client) -> list[str]:
    page = client.get("/settings/sessions/").content.decode()
    return re.findall(r"/settings/sessions/[a-z0-9]{12}/end/", page)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (PHONE, ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36", ("Chrome", "Linux")),
        ("Mozilla/5.0 (Macintosh) Chrome/120.0 Safari/537.36 Edg/120.0", ("Edge", "Mac")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_devices_have_names(agent: str, words: tuple[str, str]) -> None:
    assert device_of(agent) == words


def test_each_browser_is_listed_and_this_one_is_marked() -> None:
    person = make_person()
    log_in(person, PHONE)
    client = log_in(person)
    assert shown(client) == ["Firefox on Windows", "Safari on iPhone"]
    first = BeautifulSoup(client.get("/settings/sessions/").content, "html5lib").select(".line")[0]
    assert "This one" in first.get_text()
    assert "here now" in first.get_text()
    assert len(end_links(client)) == 1, "the one that asks is not ended by its own button"


def test_two_of_one_kind_are_told_apart_by_the_time_they_logged_in() -> None:
    person = make_person()
    log_in(person, PHONE)
    log_in(person, PHONE)
    client = log_in(person)
    for minutes, row in enumerate(LoginSession.objects.filter(agent=PHONE)):
        since = clock.now() - timedelta(days=9, minutes=minutes)
        LoginSession.objects.filter(pk=row.pk).update(created_at=since)
    lines = BeautifulSoup(client.get("/settings/sessions/").content, "html5lib").select(".line p")
    others = [one.get_text() for one in lines if "here now" not in one.get_text()]
    assert len(set(others)) == 2
    assert all(re.search(r"Logged in .*, \d\d:\d\d · last seen", one) for one in others)


def test_nothing_of_a_network_address_is_kept() -> None:
    person = make_person()
    assert person.user is not None
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    assert "203.0.113.77" not in str(vars(LoginSession.objects.get()))


def test_one_browser_is_logged_out() -> None:
    person = make_person()
    phone, client = log_in(person, PHONE), log_in(person)
    client.post(end_links(client)[0])
    assert not is_in(phone)
    assert is_in(client)
    assert shown(client) == ["Firefox on Windows"]


def test_a_strangers_session_is_out_of_reach() -> None:
    victim = log_in(make_person())
    row = LoginSession.objects.get()
    thief = log_in(make_person())
    assert thief.post(f"/settings/sessions/{row.public_id}/end/").status_code == 404
    assert is_in(victim)


def test_everywhere_means_here_too() -> None:
    person, other = make_person(), log_in(make_person())
    phone, client = log_in(person, PHONE), log_in(person)
    answer = client.post("/settings/sessions/end/")
    assert answer["Location"] == "/accounts/login/"
    assert not is_in(phone)
    assert not is_in(client)
    assert is_in(other), "nobody else is logged out"


@pytest.mark.parametrize("tokens", ["", "1"])
def test_programs_lose_their_tokens_only_when_asked(tokens: str) -> None:
    person = make_person()
    make_token(person)
    log_in(person).post("/settings/sessions/end/", {"tokens": tokens})
    assert (ApiToken.objects.get().revoked_at is not None) is bool(tokens)


def test_logging_out_takes_the_browser_off_the_list() -> None:
    person = make_person()
    phone = log_in(person, PHONE)
    phone.post("/accounts/logout/")
    assert shown(log_in(person)) == ["Firefox on Windows"]
    assert LoginSession.objects.count() == 1


def test_a_new_password_ends_all_others_and_their_streams() -> None:
    person = make_person()
    phone, client = log_in(person, PHONE), log_in(person)
    phone_key = phone.session.session_key
    form = {"oldpassword": PASSWORD, "password1": NEW}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert not Session.objects.filter(session_key=phone_key).exists(), "streams look for this row"
    assert not is_in(phone)
    assert is_in(client)
    assert shown(client) == ["Firefox on Windows"]


def test_a_password_that_was_reset_ends_all() -> None:
    person = make_person()
    client = log_in(person)
    guest = Client()
    assert person.user is not None
    guest.post("/accounts/password/reset/", {"email": person.user.email})
    deliver_all()
    found = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert found
    form = guest.get(found[0], follow=True)
    guest.post(form.redirect_chain[-1][0], {"password1": NEW})
    assert not is_in(client)
    assert is_in(log_in(person, password=NEW))


def test_suspension_ends_every_session_and_its_row() -> None:
    person, operator = make_person(), make_person(staff=True)
    client = log_in(person)
    key = client.session.session_key
    actions.suspend_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="Spam")
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_in(client)
    assert not LoginSession.objects.exists()


def test_a_deleted_account_has_no_session() -> None:
    person = make_person()
    client = log_in(person)
    assert person.user is not None
    person.user.delete()
    assert not is_in(client)
    assert not LoginSession.objects.exists()


def test_a_log_in_has_a_new_key() -> None:
    """A key that somebody planted before (fixation) is worth nothing afterwards."""
    person = make_person()
    assert person.user is not None
    client = Client()
    client.post("/theme/", {"theme": "dark"})
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["session"] = planted = str(session.session_key)
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["session"] = planted
    assert not is_in(thief)


def test_last_seen_is_written_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    client = log_in(make_person())
    before = LoginSession.objects.get().seen_at
    client.get("/settings/")
    assert LoginSession.objects.get().seen_at == before, "not at every page"
    now = log_ins.time.time()
    monkeypatch.setattr(log_ins.time, "time", lambda: now + log_ins.SEEN_EVERY_SECONDS + 1)
    client.get("/settings/")
    assert LoginSession.objects.get().seen_at > before


def test_the_list_costs_the_same_however_many(django_assert_num_queries: Any) -> None:
    person = make_person()
    client = log_in(person)
    for _number in range(5):
        log_in(person, PHONE)
    # Session, user with their brands, the list.
    with django_assert_num_queries(3):
        client.get("/settings/sessions/")
