"""The way through a second factor to a page of money, and back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

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
