"""What holds for every operation: pages, keys, problem documents, limits, headers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import Address, Follow
from accounts.testing import client_for, make_brand, make_person, make_token, owner_of
from catalog.testing import make_product
from core.testing import race
from feed.testing import make_pin
from inventory.actions import receive, write_off
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db

ADDRESS = {
    "name": "Noor Haddad",
    "line1": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


# --- pages of results ----------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["walls/explore/", "profiles/ondine/pins/", "walls/following/"])
def test_a_list_is_walked_by_next_and_nothing_is_missed_or_doubled(path: str) -> None:
    brand, reader = make_brand(handle="ondine"), make_person()
    pins = {make_pin(author=brand, title=f"Pin {number}").public_id for number in range(30)}
    program = Program(reader)
    program.good(program.call("PUT", "profiles/ondine/follow/"))
    seen: list[str] = []
    address: str | None = path
    while address:
        page = program.get(address.removeprefix("http://testserver"))
        assert set(page) == {"results", "next"}
        seen += [one["id"] for one in page["results"]]
        address = page["next"] and re.sub(r"^https?://[^/]+", "", page["next"])
    assert len(seen) == len(set(seen)) == 30
    assert set(seen) == pins


def test_a_cursor_that_is_not_ours_begins_at_the_start() -> None:
    brand = make_brand(handle="ondine")
    pin = make_pin(author=brand)
    found = Program(make_person()).get("profiles/ondine/pins/?cursor=%27OR%201")
    assert [one["id"] for one in found["results"]] == [pin.public_id]


# --- keys ----------------------------------------------------------------------------------------
def test_the_same_key_with_the_same_body_is_answered_and_not_done_again() -> None:
    program = Program(make_person())
    first = program.call("POST", "me/addresses/", ADDRESS, Idempotency_Key="a" * 20)
    again = program.call("POST", "me/addresses/", ADDRESS, Idempotency_Key="a" * 20)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Address.objects.count() == 1
    other = program.call("POST", "me/addresses/", ADDRESS, Idempotency_Key="b" * 20)
    assert other.json()["id"] != first.json()["id"]


def test_the_same_key_with_another_body_is_refused() -> None:
    program = Program(make_person())
    program.post("me/addresses/", ADDRESS, Idempotency_Key="a" * 20)
    changed = {**ADDRESS, "city": "Hamburg"}
    answer = program.call("POST", "me/addresses/", changed, Idempotency_Key="a" * 20)
    assert refusal(answer) == (422, "key_reused")
    assert Address.objects.count() == 1


def test_keys_of_two_people_never_meet() -> None:
    for _person in range(2):
        Program(make_person()).post("me/addresses/", ADDRESS, Idempotency_Key="a" * 20)
    assert Address.objects.count() == 2


def test_the_same_key_in_another_name_is_refused() -> None:
    owner, friend = make_person(), make_person()
    brands = [make_brand(owner=owner), make_brand(owner=owner)]
    program, path = Program(owner), f"profiles/{friend.handle}/follow/"
    key = {"Idempotency_Key": "a" * 20}
    program.good(program.call("PUT", path, Acting_As=brands[0].handle, **key))
    answer = program.call("PUT", path, Acting_As=brands[1].handle, **key)
    assert refusal(answer) == (422, "key_reused")
    assert refusal(program.call("PUT", path, **key)) == (422, "key_reused")
    assert [one.follower for one in Follow.objects.all()] == [brands[0]]
    again = program.call("PUT", path, Acting_As=brands[0].handle, **key)
    assert again["Idempotency-Replayed"] == "true"


def test_a_refusal_leaves_the_key_free() -> None:
    program = Program(make_person())
    wrong = {**ADDRESS, "country": "XX"}
    answer = program.call("POST", "me/addresses/", wrong, Idempotency_Key="a" * 20)
    assert refusal(answer) == (422, "invalid")
    program.post("me/addresses/", ADDRESS, Idempotency_Key="a" * 20)


@pytest.mark.parametrize("key", ["x" * 101, "a\tb"])
def test_what_is_no_key_is_refused(key: str) -> None:
    answer = Program(make_person()).call("POST", "me/addresses/", ADDRESS, Idempotency_Key=key)
    assert refusal(answer) == (422, "key_missing")
    assert Address.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_key", [True, False], ids=["with a key", "control"])
def test_eight_at_once_with_one_key_are_done_once(with_key: bool) -> None:
    program = Program(make_person())
    headers = {"Idempotency_Key": "a" * 20} if with_key else {}
    answers = race(8, lambda _number: program.call("POST", "me/addresses/", ADDRESS, **headers))
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {201, 409}
    assert Address.objects.count() == (1 if with_key else 8)
    for answer in answers:
        if answer.status_code == 409:
            assert refusal(answer) == (409, "in_progress")
            assert answer["Retry-After"] == "1"


# --- problem documents ---------------------------------------------------------------------------
def test_every_refusal_at_the_edge_is_a_problem_document(settings: Settings) -> None:
    program, guest = Program(make_person()), Program(None)
    call = program.call
    session = Client(enforce_csrf_checks=True)
    somebody = make_person()
    assert somebody.user is not None
    session.force_login(somebody.user)
    bare = session.post("/api/v1/me/addresses/", ADDRESS, content_type="application/json")
    cases = {
        "absent": (call("GET", "products/zzzzzzzzzzzz/"), 404, "not_found"),
        "no such path": (call("GET", "nothing/here"), 404, "not_found"),
        "no slash": (call("POST", "me/addresses", ADDRESS), 404, "not_found"),
        "method": (call("DELETE", "me/"), 405, "method_not_allowed"),
        "accept": (call("GET", "me/", Accept="text/html"), 406, "not_acceptable"),
        "type": (
            Client().post("/api/v1/me/addresses/", ADDRESS, headers=program.headers),
            415,
            "unsupported_media_type",
        ),
        "nobody": (guest.call("GET", "me/"), 401, "not_authenticated"),
        "token": (guest.call("GET", "me/", Authorization="Bearer x"), 401, "bad_token"),
        "csrf": (bare, 403, "csrf_failed"),
        "fields": (call("POST", "me/addresses/", {}), 422, "invalid"),
        "host": (
            Client().get("/api/v1/me/", headers={"Host": "evil.example"}),
            400,
            "malformed",
        ),
    }
    for what, (answer, status, code) in cases.items():
        assert refusal(answer) == (status, code), what
        assert answer["Cache-Control"] == "private, no-store", what
    assert cases["method"][0]["Allow"] == "GET, HEAD, OPTIONS"
    assert cases["nobody"][0]["WWW-Authenticate"] == "Bearer"
    assert Address.objects.count() == 0


def test_a_mistake_of_ours_is_one_too_and_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_more: Any) -> None:
        raise RuntimeError("the password of the database")

    monkeypatch.setattr("accounts.queries.addresses_for", fail)
    answer = Program(make_person()).call("GET", "me/addresses/")
    assert refusal(answer) == (500, "internal_error")
    assert "password" not in answer.content.decode()


def test_a_domain_error_keeps_its_code_and_says_what_a_program_needs() -> None:
    brand = make_brand()
    product = make_product(seller=brand)
    receive(variant_id=product.variants.get().pk, quantity=1, actor_id=None)
    write_off(variant_id=product.variants.get().pk, quantity=1, actor_id=None)
    variant = product.variants.get().public_id
    program = Program(make_person())
    answer = program.call("POST", "bag/lines/", {"variant_id": variant, "quantity": 1})
    assert refusal(answer) == (409, "sold_out")
    assert answer.json()["variants"] == [variant]


def test_each_wrong_field_is_named() -> None:
    body = {**ADDRESS, "city": "", "country": "Atlantis", "is_admin": True}
    answer = Program(make_person()).call("POST", "me/addresses/", body)
    assert [one["field"] for one in answer.json()["errors"]] == ["is_admin"]
    del body["is_admin"]
    answer = Program(make_person()).call("POST", "me/addresses/", body)
    assert {one["field"] for one in answer.json()["errors"]} == {"city", "country"}
    nested = {"items": [{"variant_id": "abcdef", "quantity": 0}], "total": {"amount": 1}}
    answer = Program(make_person()).call("POST", "purchases/", nested, Idempotency_Key="k" * 20)
    assert {one["field"] for one in answer.json()["errors"]} == {"items.0.quantity", "total"}


# --- limits --------------------------------------------------------------------------------------
def test_a_token_has_a_limit_of_its_own_and_says_how_it_stands(settings: Settings) -> None:
    settings.API_LIMITS = {"read": 3, "write": 2, "guest": 2}
    person = make_person()
    one, two = Program(person), Program(person)
    left = [one.call("GET", "me/")["RateLimit-Remaining"] for _time in range(3)]
    assert left == ["2", "1", "0"]
    over = one.call("GET", "me/")
    assert refusal(over) == (429, "too_many")
    assert 1 <= int(over["Retry-After"]) <= 60
    assert over["RateLimit-Limit"] == "3"
    assert two.call("GET", "me/").status_code == 200
    assert one.call("POST", "me/addresses/", ADDRESS).status_code == 201


def test_guests_share_the_limit_of_their_address(settings: Settings) -> None:
    settings.API_LIMITS = {"read": 100, "write": 100, "guest": 2}
    statuses = [Client().get("/api/v1/categories/").status_code for _time in range(3)]
    assert statuses == [200, 200, 429]
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.get("/api/v1/categories/").status_code == 200


def test_limits_hold_while_the_cache_is_away(settings: Settings) -> None:
    settings.API_LIMITS = {"read": 2, "write": 2, "guest": 2}
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}
    }
    program = Program(make_person())
    statuses = [program.call("GET", "me/").status_code for _time in range(3)]
    assert statuses == [200, 200, 429]


# --- who asks ------------------------------------------------------------------------------------
def test_a_session_reads_and_writes_with_the_token_of_a_page() -> None:
    person = make_person()
    browser = Client(enforce_csrf_checks=True)
    assert person.user is not None
    browser.force_login(person.user)
    assert browser.get("/api/v1/me/").json()["profile"]["handle"] == person.handle
    page = browser.get("/settings/addresses/new/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    answer = browser.post(
        "/api/v1/me/addresses/",
        ADDRESS,
        content_type="application/json",
        headers={"X-CSRFToken": token[1]},
    )
    assert answer.status_code == 201


def test_acts_for_a_brand_by_header_and_for_no_other() -> None:
    brand, rival, friend = make_brand(handle="ondine"), make_brand(), make_person()
    program = Program(owner_of(brand))
    path = f"profiles/{friend.handle}/follow/"
    program.good(program.call("PUT", path, Acting_As="ondine"))
    assert Follow.objects.filter(follower=brand, followed=friend).exists()
    answer = program.call("PUT", path, Acting_As=rival.handle)
    assert refusal(answer) == (404, "not_found")
    assert Follow.objects.count() == 1


def test_etag_spares_the_body() -> None:
    program = Program(make_person())
    first = program.call("GET", "categories/")
    again = program.call("GET", "categories/", If_None_Match=first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert program.call("GET", "categories/", If_None_Match='"other"').status_code == 200


# --- budgets -------------------------------------------------------------------------------------
def queries(program: Program, path: str) -> int:
    program.get(path)
    with CaptureQueriesContext(connection) as spent:
        program.get(path)
    return len(spent)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "most"),
    [
        # The token, the user; ids come from the cache, then pins and products.
        ("walls/explore/", 4),
        # Token, user, follows, ids, pins, products.
        ("walls/following/", 6),
        # Token, user, profile, pins by date, pins, products.
        ("profiles/ondine/pins/", 6),
        # Token, user, profile, products.
        ("profiles/ondine/products/", 4),
        # Token, user, the index, pins, products.
        ("search/?q=vase", 5),
        # Token, user, products.
        ("studio/ondine/products/", 3),
        # Token, user, pins.
        ("studio/ondine/pins/", 3),
    ],
)
def test_a_list_costs_the_same_however_long(path: str, most: int) -> None:
    brand = make_brand(handle="ondine")
    owner = owner_of(brand)
    fan = Program(owner)
    fan.good(fan.call("PUT", "profiles/ondine/follow/"))
    for _few in range(2):
        make_pin(author=brand, title="A vase", products=[make_product(seller=brand, title="Vase")])
    few = queries(fan, path)
    for _more in range(8):
        make_pin(author=brand, title="A vase", products=[make_product(seller=brand, title="Vase")])
    assert queries(fan, path) == few
    assert few <= most


def test_a_token_costs_what_a_session_costs() -> None:
    person = make_person()
    browser, secret = client_for(person), make_token(person).secret
    headers = {"Authorization": f"Bearer {secret}"}
    Client().get("/api/v1/me/", headers=headers)
    with CaptureQueriesContext(connection) as by_session:
        browser.get("/api/v1/me/")
    with CaptureQueriesContext(connection) as by_token:
        Client().get("/api/v1/me/", headers=headers)
    assert len(by_token) == len(by_session) == 2
