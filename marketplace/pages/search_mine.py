"""The kind of results that is one's own: what somebody keeps on boards."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.types import Request
from core.errors import NotFound
from feed.queries import search_kept
from marketplace.pages.search_asked import Asked, words_in
from marketplace.pages.search_tabs import MINE, kinds_of_results

__all__ = ["MINE", "search_mine"]


def search_mine(request: Request) -> HttpResponse:
    """`?kind=mine`: `q=` words, `board=` one board, `page=` what follows. A guest logs in first."""
    viewer, data = request.viewer, request.GET
    if viewer.acting is None:
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{back}")
    asked = Asked(text=words_in(data.get("q", "")))
    board_id = data.get("board", "").replace("\x00", "")[:40]
    found = search_kept(
        viewer=viewer, text=asked.text, board_id=board_id, page=data.get("page", "")[:200]
    )
    if found is None:
        raise NotFound
    more = asked.address(kind=MINE, board=board_id, page=found.next) if found.next else ""
    context = {
        "asked": asked,
        "search_text": asked.text,
        "found": found,
        "tabs_of": kinds_of_results(asked, of_kind={}, viewer=viewer, mine=True),
        "mine": MINE,
        "everywhere": asked.plain(),
        "all_mine": asked.address(kind=MINE),
        "next": more,
        "own_boards": f"/@{viewer.acting.handle}/boards/",
    }
    return render(request, "pages/search_mine.html", context)
