"""The kinds of results above every search."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.types import Viewer
from marketplace.pages.search_asked import Asked
from search.queries import DEPTH

MINE = "mine"


def counted(number: int) -> str:
    """How many were found, for people: from where the index stops to look on it may be more.
    '' for none."""
    return f"{DEPTH}+" if number >= DEPTH else str(number or "")


def kinds_of_results(
    asked: Asked, *, of_kind: Mapping[str, int], viewer: Viewer, mine: bool = False
) -> list[tuple[str, str, bool, str | None]]:
    """Text, address, whether it is here, how many in words where that is known.

    Filters are about products alone. Who acts finds their own boards beside the market (`mine`: and
    is there now).
    """
    names = {
        "": _("All"),
        "product": _("Products"),
        "pin": _("Pins"),
        "brand": _("Brands"),
        "service": _("Services"),
        "person": _("People"),
    }
    at = "product" if asked.narrowed else asked.kind
    tabs = [
        (
            text,
            asked.address(kind=kind, ai="") if kind == "product" else asked.plain(kind=kind),
            kind == at and not mine,
            counted(of_kind.get(kind, 0)) or None,
        )
        for kind, text in names.items()
    ]
    if viewer.acting is not None:
        tabs.append((_("My boards"), asked.plain(kind=MINE), mine, None))
    return tabs
