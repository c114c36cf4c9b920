"""Values about products as everybody sees them. Prices include VAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.types import ProfileRef, TraderDetails
from catalog.attribute_types import AttributeAnswer
from catalog.delivery_types import DeliveryTerms
from core.media import Picture
from core.money import Money

# Who bought a product gives it one to so many stars.
MOST_STARS = 5
# What people look for: so many stars on average, or more.
RATING_STEPS = (4, 3)


def stars_of(total: int, count: int) -> Decimal | None:
    """The average of `count` ratings that are `total` stars together, to a tenth; None of none.

    Rounded down: no figure looks better than it is, and what says 4.0 is found under "4 and up".
    """
    return Decimal(total * 10 // count).scaleb(-1) if count else None


class ProductState(models.TextChoices):
    """Where a product stands by its seller's will."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Availability(models.TextChoices):
    """What cards say about stock; inventory sets it when a threshold is crossed."""

    IN_STOCK = "in_stock", _("In stock")
    LOW = "low", _("Only a few left")
    SOLD_OUT = "sold_out", _("Sold out")


# The category whose branch is for services alone.
SERVICES = "services"


@dataclass(frozen=True, kw_only=True)
class CategoryRef:
    """A category as chips and selects need it. `path` names its ancestors and itself."""

    id: int
    slug: str
    name: str
    parent_id: int | None
    parent_slug: str | None
    path: tuple[str, ...]
    picture: Picture | None

    @property
    def depth(self) -> int:
        return len(self.path) - 1


@dataclass(frozen=True, kw_only=True)
class ProductCard:
    """A product on a wall. `price` is that of `variant_id`, the one its price tag buys."""

    id: int
    public_id: str
    slug: str
    title: str
    price: Money
    price_varies: bool
    availability: str
    picture: Picture | None
    seller: ProfileRef
    variant_id: str
    variant_count: int
    lead_days: int
    # The last day on which its seller is away and sells nothing; None while the shop is open.
    away_until: date | None = None
    # The card is of a variant that the caller named, not of the one that the seller offers first.
    chosen: bool = False

    @property
    def url(self) -> str:
        return reverse("pages:product", kwargs={"public_id": self.public_id, "slug": self.slug})

    @property
    def sold_out(self) -> bool:
        return self.availability == Availability.SOLD_OUT


@dataclass(frozen=True, kw_only=True)
class CardPage:
    """Cards and the token of the next page, None at the end."""

    cards: list[ProductCard]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class RelatedProducts:
    """What stands below a product: more by the same brand, and similar things of others."""

    by_seller: list[ProductCard]
    similar: list[ProductCard]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Price and availability of one variant now: what bag, checkout and order copy from.

    `buyable` says that it may be sold as far as the catalogue knows: the variant is active and not
    marked sold out. Only the reservation in inventory is the last word on stock.
    """

    variant_pk: int
    variant_id: str
    product_id: str
    product_slug: str
    product_title: str
    variant_title: str
    sku: str
    seller_id: int
    seller: ProfileRef
    price: Money
    vat_rate: Decimal
    availability: str
    picture: Picture | None
    return_days: int
    lead_days: int
    buyable: bool
    version: int
    away_until: date | None = None

    @property
    def title(self) -> str:
        """Product and variant in one line."""
        return (
            f"{self.product_title}, {self.variant_title}"
            if self.variant_title
            else self.product_title
        )


@dataclass(frozen=True, kw_only=True)
class ValueChoice:
    """One value on an axis."""

    id: int
    name: str
    swatch: str = ""


@dataclass(frozen=True, kw_only=True)
class OptionAxis:
    """An axis along which the variants differ."""

    id: int
    name: str
    values: tuple[ValueChoice, ...]


@dataclass(frozen=True, kw_only=True)
class VariantData:
    """One buyable form. `value_ids` stand in the order of the axes; `image` is an index or None.

    In a draft the price may be None and the SKU empty.
    """

    id: int
    public_id: str
    title: str
    sku: str
    price: Money | None
    availability: str
    active: bool
    value_ids: tuple[int, ...]
    image: int | None

    @property
    def ready(self) -> bool:
        """Whether it may be sold at all: switched on, with a price and an SKU."""
        return self.active and self.price is not None and self.sku != ""

    @property
    def buyable(self) -> bool:
        return self.ready and self.availability != Availability.SOLD_OUT


@dataclass(frozen=True, kw_only=True)
class ProductPage:
    """All that a product's own page shows of the catalogue."""

    id: int
    public_id: str
    slug: str
    title: str
    description: str
    details: str
    delivery_note: str
    returns_note: str
    category: CategoryRef | None
    seller: ProfileRef
    seller_approved: bool
    trader: TraderDetails | None
    delivery: tuple[DeliveryTerms, ...]
    returns_free: bool
    pictures: tuple[Picture, ...]
    image_ids: tuple[int, ...]
    options: tuple[OptionAxis, ...]
    variants: tuple[VariantData, ...]
    currency: str
    vat_rate: Decimal
    return_days: int
    lead_days: int
    availability: str
    state: str
    published_at: datetime | None
    taken_down: bool
    default_variant_id: str | None
    away_until: date | None = None
    away_note: str = ""
    version: int = 1
    publish_at: datetime | None = None
    updated_at: datetime | None = None
    attributes: tuple[AttributeAnswer, ...] = ()
    rating_sum: int = 0
    rating_count: int = 0

    @property
    def rating(self) -> Decimal | None:
        """Its stars on average, as `stars_of` says them; None while nobody gave any."""
        return stars_of(self.rating_sum, self.rating_count)

    def answers_for(self, variant_id: int | None) -> list[AttributeAnswer]:
        """What holds for the product and for the chosen variant, in the order of the category."""
        return [one for one in self.attributes if one.variant_id in (None, variant_id)]

    @property
    def url(self) -> str:
        return reverse("pages:product", kwargs={"public_id": self.public_id, "slug": self.slug})

    @property
    def public(self) -> bool:
        """On sale for everybody."""
        return self.state == ProductState.PUBLISHED and not self.taken_down and self.seller_approved

    @property
    def default_variant(self) -> VariantData | None:
        """What Buy offers when nothing was chosen; None when no variant can be sold."""
        return self.variant(self.default_variant_id or "")

    def variant(self, public_id: str) -> VariantData | None:
        """The variant with this public id when it can be sold, or None."""
        return next(
            (one for one in self.variants if one.ready and one.public_id == public_id), None
        )


@dataclass(frozen=True, kw_only=True)
class VariantName:
    """What a variant is called, and whose it is."""

    public_id: str
    title: str
    sku: str
    product_title: str
    seller_id: int
    seller_handle: str

    @property
    def words(self) -> str:
        """Product and variant in one line."""
        return f"{self.product_title}, {self.title}" if self.title else self.product_title
