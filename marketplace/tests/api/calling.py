"""A program that calls the API with a token, for tests."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import IO, Any

from django.test import Client

from accounts.testing import Profile, make_token
from api.scopes import SCOPES

ROOT = "/api/v1/"


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
