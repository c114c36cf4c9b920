"""Answers to the small acts of a page: a follow, a switch."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.types import Request
from core import safe_next
from core.errors import NotFound
from core.toasts import undo_by


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script of ours asks and puts the answer into the page itself."""
    return request.headers.get("X-Fragment") == "act"


def done(
    request: HttpRequest,
    text: str,
    *,
    undo: str = "",
    default: str = "/",
    stay: bool = True,
    told: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Say that it is done: in place to a script, else by a note on the page they came from.

    Without `stay` the note is on the page `default`: the one they came from is no more. `told` are
    words elsewhere on the page that are others now, by what they are called there (`data-told`).
    """
    if wants_fragment(request):
        return JsonResponse({"text": text, **({"told": dict(told)} if told else {})})
    messages.success(request, text, extra_tags=undo_by(undo))
    return HttpResponseRedirect(safe_next(request, default) if stay else default)


def log_in_first(request: HttpRequest, *, back_to: str = "/") -> HttpResponse:
    """Ask a guest to log in and bring them back to where they were."""
    address = f"{reverse('account_login')}?{urlencode({'next': safe_next(request, back_to)})}"
    if wants_fragment(request):
        return JsonResponse({"location": address})
    return HttpResponseRedirect(address)


def user_id_of(request: Request) -> int:
    """Primary key of who is logged in; NotFound when the session ended between two looks."""
    user = request.viewer.user
    if user is None:
        raise NotFound(_("There is no such page."))
    return user.pk
