"""Every refusal of the API as a problem document with a stable code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from api.errors import Malformed, TooLarge, Unprocessable
from core.errors import DomainError, Forbidden, NotFound
from core.middleware import refusal_of
from core.problems import CONTENT_TYPE, problem_document


class MethodRefused(DomainError):
    """The address is there, but not for this method; `Allow` says for which."""

    code = "method_not_allowed"
    message = _("This address does not take that method.")
    status = 405


class NotAccepted(DomainError):
    """Answers are JSON."""

    code = "not_acceptable"
    message = _("Answers are application/json; accept that.")
    status = 406


class TypeRefused(DomainError):
    """Bodies are JSON, or multipart where a file is taken."""

    code = "unsupported_media_type"
    message = _("Send the body as its operation asks for: mostly application/json.")
    status = 415


class Broken(DomainError):
    """A mistake of ours."""

    code = "internal_error"
    title = _("That is our mistake")
    message = _("Something broke on our side. It has been noted; please try again later.")
    status = 500


_TRANSLATED: tuple[tuple[type[Exception], type[DomainError]], ...] = (
    (Http404, NotFound),
    (exceptions.NotFound, NotFound),
    (PermissionDenied, Forbidden),
    (exceptions.PermissionDenied, Forbidden),
    (exceptions.MethodNotAllowed, MethodRefused),
    (exceptions.NotAcceptable, NotAccepted),
    (exceptions.UnsupportedMediaType, TypeRefused),
    (exceptions.ParseError, Malformed),
    (RequestDataTooBig, TooLarge),
    (TooManyFieldsSent, TooLarge),
    (SuspiciousOperation, Malformed),
)


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Django REST's hook; None lets a mistake in our own code become a 500 that is logged."""
    refusal = _translated(error)
    if refusal is None:
        return None
    response = Response(problem_document(refusal), status=refusal.status, content_type=CONTENT_TYPE)
    _add_headers(response, refusal)
    if refusal.status == 405:
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def _translated(error: Exception) -> DomainError | None:
    for kind, ours in _TRANSLATED:
        if isinstance(error, kind):
            return ours()
    return refusal_of(error)


def problem_response(refusal: DomainError) -> HttpResponse:
    """The same outside of an endpoint, where no address or no view was found."""
    response = JsonResponse(
        problem_document(refusal), status=refusal.status, content_type=CONTENT_TYPE
    )
    _add_headers(response, refusal)
    response["Cache-Control"] = "private, no-store"
    return response


def _add_headers(response: HttpResponse, refusal: DomainError) -> None:
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"


@csrf_exempt  # there is nothing to do here that a stranger could want
def absent(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001
    """Whatever no operation is found at."""
    return problem_response(NotFound())


class _Wrong(Unprocessable):
    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self._errors = errors

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        return self._errors


def unprocessable(detail: Any) -> DomainError:
    """What a serializer found wrong, field by field; `items.0.quantity` is inside of a list."""
    return _Wrong(list(_flat(detail, "")))


def _flat(detail: Any, at: str) -> Iterator[dict[str, Any]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(part for part in (at, own) if part))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{at}.{index}" if nested and inner else at)
    else:
        code = getattr(detail, "code", "invalid")
        yield {"field": at, "message": str(detail), "code": str(code)}
