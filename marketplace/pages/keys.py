"""Keys of a single letter: what they do, and a switch for whom they are in the way (WCAG 2.1.4).

Whoever speaks to their browser types letters without meaning them. The choice is kept with the
account, and for guests in a cookie; the page says it to the scripts.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import actions, letter_keys
from accounts.types import Request
from core import safe_next


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where keys are heard, and what they do there; `letters` can be switched off."""

    name: str | Promise
    keys: tuple[tuple[tuple[str, ...], str | Promise], ...]
    letters: bool = False


PLACES = (
    Place(
        name=_("Everywhere"),
        letters=True,
        keys=((("/",), _("Search everything")), (("?",), _("Show these keys"))),
    ),
    Place(
        name=_("Lists of the studio"),
        letters=True,
        keys=(
            (("j",), _("Next row")),
            (("k",), _("Row before")),
            (("x",), _("Tick the row")),
            (("f",), _("Find in this list")),
        ),
    ),
    Place(
        name=_("Rows, menus and suggestions"),
        keys=(
            (("Enter",), _("Open what is reached")),
            (("↑", "↓"), _("Next and before among suggestions")),
            (("Esc",), _("Close")),
        ),
    ),
    Place(
        name=_("Tables that are typed into"),
        keys=(
            (("←", "↑", "→", "↓"), _("From cell to cell")),
            (("Ctrl", "D"), _("Take over what stands above")),
            (("Ctrl", "S"), _("Save")),
        ),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Request) -> HttpResponse:
    """All keys on a page; a script shows its middle in a dialog. A POST switches letters."""
    if request.method != "POST":
        return render(request, "pages/keys.html", {"places": PLACES})
    response = redirect(safe_next(request, reverse("pages:keys")))
    on = request.POST.get("letters") != letter_keys.OFF
    if request.viewer.user is not None:
        actions.choose_letter_keys(user_id=request.viewer.user.pk, on=on)
        off_words = gettext("Keys of a single letter are off, in every browser of yours.")
    else:
        letter_keys.keep_in_browser(request, response, on=on)
        off_words = gettext("Keys of a single letter are off in this browser.")
    messages.success(request, gettext("Keys of a single letter are on.") if on else off_words)
    return response
