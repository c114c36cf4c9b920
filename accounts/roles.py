"""What each role on a brand's team may do, in the words of its page. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.types import Role


@dataclass(frozen=True, kw_only=True)
class RoleWords:
    """A role as people read it."""

    code: Role
    name: str | Promise
    may: str | Promise


ROLES: tuple[RoleWords, ...] = (
    RoleWords(code="owner", name=_("Owner"), may=_("Everything, and who is on the team.")),
    RoleWords(
        code="catalogue",
        name=_("Catalogue"),
        may=_("Products, pins and the storefront. Sees no orders and no buyers."),
    ),
    RoleWords(
        code="orders", name=_("Orders"), may=_("Packs, ships and cancels orders. Sees addresses.")
    ),
    RoleWords(
        code="chat", name=_("Chat"), may=_("Reads what buyers ask, and answers in your name.")
    ),
    RoleWords(code="ads", name=_("Ads"), may=_("Figures of the overview, for campaigns.")),
    RoleWords(
        code="finance",
        name=_("Finance"),
        may=_("Reads orders, balance and payouts. Sends nothing."),
    ),
)
NAMES = {one.code: one.name for one in ROLES}


def role_words(role: str) -> RoleWords:
    """The role as people read it."""
    return next(one for one in ROLES if one.code == role)


def name_of(role: str) -> str:
    """Only its name."""
    return str(role_words(role).name)
