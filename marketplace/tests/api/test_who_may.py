"""What is another's answers as what is not there; roles and scopes hold as on pages.

All of it is generated from the operations and from the tables of the pages: a new operation is
asked from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from accounts.actions import revoke_token
from accounts.testing import make_member, make_person, make_token, owner_of, protect
from api.fields import Id
from api.operations import Operation
from api.scopes import SCOPES
from core import clock, ratelimit
from marketplace.tests.api.calling import Asked, Program, asked, at, refusal
from marketplace.tests.api.test_every_act import SAME
from marketplace.tests.doors import ALL, OWNER, STUDIO, STUDIO_API
from marketplace.tests.world import ABSENT, World, everything, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Things that are everybody's to see, or to do something of one's own with.
EVERYBODYS = {
    *("product_read", "product_related_read", "product_delivery_list", "variant_read"),
    "product_reviews_list",
    *("service_read", "service_quote_request", "bag_line_change", "bag_line_remove"),
    *("pin_read", "pin_related_list", "pin_save", "pin_unsave", "pin_like", "pin_unlike"),
    *("product_save", "product_unsave", "service_save", "service_unsave"),
    *("pin_comments_list", "comment_create", "comment_thread_list"),
    *("comment_like", "comment_unlike", "topic_follow", "topic_unfollow"),
    *("hashtag_read", "hashtag_pins_list", "hashtag_follow", "hashtag_unfollow"),
    *("collection_read", "collection_products_list", "word_unmute"),
}
# What names something of one's own in a body, and what in the world is the buyer's or the brand's.
OWN = {
    "board": ("feed_api:board", "public_id"),
    "address_id": ("accounts_api:address", "public_id"),
    "organization_id": ("accounts_api:organization", "public_id"),
    "method_id": ("payments_api:method", "public_id"),
    "picture_id": ("core:media", "public_id"),
    "cover_id": ("core:media", "public_id"),
}
# The word of the door of a brand's rooms; whoever is let in is told something else.
SHUT = "There is no such page."


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done in here did not happen. No block: some acts must be outermost."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


@pytest.fixture
def world() -> World:
    return make_world()


def sent(program: Program, method: str, address: str, one: Operation, **more: Any) -> Any:
    body = None if method == "GET" else {**(one.example or {}), **more}
    return program.call(method, address, body, Idempotency_Key="k" * 20)


def same(one: Operation, foreign: Any, absent: Any) -> str:
    """What tells the two answers apart, or ''."""
    if (foreign.status_code, foreign.content) != (absent.status_code, absent.content):
        return f"{one.id}: {foreign.content[:200]!r} is not {absent.content[:200]!r}"
    if foreign.status_code != 404:
        return f"{one.id}: {foreign.status_code} {foreign.content[:200]!r}"
    return ""


def test_what_is_anothers_answers_like_what_is_not_there(world: World) -> None:
    """By its id in the address: for a stranger, and for the owner of another brand in theirs."""
    stranger, rival = Program(world.stranger), Program(protect(owner_of(world.rival)))
    before, wrong, pairs = everything(), [], 0
    assert {one.id for *_where, one in asked()} >= EVERYBODYS
    for method, path, name, arguments, one in asked():
        ids = arguments - {"handle", "word"}
        studio = "/studio/" in path
        if not ids or one.id in EVERYBODYS:
            continue
        program = rival if studio else stranger
        mine = {"handle": world.rival.handle} if studio else {}
        real = world.real(name, arguments) | mine
        assert set(real.values()) & {ABSENT} == set(), f"{name} leads to nothing in the world"
        foreign = sent(program, method, at(path, real), one)
        absent = sent(program, method, at(path, real | dict.fromkeys(ids, ABSENT)), one)
        wrong.append(same(one, foreign, absent))
        pairs += 1
    assert [one for one in wrong if one] == [], wrong
    assert pairs > 60
    now = everything()
    assert {name for name in now if now[name] != before[name]} <= {"accounts_apitoken"}


def test_anothers_studio_answers_like_none(world: World) -> None:
    rival, stranger = Program(protect(owner_of(world.rival))), Program(world.stranger)
    before, wrong, pairs = everything(), [], 0
    for method, path, name, arguments, one in asked():
        if "/studio/" not in path:
            continue
        real = world.real(name, arguments)
        for program in (rival, stranger):
            foreign = sent(program, method, at(path, real), one)
            absent = sent(program, method, at(path, real | {"handle": "nobody-here"}), one)
            wrong.append(same(one, foreign, absent))
            pairs += 1
    assert [one for one in wrong if one] == [], wrong
    assert pairs > 120
    now = everything()
    assert {name for name in now if now[name] != before[name]} <= {"accounts_apitoken"}


def test_ids_in_bodies_that_are_anothers_answer_like_ones_that_are_not_there(world: World) -> None:
    stranger, rival = Program(world.stranger), Program(protect(owner_of(world.rival)))
    wrong, pairs = [], 0
    for method, path, name, arguments, one in asked():
        fields = one.takes().fields if one.takes else {}
        for field in (field for field, kind in fields.items() if isinstance(kind, Id)):
            if field not in OWN:
                continue
            studio = "/studio/" in path
            real = world.real(name, arguments)
            if studio:
                real["handle"] = world.rival.handle
            place, key = OWN[field]
            program = rival if studio else stranger
            with undone():
                theirs = sent(
                    program, method, at(path, real), one, **{field: world.places[place][key]}
                )
            with undone():
                none = sent(program, method, at(path, real), one, **{field: ABSENT})
            pairs += 1
            if (theirs.status_code, theirs.content) != (none.status_code, none.content):
                wrong.append(f"{one.id}.{field}: {theirs.content!r} is not {none.content!r}")
            elif not 400 <= theirs.status_code < 500:
                wrong.append(f"{one.id}.{field}: {theirs.status_code}")
    assert wrong == []
    assert pairs > 8


# --- roles ---------------------------------------------------------------------------------------


def roles_of(one: Operation, name: str, method: str) -> frozenset[str]:
    """Who may: what the pages say that do the same, or the table of the programs' addresses."""
    pages = [page for page, ids in SAME.items() if one.id in ids.split() and page in STUDIO]
    if method != "GET" and pages:
        (roles,) = {STUDIO[page][1] for page in pages}
        return roles
    return STUDIO_API[name]


def test_a_role_does_by_program_what_it_does_on_pages_and_nothing_else(world: World) -> None:
    people = {"owner": Program(protect(owner_of(world.brand)))}
    for role in sorted(ALL - OWNER):
        people[role] = Program(protect(make_member(brand=world.brand, role=role)))
    wrong, cells = [], 0
    for method, path, name, arguments, one in asked():
        if "/studio/" not in path:
            continue
        allowed = roles_of(one, name, method)
        address = at(path, world.real(name, arguments))
        for role, program in people.items():
            with undone():
                answer = sent(program, method, address, one)
            shut = answer.status_code == 404 and answer.json()["detail"] == SHUT
            cells += 1
            if shut is (role in allowed):
                wrong.append(f"{role}: {one.id}: {answer.status_code}")
    assert wrong == []
    assert cells > 400, "hardly any cells: the matrix proves nothing"


# --- tokens --------------------------------------------------------------------------------------


def test_a_token_that_only_reads_never_writes(world: World) -> None:
    reading = [one for one in SCOPES if one.endswith(":read")]
    program = Program(owner_of(world.brand), scopes=reading)
    before, tried = everything(), 0
    for method, path, name, arguments, one in asked():
        if method == "GET":
            continue
        answer = sent(program, method, at(path, world.real(name, arguments)), one)
        assert refusal(answer) == (403, "scope_missing"), one.id
        assert answer.json()["scope"] == one.scope
        tried += 1
    assert tried > 100
    now = everything()
    assert {name for name in now if now[name] != before[name]} <= {"accounts_apitoken"}


def test_a_token_that_is_withdrawn_ends_with_the_next_call() -> None:
    person = make_person()
    token, other = make_token(person), Program(person)
    program = Program(None)
    program.headers["Authorization"] = f"Bearer {token.secret}"
    program.get("me/")
    assert person.user_id is not None
    revoke_token(user_id=person.user_id, public_id=token.public_id)
    assert refusal(program.call("GET", "me/")) == (401, "bad_token")
    assert refusal(program.call("PATCH", "me/profile/", {"bio": "Still here"}))[0] == 401
    person.refresh_from_db()
    assert person.bio != "Still here"
    other.get("me/")


def test_what_has_a_limit_of_its_own_says_when_to_come_again(world: World) -> None:
    limited = [row for row in asked() if row[-1].limit is not None]
    assert limited
    with clock.fixed(clock.now()):  # or a window would end while it is filled
        _exhaust(world, limited)


def _exhaust(world: World, limited: Sequence[Asked]) -> None:
    for method, path, name, arguments, one in limited:
        person = owner_of(world.brand)
        assert one.limit is not None
        for _time in range(one.limit.times):
            ratelimit.count(
                key=f"{one.limit.name}:u:{person.user_id}",
                limit=one.limit.times,
                per_seconds=one.limit.seconds,
            )
        program = Program(person)
        if one.files:
            continue  # what it stores is sent in another form; its limit is the same line of code
        answer = sent(program, method, at(path, world.real(name, arguments)), one)
        assert refusal(answer) == (429, "too_many"), one.id
        assert 1 <= int(answer["Retry-After"]) <= one.limit.seconds
