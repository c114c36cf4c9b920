"""Answers to the small acts of a page: to a script in place, else with a note on the page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.redirects import safe_next
from core.toasts import undo_by
from feed.types import Saved, Unsaved


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script of ours asks and puts the answer into the page itself."""
    return request.headers.get("X-Fragment") == "act"


def done(
    request: HttpRequest,
    text: str,
    *,
    undo: str | None = None,
    other: str = "",
    join: bool = False,
    bad: bool = False,
    default: str = "/",
    told: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Say what happened: to the script as JSON, without it as a message on the page one was on.

    `undo` is the address that takes it back, "" where nothing does; without one the script presses
    its button again. `other` is where another board can be chosen; without a script the closeup has
    a menu for it. With `join` a guest is offered to sign up, and is led back to where they were.
    `told` are words elsewhere on the page that are others now, by what they are called there
    (`data-told`).
    """
    sign_up = reverse("account_signup")
    if wants_fragment(request):
        more = {"other": other} if other else {}
        more |= {"join": sign_up} if join else {}
        more |= {} if undo is None else {"undo": undo}
        words = {"told": dict(told)} if told else {}
        return JsonResponse({"text": text, **more, **words}, status=400 if bad else 200)
    level = messages.ERROR if bad else messages.SUCCESS
    back = safe_next(request, default=default)
    tags = [undo_by(undo)] if undo else []
    tags += [f"join:{sign_up}?{urlencode({'next': back})}"] if join else []
    messages.add_message(request, level, text, extra_tags=" ".join(tags))
    return redirect(back)


def kept(request: HttpRequest, saved: Saved, *, note: str = "", back: str) -> HttpResponse:
    """Say where something was put, perhaps with a `note` that was typed. Undo takes back what was
    done: a save by `back`, which unsaves it there; a note by the one it replaced; else nothing."""
    board = saved.board
    undo = undoing(saved.undo) if saved.undo else ""
    if saved.created:
        text, undo = _saved_words(board.title), f"{back}?board={board.public_id}"
    elif note and saved.note != note:
        text = _("%(board)s has it already, with the words of who saved it there.")
    else:
        text = _("The note is there.") if note else _("It is on %(board)s already.")
    other = reverse("feed:save_to", kwargs={"public_id": saved.pin_id})
    return done(request, text % {"board": board.title}, undo=undo, other=other)


def _saved_words(board: str) -> str:
    """Where something was put; the board that everybody has first is called Saved itself."""
    if board.strip().casefold() == _("Saved").casefold():
        return _("Kept on your board %(board)s")
    return _("Saved to %(board)s")


def removed(request: HttpRequest, gone: Unsaved) -> HttpResponse:
    """Say from which boards a pin went. Undo puts it back on each, where it stood."""
    if not gone.boards:
        return done(request, _("It was not saved."), undo="")
    text = ngettext("Removed from %(board)s", "Removed from %(num)d boards", len(gone.boards))
    said = text % {"board": gone.boards[0].title, "num": len(gone.boards)}
    return done(request, said, undo=undoing(gone.undo))


def undoing(token: str) -> str:
    """The address that takes back an act on boards."""
    return reverse("feed:undo", kwargs={"token": token})


def log_in_first(request: HttpRequest, *, back_to: str = "/") -> HttpResponse:
    """Ask a guest to log in and bring them back to where they were."""
    address = f"{reverse('account_login')}?{urlencode({'next': safe_next(request, back_to)})}"
    if wants_fragment(request):
        return JsonResponse({"location": address})
    return redirect(address)
