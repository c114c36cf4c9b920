"""Who may come through which door: every role beside every address.

The addresses come from the resolver. One that is in no table of `doors` fails the first test, so
that nobody adds a page without saying whom it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, reverse

from accounts.models import Block, BrandAct
from accounts.testing import client_for, make_member, make_operator, owner_of, protect
from accounts.types import VOICES, Role
from feed.models import Board
from feed.testing import make_board, make_pin
from marketplace.tests.doors import (
    ALL,
    CLOSED,
    EVERY,
    LOGS_OUT,
    MAYBE,
    MEMBER,
    MONEY,
    NO_METHOD,
    OWNER,
    PUBLIC,
    READ,
    SPOKEN,
    STUDIO,
    STUDIO_API,
    WHOSE_IT_IS,
    WRITE,
)
from marketplace.tests.test_threats import FIELDS, NOT_IN_THE_WORLD, seen
from marketplace.tests.world import (
    ABSENT,
    World,
    addresses,
    everything,
    make_world,
    nonsense,
    path_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_address_says_whom_it_is_for() -> None:
    tables = [set(STUDIO), set(STUDIO_API), PUBLIC, MEMBER, LOGS_OUT]
    known = set().union(*tables)
    there = {name for name, _arguments in addresses()}
    assert there - known == set(), "classify it in doors.py: whom is the new address for?"
    assert known - there - MAYBE == set(), "these are gone"
    assert sum(map(len, tables)) == len(known), "one address, one table"


@pytest.fixture
def world() -> World:
    return make_world()


def team(world: World) -> dict[str, Client]:
    """Somebody of every role on the brand's team; their second factor is there."""
    people = {"owner": client_for(protect(owner_of(world.brand)))}
    for role in sorted(ALL - OWNER):
        member = make_member(brand=world.brand, role=role)
        people[role] = client_for(protect(member))
    return people


def outsiders(world: World) -> dict[str, Client]:
    """Everybody else: the last two have rights, but none here."""
    return {
        "guest": Client(),
        "stranger": client_for(world.stranger),
        "buyer": client_for(world.buyer),
        "another brand's owner": client_for(protect(owner_of(world.rival)), acting=world.rival),
        "operator": client_for(make_operator()),
    }


def tried(client: Client, method: str, path: str) -> Any:
    """What somebody is answered; whatever they did is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    return answer


def is_closed(answer: Any) -> bool:
    to_log_in = "/accounts/login/" in answer.headers.get("Location", "")
    return answer.status_code == CLOSED or to_log_in


def test_each_role_comes_through_its_doors_and_no_other(world: World) -> None:
    people, wrong, cells = team(world), [], 0
    for name, arguments in addresses():
        if name not in STUDIO:
            continue
        path = path_to(name, world.real(name, arguments))
        for method, allowed in zip((READ, WRITE), STUDIO[name], strict=True):
            # An empty form may be answered with 404 to the right person, too (pack which order?):
            # then it is the page's own word, said after the door.
            for role, client in people.items():
                answer = tried(client, method, path)
                cells += 1
                if answer.status_code == NO_METHOD:
                    continue
                own = role in allowed
                fits = is_closed(answer) is not own
                if not fits and not (own and (name, method) in NAMES_NOTHING):
                    wrong.append(f"{role}: {method} {name}: {answer.status_code}")
    assert wrong == []
    assert cells > 400, "hardly any cells: the matrix proves nothing"


# Posted empty, they name nothing that could be found: 404 to those who may come in, too.
NAMES_NOTHING = {
    ("orders:studio_pack", WRITE),
    ("pages:studio_product_move", WRITE),
    ("brands:delivery_move", WRITE),
    ("brands:look_undo", WRITE),
    ("brands:look_redo", WRITE),
    ("pages:studio_service_move", WRITE),
    ("accounts:studio_team_undo", WRITE),
}


def test_nobody_else_comes_in_and_nothing_changes(world: World) -> None:
    visitors, wrong = outsiders(world), []
    before = everything()
    for name, arguments in addresses():
        if name not in STUDIO:
            continue
        path = path_to(name, world.real(name, arguments))
        for who, client in visitors.items():
            for method in (READ, WRITE):
                answer = getattr(client, method)(path)
                if answer.status_code != NO_METHOD and not is_closed(answer):
                    wrong.append(f"{who}: {method} {name}: {answer.status_code}")
    assert wrong == []
    assert everything() == before


def test_money_opens_with_two_proofs_and_nothing_else_asks_for_them(world: World) -> None:
    """Somebody of every role whose password is all that guards their account."""
    rooms = {**STUDIO, **{name: (roles, roles) for name, roles in STUDIO_API.items()}}
    assert rooms.keys() >= MONEY
    wrong, asked = [], 0
    for role in sorted(ALL):
        member = make_member(brand=world.brand, role=role)
        client = client_for(member)
        for name, arguments in addresses():
            if name not in rooms:
                continue
            path = path_to(name, world.real(name, arguments))
            for method, allowed in zip((READ, WRITE), rooms[name], strict=True):
                answer = tried(client, method, path)
                wanted = name in MONEY and role in allowed and answer.status_code != NO_METHOD
                asked += wanted
                if wants_a_second_factor(answer) is not wanted:
                    wrong.append(f"{role}: {method} {name}: {answer.status_code}")
    assert wrong == []
    assert asked > len(MONEY), "not even one each"


def wants_a_second_factor(answer: Any) -> bool:
    led = answer.headers.get("Location", "").startswith("/settings/protect/?next=")
    return led or (answer.status_code == 403 and b'"protect_first"' in answer.content)


def test_in_ones_own_studio_anothers_row_answers_like_none(world: World) -> None:
    """Their handle, our id; for programs, `api/test_who_may` asks the same."""
    rival = client_for(protect(owner_of(world.rival)), acting=world.rival)
    before, wrong, pairs = everything(), [], 0
    for name, arguments in addresses():
        ids = arguments - {"handle"}
        if name not in STUDIO or not ids or name in NOT_IN_THE_WORLD:
            continue
        foreign = world.real(name, arguments) | {"handle": world.rival.handle}
        absent = foreign | {one: nonsense(one) for one in ids}
        assert ABSENT not in foreign.values(), f"{name} leads to nothing in the world"
        for method, form in ((READ, {}), (WRITE, {}), (WRITE, dict.fromkeys(FIELDS, "1"))):
            theirs, none = (
                getattr(rival, method)(path_to(name, real), form) for real in (foreign, absent)
            )
            if theirs.status_code == none.status_code == NO_METHOD:
                continue
            pairs += 1
            alike = seen(theirs, foreign) == seen(none, absent)
            if not alike or theirs.status_code not in range(400, 500):
                wrong.append(f"{method} {name}: {theirs.status_code} and {none.status_code}")
    assert wrong == []
    assert pairs > 50, "hardly any rows: the sweep proves nothing"
    assert everything() == before


def test_only_those_who_speak_for_a_brand_act_in_its_name(world: World) -> None:
    assert SPOKEN < PUBLIC | MEMBER
    people = {role: make_member(brand=world.brand, role=role) for role in sorted(ALL - OWNER)}
    wrong = []
    for role, member in {"owner": owner_of(world.brand), **people}.items():
        client = client_for(member, acting=world.brand)
        for name, arguments in addresses():
            if name not in SPOKEN:
                continue
            real = world.real(name, arguments)
            if "public_id" in real and name.startswith("accounts:"):
                real["public_id"] = world.stranger.public_id
            answer = tried(client, WRITE, path_to(name, real))
            if (answer.status_code == 403) is (role in VOICES):
                wrong.append(f"{role}: {name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("role", sorted(ALL))
def test_who_does_not_speak_for_it_is_offered_no_button_that_does(world: World, role: Role) -> None:
    pin = make_pin(author=world.rival)
    member = make_member(brand=world.brand, role=role)
    page = client_for(member, acting=world.brand).get(f"/pin/{pin.public_id}/").content.decode()
    offered = '<form class="field talk__form"' in page
    # The style sheet takes every switch of such a page away.
    hidden = re.search(r'<body class="[^"]*\bsilent"', page) is not None
    assert (offered, hidden) == ((True, False) if role in VOICES else (False, True))


@pytest.mark.parametrize("role", sorted(ALL - OWNER))
def test_so_do_programs(world: World, role: Role) -> None:
    board, pin = make_board(owner=world.brand), make_pin(author=world.rival)
    member = make_member(brand=world.brand, role=role)
    client = client_for(member, acting=world.brand)
    someone = f"/api/v1/profiles/{world.stranger.handle}"
    answers = [
        client.put(f"/api/v1/pins/{pin.public_id}/like/"),
        client.put(f"/api/v1/pins/{pin.public_id}/save/", {}, content_type="application/json"),
        client.put(f"{someone}/follow/"),
        client.put(f"{someone}/block/"),
        client.delete(f"/api/v1/boards/{board.public_id}/"),
    ]
    acts = BrandAct.objects.filter(brand=world.brand, actor=member.user)
    log = acts.values_list("act", "subject")
    if role in VOICES:
        assert [one.status_code for one in answers if one.status_code >= 300] == []
        assert set(log) == {
            ("accounts.blocked", world.stranger.name),
            ("feed.saved", pin.title),
            ("feed.board_deleted", board.title),
        }
    else:
        assert [one.status_code for one in answers] == [403] * len(answers)
        assert Board.objects.filter(pk=board.pk).exists()
        assert not Block.objects.filter(blocker=world.brand).exists()
        assert not log


def test_programs_of_each_role_find_its_rooms_and_no_other(world: World) -> None:
    """By session; what a token adds are scopes, which the tests of the interface ask about."""
    people, others, wrong = team(world), outsiders(world), []
    for name, arguments in addresses():
        if name not in STUDIO_API:
            continue
        path = path_to(name, world.real(name, arguments))
        for who, client in {**people, **others}.items():
            answer = tried(client, READ, path)
            if answer.status_code == NO_METHOD:
                continue
            shut = answer.status_code in (401, 403, 404)
            if shut is (who in STUDIO_API[name]):
                wrong.append(f"{who}: {name}: {answer.status_code}")
    assert wrong == []


def test_a_guest_who_looks_for_what_may_be_theirs_is_led_to_log_in_and_back(world: World) -> None:
    """Whether or not it is there; what is only sent to answers as ever."""
    assert WHOSE_IT_IS < PUBLIC
    guest, wrong, led = Client(), [], 0
    for name, arguments in addresses():
        if name not in {*STUDIO, *WHOSE_IT_IS}:
            continue
        absent = {one: nonsense(one) for one in arguments}
        for real in (world.real(name, arguments), absent):
            path = f"{path_to(name, real)}?days=7"
            for method in (READ, "head"):
                answer = getattr(guest, method)(path)
                if answer.status_code == NO_METHOD:
                    continue
                led += 1
                to = urlsplit(answer.headers.get("Location", ""))
                if (to.path, to.query) != ("/accounts/login/", urlencode({"next": path}, safe="/")):
                    wrong.append(f"{method} {path}: {answer.status_code}")
            if name in WHOSE_IT_IS or name.startswith("orders:"):
                sent = guest.post(path)
                if sent.status_code not in (CLOSED, NO_METHOD):
                    wrong.append(f"post {path}: {sent.status_code}")
    assert wrong == []
    assert led > 100, "hardly anything is looked at: the sweep proves nothing"


def test_guests_are_asked_to_log_in_where_it_says_so_and_only_there(world: World) -> None:
    wrong = []
    for number, (name, arguments) in enumerate(addresses()):
        # From an address of their own each, or the interface would ask them to slow down.
        guest = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}")
        if name not in MEMBER | PUBLIC or name in SENDS_TO_LOG_IN:
            continue
        path = path_to(name, world.real(name, arguments))
        answers = [tried(guest, method, path) for method in EVERY]
        asked = [
            answer.status_code == 401 or "/accounts/login/" in answer.headers.get("Location", "")
            for answer in answers
            if answer.status_code != NO_METHOD
        ]
        if name in MEMBER and not all(asked):
            wrong.append(f"{name} is open")
        if name in PUBLIC - WHOSE_IT_IS and asked and all(asked):
            wrong.append(f"{name} is closed")
    assert wrong == []


# Open to guests, but empty-handed they are sent to the log-in page.
SENDS_TO_LOG_IN = {"mfa_login_webauthn", "tracking:consent_back"}


def rooms_of_operators() -> Iterator[str]:
    """The path of every address of the administration, ours beside those of Django: of a row that
    is there, where there is one."""
    rows = {
        f"{one._meta.app_label}/{one._meta.model_name}/": one._default_manager.first()
        for one in admin.site._registry
    }
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLResolver):
            prefix, inside = str(pattern.pattern), pattern.url_patterns
            row = rows[prefix]
            named = {"object_id": getattr(row, "pk", 1)}
            named |= dict.fromkeys(("review_id", "document_id"), getattr(row, "public_id", ABSENT))
        else:
            prefix, inside, named = "", [pattern], {"content_type_id": 1, "object_id": 1}
        for one in inside:
            known = {"app_list": "orders/", "None": "no-such-page/"}
            yield (
                settings.ADMIN_PATH
                + prefix
                + known.get(str(one.name), filled(str(one.pattern), named))
            )


def filled(pattern: str, named: dict[str, Any]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(named.get(found[1], 1)), pattern)


def test_the_administration_is_for_operators_and_nobody_else(world: World) -> None:
    """Every list, form and act of it; to others it is not even known what there is."""
    visitors = {
        "guest": Client(),
        "stranger": client_for(world.stranger),
        "buyer": client_for(world.buyer),
        "owner": client_for(protect(owner_of(world.brand))),
    }
    operator = client_for(make_operator())
    before, wrong, shown = everything(), [], 0
    rooms = {*rooms_of_operators()} - {reverse("admin:logout")}  # who leaves stays outside
    for path in sorted(rooms):
        for who, client in visitors.items():
            for method in (READ, WRITE):
                answer = getattr(client, method)(path)
                if not is_shut(answer):
                    wrong.append(f"{who}: {method} {path}: {answer.status_code}")
        shown += tried(operator, READ, path).status_code == 200
    assert wrong == []
    assert everything() == before
    assert len(rooms) > 200
    assert shown > 100, "hardly any room opens to operators: the sweep proves nothing"


def is_shut(answer: Any) -> bool:
    led = answer.headers.get("Location", "")
    return answer.status_code in (403, 404, 405) or (
        answer.status_code == 302 and "/login/" in led.partition("?")[0]
    )
