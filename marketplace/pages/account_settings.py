"""Topics of the settings that speak of several apps: how pages look, what steers a feed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.types import Request
from marketplace.pages.own_data import own_data


@require_safe
@login_required
def display(request: Request) -> HttpResponse:
    """Light or dark, and keys of a single letter; each is kept by its own address."""
    return render(request, "pages/display.html")


@require_safe
@login_required
def your_data(request: Request) -> HttpResponse:
    """Why somebody sees what they see, and what happens when they leave. Five queries."""
    return render(request, "pages/your_data.html", {"data": own_data(viewer=request.viewer)})
