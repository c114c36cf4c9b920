"""Buying for a company: the choice, what an order keeps of it, and who reads it."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.actions import organizations
from accounts.testing import (
    client_for,
    make_fellow,
    make_organization,
    make_person,
    owner_of,
    said_of,
)
from accounts.types import BuyingChanged, OrganizationData
from core.testing import deliver_all, in_the_middle
from orders.actions import ship
from orders.models import Checkout, Order, OrderEvent, Purchase
from orders.testing import buy, finish, make_buyer, make_paid_order, make_variant, told
from orders.tests.html import assert_good_html
from orders.tests.pages import FIVE, filled_bag, form_of, path_of, statements
from payments.testing import DECLINED

pytestmark = pytest.mark.django_db
OTHER = OrganizationData(
    name="Renamed AG", line1="Neue Straße 1", postcode="20457", city="Hamburg", country="DE"
)


def chosen_in(page):
    """For whom a form says that it buys; None where it does not ask."""
    soup = assert_good_html(page.content.decode())
    boxes = soup.select("input[name=buying_for]")
    return next((one["value"] for one in boxes if one.has_attr("checked")), None)


def written():
    """All that placing and acting on orders writes."""
    return [
        list(Purchase.objects.order_by("id").values()),
        list(Order.objects.order_by("id").values()),
        list(Checkout.objects.order_by("id").values()),
        OrderEvent.objects.count(),
    ]


def test_who_has_no_company_is_asked_nothing(buyer):
    variant = make_variant()
    client = client_for(buyer)
    assert chosen_in(client.get(f"/buy/{variant.public_id}/")) is None
    filled_bag(client, 1)
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    assert chosen_in(client.get(started["location"])) is None
    assert "Bought for" not in client.get("/orders/").content.decode()


def test_one_press_buys_for_whom_the_session_buys(buyer, company, sandbox):
    variant = make_variant()
    client, path = client_for(buyer), f"/buy/{variant.public_id}/"
    with CaptureQueriesContext(connection) as plain:
        assert chosen_in(client.get(path)) == "me"
    client.post("/buying-for/", {"for": company.public_id})
    with CaptureQueriesContext(connection) as switched:
        page = client.get(path)
    assert chosen_in(page) == company.public_id
    assert len(statements(switched)) == len(statements(plain)), "the viewer's row says it"
    assert "Buy in one tap" in page.content.decode()
    paid = client.post(path, {**form_of(page, "/buy/"), "do": "pay"})
    assert "It is paid" in client.get(paid["location"]).content.decode()
    purchase = Purchase.objects.get()
    assert purchase.organization_id == company.id
    assert purchase.bought_for == {
        "id": company.public_id,
        "name": "Haddad Innenausbau GmbH",
        "registration_number": "HRB 12345, Berlin",
        "vat_id": "DE136695976",
        "email": "invoices@mail.example",
        "line1": "Werkstraße 7",
        "line2": "",
        "postcode": "10115",
        "city": "Berlin",
        "country": "DE",
    }


def test_the_choice_of_a_form_goes_before_the_session_and_stays_when_it_is_drawn_anew(
    buyer, company, sandbox
):
    variant = make_variant()
    client, path = client_for(buyer), f"/buy/{variant.public_id}/"
    fields = {**form_of(client.get(path), "/buy/"), "buying_for": company.public_id}
    page = client.post(path, {**fields, "quantity": "2"})
    assert chosen_in(page) == company.public_id
    client.post(f"/buy/{variant.public_id}:2/", {**form_of(page, "/buy/"), "do": "pay"})
    assert Purchase.objects.get().organization_id == company.id
    assert chosen_in(client.get(path)) == "me", "the next one is asked anew"


def test_a_form_of_before_a_switch_is_asked_anew(buyer, company, sandbox):
    variant = make_variant()
    client, path = client_for(buyer), f"/buy/{variant.public_id}/"
    old = form_of(client.get(path), "/buy/")
    client.post("/buying-for/", {"for": company.public_id})  # in another tab
    before = written()
    for redrawn in (False, True):
        fields = form_of(client.post(path, {**old, "quantity": "1"}), "/buy/") if redrawn else old
        again = client.post(path, {**fields, "do": "pay"})
        assert again.status_code == 409
        assert "For whom you buy has changed meanwhile" in again.content.decode()
        assert chosen_in(again) == company.public_id
        assert written() == before
    client.post(path, {**form_of(again, "/buy/"), "do": "pay"})
    assert Purchase.objects.get().organization_id == company.id


@pytest.mark.parametrize("another", [True, False])
def test_a_form_of_before_the_company_was_left_keeps_what_was_typed(buyer, company, another):
    if another:
        make_organization(person=buyer, name="Other GmbH")
    variant = make_variant()
    client, sheet = client_for(buyer), f"/buy/{variant.public_id}/"
    filled_bag(client, 1)
    till = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))["location"]
    typed = {"buying_for": company.public_id, "name": "Typed Name"}
    forms = {
        till: {**form_of(client.get(till), "/checkout/"), **typed},
        sheet: {**form_of(client.get(sheet), "/buy/"), **FIVE, **typed, "address": "new"},
    }
    accounts.leave_organization(user_id=buyer.user_id, public_id=company.public_id)
    before = written()
    for path, form in forms.items():
        answer = client.post(path, {**form, "do": "pay"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "For whom you buy has changed meanwhile" in page
        assert "Typed Name" in page
        assert chosen_in(answer) == ("me" if another else None)
        assert written() == before
    for path, form in forms.items():
        redrawn = form
        for _again in range(2):
            redrawn = form_of(client.post(path, {**FIVE, **redrawn, "do": "update"}), path[:5])
            assert redrawn.get("buying_for") == ("me" if another else None)
        assert client.post(path, {**FIVE, **redrawn, "do": "pay"}).status_code == 409
        assert written() == before
    own = form_of(client.post(till, {**forms[till], "do": "pay"}), "/checkout/")
    going = client.post(till, {**own, "method": "", "do": "pay"})
    assert going.status_code == 303
    assert Purchase.objects.get().organization_id is None
    before = written()
    late = client.post(till, {**forms[till], "do": "pay"})
    assert late.status_code == 409
    assert "A payment is under way" in late.content.decode()
    assert written() == before


def test_two_tabs_for_two_buyers_are_not_one_purchase(buyer, company, sandbox):
    variant = make_variant()
    client, path = client_for(buyer), f"/buy/{variant.public_id}/"
    fields = {**form_of(client.get(path), "/buy/"), "do": "pay"}
    assert client.post(path, fields).status_code == 303
    before = written()
    other = client.post(path, {**fields, "buying_for": company.public_id})
    assert other.status_code == 422
    assert written() == before
    fresh = {**form_of(other, "/buy/"), "do": "pay"}
    assert fresh["buying_for"] == company.public_id
    client.post(path, fresh)
    assert list(Purchase.objects.order_by("id").values_list("organization_id", flat=True)) == [
        None,
        company.id,
    ]


def test_anothers_company_cannot_be_named(buyer, company, client):
    theirs = make_organization(person=make_person(), name="Somebody Else GmbH")
    variant = make_variant()
    mine, path = client_for(buyer), f"/buy/{variant.public_id}/"
    fields = {**form_of(mine.get(path), "/buy/"), "do": "pay"}
    guest = {**form_of(client.get(path), "/buy/"), **FIVE, "do": "pay"}
    filled_bag(mine, 1)
    started = mine.post("/checkout/", form_of(mine.get("/bag/"), "/checkout/"))
    till = {**form_of(mine.get(started["location"]), "/checkout/"), "do": "pay"}
    before = written()
    for foreign in (theirs.public_id, "zzzzzzzzzzzz", ""):
        named = [(path, fields), (started["location"], till)]
        for where, form in named:
            said = mine.post(where, {**form, "buying_for": foreign})
            assert said.status_code == 409
            assert "For whom you buy has changed meanwhile" in said.content.decode()
            assert theirs.name not in said.content.decode()
            unmarked = {name: value for name, value in form.items() if name != "buying"}
            assert mine.post(where, {**unmarked, "buying_for": foreign}).status_code == 404
        assert client.post(path, {**guest, "buying_for": foreign}).status_code == 404
    assert mine.get(f"/orders/?for={theirs.public_id}").status_code == 404
    assert written() == before


def test_a_checkout_keeps_it_over_a_card_that_was_declined(buyer, company, sandbox):
    client = client_for(buyer)
    filled_bag(client, 1)
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))["location"]
    assert chosen_in(client.get(started)) == "me"
    client.post("/buying-for/", {"for": company.public_id})
    page = client.get(started)
    assert chosen_in(page) == company.public_id
    own = {**form_of(page, "/checkout/"), "buying_for": "me", "method": "", "do": "pay"}
    going = client.post(started, own)
    answer = client.get(path_of(sandbox.pay(going["location"], number=DECLINED)), follow=True)
    assert chosen_in(answer) == "me", "what was tried, not what the session says"
    till = {**form_of(answer, "/checkout/"), "method": "", "do": "pay"}
    going = client.post(started, {**till, "buying_for": company.public_id})
    assert "You buy for Haddad Innenausbau GmbH." in client.get(started).content.decode()
    before = written()
    refused = client.post(started, own)
    assert refused.status_code == 409
    assert written() == before
    done = client.get(path_of(sandbox.pay(going["location"])), follow=True)
    assert "VAT number DE136695976" in done.content.decode()
    assert list(Purchase.objects.order_by("id").values_list("organization_id", flat=True)) == [
        None,
        company.id,
    ]


def test_both_sides_read_it_and_a_later_change_changes_nothing(buyer, company):
    order = make_paid_order(person=buyer, organization=company)
    accounts.save_organization(user_id=buyer.user_id, data=OTHER, public_id=company.public_id)
    seller, studio = client_for(owner_of(order.seller)), f"/studio/{order.seller.handle}/orders/"
    mine = client_for(buyer)
    pages = [
        (mine, f"/order/{order.number}/"),
        (mine, f"/orders/purchase/{order.purchase.public_id}/"),
        (seller, f"{studio}{order.number}/"),
    ]
    for reader, path in pages:
        text = assert_good_html(reader.get(path).content.decode()).get_text(" ")
        for said in ("Haddad Innenausbau GmbH", "HRB 12345, Berlin", "VAT number DE136695976"):
            assert said in text
        assert "Renamed AG" not in text.replace("Buy for Renamed AG", "")
    file = seller.get(f"{studio}?as=csv&tab=all").getvalue().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(file))
    assert (row["Bought for"], row["VAT number"]) == ("Haddad Innenausbau GmbH", "DE136695976")
    assert row["Invoice address"] == "Werkstraße 7, 10115 Berlin, DE"
    mail.outbox.clear()
    deliver_all()
    letters = [letter.body for letter in mail.outbox]
    said = "Bought for Haddad Innenausbau GmbH, VAT number DE136695976"
    assert [said in body for body in letters] == [True] * len(letters)
    assert len(letters) >= 2
    own = make_paid_order(person=buyer)
    assert "DE136695976" not in mine.get(f"/order/{own.number}/").content.decode()


def test_lists_tell_for_whom_and_a_fellow_reads_but_does_nothing(buyer, company):
    theirs, own = make_paid_order(person=buyer, organization=company), make_paid_order(person=buyer)
    Purchase.objects.update(name="Reception desk")
    fellow_person = make_fellow(organization=company, role="finance")
    mine, fellow = client_for(buyer), client_for(fellow_person)

    def listed(client, asked=""):
        page = client.get(f"/orders/{asked}")
        soup = assert_good_html(page.content.decode())
        return {one["data-live-order"] for one in soup.select("article[data-live-order]")}

    only = f"?for={company.public_id}"
    assert listed(mine) == {theirs.number, own.number}
    assert listed(mine, "?for=me") == {own.number}
    assert listed(mine, only) == {theirs.number}
    assert listed(fellow) == listed(fellow, "?for=me") == set()
    assert listed(fellow, only) == {theirs.number}
    text = fellow.get(f"/orders/{only}").content.decode()
    assert "Noor Haddad for Haddad Innenausbau GmbH" in text
    assert "Reception desk for" not in text

    path = f"/order/{theirs.number}/"
    page = assert_good_html(fellow.get(path).content.decode())
    text = page.get_text(" ")
    assert "Haddad Innenausbau GmbH" in text
    assert "Placed by Noor Haddad. You read it because you buy for" in text
    assert "Noor Haddad" in page.select_one(".past").get_text(), "who ordered"
    assert "Reception desk" not in page.select_one("#parcels").get_text()
    assert "Reception desk" in page.select_one("[aria-labelledby=to-h]").get_text()
    assert "Placed by" not in mine.get(path).content.decode()
    assert "You cancelled" not in text
    assert not page.select("main [formaction], main a[href^='/ask/']")
    assert buyer.user.email not in page.decode()
    before = written()
    for act in ("cancel", "received"):
        assert fellow.post(f"{path}{act}/").status_code == 404
    for hidden in (
        f"/orders/purchase/{theirs.purchase.public_id}/",
        f"/checkout/{theirs.purchase.public_id}/return/",
        f"/order/{theirs.number}/track/",
        f"/ask/order/{theirs.number}/",
    ):
        assert fellow.get(hidden).status_code == 404
    assert fellow.post(f"/ask/order/{theirs.number}/", {"text": "Where?"}).status_code == 404
    assert fellow.get(f"/order/{own.number}/").status_code == 404
    assert written() == before

    seller = owner_of(theirs.seller).user_id or 0
    ship(number=theirs.number, seller_id=theirs.seller_id, actor_user_id=seller)
    before = written()
    assert "Review it" in mine.get(path).content.decode()
    arrived = assert_good_html(fellow.get(path).content.decode())
    assert "Review it" not in arrived.get_text(" ")
    assert not arrived.select("main [formaction], main a[href*='/review']")
    assert fellow.post(f"{path}received/").status_code == 404
    assert written() == before

    fellow.post(f"/settings/companies/{company.public_id}/leave/")
    guest = Client()
    for outside in (fellow, client_for(make_person()), guest):
        assert outside.get(path).status_code == (302 if outside is guest else 404)
    assert fellow.get(f"/orders/{only}").status_code == 404
    assert mine.get(path).status_code == 200


def test_who_placed_what_costs_no_query_for_each(buyer, company):
    fellow = client_for(make_fellow(organization=company))

    def cost():
        with CaptureQueriesContext(connection) as asked:
            page = fellow.get(f"/orders/?for={company.public_id}").content.decode()
        return page.count(" for Haddad Innenausbau GmbH</p>"), len(statements(asked))

    make_paid_order(person=buyer, organization=company)
    cost()
    one = cost()
    for _more in range(2):
        make_paid_order(person=make_fellow(organization=company), organization=company)
    assert (one[0], cost()) == (1, (3, one[1]))


def test_whoever_left_keeps_what_they_placed_and_the_copy_outlives_the_company(buyer, company):
    order = make_paid_order(person=buyer, organization=company)
    client = client_for(buyer)
    client.post(f"/settings/companies/{company.public_id}/leave/")
    row = said_of(company)
    assert (row.name, row.vat_id, row.email, row.line1) == ("Closed company", "", "", "")
    assert "VAT number DE136695976" in client.get(f"/order/{order.number}/").content.decode()
    assert client.get("/orders/").content.decode().count("for Haddad Innenausbau GmbH") == 1
    client.post("/settings/companies/undo/")
    assert said_of(company).name == "Haddad Innenausbau GmbH"


def test_with_an_account_goes_what_no_invoice_needs(buyer, company):
    order = make_paid_order(person=buyer, organization=company)
    waiting = Checkout.objects.create(
        user_id=buyer.user_id, organization_id=company.id, lines=[], parcels=[], currency="EUR",
        items_total=0, delivery_total=0, tax_total=0, total=0,
    )  # fmt: skip
    accounts.erase_account(user_id=buyer.user_id)
    assert not Checkout.objects.filter(pk=waiting.pk).exists()
    assert said_of(company).name == "Closed company"
    kept = Purchase.objects.get()
    assert (kept.email != "", kept.bought_for["email"]) == (True, "invoices@mail.example")
    owner = owner_of(order.seller)
    studio = f"/studio/{order.seller.handle}/orders/{order.number}/"
    client_for(owner).post(f"{studio}cancel/", {"reason": "Broken"})
    finish(order)
    kept.refresh_from_db()
    assert (kept.email, kept.bought_for["email"]) == ("", "")
    assert kept.bought_for["vat_id"] == "DE136695976"
    assert "VAT number DE136695976" in client_for(owner).get(studio).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [False, True])
def test_nobody_leaves_a_company_in_the_middle_of_buying_for_it(held, monkeypatch):
    """Whoever is leaving waits for the purchase; without the hold it is bought by an outsider."""
    buyer, card, _address = make_buyer()
    company = make_organization(person=buyer)
    variant = make_variant()
    if not held:
        monkeypatch.setattr(organizations, "_HOLD", "SELECT %s")
    left_first: list[bool] = []

    def leave() -> None:
        assert buyer.user_id is not None
        accounts.leave_organization(user_id=buyer.user_id, public_id=company.public_id)
        left_first.append(not Purchase.objects.exists())

    *_answers, waited = in_the_middle(
        seam=(organizations, "data_of"),
        act=lambda: buy(variant, person=buyer, card=card, organization=company),
        meanwhile=leave,
    )
    assert waited is held
    assert left_first == [not held]


def test_whoever_left_in_another_tab_buys_nothing_for_it(buyer, company):
    variant = make_variant()
    accounts.leave_organization(user_id=buyer.user_id, public_id=company.public_id)
    before = written()
    with pytest.raises(BuyingChanged):
        buy(variant, person=buyer, organization=company)
    with pytest.raises(BuyingChanged):
        buy(variant, organization=company)
    assert written() == before


def test_a_declined_card_of_one_press_leaves_a_checkout_for_the_same_company(buyer, company):
    placed = buy(make_variant(), person=buyer, organization=company)
    told(placed, "payment.declined")
    checkout = Checkout.objects.get()
    assert checkout.organization_id == company.id
    page = client_for(buyer).get(f"/checkout/{checkout.public_id}/")
    assert chosen_in(page) == company.public_id
    assert BeautifulSoup(page.content, "html5lib").select_one("input[name=buying]")["value"] == "me"
