"""A role that touches money is given by nobody whose password is all that guards their account."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import BrandAct, Invitation, Membership
from accounts.second_factors import MONEY_ROLES
from accounts.testing import (
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
    protect,
    roles_in,
)
from accounts.types import Role
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db

ANA = "ana@mail.example"
WORDS = "Protect your account with a second factor first."


class Team:
    """A brand with one member and, by an owner who has two proofs, one invitation."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.brand = make_brand(handle="ondine")
        self.owner = owner_of(self.brand)
        self.member = make_member(brand=self.brand, role="chat")
        other = protect(make_member(brand=self.brand, role="owner"))
        assert other.user_id is not None
        asked = {"brand_id": self.brand.pk, "actor_id": other.user_id, "role": role}
        actions.invite(**asked, email="rosa@mail.example")  # type: ignore[arg-type]
        self.asked = Invitation.objects.get()

    def state(self) -> list[object]:
        """Whatever giving a role writes."""
        tables = (Membership, Invitation, BrandAct)
        return [list(one.objects.order_by("pk").values()) for one in tables]


Giving = Callable[[Team, Client, Program], Any]


def page(name: str, *, field: str = "", **form: str) -> Giving:
    def give(team: Team, client: Client, _program: Program) -> Any:
        ids = {"person_id": team.member.public_id, "public_id": team.asked.public_id}
        at = {"handle": "ondine"} | ({field: ids[field]} if field else {})
        given = {key: value.format(role=team.role, **ids) for key, value in form.items()}
        return client.post(reverse(name, kwargs=at), given, follow=True)

    return give


def program(method: str, path: str, **body: str) -> Giving:
    def give(team: Team, _client: Client, caller: Program) -> Any:
        ids = {"person_id": team.member.public_id, "public_id": team.asked.public_id}
        data = {key: value.format(role=team.role) for key, value in body.items()}
        return caller.call(method, f"studio/ondine/{path.format(**ids)}", data)

    return give


def undone(team: Team, client: Client, _program: Program) -> Any:
    """An address that anybody could write."""
    back = f"/studio/ondine/team/?undo=role:{team.role}.{team.member.public_id}"
    return client.post(back, follow=True)


# Each place that calls one of the acts, and the ways that lead to it.
ACTS = {"invite", "resend_invitation", "change_role"}
DOORS: dict[str, list[Giving]] = {
    "accounts/team_views.py:team": [page("accounts:studio_team", email=ANA, role="{role}")],
    "accounts/team_views.py:member": [
        page("accounts:studio_member", field="person_id", role="{role}")
    ],
    "accounts/team_views.py:resend": [page("accounts:studio_invitation_resend", field="public_id")],
    "accounts/team_list.py:_give": [
        page("accounts:studio_team", **{"do": "role", "to-role": "{role}", "row": "{person_id}"}),
        undone,
    ],
    "accounts/api/team.py:invite": [program("POST", "invitations/", email=ANA, role="{role}")],
    "accounts/api/team.py:change_role": [program("PATCH", "team/{person_id}/", role="{role}")],
    "accounts/api/team.py:resend": [program("POST", "invitations/{public_id}/resend/")],
}
# What operators press is asked in `accounts/tests/test_admin`.
OF_OPERATORS = {"accounts/admin.py:make_owner", "accounts/admin.py:act"}


def gives(node: ast.AST) -> bool:
    """Whether it is a function that calls one of the acts."""
    return isinstance(node, ast.FunctionDef) and any(
        getattr(one.func, "attr", getattr(one.func, "id", "")) in ACTS
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
    )


def doors() -> set[str]:
    """Every such function that people or programs can reach."""
    root, found = Path(settings.BASE_DIR), set()
    for app in {"marketplace", *settings.OUR_APPS} - {"demo"}:
        for file in (root / app).rglob("*.py"):
            path, words = file.relative_to(root), file.read_text()
            if {"tests", "testing.py"} & {*path.parts} or not any(
                f"{act}(" in words for act in ACTS
            ):
                continue
            found |= {f"{path}:{node.name}" for node in ast.walk(ast.parse(words)) if gives(node)}
    return found


def test_every_door_that_gives_a_role_is_tried_here() -> None:
    assert DOORS.keys() | OF_OPERATORS == doors()


@pytest.mark.parametrize("role", sorted(MONEY_ROLES))
def test_by_no_door_with_a_password_alone_and_by_each_with_two_proofs(role: Role) -> None:
    team = Team(role)
    client, caller = client_for(team.owner), Program(team.owner)
    before = team.state()
    for name, ways in DOORS.items():
        for give in ways:
            answer = give(team, client, caller)
            if "/api/" in name:
                assert refusal(answer) == (403, "protect_first"), name
            else:
                assert WORDS in answer.content.decode(), name
            assert team.state() == before, name
    protect(team.owner)
    for name, ways in DOORS.items():
        for give in ways:
            answer = give(team, client, caller)
            assert answer.status_code < 300, name
            assert WORDS not in answer.content.decode(), name
            assert team.state() != before, name
            Membership.objects.filter(user=team.member.user_id).update(role="chat")
            before = team.state()


def test_what_was_typed_stays_and_the_page_says_beforehand_what_comes_first() -> None:
    team = Team("finance")
    client = client_for(team.owner)
    note = "Before you give one of them,"
    way = "/settings/protect/?next=/studio/ondine/team/"
    first = client.get("/studio/ondine/team/").content.decode()
    assert note in first
    assert way in first
    answer = client.post("/studio/ondine/team/", {"email": ANA, "role": "finance"})
    assert answer.status_code == 422
    assert f'value="{ANA}"' in answer.content.decode()
    protect(team.owner)
    assert note not in client.get("/studio/ondine/team/").content.decode()
    assert note not in client_for(team.member).get("/studio/ondine/team/").content.decode()


@pytest.mark.parametrize("role", ["catalogue", "orders", "chat", "ads"])
def test_other_roles_ask_for_no_second_proof(role: Role) -> None:
    brand = make_brand(handle="ondine")
    client_for(owner_of(brand)).post("/studio/ondine/team/", {"email": ANA, "role": role})
    assert Invitation.objects.get().role == role


def test_the_market_itself_makes_an_owner_of_anybody() -> None:
    brand, person = make_brand(), make_person()
    assert person.user_id is not None
    actions.add_member(brand_id=brand.pk, user_id=person.user_id, role="owner")
    assert roles_in(brand)[person.user_id] == "owner"
