"""The kinds of results above every search."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.types import Viewer
from marketplace.pages.search_asked import Asked

MINE = "mine"


def kinds_of_results(
    asked: Asked, *, of_kind: Mapping[str, int], viewer: Viewer, mine: bool = False
) -> list[tuple[str, str, bool, int | None]]:
    """Text, address, whether it is here, how many where that is known.

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
            asked.address(kind=kind) if kind == "product" else asked.plain(kind=kind),
            kind == at and not mine,
            of_kind.get(kind) or None,
        )
        for kind, text in names.items()
    ]
    if viewer.acting is not None:
        tabs.append((_("My boards"), asked.plain(kind=MINE), mine, of_kind.get(MINE) or None))
    return tabs
