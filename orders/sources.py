"""What the place is called that an order came from. Apps beside and above name their own things.

sources.register("pin", pin_titles)        # in AppConfig.ready()
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Public ids of things to their titles and addresses; what is unknown is left out.
Resolver = Callable[[Collection[str]], Mapping[str, tuple[str, str]]]

_NAMES: dict[str, tuple[str | Promise, str]] = {
    "pin": (_("Pin"), "images"),
    "board": (_("Board"), "bookmark"),
    "search": (_("Search"), "search"),
    "product": (_("Product page"), "package"),
    "storefront": (_("Storefront"), "store"),
    "direct": (_("Direct"), "house"),
}
KINDS = tuple(_NAMES)
_resolvers: dict[str, Resolver] = {}


@dataclass(frozen=True, kw_only=True)
class SourceLabel:
    """Where an order came from, in words. `icon` is a name of the icon sprite."""

    source: str
    kind: str
    title: str = ""
    url: str = ""
    icon: str = "house"


def register(source: str, resolver: Resolver) -> None:
    """Name the things of a source. The last one to register counts."""
    _resolvers[source] = resolver


def labels(touches: Iterable[Mapping[str, Any] | None]) -> list[SourceLabel]:
    """One label for each touch snapshot of an order, in order; None is "Direct".

    At most one call of each resolver.
    """
    known = list(touches)
    titles = {
        source: resolver({str(one["ref"]) for one in known if one and one["source"] == source})
        for source, resolver in _resolvers.items()
        if any(one and one["source"] == source for one in known)
    }
    return [_label(one, titles) for one in known]


def _label(
    touch: Mapping[str, Any] | None, titles: Mapping[str, Mapping[str, tuple[str, str]]]
) -> SourceLabel:
    source = str(touch["source"]) if touch else "direct"
    kind, icon = _NAMES.get(source, _NAMES["direct"])
    ref = str(touch["ref"]) if touch else ""
    title, url = titles.get(source, {}).get(ref, ("", ""))
    if source == "search":
        title = f"“{ref}”"
    return SourceLabel(source=source, kind=str(kind), title=title, url=url, icon=icon)
