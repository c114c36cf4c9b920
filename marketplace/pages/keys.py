"""Keys of a single letter: what they do, and a switch for whom they are in the way (WCAG 2.1.4).

Whoever speaks to their browser types letters without meaning them. The choice is a cookie, so that
guests have it too; the page says it to the scripts.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core import safe_next
from marketplace.context import KEYS_OFF
from marketplace.pages.theme import YEAR


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
def keys(request: HttpRequest) -> HttpResponse:
    """All keys on a page; a script shows its middle in a dialog. A POST switches letters."""
    if request.method != "POST":
        return render(request, "pages/keys.html", {"places": PLACES})
    response = redirect(safe_next(request, reverse("pages:keys")))
    if request.POST.get("letters") == KEYS_OFF:
        response.set_cookie(
            "keys",
            KEYS_OFF,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
        messages.success(request, gettext("Keys of a single letter are off in this browser."))
    else:
        response.delete_cookie("keys", samesite="Lax")
        messages.success(request, gettext("Keys of a single letter are on."))
    return response
