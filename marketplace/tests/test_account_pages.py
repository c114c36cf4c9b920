"""Every page of log-in, settings, questions, reports and small print reads well."""

import pytest
from django.test import Client

from accounts import testing
from marketplace.testing.html import assert_good_html

pytestmark = pytest.mark.django_db

GUEST = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/report/received/abc/",
    "/welcome/",
    "/help/",
    "/terms/",
    "/privacy/",
    "/imprint/",
]
MEMBER = [
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/settings/",
    "/settings/profile/",
    "/settings/account/",
    "/settings/addresses/",
    "/settings/addresses/new/",
    "/settings/companies/",
    "/settings/companies/new/",
    "/welcome/",
]


@pytest.mark.parametrize("path", GUEST)
def test_pages_of_guests(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert_good_html(answer.content.decode())


@pytest.mark.parametrize("path", MEMBER)
def test_pages_of_members(path: str) -> None:
    person = testing.make_person()
    assert person.user is not None
    testing.make_address(user=person.user)
    answer = testing.client_for(person).get(path)
    assert answer.status_code == 200
    assert_good_html(answer.content.decode())


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_forms_that_came_back(client: Client, path: str) -> None:
    page = client.post(path, {"email": "no", "login": "no"}).content.decode()
    soup = assert_good_html(page)
    assert soup.title is not None
    assert soup.title.get_text().startswith("Error:")


def test_ask_report_and_questions() -> None:
    brand = testing.make_brand()
    owner = testing.client_for(testing.owner_of(brand))
    ask, report = f"/ask/brand/{brand.public_id}/", f"/report/profile/{brand.public_id}/"

    for client in (Client(), owner):
        for path in (ask, report):
            assert_good_html(client.get(path).content.decode())
            assert_good_html(client.post(path, {}).content.decode())
    Client().post(ask, {"text": "Why?", "name": "Ana", "email": "ana@mail.example"})
    questions = f"/studio/{brand.handle}/questions/"
    assert_good_html(owner.get(questions).content.decode())
    assert_good_html(owner.get(f"{questions}?show=all").content.decode())


def test_the_log_of_a_brand() -> None:
    brand = testing.make_brand()
    owner = testing.client_for(testing.owner_of(brand))
    log = f"/studio/{brand.handle}/log/"
    assert_good_html(owner.get(log).content.decode())
    owner.post("/switch/", {"to": brand.public_id})
    owner.post("/settings/profile/", {"name": brand.name, "handle": brand.handle})
    page = owner.get(log).content.decode()
    assert_good_html(page)
    assert "changed the storefront" in page
    assert_good_html(owner.get(f"{log}?group=team").content.decode())


def test_newcomer_picks_and_follows() -> None:
    person, brand = testing.make_person(), testing.make_brand(name="Ondine")
    client = testing.client_for(person)
    assert "Ondine" in client.get("/welcome/").content.decode()

    form = {"like": ["nonsense"], "follow": [brand.public_id, "nonsense", person.public_id]}
    answer = client.post("/welcome/", {**form, "next": "//evil.example"})

    assert answer["Location"] == "/"
    brand.refresh_from_db()
    person.refresh_from_db()
    assert (brand.followers_count, person.following_count, person.interests) == (1, 1, [])
