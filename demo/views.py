"""The demo's own pages: be somebody with one click, read the mails that were sent."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import log_in
from accounts.types import Request
from demo import logins, mailbox

SHOWN = 100


@require_POST
def login(request: Request, who: str) -> HttpResponse:
    """Log in as one of the people of the demo and go where they work."""
    wanted = logins.find(who)
    if wanted is None:
        raise Http404
    user_id = (
        get_user_model().objects.filter(email=wanted.email).values_list("pk", flat=True).first()
    )
    if user_id is None:
        raise Http404
    log_in(request=request, user_id=user_id)
    return redirect(wanted.place)


@require_safe
def mail(request: Request) -> HttpResponse:
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0
    found = mailbox.letters(limit=SHOWN + 1, skip=after)
    context = {"letters": found[:SHOWN], "older": after + SHOWN if len(found) > SHOWN else 0}
    return render(request, "demo/mail.html", context)


@require_safe
def letter(request: Request, name: str) -> HttpResponse:
    found = mailbox.letter(name=name)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})
