"""From a name to a brand that sells: the list, the operators, the way back and forth."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.queries import brand_log
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_person,
    owner_of,
    protect,
)
from brands import actions, queries, testing
from brands.models import Papers, Review
from brands.types import Incomplete, TraderRefused
from catalog.testing import make_product
from core import clock
from core.testing import deliver_all, picture_file
from notifications.testing import notices_of
from payments.testing import make_payout_account

pytestmark = pytest.mark.django_db
FORM = {
    **{name: getattr(testing.TRADER, name) for name in ("name", "line1", "postcode", "city")},
    "country": "DE",
    "email": "office@kiln.example",
    "phone": "040 35550123",
    "registration_number": "HRB 12345",
    "vat_id": "de 136 695 976",
}


def owner_client(brand):
    return client_for(owner_of(brand))


def states(brand):
    found = queries.checklist(brand_id=brand.pk)
    return {item.code: item.state for item in found.items}


def sheet(brand):
    review = Review.objects.get(brand=brand, state="open")
    return queries.review_sheet(review_id=review.public_id)


def save(brand, **changes):
    data = dataclasses.replace(testing.TRADER, **changes)
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=data)


def decide(brand, **refused):
    found = sheet(brand)
    actions.decide_review(
        review_id=found.review_id,
        operator_id=make_operator().user_id or 0,
        seen=found.seen,
        refused=refused,
    )


# --- a person begins a brand ---------------------------------------------------------------------
def test_a_person_begins_a_brand_that_only_they_see():
    person = make_person()
    client = client_for(person)
    assert "Sell on" in client.get("/").content.decode()

    answer = client.post("/studio/new/", {"name": "Kiln & Co", "handle": "kiln"})

    assert answer["Location"] == "/studio/kiln/"
    page = client.get("/studio/kiln/").content.decode()
    assert "0 of 10 are complete" in page
    first = queries.checklist(brand_id=Profile.objects.get(handle="kiln").pk).next
    assert "Submit for approval" not in page
    page = client.get("/studio/kiln/papers/").content.decode()
    assert f"Go on with: {first.title}" in page
    assert client_for(None).get("/@kiln/").status_code == 404
    assert client_for(make_person()).get("/studio/kiln/").status_code == 404
    assert Profile.objects.get(handle="kiln").state == "draft"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "0ndine Studio", "handle": ""}, "mistaken for a brand"),
        ({"name": "Оndine Studіo", "handle": ""}, "mistaken for a brand"),  # noqa: RUF001
        ({"name": "Fine", "handle": "ond1ne"}, "mistaken for a brand"),
        ({"name": "Fine", "handle": "studio"}, "kept for the market"),
        ({"name": "Fine", "handle": "new"}, "kept for the market"),
        ({"name": "", "handle": ""}, "Enter a name"),
        ({"name": "Fine", "handle": "a b"}, "Use 3 to 30 letters"),
    ],
)
def test_look_alikes_and_reserved_words_are_refused_beside_the_field(typed, words):
    make_brand(name="Ondine Studio", handle="ondine")
    client = client_for(make_person())

    answer = client.post("/studio/new/", typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(words) == 2, "in the summary and beside the field"
    assert f'value="{typed["name"]}"' in page
    assert Profile.objects.filter(kind="brand").count() == 1


def test_nobody_collects_handles():
    client = client_for(make_person())
    for number in range(3):
        assert client.post("/studio/new/", {"name": f"Brand {number}"}).status_code == 302
    refused = client.post("/studio/new/", {"name": "Brand four"})
    assert refused.status_code == 422
    assert "Finish one of them first" in refused.content.decode()
    assert Profile.objects.filter(kind="brand").count() == 3


# --- the pieces ----------------------------------------------------------------------------------
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
        ({"city": "12"}, "Write the name of the town"),
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
    assert said.endswith("1017 AB, Hamburg, Netherlands")


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
    assert refused.content.decode().count("The law gives 14 days") == 2
    assert states(brand)["policies"] == "missing"
    client.post(path, {**typed, "return_days": "14"})
    assert states(brand)["policies"] == "done"


def test_picture_and_cover_are_uploaded_one_by_one():
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/pictures/"
    client.post(path, {"picture": picture_file()})
    assert states(brand)["pictures"] == "missing"
    broken = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert client.post(path, {"cover": broken}).status_code == 422
    client.post(path, {"cover": picture_file()})
    assert states(brand)["pictures"] == "done"


def test_a_bank_that_is_looking_is_waited_for():
    brand = testing.make_draft()
    make_payout_account(seller=brand, state="pending")
    assert states(brand)["payout"] == "waiting"
    protect(owner_of(brand))
    page = owner_client(brand).get(f"/studio/{brand.handle}/papers/payout/").content.decode()
    assert "The bank is looking" in page


# --- submitted, sent back, mended, let in --------------------------------------------------------
def test_only_complete_papers_are_submitted():
    brand = testing.make_draft()
    with pytest.raises(Incomplete) as refused:
        actions.submit_papers(brand_id=brand.pk, user_id=testing.user_of(brand))
    assert "Payout account" in refused.value.items
    page = owner_client(brand).post(f"/studio/{brand.handle}/papers/submit/", follow=True)
    assert "Still missing: Legal name and address" in page.content.decode()
    brand.refresh_from_db()
    assert brand.state == "draft"
    assert not Review.objects.exists()


def test_a_brand_is_sent_back_reads_why_mends_it_and_is_let_in():
    brand = testing.make_draft()
    testing.complete(brand)
    client, owner = owner_client(brand), owner_of(brand)
    client.post(f"/studio/{brand.handle}/papers/submit/")
    brand.refresh_from_db()
    assert brand.state == "submitted"
    assert "Our team looks at it" in client.get(f"/studio/{brand.handle}/").content.decode()

    decide(brand, vat="This number belongs to another company.")
    deliver_all()
    brand.refresh_from_db()
    assert brand.state == "rejected"
    titles = [notice.title for notice in notices_of(owner.pk)]
    assert any("not let in" in title for title in titles), titles
    letter = next(one for one in reversed(mail.outbox) if owner.user.email in one.to[0])
    assert "VAT number: This number belongs" in letter.body
    page = client.get(f"/studio/{brand.handle}/").content.decode()
    assert "This number belongs to another company." in page
    assert "Needs a change" in page
    assert states(brand)["vat"] == "change"
    client.post(f"/studio/{brand.handle}/papers/submit/")
    brand.refresh_from_db()
    assert brand.state == "rejected", "nothing was mended yet"

    mended = dataclasses.replace(testing.TRADER, vat_id="DE811569869")
    actions.save_trader_data(brand_id=brand.pk, actor_id=owner.user_id or 0, data=mended)
    assert states(brand)["vat"] == "done"
    client.post(f"/studio/{brand.handle}/papers/submit/")
    decide(brand)
    deliver_all()
    brand.refresh_from_db()
    assert brand.state == "approved"
    brand.organization.refresh_from_db()
    assert brand.organization.checked_at is not None
    assert brand.verified_at is None, "the badge takes a proved domain, too"
    history = queries.checklist(brand_id=brand.pk).history
    assert [one.state for one in history] == ["passed", "returned"]
    assert history[1].refused == (("VAT number", "This number belongs to another company."),)
    moves = list(brand.decisions.order_by("id").values_list("to_state", flat=True))
    assert moves == ["draft", "submitted", "rejected", "submitted", "approved"]


def test_the_operator_decides_item_by_item_in_the_administration():
    brand = testing.make_submitted()
    operator = client_for(make_operator())
    queue = operator.get("/admin/brands/review/").content.decode()
    path = re.search(r'href="([^"]+/decide/)"', queue)[1]
    page = operator.get(path).content.decode()
    assert "DE136695976" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]

    empty = operator.post(path, {"seen": seen, "refused": ["vat"], "reason-vat": " "})
    assert empty.status_code == 422
    assert "Give a reason for each item" in empty.content.decode()
    stale = operator.post(path, {"seen": "x"})
    assert "changed its papers" in stale.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"
    assert client_for(make_person()).get(path).status_code != 200

    operator.post(path, {"seen": seen, "refused": ["vat"], "reason-vat": "Which company?"})
    brand.refresh_from_db()
    assert brand.state == "rejected"
    again = operator.post(path, {"seen": seen})
    assert again.status_code == 422, "decided once"


def test_papers_that_change_while_an_operator_reads_are_read_again():
    brand = testing.make_submitted()
    found = sheet(brand)
    changed = dataclasses.replace(testing.TRADER, name="Another GmbH")
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=changed)
    operator = client_for(make_operator())
    path = f"/admin/brands/review/{found.review_id}/decide/"
    answer = operator.post(path, {"seen": found.seen})
    assert answer.status_code == 422
    assert "Another GmbH" in answer.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"


def test_approved_as_a_whole_closes_what_was_open():
    brand = testing.make_submitted()
    client_for(make_operator()).post(
        "/admin/accounts/profile/",
        {"action": "approve", "_selected_action": [brand.pk], "confirmed": "1", "reason": "Known"},
    )
    deliver_all()
    assert Review.objects.get(brand=brand).state == "passed"


# --- nothing before that -------------------------------------------------------------------------
def test_nothing_is_published_before_the_brand_is_let_in():
    brand = testing.make_submitted()
    product = make_product(seller=brand, publish=False)
    client = owner_client(brand)
    path = f"/studio/{brand.handle}/products/{product.public_id}/move/"

    client.post(path, {"to": "published"})
    product.refresh_from_db()
    assert product.state == "draft"

    decide(brand)
    client.post(path, {"to": "published"})
    product.refresh_from_db()
    assert product.state == "published"


# --- afterwards ----------------------------------------------------------------------------------
def test_a_change_after_approval_asks_for_a_fresh_look_and_the_shop_stays_open():
    brand = make_brand(handle="open")
    testing.complete(brand)
    review = Review.objects.get(brand=brand)
    assert (review.kind, review.state) == ("change", "open")
    brand.refresh_from_db()
    brand.organization.refresh_from_db()
    assert (brand.state, brand.verified_at, brand.organization.checked_at) == (
        "approved",
        None,
        None,
    )
    assert client_for(None).get("/@open/").status_code == 200

    moved = dataclasses.replace(testing.TRADER, line1="Speicherstraße 2")
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=moved)
    assert Review.objects.filter(brand=brand).count() == 1, "one look however often it changes"
    assert "Speicherstra" in sheet(brand).items[0].said

    decide(brand, trader="The street is not in Hamburg.")
    brand.refresh_from_db()
    assert brand.state == "approved"
    assert states(brand)["trader"] == "change"
    actions.save_trader_data(
        brand_id=brand.pk, actor_id=testing.user_of(brand), data=testing.TRADER
    )
    decide(brand)
    brand.organization.refresh_from_db()
    assert brand.organization.checked_at is not None
    assert states(brand)["trader"] == "done"


def test_saving_the_same_again_asks_nobody():
    brand = make_brand()
    testing.complete(brand)
    decide(brand)
    actions.save_trader_data(
        brand_id=brand.pk, actor_id=testing.user_of(brand), data=testing.TRADER
    )
    assert not Review.objects.filter(state="open").exists()
    brand.organization.refresh_from_db()
    assert brand.organization.checked_at is not None


@pytest.mark.parametrize("tail", ["payout/", "payout/open/"])
def test_a_password_alone_opens_no_page_of_money(tail):
    brand = testing.make_draft()
    client, path = owner_client(brand), f"/studio/{brand.handle}/papers/{tail}"
    answer = client.post(path) if "open" in tail else client.get(path)
    assert answer["Location"].startswith("/settings/protect/?next=")
    assert states(brand)["payout"] == "missing"
    assert client.get(f"/studio/{brand.handle}/papers/").status_code == 200, "all else stays open"


# --- who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["catalogue", "orders", "finance"])
def test_only_owners_keep_the_papers(role):
    brand = testing.make_submitted()
    client = client_for(make_member(brand=brand, role=role))
    assert "/papers/" not in client.get(f"/studio/{brand.handle}/").content.decode()
    for page in ("", "trader/", "email/", "payout/", "declaration/", "policies/", "domain/"):
        assert client.get(f"/studio/{brand.handle}/papers/{page}").status_code == 404
    assert client.post(f"/studio/{brand.handle}/papers/trader/", FORM).status_code == 404
    brand.organization.refresh_from_db()
    assert brand.organization.phone == testing.TRADER.phone


def test_the_list_costs_the_same_however_long_its_history():
    brand = testing.make_submitted()

    def cost():
        with CaptureQueriesContext(connection) as spent:
            queries.checklist(brand_id=brand.pk)
        return len(spent)

    # Brand with trader; papers; storefront; delivery; payout account; reviews; their items.
    assert cost() == 7
    decide(brand, vat="No.")
    mended = dataclasses.replace(testing.TRADER, vat_id="DE811569869")
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=mended)
    actions.submit_papers(brand_id=brand.pk, user_id=testing.user_of(brand))
    assert cost() == 7


@pytest.mark.parametrize(
    ("account", "item"),
    [("verified", "done"), ("pending", "waiting"), ("restricted", "change")],
)
def test_the_list_says_how_the_bank_answered(account, item):
    brand = testing.make_draft()
    make_payout_account(seller=brand, state=account)
    states = {one.code: one.state for one in queries.checklist(brand_id=brand.pk).items}
    assert states["payout"] == item
