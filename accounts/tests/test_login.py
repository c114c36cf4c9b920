"""Log-in, log-out, reset: sessions, limits, links, and where one lands afterwards."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpRequest
from django.test import Client

from accounts import testing
from accounts.actions import login_hooks, suspend_person
from accounts.models import Profile, User
from core.testing import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Profile:
    return testing.make_person(name="Noor Haddad", email="noor@mail.example")


def log_in(client: Client, *, email: str = "noor@mail.example", **extra: str) -> Any:
    form = {"login": email, "password": testing.PASSWORD, **extra}
    return client.post("/accounts/login/", form)


def is_logged_in(client: Client) -> bool:
    return bool(client.get("/settings/").status_code == 200)


def test_log_in_changes_the_session_key_and_log_out_is_by_post(
    client: Client, person: Profile
) -> None:
    client.get("/accounts/login/")
    client.session.save()
    session = client.session
    session["kept"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    before = session.session_key

    answer = log_in(client)

    assert answer.status_code == 302
    assert client.session.session_key != before
    assert client.session["kept"] == "yes"
    client.get("/accounts/logout/")
    assert is_logged_in(client)
    client.post("/accounts/logout/")
    assert not is_logged_in(client)


def test_hooks_hear_the_key_of_the_guest(client: Client, person: Profile) -> None:
    heard: list[tuple[int, str]] = []

    def hook(request: HttpRequest, user: User, old_session_key: str) -> None:
        heard.append((user.pk, old_session_key))

    session = client.session
    session["bag"] = "of a guest"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    login_hooks.register(hook=hook)
    try:
        log_in(client)
    finally:
        login_hooks._hooks.remove(hook)

    assert heard == [(person.user_id, session.session_key)]


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "%2f%2fevil.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "http://testserver/settings/",
        "\\\\evil.example",
        "/\t/evil.example",
    ],
)
def test_next_stays_on_the_site(client: Client, person: Profile, wanted: str) -> None:
    answer = client.post(
        "/accounts/login/",
        {"login": "noor@mail.example", "password": testing.PASSWORD, "next": wanted},
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    out = client.post("/accounts/logout/", {"next": wanted})
    assert out["Location"] == "/"


def test_next_on_the_site_is_followed(client: Client, person: Profile) -> None:
    assert log_in(client, next="/settings/addresses/")["Location"] == "/settings/addresses/"


def test_wrong_password_and_unknown_address_read_alike(client: Client, person: Profile) -> None:
    pages = []
    for email in ("noor@mail.example", "nobody@mail.example"):
        answer = client.post("/accounts/login/", {"login": email, "password": "wrong guess 1"})
        assert answer.status_code == 200
        text = answer.content.decode().replace(email, "")
        pages.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", text))

    assert pages[0] == pages[1]
    assert "do not match" in pages[0]


def test_guessing_is_stopped_but_not_for_the_owner_on_a_known_device(person: Profile) -> None:
    known = Client()
    log_in(known)
    known.post("/accounts/logout/")
    stranger = Client()

    codes = [
        stranger.post(
            "/accounts/login/", {"login": "noor@mail.example", "password": f"guess {number}"}
        ).status_code
        for number in range(25)
    ]

    # The first log-in of the known device counted as a stranger's, too.
    assert codes[:19] == [200] * 19
    assert set(codes[20:]) == {429}
    answer = log_in(stranger)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not is_logged_in(stranger)
    assert log_in(known).status_code == 302
    assert is_logged_in(known)


def test_limit_holds_without_the_cache(person: Profile, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": "unix:///nowhere/redis.sock?db=0",
        }
    }
    stranger = Client()

    codes = [
        stranger.post(
            "/accounts/login/", {"login": "noor@mail.example", "password": f"guess {number}"}
        ).status_code
        for number in range(22)
    ]

    assert codes == [200] * 20 + [429] * 2
    assert log_in(Client(), email="noor@mail.example").status_code == 429


def test_suspended_person_is_out_at_once_and_stays_out(client: Client, person: Profile) -> None:
    operator = testing.make_operator()
    log_in(client)
    assert is_logged_in(client)

    suspend_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="Spam")

    assert not is_logged_in(client)
    assert log_in(client)["Location"] == "/accounts/inactive/"
    assert not is_logged_in(client)


# --- a forgotten password --------------------------------------------------------------------
def reset_link(client: Client, **headers: Any) -> str:
    client.post("/accounts/password/reset/", {"email": "noor@mail.example"}, **headers)
    deliver_all()
    found = re.search(r"(https?://\S+/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_reset_link_works_once_and_ends_other_sessions(client: Client, person: Profile) -> None:
    elsewhere = testing.client_for(person)
    link = reset_link(client)
    path = link.removeprefix(settings.SITE_URL)

    form = client.get(path)["Location"]
    assert client.get(form).status_code == 200
    client.post(form, {"password1": "another long secret"})

    assert person.user is not None
    person.user.refresh_from_db()
    assert person.user.check_password("another long secret")
    assert not is_logged_in(elsewhere)
    again = Client()
    page = again.get(path, follow=True).content.decode()
    assert "does not work any more" in page


def test_reset_link_names_the_configured_host(client: Client, person: Profile) -> None:
    link = reset_link(client, HTTP_X_FORWARDED_HOST="evil.example", HTTP_HOST="127.0.0.1")

    assert link.startswith(f"{settings.SITE_URL}/accounts/password/reset/key/")
    bad = client.post(
        "/accounts/password/reset/", {"email": "noor@mail.example"}, HTTP_HOST="evil.example"
    )
    assert bad.status_code == 400
    assert len(mail.outbox) == 1


def test_reset_tells_nobody_who_has_an_account(client: Client, person: Profile) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("noor@mail.example", "nobody@mail.example")
    ]

    assert {answer["Location"] for answer in answers} == {"/accounts/password/reset/done/"}
    deliver_all()
    assert [message.subject for message in mail.outbox] == [
        "Set a new password",
        "No account with this address",
    ]


def test_reset_link_is_only_for_its_owner(client: Client, person: Profile) -> None:
    other = testing.make_person()
    path = reset_link(client).removeprefix(settings.SITE_URL)
    mine, token = re.findall(r"key/([0-9a-z]+)-(.+)/$", path)[0]
    from django.utils.http import int_to_base36

    forged = path.replace(f"{mine}-{token}", f"{int_to_base36(other.user_id or 0)}-{token}")

    assert "does not work" in Client().get(forged, follow=True).content.decode()


# --- change of password and address ----------------------------------------------------------
def test_new_password_keeps_this_session_and_ends_the_others(person: Profile) -> None:
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)

    bad = here.post(
        "/accounts/password/change/", {"oldpassword": "no", "password1": "another long secret"}
    )
    assert bad.status_code == 200
    assert is_logged_in(elsewhere)
    here.post(
        "/accounts/password/change/",
        {"oldpassword": testing.PASSWORD, "password1": "another long secret"},
    )

    assert is_logged_in(here)
    assert not is_logged_in(elsewhere)
    deliver_all()
    assert mail.outbox[-1].subject == "Your password was changed"


def test_address_changes_only_after_its_code(person: Profile) -> None:
    client = Client()
    log_in(client)

    asked = client.post("/accounts/email/", {"email": "noor2@mail.example", "action_add": "1"})
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    client.post(asked["Location"], {"password": "not mine at all"})
    deliver_all()
    assert mail.outbox == []
    client.post(asked["Location"], {"password": testing.PASSWORD})
    user = User.objects.get(pk=person.user_id)
    assert user.email == "noor@mail.example"
    deliver_all()
    code = re.search(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    client.post("/accounts/confirm-email/", {"code": code[1]})

    user.refresh_from_db()
    assert user.email == "noor2@mail.example"
    assert mail.outbox[-1].to == ["noor2@mail.example"]


def test_address_of_another_account_is_not_taken_over(person: Profile) -> None:
    testing.make_person(email="taken@mail.example")
    client = Client()
    log_in(client)

    asked = client.post("/accounts/email/", {"email": "taken@mail.example", "action_add": "1"})
    answer = client.post(asked["Location"], {"password": testing.PASSWORD})
    assert answer["Location"] == "/accounts/confirm-email/"
    deliver_all()

    # The code goes to the owner of that address; even with it the address stays theirs.
    code = re.search(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    page = client.post("/accounts/confirm-email/", {"code": code[1]})
    assert page.status_code == 200
    assert User.objects.get(pk=person.user_id).email == "noor@mail.example"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/key/1-nonsense/",
        "/accounts/inactive/",
    ],
)
def test_pages_of_guests_are_ours(client: Client, path: str) -> None:
    page = client.get(path, follow=True).content.decode()

    assert 'class="skip"' in page
    assert 'class="door"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/logout/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/settings/",
        "/settings/profile/",
        "/settings/account/",
        "/settings/addresses/",
        "/settings/addresses/new/",
        "/welcome/",
    ],
)
def test_pages_of_members_are_ours_and_closed_to_guests(person: Profile, path: str) -> None:
    answer = testing.client_for(person).get(path)
    assert answer.status_code == 200
    assert 'class="skip"' in answer.content.decode()
    if path != "/welcome/":
        assert Client().get(path).status_code == 302


def test_unrouted_pages_of_the_library_are_absent(client: Client) -> None:
    for path in ("/accounts/login/code/", "/accounts/2fa/", "/accounts/social/signup/"):
        assert client.get(path).status_code == 404
