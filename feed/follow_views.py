"""Following boards: the button, and the list of what one follows."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.queries import check_acting
from accounts.types import Request
from feed import actions
from feed.answers import done, log_in_first


@require_POST
def follow_board(request: Request, public_id: str) -> HttpResponse:
    """Follow (`follow=1`) or stop following (`follow=0`) as whoever the viewer acts for."""
    voice = request.viewer.voice()
    if voice is None:
        return log_in_first(request, back_to=f"/board/{public_id}/-/")
    check_acting(request=request)
    if request.POST.get("follow", "1") == "0":
        board = actions.unfollow_board(board_id=public_id, profile_id=voice.id)
        text = _("You no longer follow %(title)s.") % {"title": board.title}
    else:
        board = actions.follow_board(board_id=public_id, profile_id=voice.id)
        text = _("You follow %(title)s.") % {"title": board.title}
    count = board.followers_count
    words = ngettext("%(num)s follower", "%(num)s followers", count) % {"num": count}
    return done(request, text, default=board.url, told={f"followers-{public_id}": words})
