"""The OpenAPI document, written by the declarations of the operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from api.operations import Operation

_REFUSALS = {
    "400": "The body or the address cannot be read.",
    "401": "Nobody asks, or with a token that is not valid.",
    "403": "The token lacks the scope, or the session the CSRF token.",
    "404": "Absent, or not yours to see: the two are answered alike.",
    "409": "Something is in the way of this as things are now; `code` says what.",
    "413": "The body is too large.",
    "415": "The body is of another type.",
    "422": "Fields are wrong; `errors` names each.",
    "429": "Too often; `Retry-After` says when again.",
}
_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description=(
        "A string of your own, of 16 to 80 signs: the same key with the same request is answered "
        "the same, once done."
    ),
)
_OWN_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="A string of your own, of 16 to 80 signs, so that nothing is bought twice.",
)
_ACTING = OpenApiParameter(
    "Acting-As",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Handle of one of your brands: act as that brand instead of as yourself.",
)
# What acts differently for a brand than for its member, but for what names its desk anyway.
_FOR_ANY_PROFILE = {"feed:read", "feed:write", "messages", "profile"}
_FOR_ONE_PROFILE = ("studio_", "my_")
# What the parts of an address are.
_PARTS = {
    "handle": "Of a person or brand, as in its address here: `ondine-studio`.",
    "number": "Of an order, as its buyer and its brand read it.",
    "slug": "As it stands in the address of its page.",
    "token": "What an act answered that can be taken back.",
    "word": "The muted word.",
}
_ID = "Twelve letters and digits, as answers give them in `id`."


class Schema(AutoSchema):
    """drf-spectacular's, told what our declarations say."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with the scope, or a session; nothing where anybody may ask."""
        operation = self._operation
        if operation is None:
            return []
        ways: list[dict[str, list[str]]] = [{"token": [operation.scope]}, {"session": []}]
        return [*ways, {}] if operation.who == "anybody" else ways

    @property
    def _operation(self) -> Operation | None:
        found: Operation | None = getattr(self.view, "operations", {}).get(self.method.lower())
        return found


@cache
def _page_of(gives: Any) -> Any:
    name = gives.__name__.removesuffix("Out")
    return inline_serializer(
        name=f"{name}Page",
        fields={
            "results": gives(many=True),
            "next": serializers.CharField(
                allow_null=True, help_text="Address of the next page; null at the end."
            ),
        },
    )


Describe = Callable[[Callable[..., Any]], Callable[..., Any]]


def document(operation: Operation, method: str) -> Describe:
    """Tell drf-spectacular what an operation takes and gives."""
    shown: Any = None
    if operation.gives is not None:
        gives: Any = operation.gives
        shown = _page_of(gives) if operation.many else gives
    parameters: list[Any] = [operation.asks] if operation.asks else []
    if operation.scope in _FOR_ANY_PROFILE and not operation.id.startswith(_FOR_ONE_PROFILE):
        parameters.append(_ACTING)
    if operation.own_key:
        parameters.append(_OWN_KEY)
    elif method != "get":
        parameters.append(_KEY)
    examples = None
    if operation.example is not None:
        examples = [OpenApiExample("example", value=operation.example, request_only=True)]
    takes: Any = operation.takes
    if takes is not None and operation.files:
        takes = {"multipart/form-data": takes}
    describe: Describe = extend_schema(
        operation_id=operation.id,
        tags=[operation.tag],
        summary=operation.summary,
        description=_words(operation),
        parameters=parameters,
        request=takes,
        responses={operation.status: shown},
        examples=examples,
    )
    return describe


def _words(operation: Operation) -> str:
    scope = f"Scope: `{operation.scope}`."
    return f"{operation.description}\n\n{scope}".strip()


def only_ours(endpoints: list[Any], **_: Any) -> list[Any]:
    """Nothing but the API is in its document: no page, no room of operators."""
    return [one for one in endpoints if one[0].startswith("/api/v1/")]


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The last hand: refusals and keys of every operation, and closed bodies."""
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if name.endswith("In"):
            schema["additionalProperties"] = False
    schemas["Problem"] = _PROBLEM
    result["components"]["responses"] = {
        f"Problem{status}": _refusal(text) for status, text in _REFUSALS.items()
    } | {"Problem": _refusal("Anything else that is refused.")}
    for path in result["paths"].values():
        for method, one in path.items():
            _name_parts(one)
            _add_refusals(one, writes=method != "get")
    return result


def _name_parts(one: dict[str, Any]) -> None:
    for part in one.get("parameters", []):
        if part["in"] == "path" and not part.get("description"):
            part["description"] = _PARTS.get(part["name"], _ID)


def _add_refusals(one: dict[str, Any], *, writes: bool) -> None:
    statuses = ["400", "401", "403", "404", "422", "429"]
    if writes:
        statuses += ["409", "413", "415"]
    for status in sorted(statuses):
        one["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    one["responses"]["default"] = {"$ref": "#/components/responses/Problem"}


def _refusal(text: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": text, "content": content}


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. Rely on `code`; `title` and `detail` are for people.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "code": {"type": "string"},
                },
                "required": ["field", "message", "code"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
    "example": {
        "type": "about:blank",
        "title": "That did not work",
        "status": 409,
        "detail": "Somebody was faster: this just sold out. Nothing was charged.",
        "code": "sold_out",
        "variants": ["k7m2p9qtxw4z"],
    },
}
