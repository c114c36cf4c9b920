"""The OpenAPI document and its pages: to read without a script, and to try."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from api.scopes import SCOPES

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.1"
_METHODS = ("get", "post", "put", "patch", "delete")


@cache
def openapi() -> dict[str, Any]:
    """The document, made once a process: it depends on code and settings alone."""
    generator: Any = SchemaGenerator
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made


@cache
def _packed() -> bytes:
    return orjson.dumps(openapi(), default=str)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """`/api/schema/`: OpenAPI 3.1 as JSON."""
    return HttpResponse(_packed(), content_type=MEDIA_TYPE)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Described:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    scope: str
    parameters: list[Field]
    body: list[Field]
    example: str
    answer: str


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """`/api/docs/`: every operation by family."""
    context = {"families": _families(), "scopes": SCOPES.values()}
    return render(request, "api/docs.html", context)


@require_safe
def playground(request: HttpRequest) -> HttpResponse:
    """`/api/docs/try/`: Swagger UI, with a token of one's own or the session."""
    return render(request, "api/try.html")


@cache
def _families() -> dict[str, list[Described]]:
    families: dict[str, list[Described]] = {}
    for path, methods in openapi()["paths"].items():
        for method in _METHODS:
            if method in methods:
                one = methods[method]
                families.setdefault(one["tags"][0], []).append(_described(path, method, one))
    return families


def _described(path: str, method: str, one: dict[str, Any]) -> Described:
    text, _, scope = one["description"].rpartition("Scope: ")
    content = one.get("requestBody", {}).get("content", {})
    body: dict[str, Any] = next(iter(content.values()), {})
    examples: list[dict[str, Any]] = list(body.get("examples", {}).values())
    example = examples[0].get("value") if examples else None
    return Described(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        text=text.strip(),
        scope=scope.strip("`."),
        parameters=[
            Field(
                name=each["name"],
                type=_type_of(each["schema"]),
                required=each.get("required", False),
                text=each.get("description", ""),
            )
            for each in one.get("parameters", [])
        ],
        body=_fields(body.get("schema", {})),
        example=orjson.dumps(example, option=orjson.OPT_INDENT_2).decode() if example else "",
        answer=_answer(one["responses"]),
    )


def _fields(schema: dict[str, Any]) -> list[Field]:
    resolved = _resolved(schema)
    required = resolved.get("required", [])
    return [
        Field(
            name=name,
            type=_type_of(each),
            required=name in required,
            text=each.get("description", ""),
        )
        for name, each in resolved.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type_of(each) for each in schema[several]))
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type_of(schema['items'])}"
    if "enum" in schema and len(schema["enum"]) < 12:
        return " | ".join(str(each) for each in schema["enum"])
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _answer(responses: dict[str, Any]) -> str:
    status = next(status for status in responses if status.startswith("2"))
    content = responses[status].get("content", {})
    kinds: list[dict[str, Any]] = list(content.values())
    return f"{status} {_type_of(kinds[0]['schema'])}" if kinds else status
