"""Values about a brand's page: what it states, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.delivery_types import DeliveryTerms
from core.errors import Conflict

# What a storefront's first page can show, in the usual order, and what it shows unless told.
# Besides these it can show collections, each by its own name (CollectionRef.section).
SECTIONS = ("story", "pins", "new", "collections", "services", "boards", "about")
DEFAULT_SECTIONS = ("pins", "about")
# Pins live at that address, and the law wants the trader's details there: only their place changes.
FIXED_SECTIONS = frozenset(DEFAULT_SECTIONS)
# So many single collections at most: each asks one more question of the products.
MOST_COLLECTIONS_SHOWN = 3


class Typeface(models.TextChoices):
    """What a brand's headings are set in: faces that we serve anyway, or that every system has."""

    OURS = "", _("Ours")
    TEXT = "text", _("As the text")
    SERIF = "serif", _("With serifs")
    MONO = "mono", _("Typewriter")


@dataclass(frozen=True, kw_only=True)
class StorefrontData:
    """What a brand states on its page, with its delivery terms, and how much it has published."""

    story: str
    reply_hours: int
    return_days: int
    returns_free: bool
    delivery_policy: str
    returns_policy: str
    delivery: tuple[DeliveryTerms, ...]
    product_count: int
    accent: str = ""
    ground: str = ""
    typeface: str = ""
    sections: tuple[str, ...] = DEFAULT_SECTIONS
    # A vacation that is on or comes; its last day once more in `away_until` while it is on.
    away_first: date | None = None
    away_last: date | None = None
    away_until: date | None = None
    away_note: str = ""
    service_count: int = 0
    collection_count: int = 0


@dataclass(frozen=True, kw_only=True)
class PoliciesInput:
    """What a brand promises: how parcels leave and come back, and how soon it answers."""

    reply_hours: int = 24
    return_days: int = 30
    returns_free: bool = False
    delivery_policy: str = ""
    returns_policy: str = ""


class LookOvertaken(Conflict):
    """The save that was to be undone, or the undone one to be put back, is not the last any more;
    nothing was changed.

    `last_save` and `last_undone` name those that are, None when there is none.
    """

    code = "look_overtaken"
    message = _("That save was undone already, or another came after it. Nothing changed.")

    def __init__(self, *, save: int | None, undone: int | None) -> None:
        super().__init__(last_save=save, last_undone=undone)


@dataclass(frozen=True, kw_only=True)
class LastSave:
    """The last save of a storefront's look: which one, what of it changed, and when.

    `changed` holds some of story, accent, ground, typeface, sections.
    """

    id: int
    changed: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LookInput:
    """How a storefront looks: its words, two colours (#rrggbb or ''), its sections in order, and
    what its headings are set in."""

    story: str
    accent: str
    ground: str
    sections: tuple[str, ...]
    typeface: str = Typeface.OURS
