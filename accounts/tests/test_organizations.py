"""Companies that people buy for: what is kept, what is refused, whose they are, and the switch."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts import actions, testing
from accounts.actions import organizations
from accounts.models import Membership, Organization, Profile
from core.testing import undo_in

pytestmark = pytest.mark.django_db

PAGE = "/settings/companies/"
COMPANY = {
    "name": "Haddad Innenausbau GmbH",
    "registration_number": "HRB 12345, Berlin",
    "vat_id": "de 136 695 976",
    "email": "invoices@mail.example",
    "line1": "Werkstraße 7",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


@pytest.fixture
def person() -> Profile:
    return testing.make_person(name="Noor Haddad")


def rows() -> list[tuple[Any, ...]]:
    """Everything that is known of companies and who is in them."""
    said = Organization.objects.order_by("id").values_list("public_id", "name", "vat_id", "city")
    inside = Membership.objects.order_by("id").values_list("user_id", "organization_id", "role")
    return [*said, *inside]


def choices(client: Client) -> list[str]:
    """For whom the account menu lets one buy."""
    soup = BeautifulSoup(client.get(PAGE).content, "html5lib")
    return [one["value"] for one in soup.select("[formaction='/buying-for/']")]


def test_a_company_is_kept_in_form_and_its_adder_may_buy_for_it(person: Profile) -> None:
    client = testing.client_for(person)
    assert "No company yet" in client.get(PAGE).content.decode()
    extra = {"checked_at": "2026-01-01", "phone": "1", "public_id": "x" * 12, "role": "ads"}
    assert client.post(f"{PAGE}new/", {**COMPANY, **extra}).status_code == 302

    row = Organization.objects.get()
    assert (row.name, row.vat_id) == ("Haddad Innenausbau GmbH", "DE136695976")
    assert (row.checked_at, row.phone, row.public_id == "x" * 12) == (None, "", False)
    assert Membership.objects.values_list("user_id", "role").get() == (person.user_id, "owner")
    assert "VAT number DE136695976" in client.get(PAGE).content.decode()
    assert choices(client) == [row.public_id]
    assert Profile.objects.count() == 1, "no profile comes with it"
    assert testing.viewer_for(person).brands == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("vat_id", "DE136695977", "The check digit does not fit"),
        ("vat_id", "FR61954506077", "a VAT number of France"),
        ("vat_id", "12", "letters and digits"),
        ("name", "", "Enter the name of the company."),
        ("name", "12345", "with letters"),
        ("name", "x" * 201, "200"),
        ("line1", "", "Enter street and number."),
        ("postcode", "1011", "Enter a postcode of Germany"),
        ("city", "", "Enter the city."),
        ("country", "XX", ""),
        ("email", "nonsense", "Enter an e-mail address"),
        ("name", "a\x00b", ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    person: Profile, field: str, value: str, said: str
) -> None:
    client = testing.client_for(person)
    answer = client.post(f"{PAGE}new/", {**COMPANY, "line2": "Second yard", field: value})
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.content, "html5lib")
    problems = soup.select_one("section.errs")
    assert problems is not None
    assert said in problems.get_text()
    kept = soup.select_one("input[name=line2]")
    assert kept is not None
    assert kept["value"] == "Second yard"
    assert not Organization.objects.exists()


def test_the_same_form_twice_is_one_and_there_is_an_end(person: Profile) -> None:
    client = testing.client_for(person)
    for _time in range(2):
        assert client.post(f"{PAGE}new/", COMPANY).status_code == 302
    assert Organization.objects.count() == 1
    for number in range(1, organizations.MAX_ORGANIZATIONS):
        client.post(f"{PAGE}new/", {**COMPANY, "name": f"Company {number}"})
    before = rows()
    answer = client.post(f"{PAGE}new/", {**COMPANY, "name": "One too many"})
    assert answer.status_code == 422
    assert "as many companies as we keep" in answer.content.decode()
    assert rows() == before


def test_it_is_changed_and_left_and_each_comes_back(person: Profile) -> None:
    client = testing.client_for(person)
    one = testing.make_organization(person=person)
    page = f"{PAGE}{one.public_id}/"
    was = rows()
    assert client.post(page, {**COMPANY, "city": "Potsdam", "postcode": "14467"}).status_code == 302
    assert Organization.objects.get().city == "Potsdam"
    client.post(undo_in(client.get(PAGE)))
    assert rows() == was
    client.post(f"{page}leave/")
    assert rows() == [], "nobody is in it, and nothing points to it"
    client.post(undo_in(client.get(PAGE)))
    assert Organization.objects.values_list("public_id", "name").get() == (one.public_id, one.name)
    assert choices(client) == [one.public_id]
    client.post(f"{PAGE}new/", {**COMPANY, "name": "Second GmbH"})
    client.post(undo_in(client.get(PAGE)))
    assert choices(client) == [one.public_id]
    client.post("/settings/companies/undo/")
    assert choices(client) == [one.public_id]


def test_undo_of_a_change_leaves_what_a_fellow_wrote_since(person: Profile) -> None:
    one = testing.make_organization(person=person)
    fellow = testing.client_for(testing.make_fellow(organization=one, role="finance"))
    page, client = f"{PAGE}{one.public_id}/", testing.client_for(person)
    client.post(page, {**COMPANY, "city": "Potsdam", "postcode": "14467"})
    undo = undo_in(client.get(PAGE))
    fellow.post(page, {**COMPANY, "name": "Renamed GmbH"})
    before = rows()
    assert "changed again since" in client.post(undo, follow=True).content.decode()
    assert rows() == before
    client.post(page, {**COMPANY, "city": "Potsdam", "postcode": "14467"})
    client.post(undo_in(client.get(PAGE)))
    assert rows() == before, "what nobody touched since goes back"


def test_whoever_is_in_it_may_change_it_and_whoever_left_may_not(person: Profile) -> None:
    one = testing.make_organization(person=person)
    fellow = testing.client_for(testing.make_fellow(organization=one, role="finance"))
    page = f"{PAGE}{one.public_id}/"
    assert fellow.post(page, {**COMPANY, "name": "Renamed GmbH"}).status_code == 302
    assert Organization.objects.get().name == "Renamed GmbH"
    first = testing.client_for(person)
    first.post(f"{page}leave/")
    assert Organization.objects.get().name == "Renamed GmbH"
    before = rows()
    assert first.post(page, COMPANY).status_code == 404
    assert first.post(f"{page}leave/").status_code == 404
    assert rows() == before
    first.post("/settings/companies/undo/")
    assert Organization.objects.get().name == "Renamed GmbH", "a fellow's words stay"
    assert choices(first) == [one.public_id]


def test_anothers_company_answers_like_none(person: Profile) -> None:
    one = testing.make_organization(person=testing.make_person())
    before = rows()
    client = testing.client_for(person)
    for public_id in (one.public_id, "zzzzzzzzzzzz"):
        page = f"{PAGE}{public_id}/"
        assert client.get(page).status_code == 404
        assert client.post(page, COMPANY).status_code == 404
        assert client.post(f"{page}leave/").status_code == 404
        assert client.post("/buying-for/", {"for": public_id}).status_code == 404
    assert rows() == before
    assert "buying" not in client.session
    for path in (PAGE, f"{PAGE}new/", f"{PAGE}{one.public_id}/"):
        assert "/accounts/login/" in Client().get(path)["Location"]
    assert "/accounts/login/" in Client().post("/buying-for/", {"for": "me"})["Location"]


def test_what_stands_behind_a_brand_is_bought_for_by_those_who_touch_its_money() -> None:
    brand = testing.make_brand(name="Ondine")
    legal = brand.organization
    assert legal is not None
    owner = testing.owner_of(brand)
    finance = testing.make_member(brand=brand, role="finance")
    for person in (owner, finance):
        client = testing.client_for(person)
        assert "changed in its papers" in client.get(PAGE).content.decode()
        assert choices(client) == [legal.public_id]
        before = rows()
        page = f"{PAGE}{legal.public_id}/"
        for answer in (client.get(page), client.post(page, COMPANY), client.post(f"{page}leave/")):
            assert answer.status_code == 404
        assert rows() == before
    for role in ("orders", "catalogue", "chat", "ads"):
        assert testing.viewer_for(testing.make_member(brand=brand, role=role)).organizations == []
    testing.hide_brand(brand)
    assert testing.viewer_for(finance).organizations == [], "a suspended brand buys nothing"
    draft = testing.make_brand(approved=False)
    assert testing.viewer_for(testing.owner_of(draft)).organizations == []


def test_one_switches_for_whom_one_buys_whomever_one_acts_for(person: Profile) -> None:
    brand = testing.make_brand(name="Ondine", owner=person)
    one = testing.make_organization(person=person)
    client = testing.client_for(person)
    client.post("/switch/", {"to": brand.public_id})
    said = client.post("/buying-for/", {"for": one.public_id, "next": PAGE}, follow=True)
    assert "You buy for Haddad Innenausbau GmbH now." in said.content.decode()
    assert (client.session["acting"], client.session["buying"]) == (brand.public_id, one.public_id)
    assert "You buy for it now" in client.get(PAGE).content.decode()
    assert client.post("/buying-for/", {"for": "me"}).status_code == 302
    assert "buying" not in client.session
    assert client.session["acting"] == brand.public_id
    client.post("/buying-for/", {"for": one.public_id})
    client.post(f"{PAGE}{one.public_id}/leave/")
    assert "Myself" in client.get(PAGE).content.decode()


def test_with_the_last_account_the_company_goes_and_with_another_it_stays(person: Profile) -> None:
    alone, shared = (
        testing.make_organization(person=person, name=name) for name in ("Alone", "Shared")
    )
    fellow = testing.make_fellow(organization=shared)
    actions.erase_account(user_id=person.user_id or 0)
    assert Organization.objects.values_list("public_id", flat=True).get() == shared.public_id
    assert not Organization.objects.filter(pk=alone.id).exists()
    assert [one.public_id for one in testing.viewer_for(fellow).organizations] == [shared.public_id]


def test_an_operator_takes_somebody_out_and_makes_no_owner(person: Profile) -> None:
    one = testing.make_organization(person=person)
    fellow = testing.make_fellow(organization=one, role="finance")
    desk = testing.client_for(testing.make_operator())
    row = Membership.objects.get(user=fellow.user_id)
    decided = {"_selected_action": str(row.pk), "reason": "Asked for", "confirmed": "yes"}
    where = "/admin/accounts/membership/"
    said = desk.post(where, {**decided, "action": "make_owner"}, follow=True).content.decode()
    assert "has no brand" in said
    row.refresh_from_db()
    assert row.role == "finance"
    desk.post(where, {**decided, "action": "take_off"}, follow=True)
    assert not Membership.objects.filter(user=fellow.user_id).exists()
    assert Organization.objects.filter(pk=one.id).exists()


def test_programs_keep_companies_as_pages_do(person: Profile) -> None:
    token = testing.make_token(person, scopes=["profile"]).secret
    other = testing.make_organization(person=testing.make_person())

    def call(method: str, path: str = "", body: object = None) -> Any:
        return Client().generic(
            method,
            f"/api/v1/me/organizations/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    made = call("POST", body=COMPANY)
    assert made.status_code == 201, made.content
    assert made.json()["vat_id"] == "DE136695976"
    assert call("POST", body=COMPANY).json()["id"] == made.json()["id"]
    wrong = call("POST", body={**COMPANY, "vat_id": "DE136695977"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "vat_id")
    assert call("POST", body={**COMPANY, "checked_at": None}).status_code == 422
    one = made.json()["id"]
    changed = call("PUT", f"{one}/", {**COMPANY, "city": "Köln", "postcode": "50667"})
    assert changed.json()["city"] == "Köln"
    before = rows()
    for method in ("GET", "PUT", "DELETE"):
        body = COMPANY if method == "PUT" else None
        assert call(method, f"{other.public_id}/", body).status_code == 404
    assert rows() == before
    assert [row["id"] for row in call("GET").json()["results"]] == [one]
    assert call("DELETE", f"{one}/").status_code == 204
    assert call("GET").json()["results"] == []
