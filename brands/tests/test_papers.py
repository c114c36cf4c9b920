"""From a name to a brand that sells: the list, the operators, the way back and forth."""

from __future__ import annotations

import dataclasses
import re
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.queries import brand_file
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_person,
    owner_of,
)
from brands import actions, queries, testing
from brands.actions import deciding
from brands.models import Review
from brands.tests.papers import FORM, decide, owner_client, save, sheet, states
from brands.types import Incomplete
from catalog.testing import make_product
from core.testing import deliver_all, in_the_middle
from notifications.testing import notices_of
from payments.testing import make_payout_account

pytestmark = pytest.mark.django_db


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
    said = BeautifulSoup(answer.content, "html5lib").get_text()
    assert said.count(words) == 2, "in the summary and beside the field"
    assert f'value="{typed["name"]}"' in answer.content.decode()
    assert Profile.objects.filter(kind="brand").count() == 1


def test_nobody_collects_handles():
    client = client_for(make_person())
    for number in range(3):
        assert client.post("/studio/new/", {"name": f"Brand {number}"}).status_code == 302
    refused = client.post("/studio/new/", {"name": "Brand four"})
    assert refused.status_code == 422
    assert "Finish one of them first" in refused.content.decode()
    assert Profile.objects.filter(kind="brand").count() == 3


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
    queue = BeautifulSoup(operator.get("/admin/brands/review/").content, "html.parser")
    [to_decide, to_read, *_] = [str(a["href"]) for a in queue.select("#result_list tbody a[href]")]
    assert to_decide.endswith("/decide/"), "what is to be done comes first"
    path = to_decide
    assert operator.get(to_read).content.decode().count(f'href="{path}"') == 2
    page = operator.get(path).content.decode()
    assert "DE136695976" in page
    assert page.count('alt="Picture and cover, ') == 2
    assert len(BeautifulSoup(page, "html.parser").select(".looked-at a[href^='/media/'] img")) == 2
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]

    stale = operator.post(path, {"seen": "x", "decision": "pass"})
    assert "changed its papers" in stale.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"
    assert client_for(make_person()).get(path).status_code != 200

    reason = {"refused": ["vat"], "reason-vat": "Which company?"}
    operator.post(path, {"seen": seen, "decision": "return", **reason})
    brand.refresh_from_db()
    assert brand.state == "rejected"
    again = operator.post(path, {"seen": seen, "decision": "pass"})
    assert again.status_code == 422, "decided once"
    assert path not in operator.get(to_read).content.decode()


TICK, WORDS = {"refused": ["vat"]}, {"reason-vat": "Which company?"}


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"decision": "pass", **WORDS}, "You wrote a reason: tick “Needs a change”, or empty it."),
        ({"decision": "return", **WORDS}, "You wrote a reason: tick"),
        ({"decision": "pass", **TICK}, "Say why this needs a change, or take the tick away."),
        ({"decision": "return", **TICK, "reason-vat": " "}, "Give a reason for each item"),
        ({"decision": "pass", **TICK, **WORDS}, "This is ticked: send it back"),
        ({"decision": "return", "note": "Not yet."}, "Tick what needs a change, and say why."),
        ({**TICK, **WORDS}, "Choose one of the buttons below."),
    ],
)
def test_ticks_and_words_that_the_button_does_not_mean_decide_nothing(sent, says):
    brand = testing.make_submitted()
    found = sheet(brand)
    path = f"/admin/brands/review/{found.review_id}/decide/"
    data = {"seen": found.seen, "note": "Welcome.", **sent}

    answer = client_for(make_operator()).post(path, data)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert says in page.select_one("#content").get_text()
    assert [one["value"] for one in page.select("[name=refused][checked]")] == sent.get(
        "refused", []
    )
    typed = page.select_one("#reason-vat").get_text().strip()
    assert typed == sent.get("reason-vat", "").strip()
    assert page.select_one("#note").get_text() == data["note"]
    beside = page.select_one("#problem-vat") is not None
    assert beside == ("vat" in str(sent) and "decision" in sent)
    assert beside == (page.select_one("#reason-vat").get("aria-describedby") == "problem-vat")
    brand.refresh_from_db()
    assert brand.state == "submitted"
    assert Review.objects.get(brand=brand).state == "open"
    assert not LogEntry.objects.exists()


def test_a_form_that_is_put_right_still_speaks_of_the_papers_that_were_read():
    brand = testing.make_submitted()
    found, operator = sheet(brand), client_for(make_operator())
    path = f"/admin/brands/review/{found.review_id}/decide/"
    save(brand, name="Another GmbH")
    page = operator.post(path, {"seen": found.seen, "decision": "pass", **WORDS}).content
    seen = BeautifulSoup(page, "html.parser").select_one("[name=seen]")["value"]

    answer = operator.post(path, {"seen": seen, "decision": "pass"})

    assert "changed its papers" in answer.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"


def test_papers_that_change_while_an_operator_reads_are_read_again():
    brand = testing.make_submitted()
    found = sheet(brand)
    changed = dataclasses.replace(testing.TRADER, name="Another GmbH")
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=changed)
    operator = client_for(make_operator())
    path = f"/admin/brands/review/{found.review_id}/decide/"
    answer = operator.post(path, {"seen": found.seen, "decision": "pass"})
    assert answer.status_code == 422
    assert "Another GmbH" in answer.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"


@pytest.mark.django_db(transaction=True)
def test_papers_saved_while_an_operator_decides_pass_unseen_by_nobody():
    brand = testing.make_submitted()
    sheet = queries.review_sheet(review_id=brand.reviews.get(state="open").public_id)
    other = dataclasses.replace(testing.TRADER, name="Somebody Else GmbH")
    met = in_the_middle(
        seam=(deciding, "review_sheet"),
        act=partial(
            actions.decide_review,
            review_id=sheet.review_id,
            operator_id=make_operator().user_id or 0,
            seen=sheet.seen,
            refused={},
        ),
        meanwhile=partial(
            actions.save_trader_data,
            brand_id=brand.pk,
            actor_id=testing.user_of(brand),
            data=other,
        ),
    )
    assert met == (None, None, True)
    trader = brand_file(profile_id=brand.pk).trader
    assert (trader.name, trader.checked_at) == ("Somebody Else GmbH", None)
    assert brand.reviews.get(state="open").kind == "change", "it is looked at anew"


def approve(client, brand):
    """As a whole, past its items; returns what the administration says."""
    decided = {"action": "approve", "confirmed": "1", "reason": "Known"}
    answer = client.post(
        "/admin/accounts/profile/", {**decided, "_selected_action": [brand.pk]}, follow=True
    )
    return BeautifulSoup(answer.content, "html.parser").select_one(".messagelist").get_text()


def test_approved_as_a_whole_closes_what_was_open():
    brand = testing.make_submitted()
    assert "Decided for 1 row" in approve(client_for(make_operator()), brand)
    deliver_all()
    assert Review.objects.get(brand=brand).state == "passed"


def test_papers_that_lack_something_let_nobody_in_by_either_door():
    client = client_for(make_operator())
    bare, brand = make_brand(approved=False), testing.make_submitted()
    said = approve(client, bare)
    assert "Missing: Phone, Contact e-mail, Register number, VAT number, Payout account" in said
    account = type(brand.payout_account).objects.filter(seller=brand)
    account.update(state="restricted")
    assert "Missing: Payout account." in approve(client, brand)

    found = sheet(brand)
    path = f"/admin/brands/review/{found.review_id}/decide/"
    answer = client.post(path, {"seen": found.seen, "decision": "pass"})
    assert answer.status_code == 422
    assert "Missing: Payout account." in answer.content.decode()

    deliver_all()
    for one in (bare, brand):
        one.refresh_from_db()
        assert one.state == "submitted"
        assert brand_file(profile_id=one.pk).trader.checked_at is None
    assert Review.objects.get(brand=brand).state == "open"
    assert not LogEntry.objects.exists()

    account.update(state="verified")
    assert "Decided for 1 row" in approve(client, brand)


def test_what_was_sent_back_may_be_approved_after_all():
    brand = testing.make_submitted()
    decide(brand, vat="This number belongs to another company.")
    assert "Decided for 1 row" in approve(client_for(make_operator()), brand)
    brand.refresh_from_db()
    assert brand.state == "approved"


@pytest.mark.parametrize("by", ["approve_brand", "restore_brand"])
def test_what_changes_before_a_brand_hears_that_it_is_in_is_looked_at(by):
    brand = testing.make_submitted()
    operator = make_operator().user_id or 0
    if by == "restore_brand":
        decide(brand)
        save(brand, name="Somebody Else GmbH")
        accounts.suspend_brand(brand_id=brand.pk, operator_id=operator, reason="A complaint")
    getattr(accounts, by)(brand_id=brand.pk, operator_id=operator)
    if by == "approve_brand":
        save(brand, name="Somebody Else GmbH")
    deliver_all()
    assert brand.reviews.get(state="open").kind == "change"
    assert brand_file(profile_id=brand.pk).trader.checked_at is None


@pytest.mark.django_db(transaction=True)
def test_who_decides_and_who_lets_in_as_a_whole_wait_for_each_other_in_one_order():
    """Both take the papers first: whoever comes second waits, and neither is a victim."""
    brand = testing.make_submitted()
    found, operator = sheet(brand), make_operator().user_id or 0
    met = in_the_middle(
        seam=(deciding, "locked_papers"),
        act=partial(
            actions.decide_review,
            review_id=found.review_id,
            operator_id=operator,
            seen=found.seen,
            refused={},
        ),
        meanwhile=partial(
            actions.close_reviews, brand_id=brand.pk, passed=False, note="As a whole"
        ),
    )
    assert met == (None, None, True)
    review = Review.objects.get(brand=brand)
    assert (review.state, review.decided_by_id) == ("passed", operator)


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


@pytest.mark.parametrize("tail", ["", "papers/"])
def test_the_list_says_that_money_wants_a_second_factor_and_leads_back(tail):
    brand = testing.make_draft()
    client, here = owner_client(brand), f"/studio/{brand.handle}/{tail}"

    def offer():
        page = BeautifulSoup(client.get(here).content, "html5lib")
        return page.select_one("a[href^='/settings/protect/']")

    link = offer()
    assert link is not None
    assert "opens once your account has a second factor" in link.parent.get_text()
    assert "Set one up" in link.get_text()
    client.get(link["href"])
    owner = testing.user_of(brand)
    Authenticator.objects.create(user_id=owner, type="totp", data={"secret": "x"})
    go_on = BeautifulSoup(client.get("/accounts/second-factor/").content, "html5lib")
    assert go_on.select_one("main a[href='/settings/protect/']") is not None
    assert client.get("/settings/protect/")["Location"] == here
    assert offer() is None, "there is one"


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
