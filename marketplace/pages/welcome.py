"""The first page of a newcomer: what they like, whom they follow; for a guest with the sign-up."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions as accounts
from accounts.forms import SignupForm
from accounts.queries import brands_to_follow, is_following, profile_refs_by_public_id
from accounts.types import Request
from catalog.queries import categories
from catalog.types import CategoryRef
from core import safe_next
from core.errors import NotFound

TILES = 12
BRANDS = 6


@require_http_methods(["GET", "POST"])
def welcome(request: Request) -> HttpResponse:
    """Pick interests and follow some brands; everything can be left empty."""
    person = request.viewer.profile
    if request.method == "POST" and person is not None:
        _keep_choices(request, person.id)
        messages.success(request, _("Your feed is ready."))
        return redirect(safe_next(request, "/"))
    context = {
        "tiles": _tiles(),
        "chosen": set(request.viewer.interests),
        "brands": brands_to_follow(
            profile_id=person.id, limit=BRANDS, without=request.viewer.hidden.ids
        )
        if person
        else [],
        "form": None if person else SignupForm(),
        "next": safe_next(request, ""),
    }
    return render(request, "pages/welcome.html", context)


def _tiles() -> list[CategoryRef]:
    """Categories with a picture, the upper ones first, as many as the page holds."""
    return sorted(categories(), key=lambda one: (one.picture is None, one.depth))[:TILES]


def _keep_choices(request: Request, person_id: int) -> None:
    known = {one.slug for one in categories()}
    liked = [slug for slug in request.POST.getlist("like") if slug in known]
    accounts.choose_interests(profile_id=person_id, slugs=liked)
    wanted = profile_refs_by_public_id(public_ids=request.POST.getlist("follow")[:BRANDS])
    new = {ref.id for ref in wanted.values()} - {person_id}
    for followed_id in new - is_following(follower_id=person_id, followed_ids=new):
        with suppress(NotFound):  # gone, or a block came between while the page was read
            accounts.follow(follower_id=person_id, followed_id=followed_id)
