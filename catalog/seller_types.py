"""Values about products as lists of their seller show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.media import Image, Picture
from core.money import Money


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
    published_at: datetime | None = None
    category: str = ""
    price_to: Money | None = None
    # Pictures, and how many of them are described.
    pictures: int = 0
    described: int = 0


@dataclass(frozen=True, kw_only=True)
class ProductRows:
    """One page of a seller's list, with the token of the next."""

    rows: list[ProductRow]
    next: str | None


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
    """How many of a brand's pictures are described for those who cannot see them."""

    pictures: int
    described: int

    @property
    def percent(self) -> int:
        return self.described * 100 // self.pictures if self.pictures else 100

    @property
    def without(self) -> int:
        """How many are not."""
        return self.pictures - self.described


@dataclass(frozen=True, kw_only=True)
class PinSource:
    """What somebody needs of their own product or service to make a pin of it."""

    id: int
    title: str
    description: str
    category_slug: str
    image: Image | None
    published_at: datetime | None
