"""The small acts between people: follow, and act for somebody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import actions, queries
from accounts.answers import done, log_in_first
from accounts.types import Request
from core.errors import NotFound


@require_POST
def follow(request: Request, public_id: str) -> HttpResponse:
    """Follow (`follow=1`) or stop following (`follow=0`) as whoever the viewer acts for."""
    ref = queries.profile_refs_by_public_id(public_ids=[public_id]).get(public_id)
    if ref is None:
        raise NotFound(_("There is nobody of that name here."))
    voice = request.viewer.voice()
    if voice is None:
        return log_in_first(request, back_to=ref.url)
    queries.check_acting(request=request)
    if request.POST.get("follow", "1") == "0":
        actions.unfollow(follower_id=voice.id, followed_id=ref.id)
        text = _("You no longer follow %(name)s.") % {"name": ref.name}
    else:
        actions.follow(follower_id=voice.id, followed_id=ref.id)
        text = _("You follow %(name)s.") % {"name": ref.name}
    count = queries.followers_count(profile_id=ref.id)
    words = ngettext("%(num)s follower", "%(num)s followers", count) % {"num": count}
    return done(request, text, default=ref.url, told={f"followers-{public_id}": words})


@require_POST
def switch(request: Request) -> HttpResponse:
    """Act for the brand named by `to`, or for oneself again."""
    if request.viewer.profile is None:
        return log_in_first(request)
    chosen = actions.switch_identity(viewer=request.viewer, public_id=request.POST.get("to", ""))
    return done(request, _("You act as %(name)s now.") % {"name": chosen.name})
