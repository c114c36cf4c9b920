"""From a visitor to a verified newcomer, and what strangers can learn on the way."""

import re

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from accounts import testing
from accounts.models import Profile, User
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

FORM = {"email": "Ana@Mail.Example", "name": "Ana Ruiz", "password1": "correct horse battery"}


def newest_code() -> str:
    deliver_all()
    found = re.search(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def test_newcomer_signs_up_verifies_and_is_welcomed(client: Client) -> None:
    answer = client.post("/accounts/signup/?next=/pin/x/", {**FORM, "like": ["lamps", "<b>"]})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert "ana@mail.example" in client.get("/accounts/confirm-email/").content.decode()

    answer = client.post("/accounts/confirm-email/", {"code": newest_code()})

    assert answer["Location"] == "/welcome/?next=%2Fpin%2Fx%2F"
    person = Profile.objects.get(user__email="ana@mail.example")
    assert (person.kind, person.handle, person.name) == ("person", "ana-ruiz", "Ana Ruiz")
    assert person.interests == ["lamps"]
    assert EmailAddress.objects.get(user=person.user).verified
    assert client.get("/settings/").status_code == 200


def test_mail_has_text_and_html_and_a_message_id(client: Client) -> None:
    client.post("/accounts/signup/", FORM)
    deliver_all()

    [message] = mail.outbox
    assert message.to == ["ana@mail.example"]
    assert message.alternatives[0][1] == "text/html"
    assert message.extra_headers["Message-ID"].endswith("@localhost>")


def test_nobody_logs_in_before_the_address_is_verified(client: Client) -> None:
    client.post("/accounts/signup/", FORM)
    other = Client()

    other.post("/accounts/login/", {"login": FORM["email"], "password": FORM["password1"]})

    assert other.get("/settings/").status_code == 302


def test_wrong_code_is_refused_and_three_are_the_end(client: Client) -> None:
    client.post("/accounts/signup/", FORM)
    code = newest_code()

    for _ in range(3):
        answer = client.post("/accounts/confirm-email/", {"code": "WRONG1"})
    assert answer["Location"] == "/accounts/login/"
    client.post("/accounts/confirm-email/", {"code": code})

    assert not EmailAddress.objects.get().verified


def test_handles_are_made_unique(client: Client) -> None:
    for number in range(3):
        form = {**FORM, "email": f"ana{number}@mail.example"}
        Client().post("/accounts/signup/", form)

    handles = set(Profile.objects.values_list("handle", flat=True))
    assert len(handles) == 3
    assert all(handle.startswith("ana-ruiz") for handle in handles)


def test_known_address_gets_the_same_answer_and_a_mail(client: Client) -> None:
    testing.make_person(email="ana@mail.example")
    fresh, known = Client(), Client()

    answers = [
        fresh.post("/accounts/signup/", {**FORM, "email": "new@mail.example"}),
        known.post("/accounts/signup/", FORM),
    ]
    pages = [one.get("/accounts/confirm-email/").content.decode() for one in (fresh, known)]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert _plain(pages[0], "new@mail.example") == _plain(pages[1], "ana@mail.example")
    assert User.objects.filter(email="ana@mail.example").count() == 1
    deliver_all()
    assert "account already" in mail.outbox[-1].subject


def _plain(page: str, email: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.replace(email, ""))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", "a@b.example\r\nBcc: x@evil.example"),
        ("email", "a" * 300 + "@mail.example"),
        ("name", ""),
        ("name", "\u202e \u200b"),
        ("name", "x" * 10_000),
        ("name", "nul\x00"),
        ("password1", "short"),
        ("password1", "1234567890"),
    ],
)
def test_bad_input_says_so_and_makes_nobody(client: Client, field: str, value: str) -> None:
    answer = client.post("/accounts/signup/", {**FORM, field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    if field != "email":
        assert 'value="Ana@Mail.Example"' in page
    assert not User.objects.exists()
    assert not Profile.objects.exists()


def test_nobody_signs_up_under_a_name_like_a_brand(client: Client) -> None:
    testing.make_brand(name="Clay & Kiln")

    for name in ("Clay & Kiln", "\u0421lay & Kiln", "C1ay  Kiln", "clay-kiln"):
        answer = client.post("/accounts/signup/", {**FORM, "name": name})
        assert "mistaken for a brand" in answer.content.decode()

    assert Profile.objects.filter(kind="person").count() == 1


def test_more_than_asked_for_is_ignored(client: Client) -> None:
    extra = {"is_staff": "1", "is_superuser": "1", "state": "approved", "kind": "brand"}

    client.post(
        "/accounts/signup/", {**FORM, **extra, "verified_at": "2020-01-01", "role": "owner"}
    )

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert user.profile.kind == "person"
    assert user.profile.verified_at is None
    assert not EmailAddress.objects.get().verified


def test_what_was_typed_a_moment_ago_stands_there(client: Client) -> None:
    page = client.get("/accounts/signup/", {"email": "gerda@mail.example", "name": " Gerda  Gast "})
    soup = BeautifulSoup(page.content, "html.parser")
    typed = {one["name"]: one.get("value") for one in soup.select("input[name]")}
    assert (typed["name"], typed["email"]) == ("Gerda Gast", "gerda@mail.example")
    for name in ("x" * 3000, "a\x00b", "", "\u202e"):
        page = client.get("/accounts/signup/", {"name": name})
        assert page.status_code == 200
        soup = BeautifulSoup(page.content, "html.parser")
        assert not [one["value"] for one in soup.select("[name=name][value]") if one["value"]]
