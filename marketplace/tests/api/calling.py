"""What a program can call, and a program that calls it with a token, for tests."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.testing import Profile, make_token
from api.operations import Operation
from api.scopes import SCOPES

ROOT = "/api/v1/"
# What a path takes: `<str:handle>`.
_ARGUMENT = re.compile(r"<\w+:(\w+)>")

Asked = tuple[str, str, str, set[str], Operation]


def routes(
    resolver: Any = None, prefix: str = "/", space: str = ""
) -> Iterator[tuple[str, Any, str]]:
    """Every path under /api/v1/ with its view class (None for what is no endpoint) and name."""
    for one in (resolver or get_resolver()).url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            if path.startswith("/api/v1/") or "/api/v1/".startswith(path):
                yield from routes(one, path, str(one.namespace or space))
        elif isinstance(one, URLPattern) and path.startswith("/api/v1/") and "^" not in path:
            yield path, getattr(one.callback, "cls", None), f"{space}:{one.name}"


def operations() -> list[tuple[str, str, Operation]]:
    """Path, method and declaration of every operation."""
    return [
        (path, method, one)
        for path, view, _name in routes()
        for method, one in view.operations.items()
    ]


def asked() -> Iterator[Asked]:
    """Every operation with its method, pattern, name of its address, and what that takes."""
    for path, view, name in routes():
        for method, one in view.operations.items():
            yield method.upper(), path, name, {*_ARGUMENT.findall(path)}, one


def at(path: str, arguments: Mapping[str, Any]) -> str:
    """The address that a pattern becomes with these."""
    return _ARGUMENT.sub(lambda found: str(arguments[found[1]]), path)


class Program:
    """Sends JSON, keeps nothing: no cookie, no session."""

    def __init__(self, person: Profile | None, *, scopes: Collection[str] = tuple(SCOPES)) -> None:
        self.headers: dict[str, str] = {}
        if person is not None:
            self.headers["Authorization"] = f"Bearer {make_token(person, scopes=scopes).secret}"

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """One request; names of headers with underscores for dashes."""
        body = (
            {} if data is None else {"data": json.dumps(data), "content_type": "application/json"}
        )
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        address = path if path.startswith(("/", "http")) else ROOT + path
        return client.generic(
            method,
            address,
            body.get("data", ""),
            content_type=body.get("content_type", "application/json"),
            headers={**self.headers, **given},
        )

    def get(self, path: str, **headers: str) -> Any:
        """The value of a good answer."""
        return self.good(self.call("GET", path, **headers))

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        """The value of a good answer."""
        return self.good(self.call("POST", path, data or {}, **headers))

    def put(self, path: str, data: Any, **headers: str) -> Any:
        """The value of a good answer."""
        return self.good(self.call("PUT", path, data, **headers))

    def upload(self, path: str, file: IO[bytes], **fields: str | Mapping[str, str]) -> Any:
        """One request with a file; `headers` among the fields are sent as such."""
        headers: Any = fields.pop("headers", {})
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        body = {"file": file, **fields}
        return client.post(ROOT + path, body, headers={**self.headers, **headers})

    @staticmethod
    def good(answer: Any) -> Any:
        """The JSON of an answer that must be good."""
        assert answer.status_code < 300, (answer.status_code, answer.content)
        return answer.json() if answer.content else None


def refusal(answer: Any) -> tuple[int, str]:
    """Status and code of an answer that must be a problem document."""
    assert answer["Content-Type"] == "application/problem+json", answer.content[:300]
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["code"]
