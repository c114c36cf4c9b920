"""What a token may be allowed to do. A scope is a promise to its owner: names never change."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One right, as code names it and as its owner reads it."""

    name: str
    label: str | Promise


SCOPES: dict[str, Scope] = {
    name: Scope(name=name, label=label)
    for name, label in (
        ("feed:read", _("See walls, pins and boards as you see them")),
        ("feed:write", _("Save pins, change boards, follow, and pin for your brands")),
        ("catalog:read", _("Search, and read products, prices and stock")),
        ("catalog:write", _("Change products, stock and storefronts of your brands")),
        ("orders:read", _("Read your bag, checkouts and orders")),
        ("orders:write", _("Fill your bag and buy with your kept cards")),
        ("sales:read", _("Read orders and figures of your brands, with buyers' addresses")),
        ("sales:write", _("Pack, ship and cancel orders of your brands")),
        (
            "brands:read",
            _("Read the papers of your brands: who answers for them, where money goes"),
        ),
        ("brands:write", _("Begin brands, write their papers and submit them")),
        ("payments", _("List and forget your kept cards")),
        ("profile", _("Read and change your profile, addresses and preferences")),
        ("notifications", _("Read your notices and mark them as read")),
        ("messages", _("Ask brands, report things, and answer for your brands")),
    )
}
