"""Errors that no view answers: a page for people, a problem document under /api/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from api.errors import Malformed
from api.problems import Broken, problem_response
from core.errors import DomainError, Forbidden, NotFound

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
