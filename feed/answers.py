"""Answers to the small acts of a page: to a script in place, else with a note on the page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.redirects import safe_next
from feed.types import Unsaved


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script of ours asks and puts the answer into the page itself."""
    return request.headers.get("X-Fragment") == "act"


def done(
    request: HttpRequest,
    text: str,
    *,
    undo: str = "",
    undo_there: bool = False,
    other: str = "",
    join: bool = False,
    bad: bool = False,
    default: str = "/",
) -> HttpResponse:
    """Say what happened: to the script as JSON, without it as a message on the page one was on.

    The script takes back an act by pressing its button again; with `undo_there` only `undo` can.
    `other` is where another board can be chosen; without a script the closeup has a menu for it.
    With `join` a guest is offered to sign up, and is led back to where they were.
    """
    sign_up = reverse("account_signup")
    if wants_fragment(request):
        more = {"other": other} if other else {}
        more |= {"join": sign_up} if join else {}
        more |= {"undo": undo} if undo_there else {}
        return JsonResponse({"text": text, **more}, status=400 if bad else 200)
    level = messages.ERROR if bad else messages.SUCCESS
    back = safe_next(request, default=default)
    tags = [f"undo:{undo}"] if undo else []
    tags += [f"join:{sign_up}?{urlencode({'next': back})}"] if join else []
    messages.add_message(request, level, text, extra_tags=" ".join(tags))
    return redirect(back)


def saved_words(board: str) -> str:
    """Where something was put; the board that everybody has first is called Saved itself."""
    if board.strip().casefold() == _("Saved").casefold():
        return _("Kept on your board %(board)s") % {"board": board}
    return _("Saved to %(board)s") % {"board": board}


def removed(request: HttpRequest, gone: Unsaved, *, again: str) -> HttpResponse:
    """Say from which board a pin went. Saving it anew (`again`) takes that back, but for a note:
    what somebody wrote comes back only as it was."""
    if not gone.boards:
        return done(request, _("It was not saved."))
    undo = reverse("feed:undo", kwargs={"token": gone.undo}) if gone.noted else again
    text = _("Removed from %(board)s") % {"board": gone.boards[0].title}
    return done(request, text, undo=undo, undo_there=gone.noted)


def log_in_first(request: HttpRequest, *, back_to: str = "/") -> HttpResponse:
    """Ask a guest to log in and bring them back to where they were."""
    address = f"{reverse('account_login')}?{urlencode({'next': safe_next(request, back_to)})}"
    if wants_fragment(request):
        return JsonResponse({"location": address})
    return redirect(address)
