"""Errors that no view answers: a page for people, a problem document under /api/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views import defaults

from api.errors import Malformed
from api.problems import Broken, MethodRefused, problem_response
from core.errors import DomainError, Forbidden, NotFound
from core.middleware import error_response

API = "/api/"
Handler = Callable[..., HttpResponse]


def _either(refusal: type[DomainError], page: Handler) -> Handler:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path_info.startswith(API):
            return problem_response(refusal())
        return page(request, *args, **kwargs)

    return answer


bad_request = _either(Malformed, defaults.bad_request)
permission_denied = _either(Forbidden, defaults.permission_denied)
not_found = _either(NotFound, defaults.page_not_found)
server_error = _either(Broken, defaults.server_error)


class WrongMethodMiddleware:
    """Words where Django has none: an address that only a button sends to, opened as a page.

    The answer stays 405 with its `Allow`. The API has words of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.path_info.startswith(API):
            return response
        worded = error_response(request, MethodRefused())
        worded["Allow"] = response["Allow"]
        return worded
