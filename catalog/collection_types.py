"""Values about collections: products of one brand put together by hand or by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.product_inputs import Overtaken, Refused
from catalog.product_types import CardPage, ProductCard, ProductState
from core.media import Picture

# A section of a storefront that shows one collection is this and the collection's public id.
COLLECTION_SECTION = "collection:"
# What answers a yes-or-no attribute in a rule.
YES = "yes"


class CollectionKind(models.TextChoices):
    """Who chooses what is in it."""

    HAND = "hand", _("By hand")
    RULE = "rule", _("By a rule")


class CollectionOrder(models.TextChoices):
    """How its products stand. Only what was chosen by hand can stand as it was put."""

    HAND = "hand", _("As I put them")
    NEWEST = "newest", _("Newest first")
    CHEAPEST = "cheapest", _("Cheapest first")
    DEAREST = "dearest", _("Dearest first")
    TITLE = "title", _("By title")


@dataclass(frozen=True, kw_only=True)
class CollectionRule:
    """Conditions, of which every one or any must hold.

    `category` is a slug and means all below it, too. `answers` are pairs of an attribute's code and
    choices (slugs, or "yes"), any of which will do. `least` and `most` are prices in minor units
    that lie inside. `new_days` counts back from now. All of `words` stand in title or description.
    """

    every: bool = True
    category: str = ""
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    least: int | None = None
    most: int | None = None
    in_stock: bool = False
    new_days: int | None = None
    words: str = ""

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing; such a rule finds nothing."""
        said = (self.category, self.answers, self.in_stock, self.words)
        numbers = (self.least, self.most, self.new_days)
        return not any(said) and all(one is None for one in numbers)


@dataclass(frozen=True, kw_only=True)
class CollectionInput:
    """A collection as its brand states it; each `save_collection` is whole.

    `products` are public ids in their order and count only for one by hand, `rule` only for one by
    a rule. `cover_id` is a `core.Image` of the brand; without it a product's picture stands there.
    """

    title: str
    description: str = ""
    kind: str = CollectionKind.HAND
    order: str = CollectionOrder.HAND
    shown: bool = True
    rule: CollectionRule = CollectionRule()
    products: Sequence[str] = ()
    cover_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CollectionRef:
    """A collection as links and pages need it. `cover` is None where its brand chose none."""

    id: int
    public_id: str
    slug: str
    title: str
    description: str
    kind: str
    order: str
    shown: bool
    seller_handle: str
    cover: Picture | None

    @property
    def url(self) -> str:
        where = {"handle": self.seller_handle, "slug": self.slug}
        return reverse("pages:collection", kwargs=where)

    @property
    def section(self) -> str:
        """What a storefront's look calls it."""
        return COLLECTION_SECTION + self.public_id


@dataclass(frozen=True, kw_only=True)
class CollectionGlance:
    """A collection among others: how many products on sale it has, and a picture for it."""

    ref: CollectionRef
    count: int
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class CollectionRows:
    """A page of a brand's own collections and the cursor of the next."""

    rows: list[CollectionGlance]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CollectionShelf:
    """A collection with the first products on sale in it."""

    ref: CollectionRef
    cards: list[ProductCard]


@dataclass(frozen=True, kw_only=True)
class CollectionPage:
    """A shown collection with one page of what is on sale in it, in its order."""

    ref: CollectionRef
    page: CardPage


@dataclass(frozen=True, kw_only=True)
class CollectionMatch:
    """What a rule finds now: how many products on sale, and the first of them."""

    count: int
    cards: list[ProductCard]


@dataclass(frozen=True, kw_only=True)
class Collectable:
    """A product of the brand that was or can be put into a collection by hand.

    People see it there only while it is `on_sale`.
    """

    public_id: str
    title: str
    picture: Picture | None
    state: str
    taken_down: bool = False

    @property
    def on_sale(self) -> bool:
        """Whether it is published, and no operator took it down."""
        return self.state == ProductState.PUBLISHED and not self.taken_down


@dataclass(frozen=True, kw_only=True)
class OwnCollection:
    """All that the brand itself sees of a collection. `products` only of one by hand."""

    ref: CollectionRef
    rule: CollectionRule
    products: tuple[Collectable, ...]
    cover_id: int | None
    version: int


class CollectionRefused(Refused):
    """A collection cannot be saved as it is stated; nothing was changed. Fields are those of
    CollectionInput, and of its rule `rule.<field>`."""

    code = "collection_refused"
    message = _("This collection is not right yet.")
    while_live = _("What is shown needs this: %(points)s. To show it no more, make it a draft.")


class CollectionOvertaken(Overtaken):
    """The same of a collection."""

    code = "collection_overtaken"
    message = _("Somebody else has saved this collection in the meantime.")
