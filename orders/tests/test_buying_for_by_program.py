"""Buying for a company by program: as pages do it, and what fellows read."""

import json

import pytest
from django.test import Client

from accounts import actions as accounts
from accounts.testing import make_fellow, make_organization, make_person, make_token
from orders.models import Checkout
from orders.testing import make_variant, new_key
from orders.tests.test_buying_for import written

pytestmark = pytest.mark.django_db


def test_a_program_buys_for_a_company_and_reads_what_fellows_bought(buyer, company, sandbox):
    variant = make_variant()
    theirs = make_organization(person=make_person())
    fellow = make_fellow(organization=company)

    def call(person, method, path, body=None, key="k" * 20):
        return Client().generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {make_token(person).secret}",
                "Idempotency-Key": key,
            },
        )

    said = {
        "items": [{"variant_id": variant.public_id, "quantity": 1}],
        "total": {"amount": 10200, "currency": "EUR"},
    }
    before = written()
    foreign = call(buyer, "POST", "purchases/", {**said, "organization_id": theirs.public_id})
    assert foreign.status_code == 404
    assert written() == before
    bought = call(buyer, "POST", "purchases/", {**said, "organization_id": company.public_id})
    assert bought.status_code == 201, bought.content
    [order] = bought.json()["orders"]
    assert order["bought_for"]["vat_id"] == "DE136695976"
    again = call(buyer, "POST", "purchases/", {**said, "organization_id": None})
    assert (again.status_code, again.json()["code"]) == (422, "key_reused")

    call(buyer, "POST", "bag/lines/", {"variant_id": variant.public_id}, key="a" * 20)
    version = call(buyer, "GET", "bag/").json()["version"]
    body = {"version": version, "organization_id": company.public_id}
    begun = call(buyer, "POST", "checkouts/", body, key="b" * 20).json()
    assert begun["buying_for"]["id"] == company.public_id
    where = f"checkouts/{begun['id']}/"
    stays = call(buyer, "PATCH", where, {"version": begun["version"]}, key="c" * 20).json()
    assert stays["buying_for"] == begun["buying_for"]
    change = {"version": stays["version"], "organization_id": None}
    mine = call(buyer, "PATCH", where, change, key="d" * 20).json()
    assert (mine["buying_for"], mine["version"]) == (None, stays["version"] + 1)

    def numbers(person, asked=""):
        return [one["number"] for one in call(person, "GET", f"orders/{asked}").json()["results"]]

    number = order["number"]
    only = f"?bought_for={company.public_id}"
    assert (numbers(buyer), numbers(buyer, "?bought_for=me")) == ([number], [])
    assert (numbers(fellow), numbers(fellow, only)) == ([], [number])
    read = call(fellow, "GET", f"orders/{number}/").json()
    assert (read["mine"], read["cancellable"], read["details"]["email"]) == (False, False, "")
    placers = [read["placed_by"], call(buyer, "GET", f"orders/{number}/").json()["placed_by"]]
    assert placers == ["Noor Haddad", ""]
    before = written()
    assert call(fellow, "POST", f"orders/{number}/cancel/", key="e" * 20).status_code == 404
    assert call(fellow, "GET", f"purchases/{read['purchase_id']}/").status_code == 404
    assert call(make_person(), "GET", f"orders/{only}").status_code == 404
    assert written() == before


def test_a_program_that_left_the_company_says_anew_for_whom_it_buys(buyer, company):
    variant = make_variant()
    token = make_token(buyer).secret

    def call(method, path, body=None):
        return Client().generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": new_key()},
        )

    call("POST", "bag/lines/", {"variant_id": variant.public_id})
    version = call("GET", "bag/").json()["version"]
    body = {"version": version, "organization_id": company.public_id}
    begun = call("POST", "checkouts/", body).json()
    accounts.leave_organization(user_id=buyer.user_id, public_id=company.public_id)
    before, where = written(), f"checkouts/{begun['id']}/"
    total = begun["priced"]["total"]
    tries = [
        ("PATCH", where, {"version": begun["version"]}),
        ("POST", f"{where}complete/", {"version": begun["version"], "total": total}),
    ]
    for method, path, said in tries:
        refused = call(method, path, said)
        assert (refused.status_code, refused.json()["code"]) == (409, "buying_changed")
        assert written() == before
    own = call("PATCH", where, {"version": begun["version"], "organization_id": None})
    assert (own.status_code, own.json()["buying_for"]) == (200, None)
    assert Checkout.objects.get().organization_id is None
