"""The page of a hashtag: the pins that say it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.queries import category
from feed import guest, queries


@require_safe
def hashtag(request: Request, tag: str) -> HttpResponse:
    """The wall of a hashtag, newest first, at the address of its one name. One that no pin says is
    an empty wall, for words lead to it; what is no hashtag is not there."""
    found = queries.hashtag(tag=tag, viewer=request.viewer)
    if found is None:
        raise Http404
    one, following = found
    if tag != one.name:
        return redirect(one.url, permanent=True)
    wall = queries.hashtag_wall(
        of=one,
        viewer=request.viewer,
        cursor=request.GET.get("cursor", ""),
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
    )
    words = request.viewer.hidden.words
    context = {
        "hashtag": one,
        "following": following,
        "wall": wall,
        "more": f"{request.path}?{wall.next}" if wall.next else "",
        "topic": category(slug=one.name.replace("_", "-")),
        "muted": one.shown if one.shown in words else one.name if one.name in words else "",
    }
    return render(request, "feed/hashtag.html", context)
