"""Answers to the small acts of a page: to a script in place, else with a note on the page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.redirects import safe_next


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script of ours asks and puts the answer into the page itself."""
    return request.headers.get("X-Fragment") == "act"


def done(
    request: HttpRequest,
    text: str,
    *,
    undo: str = "",
    other: str = "",
    bad: bool = False,
    default: str = "/",
) -> HttpResponse:
    """Say what happened: to the script as JSON, without it as a message on the page one was on.

    `other` is where another board can be chosen; without a script the closeup has a menu for it.
    """
    if wants_fragment(request):
        more = {"other": other} if other else {}
        return JsonResponse({"text": text, **more}, status=400 if bad else 200)
    level = messages.ERROR if bad else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(safe_next(request, default=default))


def log_in_first(request: HttpRequest, *, back_to: str = "/") -> HttpResponse:
    """Ask a guest to log in and bring them back to where they were."""
    address = f"{reverse('account_login')}?{urlencode({'next': safe_next(request, back_to)})}"
    if wants_fragment(request):
        return JsonResponse({"location": address})
    return redirect(address)
