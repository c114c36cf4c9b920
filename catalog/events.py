"""Facts the catalogue states. Ids are public ids; amounts are minor units."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProductPublished(Event):
    """A product went on sale, for the first time or again."""

    product_id: str


@dataclass(frozen=True, kw_only=True)
class ProductChanged(Event):
    """Something that others show of a product changed: words, pictures, price, availability."""

    product_id: str


@dataclass(frozen=True, kw_only=True)
class ProductArchived(Event):
    """The seller took a product off sale."""

    product_id: str


@dataclass(frozen=True, kw_only=True)
class ProductTakenDown(Event):
    """An operator removed a product from every page. `at` tells a second time from the first."""

    product_id: str
    seller_id: int
    title: str
    reason: str
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceChanged(Event):
    """A variant of a product that was published costs another price."""

    variant_id: str
    old: int
    new: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class AttributeChanged(Event):
    """An operator changed what an attribute asks. `attribute_id` is the primary key."""

    attribute_id: int


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    """A category has another name, or stands elsewhere in the tree."""

    slug: str


@dataclass(frozen=True, kw_only=True)
class ServicePublished(Event):
    """A service was offered, for the first time or again."""

    service_id: str


@dataclass(frozen=True, kw_only=True)
class ServiceArchived(Event):
    """The seller does not offer a service any more."""

    service_id: str


@dataclass(frozen=True, kw_only=True)
class ServiceTakenDown(Event):
    """An operator removed a service from every page. `at` tells a second time from the first."""

    service_id: str
    seller_id: int
    title: str
    reason: str
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryChanged(Event):
    """A seller delivers in other ways, or elsewhere, than before. `at` tells each time apart."""

    seller_id: int
    at: str = ""
