"""Forgotten passwords and guesses, as a stranger would misuse them (T15 to T18)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.models import User
from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    make_brand,
    make_operator,
    make_person,
    make_user,
    owner_of,
    protect,
)
from core.models import OutboxEvent
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

RESET = "/accounts/password/reset/"
NEW = "quite another secret"


def email_of(person: Profile) -> str:
    assert person.user is not None
    person.user.refresh_from_db()
    return person.user.email


def link_for(email: str) -> str:
    """The path of the link that a person gets who asks for one."""
    Client().post(RESET, {"email": email})
    deliver_all()
    return link_in(next(one for one in reversed(mail.outbox) if one.to == [email]))


def link_in(letter: Any) -> str:
    found = re.search(rf"{settings.SITE_URL}(/accounts/password/reset/key/\S+)", str(letter.body))
    assert found is not None, letter.body
    return found[1]


def use(path: str, *, client: Client | None = None, password: str = NEW) -> bool:
    """Follow a link and choose a password; whether that went through."""
    client = client or Client()
    form = client.get(path)
    if form.status_code != 302:
        assert "does not work any more" in form.content.decode()
        return False
    answer = client.post(form["Location"], {"password1": password})
    return bool(answer.status_code == 302)


def opens(person: Profile, password: str) -> bool:
    assert person.user is not None
    person.user.refresh_from_db()
    return person.user.check_password(password)


# --- who has an account? (T15) -------------------------------------------------------------------
def known() -> str:
    return email_of(make_person(name="Klara Kern", email="known@mail.example"))


def unknown() -> str:
    return "nobody@mail.example"


def suspended() -> str:
    suspend(make_person(email="out@mail.example"))
    return "out@mail.example"


def deleted() -> str:
    erase(make_person(email="gone@mail.example"))
    return "gone@mail.example"


def unconfirmed() -> str:
    email = email_of(make_person(email="fresh@mail.example"))
    EmailAddress.objects.filter(email=email).update(verified=False)
    return email


def without_password() -> str:
    person = make_person(email="keyless@mail.example")
    assert person.user is not None
    person.user.set_unusable_password()
    person.user.save()
    return "keyless@mail.example"


KINDS = (known, suspended, deleted, unconfirmed, without_password)


def plain(answer: Any, email: str) -> tuple[int, str, str]:
    """An answer without what differs anyway: the address that was typed, the token of the form."""
    page = answer.content.decode().replace(email, "")
    page = re.sub(r'value="[A-Za-z0-9]{64}"', "", page)
    return answer.status_code, answer.headers.get("Location", ""), page


@pytest.mark.parametrize("kind", KINDS)
def test_a_forgotten_password_tells_nobody_who_is_here(kind: Callable[[], str]) -> None:
    said = []
    for email in (kind(), unknown()):
        client = Client()
        first = client.post(RESET, {"email": email})
        said.append((plain(first, email), plain(client.get(first["Location"]), email)))
    assert said[0] == said[1]
    deliver_all()
    assert len(mail.outbox) >= 1, "who owns the address learns more, by mail"
    assert {len(one.to) for one in mail.outbox} == {1}


class CountingHasher(MD5PasswordHasher):
    """Hashing is what takes long: as many hashes, as much time."""

    made = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.made += 1
        return super().encode(password, salt)


def shape(sql: str) -> str:
    """What a statement reads or writes, without whom and what."""
    return re.sub(r"\d+|\s+", " ", re.split(r"WHERE|VALUES", sql)[0]).strip()


def cost(client: Client, path: str, form: dict[str, str]) -> tuple[Any, int, list[str]]:
    """The answer to a form, its hashes, and its statements in their order, but for savepoints."""
    CountingHasher.made = 0
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(path, form)
    shapes = [shape(one["sql"]) for one in asked if "SAVEPOINT" not in one["sql"]]
    return answer, CountingHasher.made, shapes


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_password_costs_as_much_with_an_account_as_without(
    kind: Callable[[], str], settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    email, said, costs = kind(), [], []
    for one in ("first@mail.example", email, unknown()):
        form = {"login": one, "password": "wrong guess 1"}
        answer, hashes, statements = cost(Client(), "/accounts/login/", form)
        said.append(plain(answer, one))
        costs.append((hashes, statements))
    assert said[1] == said[2]
    assert costs[1] == costs[2]
    assert costs[1][0] > 0


def people() -> list[tuple[Any, ...]]:
    return [
        *User.objects.order_by("pk").values_list("pk", "email", "password"),
        *Profile.objects.order_by("pk").values_list("pk", "handle", "name"),
        *EmailAddress.objects.order_by("pk").values_list("pk", "email", "user_id", "verified"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_up_costs_as_much_with_an_account_as_without(
    kind: Callable[[], str], settings: Any
) -> None:
    """As many hashes, and the same questions and rows; what is written for nobody does not stay."""
    email = kind()
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    said, costs = [], []
    # The first one takes the name, so that both others look for another handle.
    for one in ("first@mail.example", email, unknown()):
        before, facts = people(), set(OutboxEvent.objects.values_list("pk", flat=True))
        client, form = Client(), {"email": one, "name": "Ana", "password1": NEW}
        answer, hashes, statements = cost(client, "/accounts/signup/", form)
        said.append((plain(answer, one), plain(client.get(answer["Location"]), one)))
        costs.append((hashes, statements))
        if one == email and kind is not deleted:
            assert people() == before
            stated = OutboxEvent.objects.exclude(pk__in=facts).values_list("type", flat=True)
            assert list(stated) == ["accounts.AccountMail"]
    assert said[1] == said[2]
    assert costs[1] == costs[2]
    assert costs[1][0] > 0


def ask_for_a_reset(_client: Client, email: str) -> Any:
    return Client().post(RESET, {"email": email})


def ask_for_another_address(client: Client, email: str) -> Any:
    return client.post("/accounts/email/", {"email": email, "action_add": "1"})


def invite(client: Client, email: str) -> Any:
    return client.post("/studio/ondine/team/", {"email": email, "role": "chat"})


@pytest.mark.parametrize("ask", [ask_for_a_reset, ask_for_another_address, invite])
def test_asking_costs_as_much_for_an_address_that_is_known(
    ask: Callable[[Client, str], Any], settings: Any
) -> None:
    """As many hashes and questions to the database while somebody waits; then, as many mails."""
    known()
    make_brand(handle="ondine")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    spent = []
    # The first one pays for what only a first request looks up.
    for email in ("first@mail.example", "known@mail.example", "nobody@mail.example"):
        client = client_for(owner_of(Profile.objects.get(handle="ondine")))
        client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
        deliver_all()
        CountingHasher.made, mails = 0, len(mail.outbox)
        with CaptureQueriesContext(connection) as asked:
            assert ask(client, email).status_code == 302
        hashes = CountingHasher.made
        deliver_all()
        spent.append((hashes, len(asked), len(mail.outbox) - mails))
    assert spent[1] == spent[2]
    assert spent[1][2] == 1, "one mail to whoever owns the address"


def test_an_invitation_tells_nobody_who_is_here() -> None:
    known()
    brand = make_brand(handle="ondine")
    client = client_for(owner_of(brand))
    said = []
    for email in ("known@mail.example", "nobody@mail.example"):
        answer = client.post("/studio/ondine/team/", {"email": email, "role": "chat"})
        said.append((answer.status_code, answer.headers.get("Location", "")))
    assert said[0] == said[1]
    page = client.get("/studio/ondine/team/").content.decode()
    assert "known@mail.example" in page
    assert "Klara" not in page, "no name beside an address that was only typed"


def test_another_spelling_of_ones_own_address_is_ones_own() -> None:
    email = known()
    Client().post(RESET, {"email": f"  {email.upper()} "})
    deliver_all()
    assert [one.to for one in mail.outbox] == [[email]]


# --- whose host? (T16) ---------------------------------------------------------------------------
def test_every_mail_leads_to_the_configured_host(settings: Any) -> None:
    known()
    brand = make_brand(handle="ondine")
    settings.ALLOWED_HOSTS = ["*"]
    forged: dict[str, Any] = {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "evil.example"}
    for email in ("known@mail.example", "nobody@mail.example"):
        Client().post(RESET, {"email": email}, **forged)
        Client().post(
            "/accounts/signup/", {"email": email, "name": "Ana", "password1": NEW}, **forged
        )
    owner = client_for(owner_of(brand))
    owner.post("/studio/ondine/team/", {"email": "x@mail.example", "role": "chat"}, **forged)
    deliver_all()
    texts = [f"{one.body}{one.alternatives}" for one in mail.outbox]
    assert len(texts) == 5
    assert sum(f"{settings.SITE_URL}/" in text for text in texts) >= 4
    assert not any("evil.example" in text for text in texts)


def test_what_follows_the_link_does_not_carry_it_on() -> None:
    make_person(email="known@mail.example")
    path, client = link_for("known@mail.example"), Client()
    key = path.rstrip("/").rpartition("-")[2]
    answer = client.get(path, follow=True)
    assert key not in answer.content.decode()
    assert key not in answer.redirect_chain[-1][0]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


# --- whose link, and how long? (T17) -------------------------------------------------------------
def test_the_link_of_one_changes_nothing_of_another() -> None:
    one, other = make_person(email="one@mail.example"), make_person()
    assert use(link_for("one@mail.example"), client=client_for(other))
    assert opens(one, NEW)
    assert opens(other, PASSWORD)


def test_a_form_that_was_opened_here_is_of_no_use_elsewhere() -> None:
    one = make_person(email="one@mail.example")
    form = Client().get(link_for("one@mail.example"))["Location"]
    thief = Client()
    assert "does not work any more" in thief.get(form).content.decode()
    thief.post(form, {"password1": NEW})
    assert not opens(one, NEW)


def test_a_link_is_good_once_and_the_older_one_dies_with_it() -> None:
    one = make_person(email="one@mail.example")
    older, newer = link_for("one@mail.example"), link_for("one@mail.example")
    assert use(newer)
    for path in (newer, older):
        assert not use(path, password="a third long secret")
    assert opens(one, NEW)


def test_a_link_dies_with_the_old_password() -> None:
    one = make_person(email="one@mail.example")
    path = link_for("one@mail.example")
    client = Client()
    client.post("/accounts/login/", {"login": "one@mail.example", "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": "changed by its owner"}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert not use(path)
    assert opens(one, "changed by its owner")


def test_a_link_dies_with_the_old_address() -> None:
    """Whoever reads the old mailbox must not get in after the owner moved away from it."""
    one = make_person(email="one@mail.example")
    path = link_for("one@mail.example")
    client = client_for(one)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
    client.post("/accounts/email/", {"email": "moved@mail.example", "action_add": "1"})
    deliver_all()
    letter = next(one for one in reversed(mail.outbox) if one.to == ["moved@mail.example"])
    client.post("/accounts/confirm-email/", {"code": str(letter.subject).split()[0]})
    assert email_of(one) == "moved@mail.example"
    assert not use(path)
    assert opens(one, PASSWORD)


def test_a_link_ends_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    one = make_person(email="one@mail.example")
    path = link_for("one@mail.example")
    later = datetime.datetime.now() + datetime.timedelta(seconds=3601)  # noqa: DTZ005 - as Django
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    assert not use(path)
    assert opens(one, PASSWORD)


def suspend(person: Profile) -> None:
    operator = make_operator().user_id or 0
    actions.suspend_person(profile_id=person.pk, operator_id=operator, reason="Spam")


def erase(person: Profile) -> None:
    actions.erase_account(user_id=person.user_id or 0)


@pytest.mark.parametrize("end", [suspend, erase])
def test_a_link_of_a_closed_account_opens_nothing(end: Callable[[Profile], None]) -> None:
    """Asked for before the end, used after it."""
    person = make_person(email="one@mail.example")
    path = link_for("one@mail.example")
    end(person)
    use(path)
    client = Client()
    client.post("/accounts/login/", {"login": "one@mail.example", "password": NEW})
    assert client.get("/settings/").status_code == 302


def test_a_new_password_steps_over_no_second_factor() -> None:
    person = protect(make_person(email="one@mail.example"))
    client = Client()
    assert use(link_for("one@mail.example"), client=client)
    assert client.get("/settings/").status_code == 302, "not logged in by it either"
    answer = client.post("/accounts/login/", {"login": email_of(person), "password": NEW})
    assert answer["Location"].startswith("/accounts/second-factor/authenticate/")
    assert client.get("/settings/").status_code == 302


def test_a_weak_password_is_refused_and_the_link_lives_on() -> None:
    one = make_person(email="one@mail.example")
    path, client = link_for("one@mail.example"), Client()
    for weak in ("short", "1234567890123", "password123", "one@mail.example"):
        form = client.get(path)["Location"]
        answer = client.post(form, {"password1": weak})
        assert answer.status_code == 200
        assert "id_password1_error" in answer.content.decode()
    assert opens(one, PASSWORD)
    assert use(path)


# --- how often? (T18) ----------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("disguise", [{}, {"login": "r%d@x.example"}, {"username": "r%d"}])
def test_two_hundred_reset_mails_are_five(disguise: dict[str, str]) -> None:
    """Whatever else the form carries: it is the address that gets the mail which is counted."""
    known()
    spellings = ("known@mail.example", "KNOWN@mail.example", " known@mail.example ")
    answers = [
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            RESET,
            {
                "email": spellings[number % 3],
                **{name: value.replace("%d", str(number)) for name, value in disguise.items()},
            },
        )
        for number in range(200)
    ]
    codes = [one.status_code for one in answers]
    assert codes == [302] * 5 + [429] * 195
    assert all(int(one["Retry-After"]) > 0 for one in answers[5:])
    deliver_all()
    assert len(mail.outbox) == 5


def test_two_hundred_log_ins_are_stopped_by_account_and_by_network() -> None:
    known()
    by_account = [
        Client(REMOTE_ADDR=f"198.51.100.{number}")
        .post("/accounts/login/", {"login": "known@mail.example", "password": f"guess {number}"})
        .status_code
        for number in range(30)
    ]
    assert by_account == [200] * 20 + [429] * 10
    stuffing = [
        Client(REMOTE_ADDR="203.0.113.9")
        .post("/accounts/login/", {"login": f"u{number}@mail.example", "password": "leaked one"})
        .status_code
        for number in range(70)
    ]
    assert stuffing == [200] * 60 + [429] * 10


def test_links_cannot_be_guessed_for_long() -> None:
    user = make_user()
    answers = [
        Client().post(f"{RESET}key/{user.pk}-guess-{number}/", {"password1": NEW}).status_code
        for number in range(31)
    ]
    assert answers[-1] == 429
    assert 429 not in answers[:-1]
