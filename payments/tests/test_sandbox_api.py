"""The merchant's interface: keys, checks, and every call safe to repeat."""

import pytest
from django.conf import settings

from core.ids import new_public_id

pytestmark = pytest.mark.django_db


def call(sandbox, method, path, body=None, key=None):
    headers = {"Authorization": f"Bearer {settings.PAYMENTS_API_KEY if key is None else key}"}
    return sandbox.client.request(method, f"{sandbox.url}{path}", json=body, headers=headers)


def wanted(**changes):
    return {
        "id": new_public_id(),
        "amount": 1_000,
        "currency": "EUR",
        "description": "",
        "return_url": f"{settings.SITE_URL}/r",
        "cancel_url": f"{settings.SITE_URL}/c",
        "customer": "buyer",
        "token": "test_ok",
        "expires_at": None,
        **changes,
    }


@pytest.mark.parametrize("key", ["-", "wrong", "²"])
def test_nothing_without_the_key(sandbox, key):
    body = wanted()
    headers = {"Authorization": f"Bearer {key}".encode()}
    answer = sandbox.client.post(f"{sandbox.url}/v1/payments", json=body, headers=headers)
    assert answer.status_code == 401
    assert sandbox.find(body["id"]) is None


def test_the_same_request_is_one_payment_and_another_is_refused(sandbox):
    body = wanted()
    first = call(sandbox, "POST", "/v1/payments", body)
    assert (first.status_code, first.json()["state"]) == (201, "authorized")
    assert call(sandbox, "POST", "/v1/payments", body).json() == first.json()
    other = call(sandbox, "POST", "/v1/payments", {**body, "amount": 2})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert sandbox.find(body["id"])["amount"] == 1_000
    assert len(sandbox.messages(body["id"])) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 1.5},
        {"amount": "1000"},
        {"amount": True},
        {"amount": 2**63},
        {"currency": "eur"},
        {"currency": ""},
        {"id": ""},
        {"id": "x" * 81},
        {"id": "a\x00b"},
        {"return_url": "https://evil.example/"},
        {"return_url": "javascript:alert(1)"},
        {"return_url": f"{settings.SITE_URL}@evil.example/"},
        {"return_url": f"{settings.SITE_URL}:99999/"},
        {"cancel_url": "//evil.example"},
        {"cancel_url": ""},
        {"token": "test_unknown"},
        {"description": []},
        {"expires_at": "tomorrow"},
        {"expires_at": 5},
        {"expires_at": "2026-11-22T10:00:00"},
    ],
)
def test_requests_without_sense_make_no_payment(sandbox, changes):
    body = wanted(**changes)
    answer = call(sandbox, "POST", "/v1/payments", body)
    assert answer.status_code in (400, 422)
    if isinstance(body["id"], str) and body["id"].isalnum() and len(body["id"]) < 80:
        assert sandbox.find(body["id"]) is None


def test_operations_are_counted_once_and_never_exceed_the_hold(sandbox):
    body = wanted()
    call(sandbox, "POST", "/v1/payments", body)
    path = f"/v1/payments/{body['id']}/operations"

    def operate(kind, amount, own_id):
        request = {"id": own_id, "kind": kind, "amount": amount, "currency": "EUR"}
        return call(sandbox, "POST", path, request)

    for _ in range(2):
        assert operate("capture", 600, "one").status_code == 201
    assert operate("capture", 601, "one").json()["code"] == "key_reused"
    assert operate("capture", 401, "two").json()["code"] == "amount_too_large"
    assert operate("refund", 601, "three").json()["code"] == "amount_too_large"
    assert operate("void", 400, "four").status_code == 201
    assert operate("refund", 600, "five").status_code == 201
    assert operate("steal", 1, "six").status_code == 400
    found = sandbox.find(body["id"])
    assert (found["captured"], found["voided"], found["refunded"]) == (600, 400, 600)


def test_a_token_belongs_to_its_customer(sandbox):
    answer = call(sandbox, "DELETE", "/v1/tokens/unknown")
    assert answer.status_code == 404
    assert call(sandbox, "GET", "/v1/payments/unknown").status_code == 404
    assert call(sandbox, "GET", "/v1/payments").status_code == 405
