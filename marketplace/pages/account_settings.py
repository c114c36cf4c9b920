"""Topics of the settings that speak of several apps: how pages look, what steers a feed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.queries import following_count, hidden_count
from accounts.types import Request, Viewer
from core.errors import NotFound
from feed.queries import followed_count, saved_count
from orders.queries import orders_on_the_way
from tracking.queries import PERSONAL


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """What steers somebody's feed, in numbers, and what would outlive their account.

    `personal`: they let it steer. `follows` are of people, brands and boards. `hidden` counts whom
    and what they hid themselves: who blocked them is nothing that they are told.
    """

    personal: bool
    picks: int
    follows: int
    saves: int
    hidden: int
    orders: int


@require_safe
@login_required
def display(request: Request) -> HttpResponse:
    """Light or dark, and keys of a single letter; each is kept by its own address."""
    return render(request, "pages/display.html")


@require_safe
@login_required
def your_data(request: Request) -> HttpResponse:
    """Why somebody sees what they see, and what happens when they leave. Five queries."""
    return render(request, "pages/your_data.html", {"data": _data_of(request.viewer)})


def _data_of(viewer: Viewer) -> OwnData:
    if viewer.user is None or viewer.profile is None:
        raise NotFound
    own = viewer.profile.id
    return OwnData(
        personal=PERSONAL in viewer.consent,
        picks=len(viewer.interests),
        follows=following_count(profile_id=own) + followed_count(profile_id=own),
        saves=saved_count(profile_id=own),
        hidden=hidden_count(profile_id=own),
        orders=orders_on_the_way(user_id=viewer.user.pk),
    )
