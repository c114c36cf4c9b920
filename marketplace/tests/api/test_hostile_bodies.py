"""Bodies that nobody means well with: refused with 4xx, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Address, Profile
from accounts.testing import make_person, make_token
from marketplace.tests.api.calling import Program, refusal
from marketplace.tests.api.test_conventions import ADDRESS
from marketplace.tests.api.test_declarations import operations
from marketplace.tests.world import everything, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BODIES: dict[str, bytes] = {
    "deep list": b"[" * 10_000 + b"]" * 10_000,
    "deep object": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "ten megabytes": b'{"name": "' + b"x" * 10_000_000 + b'"}',
    "a name twice": b'{"name": "a", "name": "b"}',
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "half a pair": b'{"name": "\\ud800"}',
    "no JSON": b"{name: 1}",
    "nothing": b"",
    "a list": b"[]",
    "a string": b'"name"',
    "null": b"null",
}
VALUES: dict[str, Any] = {
    "a huge number": int("9" * 4_300),
    "a large number": 2**63,
    "below zero": -1,
    "a fraction": 1.5,
    "a number in words": "1e3",
    "true": True,
    "a list": [],
    "an object": {},
    "null": None,
    "NUL": "a\x00b",
    "ten thousand letters": "x" * 10_000,
    "SQL": "' OR 1=1--",
}


def send(method: str, path: str, body: bytes, secret: str) -> Any:
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k" * 20}
    kind = "application/json"
    return client.generic(method, path, body, content_type=kind, headers=headers)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    secret = make_token(make_person()).secret
    answer = send("POST", "/api/v1/me/addresses/", body, secret)
    assert answer.status_code in (400, 413, 422)
    refusal(answer)
    assert Address.objects.count() == 0


@pytest.mark.slow
def test_every_type_in_every_field_of_every_operation_is_sane() -> None:
    """One field at a time in a body that works otherwise. Nothing is a 500; JSON holds them all."""
    person = make_person()
    secret = make_token(person).secret
    broken, asked = [], 0
    for path, method, one in operations():
        if one.takes is None or one.files:
            continue
        address = path.replace("<str:", "<").replace("<slug:", "<")
        address = "/".join("zzzzzzzzzzzz" if "<" in part else part for part in address.split("/"))
        for name in one.takes().fields:
            for what, value in VALUES.items():
                body = json.dumps({**(one.example or {}), name: value}).encode()
                answer = send(method.upper(), address, body, secret)
                asked += 1
                if answer.status_code >= 500:
                    broken.append(f"{one.id}.{name}: {what}: {answer.status_code}")
    assert broken == []
    assert asked > 500


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 10**9, 2**31, 2**63, "1e3", " 1", True, [], None])
def test_quantities_that_are_none_change_nothing(quantity: Any) -> None:
    world = make_world()
    program = Program(world.buyer)
    variant = world.places["catalog_api:variant"]["variant_id"]
    before = everything()
    line = {"variant_id": variant, "quantity": quantity}
    total = {"amount": 1, "currency": "EUR"}
    for path, body in (
        ("bag/lines/", line),
        ("purchases/", {"items": [line], "total": total}),
    ):
        answer = program.call("POST", path, body, Idempotency_Key="k" * 20)
        assert refusal(answer)[0] == 422, (path, answer.content)
    unset = program.call("PATCH", f"bag/lines/{variant}/", {"quantity": quantity})
    if quantity != 0 or quantity is False:
        assert refusal(unset)[0] == 422
        now = everything()
        assert {name for name in now if now[name] != before[name]} <= {"accounts_apitoken"}


@pytest.mark.parametrize(
    "field",
    [
        *("is_staff", "role", "verified", "verified_at", "state", "kind", "user", "owner"),
        *("created_at", "followers_count", "id", "public_id", "price", "stock", "rating"),
    ],
)
def test_fields_of_the_server_cannot_be_sent(field: str) -> None:
    person = make_person()
    program = Program(person)
    before = Profile.objects.filter(pk=person.pk).values().get()
    answer = program.call("PATCH", "me/profile/", {"bio": "Hello", field: "approved"})
    assert refusal(answer) == (422, "invalid")
    assert [one["code"] for one in answer.json()["errors"]] == ["unknown"]
    answer = program.call("POST", "me/addresses/", {**ADDRESS, field: 1})
    assert refusal(answer) == (422, "invalid")
    assert Profile.objects.filter(pk=person.pk).values().get() == before
    assert Address.objects.count() == 0


HOSTILE = ["%00", "%27%20OR%201%3D1--", "-1", "9" * 22, "user__password", "%ff%fe", "x" * 3_000]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_questions_get_a_sane_answer(value: str) -> None:
    program = Program(make_person())
    broken = []
    for path, method, one in operations():
        if method != "get":
            continue
        address = "/".join(value if "<" in part else part for part in path.split("/"))
        names = list(one.asks().fields) if one.asks else ["cursor"]
        asked = "&".join(f"{name}={value}" for name in [*names, "page", "per_page", "sort"])
        answer = program.call("GET", f"{address}?{asked}")
        if answer.status_code >= 500:
            broken.append(f"{one.id}: {answer.status_code}")
    assert broken == []
