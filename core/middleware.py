"""Turns refusals into answers: a page for people, a problem document for programs."""

from collections.abc import Callable
from urllib.parse import urlencode

import structlog
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from core.db import is_conflict, is_wait_over
from core.errors import Busy, DoFirst, DomainError, Invalid, NotFoundByGuests
from core.problems import CONTENT_TYPE, problem_document

log = structlog.get_logger(__name__)


class DomainErrorMiddleware:
    """Answers an uncaught DomainError with its status, and a database that is away with 503.

    What the database itself cannot hold is refused with 422.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = refusal_of(error)
        return None if refusal is None else error_response(request, refusal)


def refusal_of(error: Exception) -> DomainError | None:
    """What an uncaught error refuses; None for a mistake in our own code, which is a 500."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, OperationalError | InterfaceError):
        busy = is_wait_over(error) or is_conflict(error)
        log.warning("database_busy" if busy else "database_away", exc_info=error)
        return Busy()
    if isinstance(error, DataError):
        # A sign or a number that no column can hold, in a field that no form of ours has.
        log.warning("data_refused", exc_info=error)
        return Invalid()
    return None


def error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a refused request, in the form that the asker prefers."""
    if request.headers.get("X-Fragment") == "act":
        response: HttpResponse = JsonResponse({"text": str(error.message)}, status=error.status)
    elif _wants_json(request):
        response = _as_problem(error)
    elif isinstance(error, DoFirst):
        response = _led_to(error.place, request.get_full_path() if _only_looks(request) else "/")
    elif isinstance(error, NotFoundByGuests) and _only_looks(request):
        response = _led_to(error.place, request.get_full_path())
    else:
        response = _as_page(request, error)
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    response["Cache-Control"] = "private, no-store"
    return response


def _only_looks(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD")


def _led_to(place: str, back: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(place)}?{urlencode({'next': back}, safe='/')}")


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "text/html" not in accepted


def _as_problem(error: DomainError) -> JsonResponse:
    return JsonResponse(problem_document(error), status=error.status, content_type=CONTENT_TYPE)


def _as_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    context = {
        "status": error.status,
        "title": str(error.title),
        "message": str(error.message),
        "code": error.code,
        "retry_after": error.retry_after,
        "retry_url": request.get_full_path() if request.method == "GET" else "",
    }
    template = {404: "404.html", 405: "405.html", 503: "503.html"}.get(error.status, "refused.html")
    try:
        body = render_to_string(template, context, request)
    except DatabaseError:
        # The page asks who is looking; without a database it is shown to nobody in particular.
        body = render_to_string("503.html", context)
    return HttpResponse(body, status=error.status)
