"""Values of service listings that cross into other apps; `catalog.types` offers them.

Amounts include VAT. Days are working days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.types import ProfileRef, TraderDetails
from catalog.product_inputs import Overtaken, PictureInput, Problem, Refused
from catalog.product_types import CategoryRef
from core.errors import Conflict
from core.media import Picture
from core.money import Money

# What somebody who does things for others may speak: the languages of the Union and its neighbours.
SERVICE_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
    "mt", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip


class ServiceState(models.TextChoices):
    """Where a service listing stands by its seller's will; it moves as a product does."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Pricing(models.TextChoices):
    """How the seller of a service counts."""

    FIXED = "fixed", _("Fixed price")
    HOURLY = "hourly", _("By the hour")
    PACKAGES = "packages", _("Packages")
    QUOTE = "quote", _("Quote only")


@dataclass(frozen=True, kw_only=True)
class ServiceCard:
    """A service on a wall. `price` is the lowest that it costs; None where it is quoted only."""

    id: int
    public_id: str
    slug: str
    title: str
    pricing: str
    price: Money | None
    area: str
    lead_days: int
    picture: Picture | None
    seller: ProfileRef

    @property
    def url(self) -> str:
        return reverse("pages:service", kwargs={"public_id": self.public_id, "slug": self.slug})


@dataclass(frozen=True, kw_only=True)
class PackageData:
    """One size of a service. `revisions` None: as many rounds as it takes."""

    name: str
    scope: str
    price: Money
    revisions: int | None
    lead_days: int


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    """All that a service's own page shows of the catalogue."""

    id: int
    public_id: str
    slug: str
    title: str
    description: str
    pricing: str
    price: Money | None
    currency: str
    area: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    lead_days: int
    packages: tuple[PackageData, ...]
    pictures: tuple[Picture, ...]
    image_ids: tuple[int, ...]
    category: CategoryRef
    seller: ProfileRef
    seller_approved: bool
    trader: TraderDetails | None
    reply_hours: int | None
    state: str
    published_at: datetime | None
    version: int
    taken_down: bool

    @property
    def url(self) -> str:
        return reverse("pages:service", kwargs={"public_id": self.public_id, "slug": self.slug})

    @property
    def public(self) -> bool:
        """Offered to everybody."""
        return self.state == ServiceState.PUBLISHED and not self.taken_down and self.seller_approved


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """A service in its seller's own list, in whatever state."""

    public_id: str
    slug: str
    title: str
    state: str
    taken_down: bool
    pricing: str
    price: Money | None
    picture: Picture | None
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class ServiceRows:
    """One page of a seller's list, with the token of the next."""

    rows: list[ServiceRow]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ServiceCards:
    """Cards of services and the token of the next page, None at the end."""

    cards: list[ServiceCard]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ServiceFilter:
    """What a wall of services is narrowed to; empty means everything.

    `categories` are primary keys (a branch with its leaves), `country` an ISO code, `budget` the
    most that the cheapest way to buy may cost (services that are quoted only stay), `lead_days`
    the longest wait.
    """

    categories: Sequence[int] = ()
    country: str = ""
    pricing: str = ""
    budget: Money | None = None
    lead_days: int | None = None
    seller_id: int | None = None
    hidden_sellers: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceData:
    """A service as its seller describes it; each create and update is whole.

    `price` belongs to fixed and hourly pricing, `packages` to packages. No `countries`: anywhere.
    """

    title: str
    category: str
    pricing: str
    description: str = ""
    price: Money | None = None
    packages: Sequence[PackageData] = ()
    area: str = ""
    countries: Sequence[str] = ()
    languages: Sequence[str] = ()
    lead_days: int = 5
    pictures: Sequence[PictureInput] = ()
    currency: str = "EUR"


class ServiceOvertaken(Overtaken):
    """The same of a service."""

    code = "service_overtaken"
    message = _("Somebody else has saved this service in the meantime.")


class ServiceRefused(Refused):
    """A service cannot be saved or published as it is; nothing was changed."""

    code = "service_refused"
    message = _("This service is not right yet.")
    while_live = _("What is offered needs this: %(points)s. To offer it no more, archive it.")

    def place_of(self, problem: Problem) -> str:
        """Only packages are numbered."""
        if problem.index is None:
            return problem.field
        return f"packages.{problem.index}.{problem.field}"


class ServiceNotMovable(Conflict):
    """A service cannot go from its state to the one asked for."""

    code = "service_not_movable"
    message = _("This service cannot be moved to that state now.")
