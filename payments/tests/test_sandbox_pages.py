"""The hosted page, over HTTP, without a script."""

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from accounts.testing import make_person
from payments import actions, queries
from payments.testing import CHALLENGE, EXPIRY, OK, make_payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(sandbox):
    started = actions.start_payment(payment_id=make_payment(reference="p").payment_id)
    return started.redirect_url


def test_the_page_has_three_fields_and_says_what_it_is(sandbox, page):
    answer = sandbox.client.get(page)
    assert answer.status_code == 200
    html = BeautifulSoup(answer.text, "html5lib")
    form = html.find("form")
    shown = [i["name"] for i in form.find_all("input") if i["type"] != "hidden"]
    assert shown == ["number", "expiry", "cvc"]  # a guest's card is not remembered
    assert [form.find("input", {"name": name})["autocomplete"] for name in shown] == [
        "cc-number",
        "cc-exp",
        "cc-csc",
    ]
    assert "€100.00" in form.text
    assert "No real money moves here" in html.text
    assert "4000 0025 0000 3155" in html.text
    assert len(html.find_all("h1")) == 1
    assert not html.find_all("script")
    assert not html.find_all(style=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"form-action 'self' {settings.SITE_URL}" in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    for link in html.find_all("link"):
        assert sandbox.client.get(f"{sandbox.url}{link['href']}").status_code == 200


def test_mistakes_are_named_and_what_was_typed_stays(sandbox, page):
    answer = sandbox.submit(page, {"number": "4242 4242", "expiry": EXPIRY, "cvc": "9"})
    assert answer.status_code == 422
    html = BeautifulSoup(answer.text, "html5lib")
    assert html.title.text.startswith("Error:")
    assert "There is a problem" in html.text
    assert html.find("input", attrs={"name": "number"})["value"] == "4242 4242"
    assert html.find("input", attrs={"name": "expiry"})["value"] == EXPIRY
    assert html.find("input", attrs={"name": "number"})["aria-invalid"] == "true"
    empty = sandbox.submit(page, {})
    assert empty.status_code == 422
    nul = sandbox.submit(page, {"number": "42\x00", "expiry": "<em>", "cvc": "'\""})
    assert nul.status_code == 422
    assert "<em>" not in nul.text
    assert queries.payment(reference="p").state == "requires_action"
    assert sandbox.find(queries.payment(reference="p").payment_id)["state"] == "requires_action"


def test_without_its_token_a_form_does_nothing(sandbox, page):
    fields = {"number": OK, "expiry": EXPIRY, "cvc": "123"}
    for address in (page, page.replace("/pay/", "/leave/")):
        answer = httpx.post(address, data=fields)
        assert answer.status_code == 403
        assert "Nothing was charged" in answer.text
    assert sandbox.client.get(page.replace("/pay/", "/leave/")).status_code == 405
    assert sandbox.find(queries.payment(reference="p").payment_id)["state"] == "requires_action"


def test_paying_twice_by_back_and_reload_charges_once(sandbox, page):
    payment_id = queries.payment(reference="p").payment_id
    token = BeautifulSoup(sandbox.client.get(page).text, "html5lib").find("input")["value"]
    fields = {"number": OK, "expiry": EXPIRY, "cvc": "123", "csrfmiddlewaretoken": token}
    assert sandbox.client.post(page, data=fields).status_code == 303
    again = sandbox.client.post(page, data=fields)
    assert again.status_code == 200
    assert "This is paid" in again.text
    assert len(sandbox.messages(payment_id)) == 1


def test_the_challenge_is_answered_once(sandbox, page):
    fields = {"number": CHALLENGE, "expiry": EXPIRY, "cvc": "123"}
    answer = sandbox.submit(page, fields)
    verify = f"{sandbox.url}{answer.headers['location']}"
    assert sandbox.client.get(page).headers["location"] == answer.headers["location"]
    assert "Is it you?" in sandbox.client.get(verify).text
    assert sandbox.submit(verify, {"answer": "perhaps"}).status_code == 422
    assert sandbox.submit(verify, {"answer": "fail"}).status_code == 303
    assert "did not go through" in sandbox.client.get(verify).text
    payment_id = queries.payment(reference="p").payment_id
    sandbox.deliver(payment_id)
    failed = queries.payment(reference="p")
    assert (failed.state, failed.failure_code) == ("declined", "authentication_failed")


def test_only_a_known_buyer_may_have_the_card_remembered(sandbox):
    person = make_person()
    payment = make_payment(user_id=person.user_id)
    page = actions.start_payment(payment_id=payment.payment_id).redirect_url
    assert 'name="remember"' in sandbox.client.get(page).text


@pytest.mark.parametrize("path", ["/pay/nothing/", "/verify/nothing/", "/nothing", "/pay/a%20b/"])
def test_a_wrong_address_says_so(sandbox, path):
    answer = sandbox.client.get(f"{sandbox.url}{path}")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
