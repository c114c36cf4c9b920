"""Which kinds of notice there are. Filled from AppConfig.ready() of the apps above."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Channel = Literal["in_app", "email"]
CHANNELS: tuple[Channel, ...] = ("in_app", "email")

# Groups under which the list can be narrowed, in their order on the page.
GROUPS: dict[str, str | Promise] = {
    "orders": _("Orders"),
    "sales": _("Sales"),
    "social": _("Followers and saves"),
    "prices": _("Prices and stock"),
    "replies": _("Questions and replies"),
    "account": _("Account"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `code` is `<app>.<name>`; its words are in `templates/<app>/notices/<name>.title.txt`,
    `.body.txt` and, if the mail needs more than the text and a button, `.html`. `channels` are on
    unless a person says otherwise; those in `locked` cannot be switched off (a receipt, a duty).
    `group` is one of GROUPS, `note` a few words for the settings page. `roles` says who gets it for
    a brand, beside the owners (empty: the owners alone); None is for everybody.
    """

    code: str
    label: str | Promise
    channels: tuple[Channel, ...] = CHANNELS
    group: str = "account"
    locked: tuple[Channel, ...] = ()
    note: str | Promise = ""
    roles: frozenset[str] | None = None

    def reaches(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles in brands can get it."""
        return self.roles is None or bool({"owner", *self.roles} & set(roles))

    @property
    def template(self) -> str:
        """The part of the template names that all have in common."""
        app, _dot, name = self.code.partition(".")
        return f"{app}/notices/{name}"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; once each."""
    app, _dot, name = kind.code.partition(".")
    if not app or not name:
        raise ValueError(f"{kind.code!r} is not <app>.<name>.")
    if kind.code in _kinds:
        raise ValueError(f"{kind.code} is registered already.")
    if kind.group not in GROUPS:
        raise ValueError(f"{kind.group!r} is no group.")
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind; KeyError for one that nobody registered."""
    return _kinds[code]


def all_kinds() -> list[Kind]:
    """By group, then in the order of registration."""
    order = list(GROUPS)
    return sorted(_kinds.values(), key=lambda kind: order.index(kind.group))


def unregister(code: str) -> None:
    """The reverse of register, for tests."""
    del _kinds[code]
