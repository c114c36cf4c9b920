"""The link to a secret board: made and ended by its owner, followed by whoever has it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.types import Request
from core.errors import NotFound
from core.ratelimit import hit
from core.redirects import safe_next
from feed import actions, links
from feed.board_views import actor

FOLLOWS_PER_MINUTE = 60


@require_safe
def follow(request: Request, key: str) -> HttpResponse:
    """Let this session look at the board, and go there: the key stays behind."""
    hit(key=f"board_link:{request.viewer.limit_key}", limit=FOLLOWS_PER_MINUTE, per_seconds=60)
    address = links.follow(key=key, viewer=request.viewer, session=request.session)
    if address is None:
        raise NotFound
    answer = redirect(address)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
def make(request: Request, public_id: str) -> HttpResponse:
    """Pressed twice it is the same link."""
    who = actor(request)
    actions.make_link(board_id=public_id, owner_id=who.id, user_id=request.viewer.brand_actor_id)
    messages.success(request, _("Whoever has the link can look at the board."))
    return redirect(safe_next(request, f"/board/{public_id}/-/") + "#crew")


@require_POST
def end(request: Request, public_id: str) -> HttpResponse:
    """At once, for everybody who has it."""
    who = actor(request)
    actions.end_link(board_id=public_id, owner_id=who.id, user_id=request.viewer.brand_actor_id)
    messages.success(request, _("The link shows nothing any more."))
    return redirect(safe_next(request, f"/board/{public_id}/-/") + "#crew")
