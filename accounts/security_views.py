"""Where somebody is logged in, and the way through a second factor to a page of money."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import actions, queries
from accounts.answers import user_id_of
from accounts.types import Request
from core.redirects import is_own_path

NEXT_KEY = "protect_next"


@require_safe
@login_required
def protect(request: Request) -> HttpResponse:
    """Why a second factor is needed and how to get one; once there is one, on to the page."""
    wanted = request.GET.get("next", "")
    if is_own_path(wanted):
        request.session[NEXT_KEY] = wanted
    if request.viewer.is_protected:
        return redirect(request.session.pop(NEXT_KEY, None) or "accounts:settings")
    return render(request, "accounts/protect.html")


@require_safe
@login_required
def sessions(request: Request) -> HttpResponse:
    """Every browser in which the viewer is logged in."""
    found = queries.sessions_of(
        user_id=user_id_of(request), session_key=request.session.session_key or ""
    )
    return render(request, "accounts/sessions.html", {"sessions": found, "at": "sessions"})


@require_POST
@login_required
def end_one(request: Request, public_id: str) -> HttpResponse:
    """Log one browser out."""
    actions.end_session(user_id=user_id_of(request), public_id=public_id)
    messages.success(request, _("That browser is logged out."))
    return redirect("accounts:sessions")


@require_POST
@login_required
def end_everywhere(request: Request) -> HttpResponse:
    """Log every browser out, this one too; with `tokens`, programs as well."""
    actions.end_sessions(user_id=user_id_of(request), tokens=request.POST.get("tokens") == "1")
    logout(request)
    messages.success(request, _("You are logged out everywhere."))
    return redirect("account_login")
