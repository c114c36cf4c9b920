"""The pieces of the papers: each is brought into form, and what is wrong with it is said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.queries import brand_log
from accounts.testing import (
    make_person,
    owner_of,
    protect,
)
from brands import queries, testing
from brands.models import Papers
from brands.tests.papers import FORM, owner_client, save, states
from brands.types import TraderRefused
from catalog.queries import storefront
from catalog.testing import tell_story
from core import clock
from core.testing import deliver_all, picture_file
from payments.testing import make_payout_account

pytestmark = pytest.mark.django_db


def test_trader_data_are_brought_into_form_and_what_is_wrong_is_said():
    brand = testing.make_draft()
    client = owner_client(brand)
    path = f"/studio/{brand.handle}/papers/trader/"

    refused = client.post(path, {**FORM, "vat_id": "DE136695975"})
    assert refused.status_code == 422
    assert refused.content.decode().count("The check digit does not fit") == 2
    assert "Hafenstra" in refused.content.decode(), "what was typed is kept"
    assert states(brand)["trader"] == "missing"

    assert client.post(path, FORM).status_code == 302
    legal = brand.organization
    legal.refresh_from_db()
    assert (legal.vat_id, legal.phone) == ("DE136695976", "+49 40 35550123")
    found = states(brand)
    assert [found[code] for code in ("trader", "phone", "register", "vat")] == ["done"] * 4
    assert found["email"] == "missing", "it must be confirmed first"
    acts = [row.words for row in brand_log(brand_id=brand.pk).rows]
    assert acts == ["changed the trader details", "began the brand"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"registration_number": "", "unregistered": ""}, "tick that you have none"),
        ({"unregistered": "on"}, "ticked that you have none"),
        ({"phone": "123"}, "no such phone number"),
        ({"phone": "call me"}, "code of the country"),
        (
            {"country": "FR", "phone": "+49 40 35550123"},
            "of Germany, but the address is in France",
        ),
        ({"vat_id": "DE12"}, "A VAT number has letters and digits|longer or shorter"),
        ({"email": "office"}, "Enter an e-mail address"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "?"}, "Write the name with letters"),
        ({"line1": "?"}, "Write the street with its name"),
        ({"city": "12"}, "Write the name of the city"),
        ({"postcode": "?"}, "Enter a postcode of Germany, like 10115"),
        ({"country": "PL", "postcode": "1017 AB"}, "Enter a postcode of Poland, like 00-950"),
    ],
)
def test_what_is_wrong_with_trader_data_changes_nothing(changes, words):
    brand = testing.make_draft()
    answer = owner_client(brand).post(f"/studio/{brand.handle}/papers/trader/", {**FORM, **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert any(one in page for one in words.split("|"))
    brand.organization.refresh_from_db()
    assert brand.organization.name == ""


def test_everything_wrong_with_trader_data_is_said_in_one_round():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/trader/"
    wrong = {
        "name": "?",
        "line1": "?",
        "postcode": "?",
        "city": "?",
        "phone": "12",
        "vat_id": "DE1",
    }
    page = client.post(path, {**FORM, **wrong, "email": "office"}).content.decode()
    for name in (*wrong, "email"):
        assert f'id="id_{name}_error"' in page, name
        assert f'href="#id_{name}"' in page, name
    assert page.count('value="?"') == 4, "what was typed is kept"
    with pytest.raises(TraderRefused) as refused:
        save(brand, **wrong)
    assert {one["field"] for one in refused.value.field_errors} == set(wrong)
    brand.organization.refresh_from_db()
    assert brand.organization.line1 == ""


def test_a_country_is_named_in_the_papers_and_its_postcode_brought_into_form():
    brand = testing.make_draft()
    typed = {**FORM, "country": "NL", "postcode": "1017 ab", "vat_id": "", "vat_exempt": "on"}
    typed["phone"] = "+49 40 35550123"
    owner_client(brand).post(f"/studio/{brand.handle}/papers/trader/", typed)
    brand.organization.refresh_from_db()
    assert brand.organization.postcode == "1017 AB"
    said = queries.checklist(brand_id=brand.pk).items[0].said
    assert said.endswith("1017 AB Hamburg, Netherlands")


def test_none_of_both_numbers_is_a_statement_too():
    brand = testing.make_draft()
    none = {"registration_number": "", "vat_id": "", "unregistered": "on", "vat_exempt": "on"}
    owner_client(brand).post(f"/studio/{brand.handle}/papers/trader/", {**FORM, **none})
    found = states(brand)
    assert (found["register"], found["vat"]) == ("done", "done")


def code_in_mail():
    deliver_all()
    return re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))[0]


def test_the_contact_address_is_confirmed_by_the_code_that_went_there():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/email/"
    assert "Write it into the trader details" in client.get(path).content.decode()
    client.post(f"/studio/{brand.handle}/papers/trader/", FORM)

    client.post(f"{path}code/")
    code = code_in_mail()
    assert mail.outbox[-1].to == ["office@kiln.example"]
    wrong = client.post(path, {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    assert states(brand)["email"] == "missing"
    assert client.post(path, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert states(brand)["email"] == "done"

    client.post(f"/studio/{brand.handle}/papers/trader/", {**FORM, "email": "new@kiln.example"})
    assert states(brand)["email"] == "missing", "another address is confirmed anew"


def test_an_address_that_the_account_has_confirmed_needs_no_code():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/"
    own = owner_of(brand).user.email
    client.post(f"{path}trader/", {**FORM, "email": own.upper()})
    assert states(brand)["email"] == "done"
    assert "is confirmed." in client.get(f"{path}email/").content.decode()
    acts = [row.words for row in brand_log(brand_id=brand.pk).rows]
    client.post(f"{path}trader/", {**FORM, "email": own.upper()})
    assert [row.words for row in brand_log(brand_id=brand.pk).rows] == acts
    assert len(mail.outbox) == 0

    # What somebody else has confirmed, or the account has not, is confirmed by the code.
    client.post(f"{path}trader/", {**FORM, "email": make_person().user.email})
    assert states(brand)["email"] == "missing"
    EmailAddress.objects.filter(email=own).update(verified=False)
    client.post(f"{path}trader/", {**FORM, "email": own})
    assert states(brand)["email"] == "missing"


def test_a_code_is_good_for_five_tries_and_a_quarter_of_an_hour():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/email/"
    client.post(f"/studio/{brand.handle}/papers/trader/", FORM)
    client.post(f"{path}code/")
    code = code_in_mail()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        client.post(path, {"code": wrong})
    assert client.post(path, {"code": code}).status_code == 422
    assert Papers.objects.get(brand=brand).code_tries == 5

    client.post(f"{path}code/")
    code = code_in_mail()
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert client.post(path, {"code": code}).status_code == 422
    assert states(brand)["email"] == "missing"


def test_the_declaration_has_a_name_and_a_day():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/declaration/"
    assert client.post(path, {"name": "Mara"}).status_code == 422
    assert Papers.objects.get(brand=brand).declared_at is None
    client.post(path, {"name": "Mara Lindqvist", "agreed": "on"})
    row = Papers.objects.get(brand=brand)
    assert (row.declared_name, row.declared_by_id) == ("Mara Lindqvist", testing.user_of(brand))
    assert "Declared by Mara Lindqvist" in client.get(path).content.decode()


def test_policies_give_fourteen_days_at_least():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/policies/"
    typed = {"returns_policy": "Unused.", "delivery_policy": "Soon.", "reply_hours": "24"}
    refused = client.post(path, {**typed, "return_days": "13"})
    said = BeautifulSoup(refused.content, "html5lib").get_text()
    assert said.count("The law gives 14 days") == 2
    assert states(brand)["policies"] == "missing"
    tell_story(brand, "Two potters, one kiln.")
    client.post(path, {**typed, "return_days": "14"})
    assert states(brand)["policies"] == "done"
    front = storefront(profile_id=brand.pk)
    assert (front.story, front.returns_policy) == ("Two potters, one kiln.", "Unused.")


def test_picture_and_cover_are_uploaded_one_by_one():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/pictures/"
    client.post(path, {"picture": picture_file()})
    assert states(brand)["pictures"] == "missing"
    broken = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert client.post(path, {"cover": broken}).status_code == 422
    client.post(path, {"cover": picture_file()})
    assert states(brand)["pictures"] == "done"


def test_the_page_of_the_account_says_that_trader_details_come_first():
    brand = testing.make_draft()
    protect(owner_of(brand))
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/payout/"
    trader = f"/studio/{brand.handle}/papers/trader/"

    def main():
        return BeautifulSoup(client.get(path).content, "html5lib").select_one("main")

    assert "write the trader details first" in main().get_text()
    assert main().select_one("a.btn--solid")["href"] == trader
    assert main().select_one("form") is None
    assert client.post(f"{path}open/")["Location"] == trader, "also who presses what they kept open"
    save(brand)
    assert "write the trader details first" not in main().get_text()
    assert main().select_one("form")["action"] == f"{path}open/"


def test_a_bank_that_is_looking_is_waited_for():
    brand = testing.make_draft()
    make_payout_account(seller=brand, state="pending")
    assert states(brand)["payout"] == "waiting"
    protect(owner_of(brand))
    page = owner_client(brand).get(f"/studio/{brand.handle}/papers/payout/").content.decode()
    assert "The bank is looking" in page
