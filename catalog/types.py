"""Values of the catalogue that cross into other apps. Prices include VAT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.types import ProfileRef, TraderDetails
from catalog.attribute_types import AttributeAnswer as AttributeAnswer
from catalog.attribute_types import AttributeData as AttributeData
from catalog.attribute_types import AttributeDefinition as AttributeDefinition
from catalog.attribute_types import AttributeFilter as AttributeFilter
from catalog.attribute_types import AttributeInput as AttributeInput
from catalog.attribute_types import AttributeInputs as AttributeInputs
from catalog.attribute_types import AttributeKind as AttributeKind
from catalog.attribute_types import ChoiceData as ChoiceData
from catalog.attribute_types import ChoiceInput as ChoiceInput
from catalog.attribute_types import Facet as Facet
from catalog.attribute_types import FacetChoice as FacetChoice
from catalog.service_types import PackageData as PackageData
from catalog.service_types import Pricing as Pricing
from catalog.service_types import ServiceCard as ServiceCard
from catalog.service_types import ServiceCards as ServiceCards
from catalog.service_types import ServiceData as ServiceData
from catalog.service_types import ServiceFilter as ServiceFilter
from catalog.service_types import ServiceNotMovable as ServiceNotMovable
from catalog.service_types import ServicePage as ServicePage
from catalog.service_types import ServiceRefused as ServiceRefused
from catalog.service_types import ServiceRow as ServiceRow
from catalog.service_types import ServiceRows as ServiceRows
from catalog.service_types import ServiceState as ServiceState
from core.errors import Conflict, Invalid
from core.media import Image, Picture
from core.money import Money

# Where a reader is taken to be until they say otherwise.
HOME_COUNTRY = "DE"

# Member states, in the order of their English names. Parcels go nowhere else yet.
EU_COUNTRIES = (
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
)


# What a storefront's first page can show, in the usual order, and what it shows unless told.
SECTIONS = ("pins", "new", "boards", "about")
DEFAULT_SECTIONS = ("pins", "about")
# Pins live at that address, and the law wants the trader's details there: only their place changes.
FIXED_SECTIONS = frozenset(DEFAULT_SECTIONS)
# What somebody who does things for others may speak: the languages of the Union and its neighbours.
SERVICE_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
    "mt", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip


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
class DeliveryOption:
    """One way to receive a seller's parcel, with its price for this subtotal and its dates."""

    method_id: str
    name: str
    price: Money
    earliest: date
    latest: date


@dataclass(frozen=True, kw_only=True)
class DeliveryTerms:
    """A delivery method as its seller stated it."""

    method_id: str
    name: str
    zone: str
    countries: tuple[str, ...]
    price: Money
    free_from: Money | None
    min_days: int
    max_days: int
    active: bool = True


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
    """One buyable form. `value_ids` stand in the order of the axes; `image` is an index or None."""

    id: int
    public_id: str
    title: str
    sku: str
    price: Money
    availability: str
    active: bool
    value_ids: tuple[int, ...]
    image: int | None

    @property
    def buyable(self) -> bool:
        return self.active and self.availability != Availability.SOLD_OUT


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
    category: CategoryRef
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
        """What Buy offers when nothing was chosen; None when no variant is switched on."""
        return self.variant(self.default_variant_id or "")

    def variant(self, public_id: str) -> VariantData | None:
        """The active variant with this public id, or None."""
        return next(
            (one for one in self.variants if one.active and one.public_id == public_id), None
        )


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
    sections: tuple[str, ...] = DEFAULT_SECTIONS
    away_first: date | None = None
    away_last: date | None = None
    away_until: date | None = None
    away_note: str = ""
    service_count: int = 0


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    """A product in its seller's own list, in whatever state."""

    id: int
    public_id: str
    slug: str
    title: str
    state: str
    taken_down: bool
    availability: str
    price: Money | None
    price_varies: bool
    picture: Picture | None
    variant_count: int
    updated_at: datetime
    publish_at: datetime | None = None
    # Pictures, and how many of them are described.
    pictures: int = 0
    described: int = 0


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


@dataclass(frozen=True, kw_only=True)
class VariantRow:
    """A variant in its seller's list. `product_id` is a public id."""

    id: int
    public_id: str
    title: str
    sku: str
    availability: str
    active: bool
    product_title: str
    product_id: str
    on_sale: bool
    picture: Picture | None

    @property
    def words(self) -> str:
        return f"{self.product_title}, {self.title}" if self.title else self.product_title


@dataclass(frozen=True, kw_only=True)
class VariantRows:
    """One page of a seller's variants, with the token of the next."""

    rows: list[VariantRow]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class AltScore:
    """How many of a brand's product pictures are described for those who cannot see them."""

    pictures: int
    described: int

    @property
    def percent(self) -> int:
        return self.described * 100 // self.pictures if self.pictures else 100


@dataclass(frozen=True, kw_only=True)
class ProductSource:
    """What somebody needs of their own product to make a pin of it."""

    id: int
    title: str
    description: str
    category_slug: str
    image: Image | None


@dataclass(frozen=True, kw_only=True)
class ProductRows:
    """One page of a seller's list, with the token of the next."""

    rows: list[ProductRow]
    next: str | None


# --- what actions take ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OptionData:
    """An axis as typed: its name and its values in order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VariantInput:
    """A variant as typed. `values` name one value of each option, in the options' order."""

    sku: str
    price: Money
    values: tuple[str, ...] = ()
    image_id: int | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class PictureInput:
    """A stored picture (`core.Image` pk) of the gallery and what it shows, in words."""

    image_id: int
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductData:
    """A product as its seller describes it; each `create_product` and `update_product` is whole.

    Without options there is exactly one variant. `vat_rate` is a share of one: Decimal("0.2").
    """

    title: str
    category: str
    variants: Sequence[VariantInput]
    description: str = ""
    details: str = ""
    delivery_note: str = ""
    returns_note: str = ""
    options: Sequence[OptionData] = ()
    pictures: Sequence[PictureInput] = ()
    vat_rate: Decimal = Decimal("0.2")
    return_days: int = 30
    lead_days: int = 1
    currency: str = "EUR"
    # By the codes of the attributes that the category asks.
    attributes: AttributeInputs = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DeliveryMethodData:
    """A delivery method as its seller states it. Days are working days in transit."""

    name: str
    zone: str
    countries: Sequence[str]
    price: Money
    min_days: int
    max_days: int
    free_from: Money | None = None


@dataclass(frozen=True, kw_only=True)
class StorefrontInput:
    """A brand's own words and promises."""

    story: str = ""
    reply_hours: int = 24
    return_days: int = 30
    returns_free: bool = False
    delivery_policy: str = ""
    returns_policy: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that keeps a product from being saved or published.

    `field` names the part of ProductData; `index` the variant or option, where there are several;
    `key` the code of the attribute.
    """

    field: str
    message: str
    index: int | None = None
    key: str = ""


class ProductRefused(Invalid):
    """A product cannot be saved or published as it is; nothing was changed."""

    code = "product_refused"
    message = _("This product is not right yet.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """The problems by the fields of ProductData."""
        return [
            {
                "field": one.field if one.index is None else f"{one.field}.{one.index}",
                "message": one.message,
                "code": self.code,
            }
            for one in self.problems
        ]


class Overtaken(Conflict):
    """Somebody else saved the product after the page was shown; nothing was changed.

    `version` is the product's now.
    """

    code = "product_overtaken"
    message = _("Somebody else has saved this product in the meantime.")

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


class NotMovable(Conflict):
    """A product cannot go from its state to the one asked for."""

    code = "product_not_movable"
    message = _("This product cannot be moved to that state now.")


class DeliveryRefused(Invalid):
    """A delivery method makes no sense as stated; `field` names the part of DeliveryMethodData."""

    code = "delivery_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class LastMethod(Conflict):
    """A brand that sells always has one way for its parcels."""

    code = "last_delivery_method"
    message = _("This is your only delivery method while you sell. Add another one first.")


@dataclass(frozen=True, kw_only=True)
class LookInput:
    """How a storefront looks: its words, two colours (#rrggbb or ''), its sections in order."""

    story: str
    accent: str
    ground: str
    sections: tuple[str, ...]
