"""Bodies that nobody means well with: refused with 4xx, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Address, Profile
from accounts.testing import make_person, make_token, owner_of, protect
from api.scopes import SCOPES
from core import ratelimit
from marketplace.tests.api.calling import Program, asked, at, operations, refusal
from marketplace.tests.api.test_conventions import ADDRESS
from marketplace.tests.world import everything, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What an address of somebody's is made of, as `ADDRESS`, but for what is said of one line.
GOOD = json.dumps(ADDRESS).encode()


def saying(line: bytes) -> bytes:
    """A body that lacks nothing, with `line` as the value of one field."""
    whole = {name: value for name, value in ADDRESS.items() if name != "line1"}
    return json.dumps(whole).encode()[:-1] + b', "line1": ' + line + b"}"


MALFORMED, TOO_LARGE, INVALID = (400, "malformed"), (413, "too_large"), (422, "invalid")
# What is sent, and with which status and code it is refused.
BODIES: dict[str, tuple[bytes, tuple[int, str]]] = {
    "deep list": (saying(b"[" * 10_000 + b"]" * 10_000), MALFORMED),
    "deep object": (saying(b'{"a":' * 10_000 + b"1" + b"}" * 10_000), MALFORMED),
    "ten megabytes": (saying(b'"' + b"x" * 10_000_000 + b'"'), TOO_LARGE),
    "ten megabytes of nothing": (GOOD + b" " * 10_000_000, TOO_LARGE),
    "a name twice": (GOOD[:-1] + b', "line1": "b"}', MALFORMED),
    "NaN": (saying(b"NaN"), MALFORMED),
    "infinity": (saying(b"-Infinity"), MALFORMED),
    "a digit more than Python reads": (saying(b"9" * 4_301), MALFORMED),
    "as many digits as it reads": (saying(b"9" * 4_300), MALFORMED),
    "a number that can be read": (saying(b"9" * 300), INVALID),
    "no UTF-8": (saying(b'"\xff\xfe"'), MALFORMED),
    "UTF-16": (json.dumps(ADDRESS).encode("utf-16"), MALFORMED),
    "half a pair": (saying(b'"\\ud800"'), MALFORMED),
    "NUL": (saying(b'"a\\u0000b"'), INVALID),
    "a bare NUL": (saying(b'"a\x00b"'), MALFORMED),
    "no JSON": (b"{line1: 1}", MALFORMED),
    "something behind it": (GOOD + GOOD, MALFORMED),
    "cut off": (GOOD[:-1], MALFORMED),
    "nothing": (b"", INVALID),
    "a list": (b"[" + GOOD + b"]", INVALID),
    "a string": (json.dumps(GOOD.decode()).encode(), INVALID),
    "null": (b"null", INVALID),
}
VALUES: dict[str, Any] = {
    "a huge number": int("9" * 300),
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
FIT_NOWHERE = {"a huge number", "NUL"}


def send(method: str, path: str, body: bytes, secret: str, *, key: str = "k" * 20) -> Any:
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    kind = "application/json"
    return client.generic(method, path, body, content_type=kind, headers=headers)


@pytest.mark.parametrize("name", BODIES)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    body, wanted = BODIES[name]
    secret = make_token(make_person()).secret
    assert refusal(send("POST", "/api/v1/me/addresses/", body, secret)) == wanted
    assert Address.objects.count() == 0


@pytest.mark.parametrize("body", [GOOD, saying(b'"Lange Stra\\u00dfe 5"')], ids=["as is", "said"])
def test_control_the_same_without_the_evil_is_taken(body: bytes) -> None:
    secret = make_token(make_person()).secret
    answer = send("POST", "/api/v1/me/addresses/", body, secret)
    assert answer.status_code == 201, answer.content
    assert Address.objects.get().line1 == ADDRESS["line1"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png"])
def test_another_kind_of_content_is_refused(kind: str) -> None:
    headers = {"Authorization": f"Bearer {make_token(make_person()).secret}"}
    client = Client(raise_request_exception=False)
    answer = client.generic(
        "POST", "/api/v1/me/addresses/", GOOD, content_type=kind, headers=headers
    )
    assert answer.status_code == 415
    refusal(answer)
    assert Address.objects.count() == 0


@pytest.mark.slow
def test_every_type_in_every_field_of_every_operation_is_sane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One field at a time in a body that works otherwise, sent to something that is theirs.

    Nothing is a 500; what no field can hold is never taken.
    """

    def without_end(*, limit: int, **_asked: Any) -> ratelimit.Standing:
        return ratelimit.Standing(limit=limit, count=0, resets_in=1)

    monkeypatch.setattr(ratelimit, "count", without_end)
    world = make_world()
    seller, buyer = (
        make_token(protect(one), scopes=tuple(SCOPES)).secret
        for one in (owner_of(world.brand), world.buyer)
    )
    broken, taken, tried, good = [], [], 0, 0
    for method, path, name, arguments, one in asked():
        if one.takes is None or one.files:
            continue
        address = at(path, world.real(name, arguments))
        secret = seller if "/studio/" in path else buyer
        fields = one.takes().fields
        tries = [(what, {each: VALUES[what]}) for each in fields for what in VALUES]
        for what, evil in [("no evil", {}), *tries]:
            body = json.dumps({**(one.example or {}), **evil}).encode()
            before = transaction.savepoint()
            answer = send(method, address, body, secret, key=f"{tried:020}")
            transaction.savepoint_rollback(before)
            tried += 1
            good += not evil and answer.status_code < 300
            said = f"{one.id}: {what} in {[*evil]}: {answer.status_code}"
            if answer.status_code >= 500:
                broken.append(said)
            if what in FIT_NOWHERE and answer.status_code < 400:
                taken.append(said)
    assert broken == []
    assert taken == []
    assert tried > 500
    assert good > 20, "hardly any body works otherwise: the sweep proves little"


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
