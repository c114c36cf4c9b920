"""Which acts of a brand's team its log knows. Filled from AppConfig.ready() of the apps above.

    acts.register("catalog.product_published", _("put a product on sale"), group="products")

The words follow the name of whoever did it: "Marta Lund put a product on sale".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Groups by which the log can be narrowed, in their order on the page.
GROUPS: dict[str, str | Promise] = {
    "products": _("Products"),
    "pins": _("Pins"),
    "boards": _("Boards"),
    "comments": _("Comments"),
    "orders": _("Orders"),
    "questions": _("Questions"),
    "people": _("Blocking and muting"),
    "storefront": _("Storefront"),
    "money": _("Money"),
    "team": _("Team"),
}


@dataclass(frozen=True)
class Act:
    """One kind of act. `code` is `<app>.<name>`, `group` one of GROUPS."""

    code: str
    words: str | Promise
    group: str


_acts: dict[str, Act] = {}


def register(code: str, words: str | Promise, *, group: str) -> None:
    """Make a kind of act known; once each."""
    app, _dot, name = code.partition(".")
    if not app or not name:
        raise ValueError(f"{code!r} is not <app>.<name>.")
    if code in _acts:
        raise ValueError(f"{code} is registered already.")
    if group not in GROUPS:
        raise ValueError(f"{group!r} is no group.")
    _acts[code] = Act(code, words, group)


def act_of(code: str) -> Act:
    """The kind of act; KeyError for one that nobody registered."""
    return _acts[code]


def codes_in(group: str) -> list[str]:
    """Codes of the acts of a group."""
    return [act.code for act in _acts.values() if act.group == group]


def all_acts() -> list[Act]:
    """By group, then in the order of registration."""
    order = list(GROUPS)
    return sorted(_acts.values(), key=lambda act: order.index(act.group))
