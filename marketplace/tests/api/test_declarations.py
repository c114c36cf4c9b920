"""Every operation says what it is, and the document that is made of that has no hole."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.testing import make_person
from api.endpoint import Endpoint
from api.scopes import SCOPES
from marketplace.api.documents import openapi
from marketplace.tests.api.calling import Program, operations, refusal, routes

pytestmark = pytest.mark.django_db


def test_every_route_is_made_of_operations() -> None:
    found = list(routes())
    assert len(found) > 80
    assert [path for path, view, _name in found if not issubclass(view, Endpoint)] == []


def test_every_operation_has_a_scope_an_id_and_words() -> None:
    ids = Counter(one.id for _path, _method, one in operations())
    assert [name for name, times in ids.items() if times > 1] == []
    for path, method, one in operations():
        where = f"{method} {path}"
        assert one.scope in SCOPES, where
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", one.id), where
        assert one.summary, where
        assert inspect.getdoc(one.function), where
        reading = method == "get"
        assert not one.scope.endswith(":write" if reading else ":read"), where
    assert set(SCOPES) == {one.scope for _path, _method, one in operations()}


def test_without_its_scope_every_operation_is_refused_and_with_it_it_is_not() -> None:
    programs = {
        scope: (
            Program(make_person(), scopes=[scope]),
            Program(make_person(), scopes=[one for one in SCOPES if one != scope]),
        )
        for scope in SCOPES
    }
    for path, method, one in operations():
        address = re.sub(r"<[^>]*>", "zzzzzzzzzzzz", path)
        allowed, other = programs[one.scope]
        answer = other.call(method.upper(), address, {} if method != "get" else None)
        assert refusal(answer) == (403, "scope_missing"), one.id
        assert answer.json()["scope"] == one.scope
        answer = allowed.call(method.upper(), address, {} if method != "get" else None)
        assert answer.status_code not in (401, 403), one.id
        assert answer.status_code < 500, one.id


def test_members_only_means_members_only() -> None:
    for path, method, one in operations():
        address = re.sub(r"<[^>]*>", "zzzzzzzzzzzz", path)
        answer = Program(None).call(method.upper(), address, {} if method != "get" else None)
        if one.who == "member":
            assert refusal(answer) == (401, "not_authenticated"), one.id
        else:
            assert answer.status_code not in (401, 403), one.id


def test_who_asks_for_the_head_alone_is_let_in_as_for_the_whole() -> None:
    """Django answers HEAD with what answers GET: length and ETag tell of what is inside."""
    known = Program(make_person(), scopes=["catalog:write"])
    for path, method, one in operations():
        if method != "get":
            continue
        address = re.sub(r"<[^>]*>", "zzzzzzzzzzzz", path)
        guest = Program(None).call("HEAD", address).status_code
        assert guest == 401 if one.who == "member" else guest not in (401, 403), one.id
        assert guest < 500, one.id
        assert known.call("HEAD", address).status_code == 403, one.id


def test_the_document_is_written_without_a_warning() -> None:
    told = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=told, stderr=told)


def test_the_document_holds_every_operation_and_no_room_of_operators() -> None:
    document = openapi()
    assert document["openapi"].startswith("3.1")
    told = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    assert set(told) == {one.id for _path, _method, one in operations()}
    assert all(path.startswith("/api/v1/") for path in document["paths"])
    assert "admin" not in " ".join(document["paths"])
    for _path, method, one in operations():
        described = told[one.id]
        assert {"token": [one.scope]} in described["security"], one.id
        assert ({} in described["security"]) == (one.who == "anybody"), one.id
        assert "default" in described["responses"], one.id
        if one.takes is not None and not one.files and one.takes().fields and method != "get":
            body = described["requestBody"]["content"]["application/json"]
            assert body["schema"]["$ref"].endswith(one.takes.__name__), one.id


def test_the_document_and_its_pages_are_for_everybody(client: Client) -> None:
    answer = client.get("/api/schema/")
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert answer.json()["info"]["title"].endswith("API")
    page = client.get("/api/docs/").content.decode()
    for _path, _method, one in operations():
        assert f'id="{one.id}"' in page
    assert 'id="swagger-ui"' in client.get("/api/docs/try/").content.decode()


def test_every_body_has_an_example_and_it_is_taken() -> None:
    for _path, _method, one in operations():
        assert one.takes is None or one.files or one.example is not None, one.id
        if one.example is not None:
            assert one.takes is not None
            judged = one.takes(data=one.example)
            assert judged.is_valid(), (one.id, judged.errors)
